package org.fairfollow.cli.recompute;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fairfollow.detection.Practice;
import org.fairfollow.verdict.Rulebook;

/** A rulebook of then beside that of this build. */
public final class OtherRules {
    public static final int MAX_BYTES = 1 << 20;

    private final JsonNode then;
    private final JsonNode now;

    private OtherRules(JsonNode then, JsonNode now) {
        this.then = then;
        this.now = now;
    }

    /** @param named hash of the rulebook that is meant */
    public static OtherRules read(byte[] bytes, String named) throws UnfitExportException {
        if (!Rulebook.sha256(bytes).equals(named)) {
            throw new UnfitExportException("the rulebook given is not the one the export names: its SHA-256 is "
                    + Rulebook.sha256(bytes) + ", not " + named);
        }
        JsonNode then = ExportFile.tree(bytes);
        if (!then.path("format").asText().equals(Rulebook.FORMAT)) {
            throw new UnfitExportException("the rulebook given is of a format this build does not know");
        }
        return new OtherRules(then, ExportFile.tree(Rulebook.bytes()));
    }

    /** Whether nothing that bears on this practice differs. */
    public boolean isSameFor(Practice practice) {
        return then.path("policy").equals(now.path("policy"))
                && then.path("files").equals(now.path("files"))
                && rule(then, practice).equals(rule(now, practice));
    }

    /** What differs, a line each. */
    public List<String> differences() {
        List<String> differences = new ArrayList<>();
        compare("policy", then.path("policy"), now.path("policy"), differences);
        for (Practice practice : Practice.values()) {
            compare(practice.id(), rule(then, practice), rule(now, practice), differences);
        }
        compare("files", then.path("files"), now.path("files"), differences);
        return differences;
    }

    private static JsonNode rule(JsonNode rulebook, Practice practice) {
        for (JsonNode rule : rulebook.path("detectors")) {
            if (rule.path("practice").asText().equals(practice.id())) {
                return rule;
            }
        }
        return rulebook.path("none");
    }

    private static void compare(String where, JsonNode then, JsonNode now, List<String> differences) {
        if (then.isObject() && now.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            then.fieldNames().forEachRemaining(names::add);
            now.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(where + "." + name, then.path(name), now.path(name), differences));
        } else if (!then.equals(now)) {
            differences.add(Plain.text(where) + ": then " + text(then) + ", now " + text(now));
        }
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "-" : Plain.text(node.toString());
    }
}
