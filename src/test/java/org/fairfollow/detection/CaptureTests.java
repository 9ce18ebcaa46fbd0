package org.fairfollow.detection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.evidence.Dossier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays the dossiers of one practice with known findings, in {@code captures/<practice>/}. A finding that changes needs a
 * new detector version, and then new captures:
 *
 * <pre>mvn test -Dtest='*CaptureTest' -Dcaptures.write=true</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CaptureTests {
    private static final int LARGEST_BYTES = 150_000;

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private final Detector detector;
    private final Map<String, Dossier> invented;
    private final Path folder;

    /**
     * @param invented accounts of nobody real: at least "present", "absent", "too-little" and "borderline" (signs); a
     *     practice that can never be one of these says why and leaves it out
     */
    protected CaptureTests(Detector detector, Map<String, Dossier> invented) {
        this.detector = detector;
        this.invented = invented;
        this.folder = Path.of("src/test/resources/captures", detector.practice().id());
    }

    private record Capture(Dossier dossier, Finding finding) {}

    Stream<String> names() {
        return invented.keySet().stream().sorted();
    }

    private Path file(String name) {
        return folder.resolve(name + ".json");
    }

    private Capture read(String name) throws IOException {
        return JSON.readValue(Files.readAllBytes(file(name)), Capture.class);
    }

    @BeforeAll
    void writeIfAsked() throws IOException {
        if (Boolean.getBoolean("captures.write")) {
            Files.createDirectories(folder);
            for (var one : invented.entrySet()) {
                write(file(one.getKey()), one.getValue());
            }
        }
    }

    /** The evidence on one line; the finding to be read and compared. */
    private void write(Path file, Dossier dossier) throws IOException {
        String evidence = JSON.writeValueAsString(dossier);
        String found = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(detector.judge(dossier));
        Files.writeString(file, "{\"dossier\": %s,\n\"finding\": %s}\n".formatted(evidence, found));
    }

    @ParameterizedTest
    @MethodSource("names")
    void replay(String name) throws IOException {
        Capture capture = read(name);
        assertThat(capture.finding().detector())
                .as("the captures are of another version of the rule: write them anew")
                .isEqualTo(detector.version());
        assertThat(detector.judge(capture.dossier()))
                .as("%s: a finding changed, so the rule needs a new version and new captures", name)
                .isEqualTo(capture.finding());
        assertThat(Files.size(file(name))).isLessThan(LARGEST_BYTES);
    }

    @Test
    void everyOpinionIsCaptured() throws IOException {
        Map<String, Opinion> expected = Map.of(
                "present", Opinion.PRESENT,
                "absent", Opinion.ABSENT,
                "too-little", Opinion.TOO_LITTLE_EVIDENCE,
                "borderline", Opinion.SIGNS);
        for (var one : expected.entrySet()) {
            if (invented.containsKey(one.getKey())) {
                assertThat(read(one.getKey()).finding().opinion())
                        .as(one.getKey())
                        .isEqualTo(one.getValue());
            }
        }
    }
}
