package org.fairfollow.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.followchurn.FollowChurnDetector;
import org.fairfollow.detection.followchurn.FollowChurnDetector.Thresholds;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulebookTest {
    private static final Path RESOURCES = Project.folder().resolve("src/main/resources");

    @Test
    void itsHashIsThatOfItsBytes() throws IOException {
        assertThat(Rulebook.sha256()).matches("[0-9a-f]{64}").isEqualTo(Rulebook.sha256(Rulebook.bytes()));
        assertThat(Rulebook.bytes()).isEqualTo(Rulebook.bytes(Detectors.all(), RulebookTest::file));
    }

    @Test
    void everyRuleIsInItWithAllItComparesWith() throws IOException {
        JsonNode rules = new ObjectMapper().readTree(Rulebook.bytes()).get("detectors");
        assertThat(rules.findValuesAsText("detector"))
                .containsExactlyElementsOf(
                        Detectors.all().stream().map(Detector::version).toList());
        for (int i = 0; i < rules.size(); i++) {
            Detector detector = Detectors.all().get(i);
            JsonNode thresholds = rules.get(i).get("thresholds");
            assertThat(thresholds.properties().stream().map(entry -> entry.getKey()))
                    .as(detector.version())
                    .containsExactlyElementsOf(
                            Stream.of(detector.thresholds().getClass().getRecordComponents())
                                    .map(component -> component.getName())
                                    .toList());
        }
    }

    @Test
    void whatThePolicyMakesOfAnOpinionIsInIt() throws IOException {
        JsonNode policy = new ObjectMapper().readTree(Rulebook.bytes()).get("policy");
        assertThat(policy.get("lapseSeconds").asLong()).isEqualTo(90 * 86_400);
        assertThat(policy.at("/measured/PRESENT").asText()).isEqualTo("likely");
        assertThat(policy.at("/told/PRESENT").asText()).isEqualTo("signs");
        assertThat(policy.at("/seenByRecipientsAlone/PRESENT").asText()).isEqualTo("likely");
    }

    @Test
    void anotherThresholdMakesAnotherHash() {
        Thresholds usual = Thresholds.DEFAULT;
        // One deep inside, and never named by the rule's description.
        Thresholds other = new Thresholds(
                usual.windowDays(),
                usual.activeWithinDays(),
                usual.fewestUnreturnedDays(),
                usual.z(),
                usual.likely(),
                usual.confirmed(),
                usual.weeklyFollows(),
                usual.fewestDrops(),
                usual.weeklyDropShare(),
                usual.windowDropShare(),
                usual.coverage(),
                usual.lostFollowBacks(),
                usual.follows(),
                usual.alibiZ(),
                usual.absentZ(),
                usual.told(),
                new Thresholds.Turnover(400, 20, 200, .5, 4));
        List<Detector> detectors = new ArrayList<>(Detectors.all());
        detectors.set(0, new FollowChurnDetector(other));
        assertThat(hash(detectors, RulebookTest::file)).isNotEqualTo(Rulebook.sha256());
        detectors.set(0, new FollowChurnDetector(usual));
        assertThat(hash(detectors, RulebookTest::file)).isEqualTo(Rulebook.sha256());
    }

    @ParameterizedTest
    @MethodSource("files")
    void anotherByteInAFileThatRulesReadMakesAnotherHash(String changed) {
        assertThat(hash(Detectors.all(), name -> name.equals(changed) ? appended(file(name)) : file(name)))
                .isNotEqualTo(Rulebook.sha256());
    }

    @Test
    void noFileThatRulesReadIsLeftOut() throws IOException {
        Set<String> there = new TreeSet<>();
        for (String room : List.of("evidence", "detection", "verdict")) {
            Path folder = RESOURCES.resolve("org/fairfollow").resolve(room);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(Files::isRegularFile)
                            .forEach(file -> there.add(
                                    RESOURCES.relativize(file).toString().replace('\\', '/')));
                }
            }
        }
        assertThat(Rulebook.files()).containsExactlyElementsOf(there);
    }

    static List<String> files() {
        return Rulebook.files();
    }

    private static String hash(List<Detector> detectors, Function<String, byte[]> resource) {
        return Rulebook.sha256(Rulebook.bytes(detectors, resource));
    }

    private static byte[] file(String name) {
        return Project.read("src/main/resources/" + name).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] appended(byte[] bytes) {
        return (new String(bytes, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
