package org.fairfollow.detection;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** The few bounds that detectors and their evaluation share. */
public final class Statistics {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private Statistics() {}

    /** Bounds of an estimated value. */
    public record Interval(double lower, double upper) {}

    /** A beta distribution of shares, by person. */
    public record Beta(double alpha, double beta) {}

    /** The z below which a standard normal variable stays with this probability; .99 gives 2.326. */
    public static double normalQuantile(double probability) {
        return NORMAL.inverseCumulativeProbability(probability);
    }

    /** The probability that a standard normal variable stays below z. */
    public static double normalProbability(double z) {
        return NORMAL.cumulativeProbability(z);
    }

    /** Wilson's score interval for a proportion (Wilson 1927); without observations it is [0, 1]. */
    public static Interval wilson(long successes, long n, double z) {
        requireCount(successes, n);
        if (n == 0) {
            return new Interval(0, 1);
        }
        double p = (double) successes / n;
        double z2 = z * z;
        double centre = p + z2 / (2 * n);
        double reach = z * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
        double scale = 1 + z2 / n;
        return new Interval(Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale));
    }

    /**
     * Exact one-sided upper bound of a proportion (Clopper & Pearson 1934): were the true proportion higher, so few
     * successes would be rarer than 1 − confidence.
     */
    public static double clopperPearsonUpper(long successes, long n, double confidence) {
        requireCount(successes, n);
        if (successes == n) {
            return 1;
        }
        return BetaDistribution.of(successes + 1.0, (double) (n - successes)).inverseCumulativeProbability(confidence);
    }

    /**
     * Natural logarithm of how much likelier {@code successes} of {@code n} are where shares are spread like {@code one}
     * than where they are spread like {@code other} (two beta-binomial distributions).
     */
    public static double betaBinomialLogRatio(long successes, long n, Beta one, Beta other) {
        requireCount(successes, n);
        return logBetaBinomial(successes, n, one) - logBetaBinomial(successes, n, other);
    }

    /** Without the binomial coefficient, which a ratio does not need. */
    private static double logBetaBinomial(long successes, long n, Beta shares) {
        return LogBeta.value(successes + shares.alpha, n - successes + shares.beta)
                - LogBeta.value(shares.alpha, shares.beta);
    }

    /**
     * One-sided upper bound of a weighted sum of Poisson counts (Fay & Feuer 1997, Statistics in Medicine 16:791): a
     * gamma distribution whose mean and variance are moved by one more event of the heaviest weight. Unlike a normal
     * approximation it also bounds a sum of no events.
     *
     * @param sum Σ weight · count
     * @param variance Σ weight² · count, or a larger estimate where events come in batches
     */
    public static double weightedPoissonUpper(double sum, double variance, double heaviestWeight, double confidence) {
        if (Double.isInfinite(variance) || Double.isInfinite(heaviestWeight)) {
            return Double.POSITIVE_INFINITY;
        }
        double mean = sum + heaviestWeight;
        if (mean == 0) {
            return 0;
        }
        double spread = variance + heaviestWeight * heaviestWeight;
        return GammaDistribution.of(mean * mean / spread, spread / mean).inverseCumulativeProbability(confidence);
    }

    /**
     * Standard error of an estimate from its values with each group left out in turn (Tukey's jackknife). Infinite for
     * fewer than two groups, and when leaving out one makes the estimate infinite: then a single group carries it.
     */
    public static double jackknifeError(double[] leaveOneOut) {
        int n = leaveOneOut.length;
        if (n < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double mean = 0;
        for (double value : leaveOneOut) {
            mean += value / n;
        }
        if (Double.isInfinite(mean)) {
            return Double.POSITIVE_INFINITY;
        }
        double squares = 0;
        for (double value : leaveOneOut) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares * (n - 1) / n);
    }

    private static void requireCount(long successes, long n) {
        if (successes < 0 || n < successes) {
            throw new IllegalArgumentException(successes + " successes of " + n);
        }
    }
}
