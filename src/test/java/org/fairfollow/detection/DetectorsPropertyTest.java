package org.fairfollow.detection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observations;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of every detector on any evidence; repeat a failure with {@code -Dseed=}, which is printed. */
class DetectorsPropertyTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int TRIALS = 300;
    /** What clients take of a statement. */
    private static final int LONGEST_STATEMENT = 600;

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @BeforeAll
    static void printSeed() {
        System.out.println("DetectorsPropertyTest -Dseed=" + SEED);
    }

    static List<Detector> detectors() {
        return Detectors.all();
    }

    private static Stream<Long> seeds() {
        return new Random(SEED).longs(TRIALS).boxed();
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void judgesAnythingAndAlwaysAlike(Detector detector) {
        seeds().forEach(seed -> {
            Dossier dossier = AnyDossier.drawn(seed);
            Finding finding = detector.judge(dossier);
            assertThat(detector.judge(dossier)).as("seed %d", seed).isEqualTo(finding);
            assertSound(detector, finding, seed);
            detector.placebo(dossier).ifPresent(placebo -> {
                assertThat(detector.placebo(dossier)).as("seed %d", seed).contains(placebo);
                assertSound(detector, detector.judge(placebo), seed);
            });
        });
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void theOrderOfTheEvidenceDoesNotMatter(Detector detector) {
        seeds().forEach(seed -> {
            Dossier dossier = AnyDossier.drawn(seed);
            assertThat(detector.judge(AnyDossier.shuffled(dossier, seed)))
                    .as("seed %d", seed)
                    .isEqualTo(detector.judge(dossier));
        });
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void whatPeopleTellAloneIsNoMoreThanSigns(Detector detector) {
        if (detector.practice().isSeenByRecipientsAlone()) {
            return; // Of these, what people tell is all there can be; the rule demands that they be independent.
        }
        seeds().forEach(seed -> {
            Finding finding = detector.judge(AnyDossier.toldOnly(seed));
            assertThat(finding.opinion()).as("seed %d", seed).isNotEqualTo(Opinion.PRESENT);
            assertThat(finding.sources().measured()).as("seed %d", seed).isZero();
        });
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void nothingThatPeopleTellLiftsAnAccountOntoTheList(Detector detector) throws IOException {
        if (detector.practice().isSeenByRecipientsAlone()) {
            return;
        }
        for (String name : List.of("absent", "too-little", "borderline")) {
            Dossier innocent = captured(detector, name);
            seeds().limit(60).forEach(seed -> {
                Dossier told = AnyDossier.toldOnly(seed);
                Finding finding = detector.judge(with(innocent, told.observations()));
                assertThat(finding.opinion()).as("%s, seed %d", name, seed).isNotEqualTo(Opinion.PRESENT);
            });
        }
    }

    private static Dossier captured(Detector detector, String name) throws IOException {
        Path file = Path.of("src/test/resources/captures", detector.practice().id(), name + ".json");
        return JSON.treeToValue(JSON.readTree(Files.readAllBytes(file)).get("dossier"), Dossier.class);
    }

    /** Everything of both, but what only an owner could say. */
    private static Dossier with(Dossier dossier, Observations told) {
        Observations own = dossier.observations();
        Map<String, List<Integer>> alsoObserved = new HashMap<>(own.alsoObserved());
        told.alsoObserved().forEach(alsoObserved::putIfAbsent);
        return new Dossier(
                dossier.asOf(),
                dossier.follows(),
                dossier.targets(),
                dossier.coverage(),
                dossier.arrivals(),
                new Observations(
                        both(own.profiles(), told.profiles()),
                        both(own.relations(), told.relations()),
                        both(own.messages(), told.messages()),
                        both(own.followerSamples(), told.followerSamples()),
                        both(own.postSamples(), told.postSamples()),
                        own.statements(),
                        alsoObserved));
    }

    private static <T> List<T> both(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void ofNothingItSaysWhatWouldBeNeeded(Detector detector) {
        Finding finding = detector.judge(Dossier.empty(1_795_000_000));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.lastEvidenceAt()).isZero();
        assertThat(finding.weight()).isZero();
        assertThat(finding.reasons()).isEmpty();
        assertThat(finding.sources()).isEqualTo(new Finding.Sources(0, 0));
        assertSound(detector, finding, 0);
    }

    private static void assertSound(Detector detector, Finding finding, long seed) {
        PracticeDescription words = detector.describe();
        String where = "%s, seed %d".formatted(detector.practice().id(), seed);
        assertThat(finding.practice()).isEqualTo(detector.practice());
        assertThat(finding.detector()).isEqualTo(detector.version());
        for (Reason reason : finding.reasons()) {
            assertThat(reason.value())
                    .as("%s: %s", where, reason.code())
                    .isFinite()
                    .isNotNegative();
            assertThat(reason.threshold()).as("%s: %s", where, reason.code()).isFinite();
            assertThat(reason.n()).as("%s: %s", where, reason.code()).isNotNegative();
            assertThat(reason.from()).as("%s: %s", where, reason.code()).isBeforeOrEqualTo(reason.to());
            if (reason.interval() != null) {
                assertThat(reason.interval())
                        .as("%s: %s", where, reason.code())
                        .hasSize(2)
                        .allSatisfy(bound -> assertThat(bound).isFinite());
                // Values are rounded to the nearest, bounds outward.
                assertThat(reason.interval().getFirst())
                        .as("%s: %s", where, reason.code())
                        .isLessThanOrEqualTo(reason.value());
                assertThat(reason.interval().getLast())
                        .as("%s: %s", where, reason.code())
                        .isGreaterThanOrEqualTo(reason.value());
            }
        }
        assertThat(finding.missing().isEmpty()).as(where).isEqualTo(finding.opinion() != Opinion.TOO_LITTLE_EVIDENCE);
        finding.missing().forEach(missing -> {
            assertThat(missing.have()).as(where).isFinite();
            assertThat(missing.need()).as(where).isFinite();
            assertThat(missing.detail()).as(where).endsWith(".");
        });
        assertThat(finding.strict() && finding.opinion() != Opinion.PRESENT)
                .as(where)
                .isFalse();
        if (finding.opinion() == Opinion.PRESENT) {
            assertThat(finding.alibis()).as(where).isNotEmpty().allMatch(Finding.Alibi::survived);
            assertThat(finding.caveats()).as(where).isNotEmpty();
        }
        assertThat(finding.statement())
                .as(where)
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(LONGEST_STATEMENT)
                .doesNotContain("NaN", "Infinity", "E+", "null")
                .doesNotContainIgnoringCase("bot ", "bots", "scam", "spam", "liar");
        finding.tables().forEach(table -> assertThat(table.rows())
                .as("%s: %s", where, table.id())
                .allSatisfy(row -> assertThat(row).hasSameSizeAs(table.columns()))
                .allSatisfy(row ->
                        assertThat(row).allSatisfy(cell -> assertThat(cell).isFinite())));
        assertThat(finding.weight()).as(where).isFinite();
        assertThat(words.measures().stream().map(Measure::code))
                .as(where)
                .containsAll(finding.reasons().stream().map(Reason::code).toList());
        assertThat(words.alibis().stream().map(Phrase::code))
                .as(where)
                .containsAll(finding.alibis().stream().map(Finding.Alibi::code).toList());
        assertThat(words.caveats().stream().map(Phrase::code)).as(where).containsAll(finding.caveats());
        assertThat(finding.lastEvidenceAt()).as(where).isNotNegative();
    }
}
