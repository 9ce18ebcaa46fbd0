package org.fairfollow.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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

    @Test
    void refusesImpossibleCounts() {
        assertThatThrownBy(() -> Statistics.wilson(2, 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Statistics.clopperPearsonUpper(-1, 1, .9))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
