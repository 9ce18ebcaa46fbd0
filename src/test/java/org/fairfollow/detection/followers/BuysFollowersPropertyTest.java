package org.fairfollow.detection.followers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.followers.InventedFollowing.AS_OF;
import static org.fairfollow.detection.followers.InventedFollowing.DAY;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.FollowerSample;
import org.fairfollow.evidence.Observation.OwnerClaim;
import org.fairfollow.evidence.Observation.OwnerStatement;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observation.SampledFollower;
import org.fairfollow.evidence.Observations;
import org.fairfollow.evidence.Span;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What must hold of any evidence; repeat a failure with {@code -Dseed=}, which is printed. */
class BuysFollowersPropertyTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int TRIALS = 200;

    private final BuysFollowersDetector detector = new BuysFollowersDetector();

    @BeforeAll
    static void printSeed() {
        System.out.println("BuysFollowersPropertyTest -Dseed=" + SEED);
    }

    private static Stream<Long> seeds(int count) {
        return new Random(SEED).longs(count).boxed();
    }

    private static long time(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> 0;
            case 3 -> -random.nextLong(1_000 * DAY);
            default -> AS_OF - random.nextLong(120 * DAY);
        };
    }

    private static long number(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> -random.nextInt(5);
            case 2 -> 0;
            default -> (long) Math.exp(random.nextDouble() * 10);
        };
    }

    private static <T> @Nullable T maybe(Random random, Supplier<T> value) {
        return random.nextInt(6) == 0 ? null : value.get();
    }

    private static Counters counters(Random random) {
        return new Counters(
                maybe(random, () -> number(random)),
                maybe(random, () -> number(random)),
                maybe(random, () -> number(random)),
                maybe(random, () -> time(random)),
                maybe(random, random::nextBoolean),
                maybe(random, () -> random.nextInt(200)),
                maybe(random, () -> time(random)));
    }

    private static List<SampledFollower> followers(Random random) {
        int size = random.nextInt(3) == 0 ? random.nextInt(5) : 300 + random.nextInt(500);
        boolean neat = random.nextBoolean();
        List<SampledFollower> followers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int rank = neat ? i * 3 + 1 : random.nextInt(5_000) - 50;
            boolean fake = neat && (i / 100) % 2 == 0;
            followers.add(new SampledFollower(
                    rank,
                    fake
                            ? new Counters(2L, 900L, 0L, AS_OF - (200 + i / 100) * DAY, null, null, null)
                            : neat
                                    ? new Counters(
                                            200L, 150L, 300L, AS_OF - random.nextLong(2_000 * DAY), null, null, null)
                                    : counters(random)));
        }
        return followers;
    }

    /** Anything the types allow: strange times and counts, ranks that are none, several at once. */
    private static Dossier anything(long seed) {
        Random random = new Random(seed);
        List<ProfileCounters> profiles = new ArrayList<>();
        long count = number(random) % 100_000;
        for (int i = random.nextInt(80); i > 0; i--) {
            count += random.nextInt(20) == 0 ? random.nextInt(9_000) - 3_000 : random.nextInt(30);
            long shown = random.nextInt(30) == 0 ? number(random) : count;
            profiles.add(new ProfileCounters(
                    random.nextInt(30) == 0 ? time(random) : AS_OF - i * DAY + random.nextLong(DAY),
                    "o" + random.nextInt(3),
                    random.nextInt(5) > 0,
                    maybe(random, () -> new Count(shown, random.nextInt(4) > 0)),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null));
        }
        List<FollowerSample> samples = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            samples.add(new FollowerSample(
                    random.nextInt(8) == 0 ? time(random) : AS_OF - random.nextInt(2) * DAY,
                    "o" + random.nextInt(3),
                    random.nextInt(4) > 0,
                    maybe(random, () -> random.nextInt(8) == 0 ? number(random) : 1_500L),
                    followers(random)));
        }
        List<Arrivals.Arrival> newest = new ArrayList<>();
        for (int i = random.nextInt(60); i > 0; i--) {
            newest.add(new Arrivals.Arrival(
                    random.nextInt(50),
                    new Span(time(random), Span.OPEN),
                    maybe(random, () -> counters(random)),
                    List.of()));
        }
        List<Arrivals.Day> days = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            int day = random.nextInt(20) == 0 ? random.nextInt() : (int) (AS_OF / DAY) - random.nextInt(60);
            days.add(new Arrivals.Day(
                    day, random.nextInt(9) == 0 ? random.nextInt() : random.nextInt(50), random.nextInt(9)));
        }
        List<Arrivals.Companion> companions = new ArrayList<>();
        for (int i = random.nextInt(9); i > 0; i--) {
            companions.add(new Arrivals.Companion(random.nextInt(9), random.nextInt(900)));
        }
        List<OwnerStatement> statements = random.nextInt(4) > 0
                ? List.of()
                : List.of(new OwnerStatement(
                        time(random), "owner", random.nextBoolean(), OwnerClaim.FOLLOWERS_NOT_ORDERED));
        long asOf = random.nextInt(15) == 0 ? time(random) : AS_OF;
        return new Dossier(
                asOf,
                List.of(),
                Map.of(),
                new Coverage(random.nextBoolean() ? List.of() : List.of(new Span(0, AS_OF)), 0, 0, 0, 0),
                new Arrivals(newest, days, companions),
                new Observations(profiles, List.of(), List.of(), samples, List.of(), statements, Map.of()));
    }

    @Test
    void judgesAnythingAndAlwaysAlike() {
        seeds(TRIALS).forEach(seed -> {
            Dossier dossier = anything(seed);
            Finding finding = detector.judge(dossier);
            assertThat(detector.judge(dossier)).as("seed %d", seed).isEqualTo(finding);
            assertSound(finding, seed);
            detector.placebo(dossier).ifPresent(placebo -> {
                assertThat(detector.placebo(dossier).orElseThrow()).isEqualTo(placebo);
                assertSound(detector.judge(placebo), seed);
            });
        });
    }

    private static void assertSound(Finding finding, long seed) {
        finding.reasons().forEach(reason -> {
            assertThat(reason.value())
                    .as("%s, seed %d", reason.code(), seed)
                    .isFinite()
                    .isNotNegative();
            assertThat(reason.from()).as("%s, seed %d", reason.code(), seed).isBeforeOrEqualTo(reason.to());
            List<Double> interval = reason.interval();
            if (interval != null) {
                assertThat(interval.getFirst()).isLessThanOrEqualTo(reason.value());
                assertThat(interval.getLast()).isGreaterThanOrEqualTo(reason.value());
            }
        });
        assertThat(finding.missing().isEmpty())
                .as("seed %d", seed)
                .isEqualTo(finding.opinion() != Opinion.TOO_LITTLE_EVIDENCE);
        if (finding.opinion() == Opinion.PRESENT) {
            assertThat(finding.alibis()).isNotEmpty().allMatch(Finding.Alibi::survived);
        }
        assertThat(finding.statement()).isNotBlank().doesNotContain("NaN", "Infinity", "E+");
        finding.tables().forEach(table -> assertThat(table.rows()).allSatisfy(row -> {
            assertThat(row).hasSameSizeAs(table.columns());
            assertThat(row).allSatisfy(cell -> assertThat(cell).isFinite());
        }));
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> other = new ArrayList<>(list);
        Collections.shuffle(other, random);
        return other;
    }

    @Test
    void theOrderOfEvidenceDoesNotMatter() {
        seeds(TRIALS).forEach(seed -> {
            Dossier dossier = anything(seed);
            Random random = new Random(seed);
            Observations seen = dossier.observations();
            Observations other = new Observations(
                    shuffled(seen.profiles(), random),
                    List.of(),
                    List.of(),
                    shuffled(
                            seen.followerSamples().stream()
                                    .map(sample -> new FollowerSample(
                                            sample.at(),
                                            sample.observer(),
                                            sample.measured(),
                                            sample.total(),
                                            shuffled(sample.followers(), random)))
                                    .toList(),
                            random),
                    List.of(),
                    seen.statements(),
                    Map.of());
            Arrivals arrivals = new Arrivals(
                    shuffled(dossier.arrivals().newest(), random),
                    shuffled(dossier.arrivals().days(), random),
                    shuffled(dossier.arrivals().companions(), random));
            Dossier mixed = new Dossier(dossier.asOf(), List.of(), Map.of(), dossier.coverage(), arrivals, other);
            assertThat(detector.judge(mixed)).as("seed %d", seed).isEqualTo(detector.judge(dossier));
        });
    }

    /** An account of a kind, invented alike for the same seed. */
    private record Kind(String name, boolean innocent, LongFunction<InventedFollowing> invented) {}

    private static long between(long seed, int step, int least, int most) {
        return least + Math.floorMod(seed * step, most - least);
    }

    private static List<Kind> kinds() {
        LongFunction<InventedFollowing> some =
                seed -> InventedFollowing.organic((int) between(seed, 37, 600, 4_000), seed);
        return List.of(
                new Kind("ordinary", true, some),
                new Kind("viral", true, seed -> some.apply(seed)
                        .viral((int) between(seed, 91, 1_000, 6_000), (int) between(seed, 1, 5, 85))),
                new Kind("lurkers", true, seed -> some.apply(seed).readers(between(seed, 7, 10, 90) / 100.0)),
                new Kind("lurkers, viral", true, seed -> some.apply(seed)
                        .viral(2_000, (int) between(seed, 1, 10, 70))
                        .readers(between(seed, 7, 20, 90) / 100.0)),
                new Kind("newcomers", true, seed -> some.apply(seed)
                        .newcomers((int) between(seed, 53, 1_500, 4_500), (int) between(seed, 1, 10, 90), (int)
                                between(seed, 7, 24, 96))),
                new Kind("broadcast to lurkers", true, seed -> some.apply(seed)
                        .genuineBurst(1_500, (int) between(seed, 1, 10, 70))
                        .readers(.6)),
                new Kind("buyer, half", false, seed -> InventedFollowing.organic(1_500, seed)
                        .batch(
                                (int) between(seed, 53, 1_500, 2_500),
                                (int) between(seed, 1, 5, 85),
                                (int) between(seed, 7, 1, 72),
                                (int) between(seed, 11, 30, 630))),
                new Kind("buyer, most", false, seed -> InventedFollowing.organic(800, seed)
                        .batch(
                                (int) between(seed, 53, 2_000, 6_000),
                                (int) between(seed, 1, 5, 85),
                                (int) between(seed, 7, 1, 72),
                                (int) between(seed, 11, 30, 630))),
                new Kind("buyer, fresh accounts", false, seed -> InventedFollowing.organic(800, seed)
                        .batch(2_000, (int) between(seed, 1, 5, 85), 24, 7)),
                new Kind("buyer, a third", false, seed -> InventedFollowing.organic(2_000, seed)
                        .batch(1_000, (int) between(seed, 1, 5, 85), 24, 200)));
    }

    /** With {@code -Dinvented=200 -Dseed=90000} the figures of the ADR. */
    @Test
    void innocentsAreNotAccusedAndBuyersAreFound() {
        int accounts = Integer.getInteger("invented", 6);
        for (Kind kind : kinds()) {
            Map<Opinion, Integer> opinions = new EnumMap<>(Opinion.class);
            int placebo = 0;
            for (long seed = SEED % 1_000_000; seed < SEED % 1_000_000 + accounts; seed++) {
                Dossier dossier = kind.invented.apply(seed).dossier();
                opinions.merge(detector.judge(dossier).opinion(), 1, Integer::sum);
                Opinion shuffled =
                        detector.judge(detector.placebo(dossier).orElseThrow()).opinion();
                placebo += shuffled == Opinion.PRESENT ? 1 : 0;
            }
            System.out.println(kind.name + ": " + opinions + ", placebo present: " + placebo);
            assertThat(placebo).as(kind.name).isZero();
            if (kind.innocent) {
                assertThat(opinions).as(kind.name).doesNotContainKey(Opinion.PRESENT);
            } else {
                assertThat(opinions).as(kind.name).doesNotContainKey(Opinion.ABSENT);
            }
        }
    }

    @Test
    void aHugeSampleIsJudged() {
        Dossier dossier = InventedFollowing.organic(20_000, SEED)
                .batch(30_000, 40, 48, 200)
                .sampled(50_000)
                .dossier();
        assertThat(detector.judge(dossier).opinion()).isEqualTo(Opinion.PRESENT);
    }
}
