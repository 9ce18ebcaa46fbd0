package org.fairfollow.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** openapi.yaml as tests walk it: what it gains later is walked too. */
public final class Contract {
    public static final Set<String> METHODS = new TreeSet<>(Set.of("GET", "POST", "PUT", "PATCH", "DELETE"));

    private static final JsonNode ROOT = read();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Deep enough for every schema; some may contain themselves. */
    private static final int DEEPEST = 8;

    private Contract() {}

    /**
     * @param path with its parameters filled in, with what is of the right form and names nothing there is
     * @param callers names of the security schemes that open it; empty where anybody may call
     * @param types of the body; empty where there is none
     * @param body one that has every field the contract knows, each of the right form; empty where it is no JSON
     */
    public record Operation(
            String method,
            String template,
            String path,
            Set<String> callers,
            List<String> types,
            Optional<JsonNode> body) {
        public boolean isWrite() {
            return !method.equals("GET");
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    public static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        ROOT.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(call -> METHODS.contains(call.getKey().toUpperCase(Locale.ROOT)))
                .forEach(call -> operations.add(operation(path.getKey(), call.getKey(), call.getValue()))));
        return operations;
    }

    private static Operation operation(String template, String method, JsonNode call) {
        Set<String> callers = new TreeSet<>();
        call.path("security").forEach(scheme -> scheme.fieldNames().forEachRemaining(callers::add));
        JsonNode content = resolve(call.path("requestBody")).path("content");
        List<String> types = new ArrayList<>();
        content.fieldNames().forEachRemaining(types::add);
        Optional<JsonNode> body = content.has("application/json")
                ? Optional.of(sample(content.get("application/json").path("schema"), 0))
                : Optional.empty();
        return new Operation(method.toUpperCase(Locale.ROOT), template, filled(template), callers, types, body);
    }

    private static String filled(String template) {
        return template.replace("{network}", "bluesky")
                .replace("{name}", "nobody.example")
                .replace("{prefix}", "0")
                .replace("{practice}", "follow-churn")
                .replaceAll("\\{(version|older|number)}", "1")
                .replaceAll("\\{\\w+}", "0123456789abcdef");
    }

    /** A value of the schema's form, with every field it knows. */
    private static JsonNode sample(JsonNode given, int depth) {
        JsonNode schema = resolve(given);
        if (depth > DEEPEST) {
            return JSON.nullNode();
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (schema.has(choice)) {
                return sample(schema.get(choice).get(0), depth);
            }
        }
        if (schema.path("example").isObject()) {
            return schema.get("example").deepCopy();
        }
        if (schema.has("properties") || schema.has("allOf")) {
            ObjectNode object = JSON.objectNode();
            schema.path("allOf").forEach(part -> {
                if (sample(part, depth) instanceof ObjectNode fields) {
                    object.setAll(fields);
                }
            });
            schema.path("properties")
                    .properties()
                    .forEach(field -> object.set(field.getKey(), sample(field.getValue(), depth + 1)));
            return object;
        }
        return switch (schema.path("type").asText()) {
            case "array" -> {
                ArrayNode array = JSON.arrayNode();
                for (int i = Math.max(1, schema.path("minItems").asInt(1)); i > 0; i--) {
                    array.add(sample(schema.path("items"), depth + 1));
                }
                yield array;
            }
            case "integer" -> JSON.numberNode(schema.path("minimum").asLong(1));
            case "number" -> JSON.numberNode(schema.path("minimum").asDouble(0.5));
            case "boolean" -> JSON.booleanNode(true);
            case "object" -> JSON.objectNode();
            default -> JSON.textNode(text(schema));
        };
    }

    private static String text(JsonNode schema) {
        if (schema.path("format").asText().equals("date-time")) {
            return Instant.now().minusSeconds(60).toString();
        }
        if (schema.has("example")) {
            return schema.get("example").asText();
        }
        String pattern = schema.path("pattern").asText(".*");
        int shortest = schema.path("minLength").asInt();
        return Stream.of(
                        "nobody.example",
                        "follow-churn",
                        "a",
                        "1",
                        "0".repeat(6),
                        "0".repeat(8),
                        "0".repeat(16),
                        "0".repeat(32),
                        "0".repeat(64))
                .filter(text -> text.length() >= shortest && text.matches(pattern))
                .findFirst()
                .orElse("a");
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? resolve(ROOT.at(node.get("$ref").asText().substring(1))) : node;
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(Project.read("openapi.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
