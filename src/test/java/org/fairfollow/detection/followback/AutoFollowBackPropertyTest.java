package org.fairfollow.detection.followback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.followback.InventedFollowers.AS_OF;
import static org.fairfollow.detection.followback.InventedFollowers.DAY;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Arrivals.Arrival;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Observations;
import org.fairfollow.evidence.Span;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What must hold of any evidence; repeat a failure with {@code -Dseed=}, which is printed. */
class AutoFollowBackPropertyTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int TRIALS = 300;

    private final AutoFollowBackDetector detector = new AutoFollowBackDetector();

    @BeforeAll
    static void printSeed() {
        System.out.println("AutoFollowBackPropertyTest -Dseed=" + SEED);
    }

    private static Stream<Long> seeds(int count) {
        return new Random(SEED).longs(count).boxed();
    }

    /** Anything the types allow: strange times, gaps, followers that come again, counters of nobody. */
    private static Dossier anything(long seed) {
        Random random = new Random(seed);
        int people = 1 + random.nextInt(300);
        boolean quick = random.nextBoolean();
        List<Arrival> arrivals = new ArrayList<>();
        List<FollowEpisode> follows = new ArrayList<>();
        for (int i = random.nextInt(400); i > 0; i--) {
            Span inbound = anySpan(random);
            int follower = random.nextInt(people);
            List<Integer> active =
                    random.ints(random.nextInt(4), 20_400, 20_800).boxed().toList();
            arrivals.add(new Arrival(follower, inbound, anyCounters(random), active));
            if (quick && random.nextInt(20) > 0 && inbound.from() < Span.OPEN - DAY) {
                long answered = inbound.from() + random.nextInt(900);
                follows.add(new FollowEpisode(follower, new Span(answered, Span.OPEN)));
            } else if (random.nextInt(3) == 0) {
                follows.add(new FollowEpisode(random.nextInt(people), anySpan(random)));
            }
        }
        List<Span> covered = Stream.generate(() -> anySpan(random))
                .limit(random.nextInt(3))
                .collect(Collectors.toCollection(ArrayList::new));
        if (random.nextInt(4) > 0) {
            covered.add(new Span(0, AS_OF));
        }
        return new Dossier(
                AS_OF,
                follows,
                Map.of(),
                new Coverage(covered, random.nextInt(900), random.nextInt(60), random.nextInt(90), random.nextInt(9)),
                new Arrivals(arrivals, List.of(), List.of()),
                Observations.NONE);
    }

    private static Span anySpan(Random random) {
        long from =
                switch (random.nextInt(30)) {
                    case 0 -> Long.MIN_VALUE;
                    case 1 -> Span.OPEN;
                    case 2 -> 0;
                    default -> AS_OF - 95 * DAY + random.nextLong(97 * DAY);
                };
        if (random.nextInt(4) > 0 || from < 0 || from == Span.OPEN) {
            return new Span(from, Span.OPEN);
        }
        return new Span(from, from + random.nextLong(3 * DAY));
    }

    private static @Nullable Counters anyCounters(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> new Counters(null, null, null, null, null, null, null);
            case 2 -> InventedFollowers.thrownAway();
            default -> InventedFollowers.lively(random);
        };
    }

    @Test
    void judgesAnythingAndAlwaysAlike() {
        seeds(TRIALS).forEach(seed -> {
            Dossier dossier = anything(seed);
            Finding finding = detector.judge(dossier);
            assertThat(detector.judge(dossier)).as("seed %d", seed).isEqualTo(finding);
            assertSound(finding, seed);
        });
    }

    private static void assertSound(Finding finding, long seed) {
        for (Reason reason : finding.reasons()) {
            assertThat(reason.value()).as("%s, seed %d", reason.code(), seed).isFinite();
            if (reason.interval() != null) {
                assertThat(reason.interval().getFirst()).isLessThanOrEqualTo(reason.value());
                assertThat(reason.interval().getLast()).isGreaterThanOrEqualTo(reason.value());
            }
        }
        assertThat(finding.missing().isEmpty())
                .as("seed %d", seed)
                .isEqualTo(finding.opinion() != Opinion.TOO_LITTLE_EVIDENCE);
        if (finding.opinion() == Opinion.PRESENT) {
            assertThat(finding.alibis()).isNotEmpty().allMatch(Finding.Alibi::survived);
        }
        assertThat(finding.statement()).isNotBlank().doesNotContain("NaN", "Infinity", "E+", "%");
        assertThat(finding.weight()).isFinite();
        finding.tables().forEach(table -> assertThat(table.rows())
                .allSatisfy(row -> assertThat(row).hasSameSizeAs(table.columns())));
    }

    @Test
    void theOrderOfEvidenceDoesNotMatter() {
        seeds(TRIALS).forEach(seed -> {
            Dossier dossier = anything(seed);
            Random random = new Random(seed);
            List<Arrival> arrivals = shuffled(dossier.arrivals().newest(), random);
            Coverage seen = dossier.coverage();
            Dossier other = new Dossier(
                    AS_OF,
                    shuffled(dossier.follows(), random),
                    dossier.targets(),
                    new Coverage(
                            shuffled(seen.spans(), random),
                            seen.deletesPaired(),
                            seen.deletesOrphaned(),
                            seen.ownPaired(),
                            seen.ownOrphaned()),
                    new Arrivals(arrivals, List.of(), List.of()),
                    dossier.observations());
            assertThat(detector.judge(other)).as("seed %d", seed).isEqualTo(detector.judge(dossier));
        });
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    @Test
    void withdrawingFollowBacksNeverMakesAnAccusation() {
        seeds(60).forEach(seed -> {
            Dossier dossier = InventedFollowers.instant().receiving(150).dossier(seed);
            Random random = new Random(seed);
            List<FollowEpisode> fewer = dossier.follows().stream()
                    .filter(follow -> random.nextInt(3) > 0)
                    .toList();
            Dossier lossy = new Dossier(
                    AS_OF, fewer, dossier.targets(), dossier.coverage(), dossier.arrivals(), dossier.observations());
            assertThat(detector.judge(lossy).opinion()).as("seed %d", seed).isNotEqualTo(Opinion.PRESENT);
        });
    }

    @Test
    void aHugeAccountIsJudged() {
        Dossier dossier = InventedFollowers.instant().receiving(1_000).dossier(SEED);
        List<FollowEpisode> follows = new ArrayList<>(dossier.follows());
        for (int target = 0; target < 50_000; target++) {
            follows.add(new FollowEpisode(10_000 + target, new Span(AS_OF - 80 * DAY + target * 100L, Span.OPEN)));
        }
        Dossier huge = new Dossier(
                AS_OF, follows, dossier.targets(), dossier.coverage(), dossier.arrivals(), dossier.observations());
        assertThat(detector.judge(huge).opinion()).isEqualTo(Opinion.PRESENT);
    }
}
