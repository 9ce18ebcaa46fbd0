package org.fairfollow.detection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.evidence.Dossier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays dossiers with known findings. A finding that changes needs a new detector version, and then new captures:
 *
 * <pre>mvn test -Dtest=FollowChurnCaptureTest -Dcaptures.write=true</pre>
 */
class FollowChurnCaptureTest {
    private static final Path FOLDER = Path.of("src/test/resources/captures/follow-churn");
    private static final int LARGEST_BYTES = 150_000;

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    /** Invented accounts, one for each opinion; nobody real. */
    private static final Map<String, Dossier> INVENTED = Map.of(
            "present", InventedAccount.churner().following(7).dossier(1),
            "absent", InventedAccount.organic().following(3).dossier(2),
            "too-little", InventedAccount.organic().following(.15).dossier(3),
            "borderline", InventedAccount.evader().following(5).dossier(4));

    private record Capture(Dossier dossier, Finding finding) {}

    static Stream<String> names() {
        return INVENTED.keySet().stream().sorted();
    }

    private static Path file(String name) {
        return FOLDER.resolve(name + ".json");
    }

    private static Capture read(String name) throws IOException {
        return JSON.readValue(Files.readAllBytes(file(name)), Capture.class);
    }

    @BeforeAll
    static void writeIfAsked() throws IOException {
        if (Boolean.getBoolean("captures.write")) {
            Files.createDirectories(FOLDER);
            for (var invented : INVENTED.entrySet()) {
                write(file(invented.getKey()), invented.getValue());
            }
        }
    }

    /** The evidence on one line; the finding to be read and compared. */
    private static void write(Path file, Dossier dossier) throws IOException {
        Finding finding = new FollowChurnDetector().judge(dossier);
        String evidence = JSON.writeValueAsString(dossier);
        String found = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(finding);
        Files.writeString(file, "{\"dossier\": %s,\n\"finding\": %s}\n".formatted(evidence, found));
    }

    @ParameterizedTest
    @MethodSource("names")
    void replay(String name) throws IOException {
        Capture capture = read(name);
        FollowChurnDetector detector = new FollowChurnDetector();
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
        assertThat(List.of(
                        read("present").finding().opinion(),
                        read("absent").finding().opinion(),
                        read("too-little").finding().opinion(),
                        read("borderline").finding().opinion()))
                .containsExactly(Opinion.PRESENT, Opinion.ABSENT, Opinion.TOO_LITTLE_EVIDENCE, Opinion.SIGNS);
    }
}
