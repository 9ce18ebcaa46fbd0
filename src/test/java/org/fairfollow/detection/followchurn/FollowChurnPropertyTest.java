package org.fairfollow.detection.followchurn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.followchurn.InventedAccount.AS_OF;
import static org.fairfollow.detection.followchurn.InventedAccount.DAY;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observation.RelationTold;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What must hold of any evidence; repeat a failure with {@code -Dseed=}, which is printed. */
class FollowChurnPropertyTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int TRIALS = 400;

    private final FollowChurnDetector detector = new FollowChurnDetector();

    @BeforeAll
    static void printSeed() {
        System.out.println("FollowChurnPropertyTest -Dseed=" + SEED);
    }

    private static Stream<Long> seeds(int count) {
        return new Random(SEED).longs(count).boxed();
    }

    /** Anything the types allow: strange times, gaps, unknown targets, spare records. */
    private static Dossier anything(long seed) {
        Random random = new Random(seed);
        int size = random.nextInt(4) == 0 ? random.nextInt(5) : random.nextInt(400);
        int people = 1 + random.nextInt(300);
        List<FollowEpisode> follows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            follows.add(new FollowEpisode(random.nextInt(people), anySpan(random)));
        }
        Map<Integer, Target> targets = new HashMap<>();
        for (int person = 0; person < people; person++) {
            if (random.nextInt(20) > 0) {
                int today = (int) (AS_OF / DAY);
                List<Integer> active = random.ints(random.nextInt(9), today - 130, today + 5)
                        .sorted()
                        .boxed()
                        .toList();
                targets.put(person, new Target(spans(random, 2), active, spans(random, 9), spans(random, 9)));
            }
        }
        Coverage coverage = new Coverage(
                covered(random), random.nextInt(1_000), random.nextInt(60), random.nextInt(100), random.nextInt(9));
        List<RelationTold> relations = Stream.generate(() -> new RelationTold(
                        anySpan(random).from(),
                        "observer-" + random.nextInt(40),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextInt(60),
                        random.nextInt(4) > 0))
                .limit(random.nextInt(300))
                .toList();
        List<ProfileCounters> profiles = Stream.generate(() -> InventedObservations.reading(
                        anySpan(random).from(),
                        "observer-" + random.nextInt(2),
                        random.nextInt(9) > 0,
                        new Count(
                                random.nextInt(9) > 0 ? random.nextInt(900) : random.nextLong(),
                                random.nextInt(9) > 0)))
                .limit(random.nextInt(200))
                .toList();
        return InventedObservations.with(new Dossier(AS_OF, follows, targets, coverage), relations, profiles);
    }

    private static Span anySpan(Random random) {
        // Whole days now and then, so that edges coincide.
        long from = AS_OF - 100 * DAY + (random.nextBoolean() ? random.nextLong(103 * DAY) : random.nextInt(103) * DAY);
        long to =
                switch (random.nextInt(4)) {
                    case 0 -> Span.OPEN;
                    case 1 -> from;
                    case 2 -> from + random.nextInt(30) * DAY;
                    default -> from + random.nextLong(40 * DAY);
                };
        return new Span(from, to);
    }

    private static List<Span> spans(Random random, int rarity) {
        return random.nextInt(rarity) > 0
                ? List.of()
                : Stream.generate(() -> anySpan(random))
                        .limit(1 + random.nextInt(2))
                        .toList();
    }

    private static List<Span> covered(Random random) {
        List<Span> spans = new ArrayList<>();
        long from = AS_OF - (random.nextInt(130)) * DAY;
        while (from < AS_OF && spans.size() < 5) {
            long to = random.nextInt(3) == 0 ? Span.OPEN : from + random.nextLong(90 * DAY);
            spans.add(new Span(from, to));
            from = to == Span.OPEN ? AS_OF : to + random.nextLong(DAY);
        }
        return spans;
    }

    @Test
    void judgesAnythingAndAlwaysAlike() {
        seeds(TRIALS).forEach(seed -> {
            Dossier dossier = anything(seed);
            Finding finding = detector.judge(dossier);
            assertThat(detector.judge(dossier)).as("seed %d", seed).isEqualTo(finding);
            assertSound(finding, seed);
            assertThat(detector.placebo(dossier)).isPresent();
        });
    }

    private static void assertSound(Finding finding, long seed) {
        for (Reason reason : finding.reasons()) {
            assertThat(reason.value())
                    .as("%s, seed %d", reason.code(), seed)
                    .isFinite()
                    .isNotNegative();
            if (reason.interval() != null) {
                assertThat(reason.interval())
                        .allSatisfy(bound -> assertThat(bound).isFinite());
                // Values are rounded to the nearest, bounds outward.
                assertThat(reason.interval().getFirst()).isLessThanOrEqualTo(reason.value());
                assertThat(reason.interval().getLast()).isGreaterThanOrEqualTo(reason.value());
            }
        }
        assertThat(finding.missing().isEmpty())
                .as("seed %d", seed)
                .isEqualTo(finding.opinion() != Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.strict() && finding.opinion() != Opinion.PRESENT).isFalse();
        assertThat(finding.statement()).isNotBlank().doesNotContain("NaN", "Infinity", "E+");
        finding.tables().forEach(table -> assertThat(table.rows())
                .allSatisfy(row -> assertThat(row).hasSameSizeAs(table.columns())));
    }

    @Test
    void theOrderOfEvidenceDoesNotMatter() {
        seeds(TRIALS).forEach(seed -> {
            Dossier dossier = anything(seed);
            List<FollowEpisode> shuffled = new ArrayList<>(dossier.follows());
            Collections.shuffle(shuffled, new Random(seed));
            List<RelationTold> relations =
                    new ArrayList<>(dossier.observations().relations());
            Collections.shuffle(relations, new Random(seed));
            List<ProfileCounters> profiles =
                    new ArrayList<>(dossier.observations().profiles());
            Collections.shuffle(profiles, new Random(seed));
            Dossier other = InventedObservations.with(
                    new Dossier(dossier.asOf(), shuffled, dossier.targets(), dossier.coverage()), relations, profiles);
            assertThat(detector.judge(other)).as("seed %d", seed).isEqualTo(detector.judge(dossier));
        });
    }

    @Test
    void lookingLaterWithoutSeeingMoreChangesNothing() {
        seeds(60).forEach(seed -> {
            Random random = new Random(seed);
            Dossier dossier = InventedAccount.evader().since(80).dossier(seed);
            long began = AS_OF - (60 + random.nextInt(20)) * DAY;
            List<Span> spans = List.of(
                    new Span(began, began + 30 * DAY), new Span(began + 30 * DAY + 3_600 * random.nextInt(48), AS_OF));
            Coverage coverage = new Coverage(spans, 10_000, 200, 300, 0);
            Dossier now = new Dossier(AS_OF, dossier.follows(), dossier.targets(), coverage);
            Dossier later =
                    new Dossier(AS_OF + random.nextLong(9 * DAY), dossier.follows(), dossier.targets(), coverage);
            // Which follows lie in the window, and as seen from which year, is the same.
            assertThat(detector.judge(later)).as("seed %d", seed).isEqualTo(detector.judge(now));
        });
    }

    @Test
    void lossNeverMakesAnAccusation() {
        seeds(60).forEach(seed -> {
            Dossier dossier = InventedAccount.evader().dossier(seed);
            Coverage seen = dossier.coverage();
            Opinion before = detector.judge(dossier).opinion();
            for (Coverage lossy : List.of(
                    new Coverage(seen.spans(), 10_000, 800, 300, 0),
                    new Coverage(seen.spans(), 10_000, 0, 300, 300),
                    new Coverage(seen.spans(), 10_000, 2_000, 300, 0))) {
                Opinion after = detector.judge(new Dossier(AS_OF, dossier.follows(), dossier.targets(), lossy))
                        .opinion();
                assertThat(after == Opinion.PRESENT && before != Opinion.PRESENT)
                        .as("seed %d", seed)
                        .isFalse();
            }
        });
    }

    @Test
    void aHugeAccountIsJudged() {
        Dossier dossier = InventedAccount.churner().following(560).dossier(SEED);
        assertThat(dossier.follows()).hasSizeGreaterThan(49_000);
        assertThat(detector.judge(dossier).opinion()).isEqualTo(Opinion.PRESENT);
    }
}
