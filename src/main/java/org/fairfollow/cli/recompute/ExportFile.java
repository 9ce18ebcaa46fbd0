package org.fairfollow.cli.recompute;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairfollow.detection.Practice;
import org.fairfollow.verdict.Exported;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /v1/accounts/…/dossier} answered, from wherever it comes.
 *
 * @param account for people to read
 * @param rules hash of the rulebook of the service that answered
 */
public record ExportFile(String account, String rules, Map<Practice, Exported> practices) {
    /** Twice what a service tells. */
    public static final int MAX_BYTES = 32 << 20;

    private static final String FORMAT = "fairfollow-dossier/1";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** Fields that are not known are left alone, for the contract may grow; nothing in a list may be null. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxStringLength(100_000)
                            .maxNumberLength(64)
                            .maxDocumentLength(MAX_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .defaultSetterInfo(JsonSetter.Value.construct(Nulls.SET, Nulls.FAIL))
            .build();

    /** Read at once and not as a tree, which would take ten times the memory. */
    private record Envelope(String format, Account account, String rules, Map<String, Exported> practices) {}

    private record Account(
            String network,
            @Nullable String handle,
            @Nullable String nativeId) {
        String name() {
            return Plain.text(network + " " + (handle != null ? handle : nativeId));
        }
    }

    public static ExportFile read(byte[] bytes) throws UnfitExportException {
        Envelope envelope = parse(bytes, Envelope.class);
        if (!FORMAT.equals(envelope.format)) {
            throw new UnfitExportException("this is no export of a dossier: its format is not " + FORMAT);
        }
        if (envelope.rules == null || !HASH.matcher(envelope.rules).matches()) {
            throw new UnfitExportException("the export does not name the rules it was made under");
        }
        if (envelope.account == null || envelope.practices == null || envelope.practices.isEmpty()) {
            throw new UnfitExportException("there is no verdict on an account in the export");
        }
        Map<Practice, Exported> practices = new TreeMap<>();
        for (Map.Entry<String, Exported> one : envelope.practices.entrySet()) {
            practices.put(practice(one.getKey()), complete(one.getKey(), one.getValue()));
        }
        return new ExportFile(envelope.account.name(), envelope.rules, practices);
    }

    private static Practice practice(String id) throws UnfitExportException {
        return Practice.of(id)
                .orElseThrow(() -> new UnfitExportException("this build knows no practice " + Plain.text(id)));
    }

    private static Exported complete(String practice, Exported exported) throws UnfitExportException {
        if (Stream.of(exported.standing(), exported.detector(), exported.asOf(), exported.finding())
                .anyMatch(Objects::isNull)) {
            throw new UnfitExportException(practice + " lacks its standing, detector, asOf or finding");
        }
        return exported;
    }

    /** The code of a problem the service answered with. */
    static Optional<String> problem(byte[] bytes) {
        try {
            return Optional.of(Plain.text(tree(bytes).path("code").asText()));
        } catch (UnfitExportException e) {
            return Optional.empty();
        }
    }

    static JsonNode tree(byte[] bytes) throws UnfitExportException {
        return parse(bytes, JsonNode.class);
    }

    private static <T> T parse(byte[] bytes, Class<T> type) throws UnfitExportException {
        try {
            T value = JSON.readValue(bytes, type);
            if (value == null) {
                throw new UnfitExportException("there is nothing in it");
            }
            return value;
        } catch (IOException e) {
            throw new UnfitExportException(
                    "this is not the JSON that is expected: " + Plain.text(String.valueOf(e.getMessage())));
        }
    }
}
