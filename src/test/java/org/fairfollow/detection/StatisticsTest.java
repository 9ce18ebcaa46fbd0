package org.fairfollow.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {

    /** Newcombe 1998, Statistics in Medicine 17:857, table I, method 3. */
    @ParameterizedTest
    @CsvSource({"81, 263, .2553, .3662", "15, 148, .0624, .1605", "0, 20, .0000, .1611", "1, 29, .0061, .1718"})
    void wilsonIntervalsAsPublished(long successes, long n, double lower, double upper) {
        Statistics.Interval interval = Statistics.wilson(successes, n, Statistics.normalQuantile(.975));
        assertThat(interval.lower()).isCloseTo(lower, within(5e-5));
        assertThat(interval.upper()).isCloseTo(upper, within(5e-5));
    }

    @Test
    void wilsonOfNothingSaysNothing() {
        assertThat(Statistics.wilson(0, 0, 2)).isEqualTo(new Statistics.Interval(0, 1));
    }

    @ParameterizedTest
    @CsvSource({".975, 1.959964", ".99, 2.326348", ".5, 0"})
    void normalQuantiles(double probability, double z) {
        assertThat(Statistics.normalQuantile(probability)).isCloseTo(z, within(1e-6));
        assertThat(Statistics.normalProbability(z)).isCloseTo(probability, within(1e-6));
    }

    /** The method's own numbers; 1 of 10 from Clopper & Pearson's charts, the rest is 1 − .05^(1/n). */
    @ParameterizedTest
    @CsvSource({"0, 60, .0487", "0, 299, .0100", "0, 1740, .0017", "0, 11000, .0003", "1, 10, .3942", "10, 10, 1"})
    void clopperPearsonUpperBounds(long successes, long n, double upper) {
        assertThat(Statistics.clopperPearsonUpper(successes, n, .95)).isCloseTo(upper, within(5e-5));
    }

    /** Newcombe 1998, table I, method 5: two-sided 95 %, so one-sided 97.5 %. */
    @ParameterizedTest
    @CsvSource({"81, 263, .2527, .3676", "15, 148, .0578, .1617", "0, 20, .0000, .1684", "1, 29, .0009, .1776"})
    void clopperPearsonIntervalsAsPublished(long successes, long n, double lower, double upper) {
        assertThat(Statistics.clopperPearsonLower(successes, n, .975)).isCloseTo(lower, within(5e-5));
        assertThat(Statistics.clopperPearsonUpper(successes, n, .975)).isCloseTo(upper, within(5e-5));
    }

    @Test
    void clopperPearsonLowerBoundsOfExtremes() {
        assertThat(Statistics.clopperPearsonLower(0, 0, .99)).isZero();
        assertThat(Statistics.clopperPearsonLower(20, 20, .95)).isCloseTo(Math.pow(.05, 1 / 20.0), within(1e-9));
    }

    /** Knuth, The Art of Computer Programming 2, 3.3.1, table 1: the values exceeded with that probability. */
    @ParameterizedTest
    @CsvSource({"3, .05, 5.991", "6, .01, 15.09", "11, .05, 18.31", "13, .01, 26.22", "51, .05, 67.50"})
    void chiSquareTailsAsPublished(int bins, double tail, double value) {
        // One bin holds what every other lacks: χ² = more² · bins² · (bins − 1) / n; n large, so that whole numbers do.
        long n = 1_000_000_000L * bins;
        long more = Math.round(Math.sqrt(value * n / ((double) bins * bins * (bins - 1))));
        long[] counts = new long[bins];
        Arrays.fill(counts, n / bins - more);
        counts[0] = n / bins + more * (bins - 1L);
        assertThat(Statistics.chiSquareUniformTail(counts)).isCloseTo(tail, within(tail / 200));
    }

    @Test
    void chiSquareRefusesTooFewCounts() {
        long[] minutes = new long[60];
        minutes[0] = 24;
        assertThat(Statistics.chiSquareUniformTail(minutes)).isEqualTo(1);
        minutes[0] = 25;
        assertThat(Statistics.chiSquareUniformTail(minutes)).isLessThan(1e-9);
        assertThat(Statistics.chiSquareUniformTail(new long[0])).isEqualTo(1);
    }

    @Test
    void entropies() {
        assertThat(Statistics.entropy(List.of())).isZero();
        assertThat(Statistics.entropy(List.of(7))).isZero();
        assertThat(Statistics.entropy(List.of(1, 1, 1, 1))).isCloseTo(2, within(1e-12));
        // Shannon 1948, section 6: probabilities 1/2, 1/3, 1/6.
        assertThat(Statistics.entropy(List.of(3, 2, 1))).isCloseTo(1.4591, within(5e-5));
    }

    @Test
    void conditionalEntropyOfASeries() {
        int[] alternating = new int[200];
        int[] coin = new int[2_000];
        int[] different = new int[50];
        Random random = new Random(1);
        Arrays.setAll(alternating, i -> i % 2);
        Arrays.setAll(coin, i -> random.nextInt(2));
        Arrays.setAll(different, i -> i);
        assertThat(Statistics.conditionalEntropy(new int[0], 10)).isZero();
        assertThat(Statistics.conditionalEntropy(new int[30], 10)).isZero();
        assertThat(Statistics.conditionalEntropy(alternating, 10)).isLessThan(.01);
        assertThat(Statistics.conditionalEntropy(coin, 10)).isBetween(.85, 1.0);
        // Nothing repeats, so nothing is known of what comes next: log2 50.
        assertThat(Statistics.conditionalEntropy(different, 10)).isCloseTo(5.6439, within(1e-4));
    }

    /** By hand: 0 0 1 has H(1) = .9183, pairs 00 and 01 seen once each, H(2) = 1; 1 − .9183 + 1 · .9183. */
    @Test
    void patternsSeenOncePredictNothing() {
        assertThat(Statistics.conditionalEntropy(new int[] {0, 0, 1}, 2)).isCloseTo(.9183, within(5e-5));
    }

    /** With one weight of 1 it is the exact Poisson bound (Garwood 1936). */
    @ParameterizedTest
    @CsvSource({"0, 3.689", "1, 5.572", "10, 18.390"})
    void weightedPoissonBoundOfPlainCounts(double count, double upper) {
        assertThat(Statistics.weightedPoissonUpper(count, count, 1, .975)).isCloseTo(upper, within(1e-3));
    }

    @Test
    void weightedPoissonBoundOfExtremes() {
        assertThat(Statistics.weightedPoissonUpper(0, 0, 0, .99)).isZero();
        assertThat(Statistics.weightedPoissonUpper(1, Double.POSITIVE_INFINITY, 1, .99))
                .isInfinite();
    }

    @Test
    void jackknifeErrorOfAMeanIsTheStandardError() {
        // 1, 2, 3, 4, 5: s / √n = √2.5 / √5.
        double[] meansWithoutEach = {3.5, 3.25, 3, 2.75, 2.5};
        assertThat(Statistics.jackknifeError(meansWithoutEach)).isCloseTo(Math.sqrt(.5), within(1e-12));
    }

    @Test
    void jackknifeErrorIsInfiniteWhenOneGroupCarriesTheEstimate() {
        assertThat(Statistics.jackknifeError(new double[] {1})).isInfinite();
        assertThat(Statistics.jackknifeError(new double[] {1, Double.NEGATIVE_INFINITY}))
                .isInfinite();
    }

    /**
     * The examples of epi.prev in the R package epiR: brucellosis in 150 cows, Helicobacter in 151 children (Moujaber and
     * others 2008).
     */
    @ParameterizedTest
    @CsvSource({"23, 150, .96, .89, .0510", "6, 151, .964, .927, 0", "1, 1, .9, .8, 1"})
    void roganGladenAsPublished(long found, long n, double sensitivity, double specificity, double share) {
        assertThat(Statistics.roganGladen((double) found / n, sensitivity, specificity))
                .isCloseTo(share, within(5e-5));
    }

    @Test
    void roganGladenRefusesATestThatTellsNothing() {
        assertThatThrownBy(() -> Statistics.roganGladen(.2, .6, .4)).isInstanceOf(IllegalArgumentException.class);
    }

    /** As the formulas of the paper give in another language, following prevSeSp of the R package asht. */
    @ParameterizedTest
    @CsvSource({
        "23, 150, 48, 50, 89, 100, 0, .14754",
        "6, 151, 135, 140, 102, 110, 0, .03269",
        "200, 400, 36, 45, 375, 419, .46901, .71678"
    })
    void langReiczigelIntervals(
            long found, long n, long told, long with, long cleared, long without, double lower, double upper) {
        Statistics.Interval interval = Statistics.langReiczigel(
                (double) found / n,
                n,
                new Statistics.Validation(told, with, cleared, without),
                Statistics.normalQuantile(.975));
        assertThat(interval.lower()).isCloseTo(lower, within(1e-5));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-5));
    }

    /** The better the test is known, the nearer to the interval of the share itself. */
    @Test
    void langReiczigelOfAPerfectTestIsNearlyWilson() {
        Statistics.Interval interval = Statistics.langReiczigel(
                .3, 400, new Statistics.Validation(1_000_000, 1_000_000, 1_000_000, 1_000_000), 2);
        Statistics.Interval plain = Statistics.wilson(120, 400, 2);
        assertThat(interval.lower()).isCloseTo(plain.lower(), within(2e-3));
        assertThat(interval.upper()).isCloseTo(plain.upper(), within(2e-3));
    }

    /** By summing the probabilities of fewer; the last is Poisson. */
    @ParameterizedTest
    @CsvSource({"5, 2, 4, .109375", "10, 3, 12, .056314", "5, 2, 2, .052653", "0, 2, 4, 1", "3, 0, 0, 0"})
    void negativeBinomialTails(double count, double mean, double variance, double tail) {
        assertThat(Statistics.negativeBinomialTail(count, mean, variance)).isCloseTo(tail, within(2e-6));
    }

    @Test
    void clusteringCountsRuns() {
        boolean[] together = new boolean[40];
        boolean[] alternating = new boolean[40];
        for (int i = 0; i < 40; i++) {
            together[i] = i >= 20;
            alternating[i] = i % 2 == 0;
        }
        // 2 runs where 21 are expected, with a variance of 380/39.
        assertThat(Statistics.clustering(together)).isCloseTo(19 / Math.sqrt(380 / 39.0), within(1e-9));
        assertThat(Statistics.clustering(alternating)).isNegative();
        assertThat(Statistics.clustering(new boolean[40])).isZero();
        assertThat(Statistics.clustering(new boolean[0])).isZero();
    }

    @Test
    void refusesImpossibleCounts() {
        assertThatThrownBy(() -> Statistics.wilson(2, 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Statistics.clopperPearsonUpper(-1, 1, .9))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
