package org.fairfollow.evidence.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of docs/message-fingerprints.md; the extension is held to them too. */
class MessageFingerprintVectorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Vector(
            String text,
            List<String> names,
            String normal,
            String fingerprint,
            List<String> bands,
            String kind,
            boolean hasLink) {}

    record Digest(int seed, int texts, String drawn, String everyCodePoint) {}

    static List<Vector> vectors() throws IOException {
        return JSON.readValue(
                Project.read("docs/vectors/message-fingerprints.json"), new TypeReference<List<Vector>>() {});
    }

    private static Digest digest() throws IOException {
        return JSON.readValue(
                        Project.read("docs/vectors/message-fingerprints-digest.json"),
                        new TypeReference<List<Digest>>() {})
                .getFirst();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void read(Vector vector) {
        List<String> names = Objects.requireNonNullElse(vector.names, List.of());
        MessageText message = MessageText.of(vector.text, names);
        assertThat(message.normal().value()).isEqualTo(vector.normal);
        assertThat(message.normal()).isEqualTo(NormalText.of(vector.text, names));
        assertThat(message.normal().fingerprint()).isEqualTo(vector.fingerprint);
        assertThat(message.normal().bands()).isEqualTo(vector.bands);
        assertThat(message.kind().name().toLowerCase(Locale.ROOT)).isEqualTo(vector.kind);
        assertThat(message.hasLink()).isEqualTo(vector.hasLink);
        assertThat(NormalText.of(vector.normal)).isEqualTo(message.normal());
    }

    @Test
    void drawnTextsAreReadAsByTheExtension() throws IOException {
        Digest digest = digest();
        assertThat(sha256(DrawnTexts.drawn(digest.seed, digest.texts))).isEqualTo(digest.drawn);
    }

    @Test
    void everyCharacterIsReadAsByTheExtension() throws IOException {
        assertThat(sha256(DrawnTexts.everyCodePoint())).isEqualTo(digest().everyCodePoint);
    }

    private static String sha256(List<String> texts) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                MessageText message = MessageText.of(text, List.of("anna.example", "Anna Thanks"));
                String read = "%s\n%s %s %s\n"
                        .formatted(
                                message.normal().value(),
                                message.kind().name().toLowerCase(Locale.ROOT),
                                message.hasLink(),
                                String.join(" ", message.normal().bands()));
                hash.update(read.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
