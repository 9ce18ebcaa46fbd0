package org.fairfollow.cli.recompute;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import org.fairfollow.testing.Project;
import org.fairfollow.verdict.Rulebook;

/** A capture in the form in which the service exports one. */
public final class InventedExport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private InventedExport() {}

    public static ObjectNode of(String practice, String name, String standing) throws IOException {
        ObjectNode capture = (ObjectNode)
                JSON.readTree(Project.read("src/test/resources/captures/%s/%s.json".formatted(practice, name)));
        ObjectNode finding = (ObjectNode) capture.get("finding");
        finding.put(
                "opinion",
                finding.get("opinion").asText().toLowerCase(Locale.ROOT).replace('_', '-'));
        ObjectNode dossier = (ObjectNode) capture.get("dossier");
        dossier.setAll((ObjectNode) dossier.remove("observations"));
        ObjectNode export = JSON.createObjectNode().put("format", "fairfollow-dossier/1");
        export.putObject("account").put("network", "bluesky").put("handle", "somebody.example");
        export.put("rules", Rulebook.sha256());
        ObjectNode verdict = export.putObject("practices").putObject(practice);
        verdict.put("standing", standing);
        verdict.put("detector", finding.get("detector").asText());
        verdict.put("asOf", Instant.ofEpochSecond(dossier.get("asOf").asLong()).toString());
        verdict.set("finding", finding);
        verdict.set("dossier", dossier);
        return export;
    }
}
