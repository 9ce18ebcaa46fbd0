package org.fairfollow.lookup.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.publication.Payload;

/** The contract and the examples of its guide, read once from the files themselves: pages have no second copy of either. */
@ApplicationScoped
class ApiDocument {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** A script of the guide: its language, its file's name and what it does, and itself. */
    private static final Pattern SCRIPT =
            Pattern.compile("```(\\w+)\n(?:#|//) ([\\w.]+): ([^\n]+)\n(.*?)```", Pattern.DOTALL);

    /** The same task in three languages. */
    private static final List<String> SHOWN = List.of("range.sh", "listed.py", "Listed.java");

    private final Payload yaml;
    private final Payload json;
    private final List<Group> groups;
    private final List<Script> scripts;

    ApiDocument() {
        byte[] written = read("META-INF/openapi.yaml");
        try {
            JsonNode document = new YAMLMapper().readTree(written);
            yaml = Payload.of(written);
            json = Payload.json(document);
            groups = groups(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        scripts = scripts(new String(read("META-INF/api.md"), StandardCharsets.UTF_8));
    }

    /** Calls of one kind, in the order of the contract. */
    record Group(String name, List<Operation> operations) {}

    /**
     * A call.
     *
     * @param caller who may make it, in words
     */
    record Operation(String id, String method, String path, String summary, String caller) {}

    record Script(String language, String file, String purpose, String text) {}

    Payload yaml() {
        return yaml;
    }

    Payload json() {
        return json;
    }

    List<Group> groups() {
        return groups;
    }

    List<Script> scripts() {
        return scripts;
    }

    private static byte[] read(String resource) {
        try (InputStream in =
                Objects.requireNonNull(ApiDocument.class.getClassLoader().getResourceAsStream(resource), resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Group> groups(JsonNode document) {
        Map<String, List<Operation>> byTag = new LinkedHashMap<>();
        document.get("tags").forEach(tag -> byTag.put(tag.get("name").asText(), new ArrayList<>()));
        document.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(call -> METHODS.contains(call.getKey()))
                .forEach(call -> Objects.requireNonNull(
                                byTag.get(call.getValue().get("tags").get(0).asText()))
                        .add(operation(path.getKey(), call.getKey(), call.getValue()))));
        return byTag.entrySet().stream()
                .map(group -> new Group(group.getKey(), group.getValue()))
                .toList();
    }

    private static Operation operation(String path, String method, JsonNode call) {
        return new Operation(
                call.get("operationId").asText(),
                method.toUpperCase(Locale.ROOT),
                path,
                call.get("summary").asText(),
                caller(call.path("security")));
    }

    private static String caller(JsonNode security) {
        List<String> schemes = new ArrayList<>();
        security.forEach(scheme -> scheme.fieldNames().forEachRemaining(schemes::add));
        if (schemes.isEmpty()) {
            return "anybody";
        }
        return switch (schemes.getFirst()) {
            case "reporter" -> "with a reporter's token";
            case "dispute" -> "with a dispute's token";
            case "session" -> "those who sign in";
            default -> "operators";
        };
    }

    private static List<Script> scripts(String guide) {
        Map<String, Script> scripts = new LinkedHashMap<>();
        Matcher matcher = SCRIPT.matcher(guide);
        while (matcher.find()) {
            scripts.put(
                    matcher.group(2),
                    new Script(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)));
        }
        return SHOWN.stream()
                .map(file -> Objects.requireNonNull(scripts.get(file), file))
                .toList();
    }
}
