package org.fairfollow.detection.posts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.posts.InventedPosts.AS_OF;
import static org.fairfollow.detection.posts.InventedPosts.DAY;
import static org.fairfollow.detection.posts.InventedPosts.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.PostSample;
import org.fairfollow.evidence.Observation.Question;
import org.fairfollow.evidence.Observation.SampledPost;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of any posts; repeat a failure with {@code -Dseed=}, which is printed. */
class PostDetectorsPropertyTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int TRIALS = 120;

    @BeforeAll
    static void printSeed() {
        System.out.println("PostDetectorsPropertyTest -Dseed=" + SEED);
    }

    static Stream<Detector> detectors() {
        return Stream.of(new UnfollowShamingDetector(), new AutomatedPromotionDetector(), new NeverRepliesDetector());
    }

    private static Stream<Long> seeds() {
        return new Random(SEED).longs(TRIALS).boxed();
    }

    /** Anything the types allow: absurd times, posts known twice and differently, no questions, people again. */
    private static Dossier anything(long seed) {
        Random random = new Random(seed);
        List<PostSample> samples = new ArrayList<>();
        int many = random.nextInt(4);
        for (int i = 0; i < many; i++) {
            List<SampledPost> posts = new ArrayList<>();
            int size = random.nextInt(4) == 0 ? random.nextInt(4) : random.nextInt(500);
            int templates = 1 + random.nextInt(40);
            long gap = random.nextBoolean() ? 3_600 : 1 + random.nextInt(20_000);
            int hits = random.nextInt(20);
            for (int j = 0; j < size; j++) {
                posts.add(new SampledPost(
                        random.nextInt(40) == 0 ? anyTime(random) : AS_OF - random.nextInt(600) * gap,
                        template(random.nextInt(templates)),
                        PostKind.values()[random.nextInt(8) == 0 ? random.nextInt(4) : 0],
                        random.nextInt(9) > 0,
                        random.nextInt(5) > 0,
                        random.nextInt(20) < hits ? List.of() : List.of("unfollow-count-x", "unfollow-names-y", "z")));
            }
            samples.add(new PostSample(
                    random.nextInt(9) == 0 ? anyTime(random) : AS_OF - random.nextInt(9) * DAY,
                    "station-" + random.nextInt(2) + ".example",
                    random.nextInt(4) > 0,
                    posts,
                    random.nextInt(3) == 0 ? null : anyQuestions(random)));
        }
        return InventedPosts.dossier(random.nextInt(30) == 0 ? anyTime(random) : AS_OF, samples);
    }

    private static List<Question> anyQuestions(Random random) {
        List<Question> questions = new ArrayList<>();
        int size = random.nextInt(300);
        int people = 1 + random.nextInt(200);
        int answered = random.nextInt(30);
        for (int i = 0; i < size; i++) {
            long at = random.nextInt(40) == 0 ? anyTime(random) : AS_OF - random.nextInt((int) (100 * DAY));
            Long answeredAt = random.nextInt(30) < answered ? null : (Long) (at + random.nextInt(9_999) - 500);
            questions.add(new Question(at, template(random.nextInt(people)), answeredAt));
        }
        return questions;
    }

    private static long anyTime(Random random) {
        long[] times = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, AS_OF + 1, random.nextLong()};
        return times[random.nextInt(times.length)];
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void judgesAnythingSoundlyAndAlwaysAlike(Detector detector) {
        seeds().forEach(seed -> {
            Dossier dossier = anything(seed);
            Finding finding = detector.judge(dossier);
            assertThat(detector.judge(dossier)).as("seed %d", seed).isEqualTo(finding);
            assertSound(finding, detector.describe(), seed);
        });
    }

    private static void assertSound(Finding finding, PracticeDescription description, long seed) {
        for (Reason reason : finding.reasons()) {
            assertThat(reason.value())
                    .as("%s, seed %d", reason.code(), seed)
                    .isFinite()
                    .isNotNegative();
            if (reason.interval() != null) {
                assertThat(reason.interval().getFirst()).isLessThanOrEqualTo(reason.value());
                assertThat(reason.interval().getLast()).isGreaterThanOrEqualTo(reason.value());
            }
        }
        assertThat(description.measures().stream().map(Measure::code))
                .containsAll(finding.reasons().stream().map(Reason::code).toList());
        assertThat(description.caveats().stream().map(Phrase::code)).containsAll(finding.caveats());
        assertThat(description.alibis().stream().map(Phrase::code))
                .containsAll(finding.alibis().stream().map(Finding.Alibi::code).toList());
        assertThat(finding.missing().isEmpty())
                .as("seed %d", seed)
                .isEqualTo(finding.opinion() != Opinion.TOO_LITTLE_EVIDENCE);
        finding.missing().forEach(missing -> assertThat(missing.detail()).isNotBlank());
        if (finding.opinion() == Opinion.PRESENT) {
            assertThat(finding.alibis()).isNotEmpty().allMatch(Finding.Alibi::survived);
        }
        assertThat(finding.strict()).isFalse();
        assertThat(finding.weight()).isFinite();
        assertThat(finding.statement()).isNotBlank().doesNotContain("NaN", "Infinity", "E+", "null");
        assertThat(finding.lastEvidenceAt() == 0)
                .as("seed %d", seed)
                .isEqualTo(finding.reasons().isEmpty());
        finding.tables().forEach(table -> assertThat(table.rows())
                .allSatisfy(row -> assertThat(row).hasSameSizeAs(table.columns())));
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void orderDoesNotMatter(Detector detector) {
        seeds().forEach(seed -> {
            Dossier dossier = anything(seed);
            Random random = new Random(seed);
            List<PostSample> samples = new ArrayList<>();
            for (PostSample sample : dossier.observations().postSamples()) {
                List<Question> questions = sample.questions() == null ? null : shuffled(sample.questions(), random);
                samples.add(new PostSample(
                        sample.at(),
                        sample.observer(),
                        sample.measured(),
                        shuffled(sample.posts(), random),
                        questions));
            }
            Dossier other = InventedPosts.dossier(dossier.asOf(), shuffled(samples, random));
            assertThat(detector.judge(other)).as("seed %d", seed).isEqualTo(detector.judge(dossier));
        });
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void theSameSampleTwiceChangesNothing(Detector detector) {
        seeds().forEach(seed -> {
            Dossier dossier = anything(seed);
            List<PostSample> twice = new ArrayList<>(dossier.observations().postSamples());
            twice.addAll(dossier.observations().postSamples());
            assertThat(detector.judge(InventedPosts.dossier(dossier.asOf(), twice)))
                    .as("seed %d", seed)
                    .isEqualTo(detector.judge(dossier));
        });
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void whatIsToldMovesNothing(Detector detector) {
        seeds().forEach(seed -> {
            Dossier dossier = anything(seed);
            List<PostSample> more = new ArrayList<>(dossier.observations().postSamples());
            for (PostSample sample : anything(~seed).observations().postSamples()) {
                more.add(new PostSample(sample.at(), sample.observer(), false, sample.posts(), sample.questions()));
            }
            assertThat(detector.judge(InventedPosts.dossier(dossier.asOf(), more)))
                    .as("seed %d", seed)
                    .isEqualTo(detector.judge(dossier));
        });
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void tensOfThousandsOfPostsAreJudged(Detector detector) {
        List<PostSample> samples = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            samples.add(InventedPosts.sample(
                    AS_OF, true, InventedPosts.ordinary(1_000, 80, i + 1), InventedPosts.questions(300, i)));
        }
        assertThat(detector.judge(InventedPosts.dossier(AS_OF, samples)).opinion())
                .isIn(Opinion.ABSENT, Opinion.TOO_LITTLE_EVIDENCE);
    }
}
