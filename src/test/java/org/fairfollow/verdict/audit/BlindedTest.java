package org.fairfollow.verdict.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.PracticeDescription;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shown of the recorded findings. */
class BlindedTest {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    static List<Detector> rules() {
        return Detectors.all();
    }

    private record Capture(JsonNode dossier, Finding finding) {}

    @ParameterizedTest
    @MethodSource("rules")
    void whatIsListedCameByTheWayByWhichStrataAreMeasured(Detector rule) throws IOException {
        for (Finding finding : findings(rule, Opinion.PRESENT)) {
            assertThat(Stratum.decides(rule.describe(), finding)).isTrue();
            assertThat(Stratum.margin(rule.describe(), finding)).isFinite();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theStandingIsReadOffNoFieldOrderOrTable_ofAControlOrAListedAccount(Detector rule) throws IOException {
        PracticeDescription practice = rule.describe();
        List<Finding> controls = findings(rule, Opinion.SIGNS).stream()
                .filter(finding -> Stratum.decides(practice, finding))
                .toList();
        assertThat(controls).isNotEmpty();
        JsonNode listed = JSON.valueToTree(
                Blinded.of(practice, findings(rule, Opinion.PRESENT).getFirst()));
        for (Finding control : controls) {
            JsonNode shown = JSON.valueToTree(Blinded.of(practice, control));
            assertThat(shown.fieldNames()).toIterable().containsExactlyElementsOf(listed::fieldNames);
            assertThat(shown.get("days").isNull()).isEqualTo(listed.get("days").isNull());
            assertThat(texts(shown.get("tables"), "id")).isEqualTo(texts(listed.get("tables"), "id"));
            assertThat(shown.get("numbers").get(0).fieldNames())
                    .toIterable()
                    .containsExactlyElementsOf(listed.get("numbers").get(0)::fieldNames);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void nothingOfWhatTheRuleMadeOfItIsShown(Detector rule) throws IOException {
        for (Opinion opinion : List.of(Opinion.PRESENT, Opinion.SIGNS)) {
            for (Finding finding : findings(rule, opinion)) {
                String shown = JSON.writeValueAsString(Blinded.of(rule.describe(), finding));
                assertThat(shown)
                        .doesNotContain(
                                "threshold",
                                "survived",
                                "standing",
                                "opinion",
                                "statement",
                                "strict",
                                "weight",
                                "alibi")
                        .doesNotContain(finding.statement());
            }
        }
    }

    private static List<String> texts(JsonNode nodes, String field) {
        return nodes.valueStream().map(node -> node.get(field).asText()).toList();
    }

    private static List<Finding> findings(Detector rule, Opinion opinion) throws IOException {
        Path folder = Path.of("src/test/resources/captures", rule.practice().id());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted()
                    .map(BlindedTest::finding)
                    .filter(finding -> finding.opinion() == opinion)
                    .toList();
        }
    }

    private static Finding finding(Path file) {
        try {
            return JSON.readValue(Files.readAllBytes(file), Capture.class).finding();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
