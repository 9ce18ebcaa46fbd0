package org.fairfollow.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fairfollow.detection.AnyDossier;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Observation;
import org.fairfollow.evidence.Observation.MessageKind;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observation.RelationTold;
import org.fairfollow.evidence.Observations;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenDossierTest {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final Set<String> CARRIED_BY_TELLING = Set.of(
            "auto-dm/absent.json",
            "auto-dm/borderline.json",
            "auto-dm/present.json",
            "auto-dm/too-little.json",
            "follow-churn/partial.json");
    private static final long AT = 1_790_000_000;

    static List<Path> captures() throws IOException {
        try (Stream<Path> files = Files.walk(Project.folder().resolve("src/test/resources/captures"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void otherNamesAndNumbersChangeNoFinding(Path capture) throws IOException {
        Dossier dossier = JSON.treeToValue(JSON.readTree(capture.toFile()).get("dossier"), Dossier.class);
        assertThatNoFindingChanges(dossier);
        Detector detector = detector(capture);
        boolean same = detector.judge(OpenDossier.of(dossier).dossier()).equals(detector.judge(dossier));
        assertThat(same)
                .as("anybody can judge it again unless telling carries it")
                .isEqualTo(!CARRIED_BY_TELLING.contains(detector.practice().id() + "/" + capture.getFileName()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void norInAnyDossier(long seed) throws IOException {
        for (int i = 0; i < 10; i++) {
            assertThatNoFindingChanges(AnyDossier.drawn(1_000 * seed + i));
        }
    }

    /** Also when it went through a file. */
    private static void assertThatNoFindingChanges(Dossier dossier) throws IOException {
        Dossier open = JSON.readValue(JSON.writeValueAsBytes(OpenDossier.of(dossier)), OpenDossier.class)
                .dossier();
        Dossier untold = withoutWhatWasTold(dossier);
        for (Detector detector : Detectors.all()) {
            assertThat(detector.judge(open)).as(detector.version()).isEqualTo(detector.judge(untold));
        }
    }

    private static Dossier withoutWhatWasTold(Dossier dossier) {
        Observations seen = dossier.observations();
        return new Dossier(
                dossier.asOf(),
                dossier.follows(),
                dossier.targets(),
                dossier.coverage(),
                dossier.arrivals(),
                new Observations(
                        measured(seen.profiles()),
                        List.of(),
                        List.of(),
                        measured(seen.followerSamples()),
                        measured(seen.postSamples()),
                        measured(seen.statements()),
                        seen.alsoObserved()));
    }

    private static <T extends Observation> List<T> measured(List<T> facts) {
        return facts.stream().filter(Observation::measured).toList();
    }

    @Test
    void nothingThatPeopleToldIsInIt() throws IOException {
        Dossier dossier = dossier(
                List.of(),
                Map.of(),
                Arrivals.NONE,
                new Observations(
                        List.of(profile("alice.example", false), profile("meter", true)),
                        List.of(new RelationTold(AT + 7, "bob.example", false, true, 77, true)),
                        List.of(new MessageTold(
                                AT + 9,
                                "carol.example",
                                false,
                                "0123456789abcdef0123456789abcdef",
                                List.of("89abcdef"),
                                MessageKind.GREETING,
                                41L,
                                true)),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of("dave.example", List.of(4711))));
        String written = JSON.writeValueAsString(OpenDossier.of(dossier));
        assertThat(written)
                .doesNotContain("example", "meter", "4711", "89abcdef", "" + (AT + 7), "" + (AT + 9))
                .contains("\"observer\":\"o1\"");
        assertThat(OpenDossier.leavesOut(dossier)).isTrue();
        assertThat(OpenDossier.of(dossier).profiles()).hasSize(1);
    }

    @Test
    void accountsAreNumberedAsTheyComeUpAndKeepWhatIsKnownOfThem() {
        Target active = new Target(List.of(), List.of(20_000), List.of(), List.of());
        Target blocked = new Target(List.of(), List.of(), List.of(), List.of(new Span(AT, Span.OPEN)));
        OpenDossier open = OpenDossier.of(dossier(
                List.of(follow(900, AT), follow(17, AT + 1), follow(900, AT + 2)),
                Map.of(17, active, 33, blocked),
                new Arrivals(
                        List.of(
                                new Arrivals.Arrival(17, new Span(AT, Span.OPEN), null, List.of()),
                                new Arrivals.Arrival(5, new Span(AT, Span.OPEN), null, List.of())),
                        List.of(),
                        List.of(new Arrivals.Companion(4_000, 30))),
                Observations.NONE));
        assertThat(open.follows().stream().map(FollowEpisode::target)).containsExactly(1, 2, 1);
        assertThat(open.targets())
                .as("whom it never followed is nobody's business")
                .isEqualTo(Map.of(2, active));
        assertThat(open.arrivals().newest().stream().map(Arrivals.Arrival::follower))
                .containsExactly(2, 3);
        assertThat(open.arrivals().companions()).containsExactly(new Arrivals.Companion(4, 30));
    }

    @Test
    void sourcesAreNumberedInTheOrderOfTheirNames() {
        List<ProfileCounters> profiles = new ArrayList<>();
        for (int i = 11; i > 0; i--) {
            profiles.add(profile("meter-%02d".formatted(i), true));
        }
        OpenDossier open = OpenDossier.of(dossier(
                List.of(),
                Map.of(),
                Arrivals.NONE,
                new Observations(profiles, List.of(), List.of(), List.of(), List.of(), List.of(), Map.of())));
        assertThat(open.profiles().stream().map(ProfileCounters::observer))
                .containsExactly("o11", "o10", "o09", "o08", "o07", "o06", "o05", "o04", "o03", "o02", "o01");
    }

    private static Detector detector(Path capture) {
        Practice practice =
                Practice.of(capture.getParent().getFileName().toString()).orElseThrow();
        return Detectors.all().stream()
                .filter(detector -> detector.practice() == practice)
                .findFirst()
                .orElseThrow();
    }

    private static FollowEpisode follow(int target, long at) {
        return new FollowEpisode(target, new Span(at, Span.OPEN));
    }

    private static ProfileCounters profile(String observer, boolean measured) {
        return new ProfileCounters(AT, observer, measured, null, null, null, null, null, null, null);
    }

    private static Dossier dossier(
            List<FollowEpisode> follows, Map<Integer, Target> targets, Arrivals arrivals, Observations observations) {
        return new Dossier(AT + 100, follows, targets, new Coverage(List.of(), 0, 0, 0, 0), arrivals, observations);
    }
}
