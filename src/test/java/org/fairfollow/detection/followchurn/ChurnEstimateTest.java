package org.fairfollow.detection.followchurn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChurnEstimateTest {
    private static final long DAY = ObservedFollow.DAY;
    private static final long FULL = LifeTable.HORIZON;

    private static ObservedFollow kept(long followDay) {
        return new ObservedFollow(followDay * DAY, FULL, false, ObservedFollow.NEVER, true, false);
    }

    private static ObservedFollow dropped(long followDay, double ageDays) {
        return new ObservedFollow(followDay * DAY, (long) (ageDays * DAY), true, ObservedFollow.NEVER, true, false);
    }

    private static ObservedFollow returned(ObservedFollow follow, double ageDays) {
        return new ObservedFollow(follow.at(), follow.age(), follow.dropped(), (long) (ageDays * DAY), true, false);
    }

    private static ChurnEstimate estimate(List<ObservedFollow> follows) {
        return ChurnEstimate.of(follows, _ -> true, 0);
    }

    /** On each of two days 10 are dropped at one day, 20 at two days, and 20 kept. */
    private static List<ObservedFollow> twoDaysAlike() {
        List<ObservedFollow> follows = new ArrayList<>();
        for (int day = 0; day < 2; day++) {
            follows.addAll(Collections.nCopies(10, dropped(day, 1)));
            follows.addAll(Collections.nCopies(20, dropped(day, 2)));
            follows.addAll(Collections.nCopies(20, kept(day)));
        }
        return follows;
    }

    @Test
    void dropRateByHand() {
        ChurnEstimate estimate = estimate(twoDaysAlike());

        // Λ = 20/100 + 40/80, variance 20/100² + 40/80²; both days are alike, so the jackknife adds nothing.
        assertThat(estimate.hazard()).isCloseTo(.7, within(1e-12));
        assertThat(estimate.dropped()).isCloseTo(.503415, within(1e-6));
        assertThat(estimate.logHazardError()).isCloseTo(Math.sqrt(.00825) / .7, within(1e-12));
        assertThat(estimate.droppedAtLeast(1)).isCloseTo(.459220, within(1e-4));
        assertThat(estimate.heaviestWeight()).isEqualTo(1 / 40.);
    }

    @Test
    void ratioByHand() {
        List<ObservedFollow> follows = twoDaysAlike();
        for (int day = 0; day < 2; day++) {
            follows.addAll(Collections.nCopies(5, returned(dropped(day, 1), .5)));
            follows.addAll(Collections.nCopies(45, returned(kept(day), .5)));
        }
        ChurnEstimate estimate = estimate(follows);

        // Age 1: d0 20 of 100, d1 10 of 100. Age 2: d0 40 of 80, d1 0 of 90.
        // A = 20·100/200 + 40·90/170, B = 10·100/200, V = 30/4 + 40·80·90/170².
        double a = 10 + 3600 / 170.;
        double v = 7.5 + 288_000 / 28_900.;
        assertThat(estimate.ratio()).isCloseTo((a + .5) / 5.5, within(1e-12));
        // The halves make the jackknife see a little even where all days are alike, but less than the formula.
        assertThat(estimate.logRatioError()).isCloseTo(Math.sqrt((v + .5) / ((a + .5) * 5.5)), within(1e-12));
    }

    @Test
    void dropsAtOneFixedAgeAreNotOverstated() {
        List<ObservedFollow> follows = new ArrayList<>(Collections.nCopies(20, kept(0)));
        follows.addAll(Collections.nCopies(80, dropped(0, 3)));
        // 1 − e^−.8: the estimate stays under the 80 of 100 that were dropped, as it does for any risk set.
        assertThat(estimate(follows).dropped()).isCloseTo(.5507, within(1e-4));
    }

    @Test
    void droppingEverythingAlikeWithinHoursIsNotSelective() {
        Random random = new Random(1);
        List<ObservedFollow> follows = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            ObservedFollow follow =
                    random.nextDouble() < .6 ? dropped(i % 50, .25 * random.nextDouble()) : kept(i % 50);
            follows.add(random.nextDouble() < .6 ? returned(follow, -Math.log(random.nextDouble())) : follow);
        }
        assertThat(estimate(follows).ratio()).isBetween(.8, 1.2);
    }

    @Test
    void oneFollowDayThatCarriesAllDropsBoundsNothing() {
        List<ObservedFollow> follows = new ArrayList<>(Collections.nCopies(100, kept(0)));
        follows.addAll(Collections.nCopies(100, dropped(1, 1)));
        ChurnEstimate estimate = estimate(follows);

        assertThat(estimate.dropped()).isGreaterThan(.3);
        assertThat(estimate.droppedAtLeast(1)).isZero();
    }

    @Test
    void withoutASightOf28DaysThereIsNoUpperBound() {
        ObservedFollow young = new ObservedFollow(0, 27 * DAY, false, ObservedFollow.NEVER, true, false);
        assertThat(estimate(Collections.nCopies(500, young)).droppedAtMost(2.326))
                .isEqualTo(1);
        assertThat(estimate(Collections.nCopies(500, kept(0))).droppedAtMost(2.326))
                .isLessThan(.1);
    }

    @Test
    void nothingSeenBoundsNothing() {
        ChurnEstimate estimate = estimate(List.of());
        assertThat(estimate.dropped()).isZero();
        assertThat(estimate.droppedAtLeast(2.326)).isZero();
        assertThat(estimate.droppedAtMost(2.326)).isEqualTo(1);
        assertThat(estimate.ratio()).isEqualTo(1);
        assertThat(estimate.ratioAtLeast(2.326)).isZero();
        assertThat(estimate.ratioAtMost(2.326)).isInfinite();
    }

    @Test
    void keepingAFollowNeverRaisesTheDropRateAndDroppingAReturnedOneNeverTheRatio() {
        List<ObservedFollow> follows = invented(5);
        ChurnEstimate before = estimate(follows);
        for (int i = 0; i < follows.size(); i++) {
            ObservedFollow follow = follows.get(i);
            List<ObservedFollow> changed = new ArrayList<>(follows);
            if (follow.dropped() && !follow.returned()) {
                changed.set(i, kept(follow.followDay()));
                assertThat(estimate(changed).hazard()).isLessThan(before.hazard());
            } else if (follow.returned() && !follow.dropped()) {
                changed.set(i, new ObservedFollow(follow.at(), follow.age(), true, follow.returnedAge(), true, false));
                assertThat(estimate(changed).ratio()).isLessThanOrEqualTo(before.ratio());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithLookingAtEveryFollowForEveryDrop(long seed) {
        double countedReturned = seed % 2 == 0 ? 0 : .15;
        List<ObservedFollow> follows = invented(seed);
        ChurnEstimate estimate = ChurnEstimate.of(follows, age -> age < 10 * DAY, countedReturned);
        Recount all = new Recount(follows, countedReturned);

        assertThat(estimate.hazard()).isCloseTo(all.hazard(), within(1e-9));
        assertThat(estimate.ratio()).isCloseTo(all.ratio(), within(1e-9));
        assertThat(estimate.hazardVariance())
                .isCloseTo(Math.max(all.variance(), Math.pow(all.jackknife(Recount::hazard), 2)), within(1e-9));
        assertThat(estimate.logHazardError())
                .isCloseTo(
                        Math.max(
                                Math.sqrt(all.variance()) / all.hazard(),
                                all.jackknife(recount -> Math.log(recount.hazard()))),
                        within(1e-9));
        assertThat(estimate.logRatioError())
                .isCloseTo(
                        Math.max(
                                Math.sqrt(all.logRatioVariance()), all.jackknife(recount -> Math.log(recount.ratio()))),
                        within(1e-9));
    }

    private static List<ObservedFollow> invented(long seed) {
        Random random = new Random(seed);
        List<ObservedFollow> follows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            long at = random.nextInt(12) * DAY + random.nextInt((int) DAY);
            // Some ages coincide, most do not.
            long age = random.nextInt(10) == 0 ? random.nextInt(28) * DAY : random.nextLong(FULL);
            boolean dropped = random.nextBoolean();
            long back = random.nextBoolean() ? random.nextLong(FULL) : ObservedFollow.NEVER;
            follows.add(new ObservedFollow(at, dropped ? age : FULL, dropped, back, true, false));
        }
        return follows;
    }

    /** A second implementation, as plain as can be; drops count up to the age of 10 days. */
    private record Recount(List<ObservedFollow> follows, double countedReturned) {

        private double atRisk(long age, boolean returned) {
            return follows.stream()
                    .filter(follow -> follow.age() >= age)
                    .filter(follow -> (follow.returnedAge() <= age) == returned)
                    .count();
        }

        /** Sums a term over the drops: how much it counts as unreturned, n0, n1. */
        private double sum(Term term) {
            double sum = 0;
            for (ObservedFollow follow : follows) {
                if (follow.dropped() && follow.age() < 10 * DAY) {
                    double unreturned = follow.returnedAge() <= follow.age() ? 0 : 1 - countedReturned;
                    sum += term.of(unreturned, atRisk(follow.age(), false), atRisk(follow.age(), true));
                }
            }
            return sum;
        }

        private interface Term {
            double of(double unreturned, double n0, double n1);
        }

        double hazard() {
            return sum((unreturned, n0, _) -> unreturned == 0 ? 0 : unreturned / n0);
        }

        double variance() {
            return sum((unreturned, n0, _) -> unreturned == 0 ? 0 : unreturned / (n0 * n0));
        }

        private double a() {
            return sum((unreturned, n0, n1) -> unreturned * n1 / (n0 + n1));
        }

        private double b() {
            return sum((unreturned, n0, n1) -> (1 - unreturned) * n0 / (n0 + n1));
        }

        double ratio() {
            return (a() + .5) / (b() + .5);
        }

        double logRatioVariance() {
            double v = sum((_, n0, n1) -> n0 * n1 / Math.pow(n0 + n1, 2));
            return (v + .5) / ((a() + .5) * (b() + .5));
        }

        double jackknife(ToDoubleFunction<Recount> statistic) {
            double[] values = follows.stream()
                    .map(ObservedFollow::followDay)
                    .distinct()
                    .mapToDouble(day -> statistic.applyAsDouble(new Recount(
                            follows.stream().filter(f -> f.followDay() != day).toList(), countedReturned)))
                    .toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            double squares = Arrays.stream(values)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
            return Math.sqrt(squares * (values.length - 1) / values.length);
        }
    }
}
