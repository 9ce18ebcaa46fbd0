package org.fairfollow.detection;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
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
        return wilsonOfShare((double) successes / n, n, z);
    }

    /** The same for a share whose n is not whole, because a design effect has lessened it; n must be above 0. */
    public static Interval wilsonOfShare(double p, double n, double z) {
        double z2 = z * z;
        double centre = p + z2 / (2 * n);
        double reach = z * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
        double scale = 1 + z2 / n;
        return new Interval(Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale));
    }

    /**
     * The share of those who have a property, from the share in whom an imperfect test finds it (Rogan & Gladen 1978,
     * American Journal of Epidemiology 107:71); between 0 and 1. The test must tell more often right than a coin.
     */
    public static double roganGladen(double found, double sensitivity, double specificity) {
        double power = sensitivity + specificity - 1;
        if (!(power > 0)) {
            throw new IllegalArgumentException("such a test tells nothing: " + sensitivity + ", " + specificity);
        }
        return Math.clamp((found + specificity - 1) / power, 0, 1);
    }

    /**
     * How often a test was right where the truth was known.
     *
     * @param found of {@code with}, those who have the property
     * @param cleared of {@code without}, those who have it not
     */
    public record Validation(long found, long with, long cleared, long without) {}

    /**
     * Interval for {@link #roganGladen} when sensitivity and specificity are themselves estimates (Lang & Reiczigel 2014,
     * Preventive Veterinary Medicine 113:13; equations 16 and 17).
     *
     * @param share in whom the test finds the property
     * @param n tested; not whole where a design effect has lessened it
     */
    public static Interval langReiczigel(double share, double n, Validation test, double z) {
        double z2 = z * z;
        double p = (share * n + z2 / 2) / (n + z2);
        double withPlus = test.with + 2.0;
        double withoutPlus = test.without + 2.0;
        double se = (test.found + 1) / withPlus;
        double sp = (test.cleared + 1) / withoutPlus;
        double power = se + sp - 1;
        if (!(power > 0)) {
            return new Interval(0, 1);
        }
        double corrected = (p + sp - 1) / power;
        double seVariance = se * (1 - se) / withPlus;
        double spVariance = sp * (1 - sp) / withoutPlus;
        double shift = 2 * z2 * (corrected * seVariance - (1 - corrected) * spVariance);
        double variance = p * (1 - p) / (n + z2)
                + corrected * corrected * seVariance
                + (1 - corrected) * (1 - corrected) * spVariance;
        double reach = z * Math.sqrt(variance) / power;
        return new Interval(Math.clamp(corrected + shift - reach, 0, 1), Math.clamp(corrected + shift + reach, 0, 1));
    }

    /**
     * The probability that a negative binomial count of this mean and variance is at least {@code count}; a Poisson count
     * where the variance is no larger than the mean.
     */
    public static double negativeBinomialTail(double count, double mean, double variance) {
        if (count <= 0) {
            return 1;
        }
        if (!(mean > 0)) {
            return 0;
        }
        // So large a size is a Poisson distribution but for the sixth digit.
        double size = Math.min(1e6 * mean, mean * mean / Math.max(variance - mean, 0));
        return RegularizedBeta.value(mean / (mean + size), count, size);
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
     * Exact one-sided lower bound of a proportion (Clopper & Pearson 1934): were the true proportion lower, so many
     * successes would be rarer than 1 − confidence.
     */
    public static double clopperPearsonLower(long successes, long n, double confidence) {
        requireCount(successes, n);
        if (successes == 0) {
            return 0;
        }
        return BetaDistribution.of(successes, n - successes + 1.0).inverseCumulativeProbability(1 - confidence);
    }

    /**
     * The probability of counts at least as uneven as these where all bins are equally likely: Pearson's χ² test (1900).
     * With equally likely bins the distribution holds from n²/bins ≥ 10 and n ≥ 10 on (Koehler & Larntz 1980, JASA
     * 75:336), below which this refuses to tell and answers 1.
     */
    public static double chiSquareUniformTail(long[] counts) {
        long n = Arrays.stream(counts).sum();
        int bins = counts.length;
        if (bins < 3 || n < 10 || (double) n * n < 10.0 * bins) {
            return 1;
        }
        double expected = (double) n / bins;
        double statistic = 0;
        for (long count : counts) {
            statistic += (count - expected) * (count - expected) / expected;
        }
        return ChiSquaredDistribution.of(bins - 1.0).survivalProbability(statistic);
    }

    /** Shannon's entropy of counts, in bits. */
    public static double entropy(Collection<Integer> counts) {
        long n = 0;
        double weighted = 0;
        // Sorted, for a sum of doubles depends on its order.
        for (int count : counts.stream().mapToInt(Integer::intValue).sorted().toArray()) {
            if (count > 0) {
                n += count;
                weighted += count * StrictMath.log(count);
            }
        }
        return n == 0 ? 0 : Math.max(0, (StrictMath.log(n) - weighted / n) / StrictMath.log(2));
    }

    /**
     * How uncertain the next symbol of a series stays when those before it are known, in bits: the least corrected
     * conditional entropy over patterns of up to {@code longest} symbols (Porta et al. 1998, Biological Cybernetics
     * 78:71), as used on the delays between posts by Gianvecchio et al. 2011 and Chu et al. 2012. CCE(m) = H(m) −
     * H(m − 1) + p(m) · H(1), where p(m) is the share of patterns seen once: what was seen once predicts nothing, so a
     * short series does not pass for a regular one.
     *
     * @param symbols not negative
     */
    public static double conditionalEntropy(int[] symbols, int longest) {
        int n = symbols.length;
        int[] patterns = symbols.clone();
        double first = entropy(frequencies(patterns, n).values());
        double shorter = first;
        double least = first;
        for (int m = 2; m <= longest && m <= n && least > 0; m++) {
            int starts = n - m + 1;
            extend(patterns, symbols, m);
            Map<Integer, Integer> frequencies = frequencies(patterns, starts);
            double joint = entropy(frequencies.values());
            long once =
                    frequencies.values().stream().filter(count -> count == 1).count();
            least = Math.min(least, Math.max(0, joint - shorter) + (double) once / starts * first);
            shorter = joint;
        }
        return least;
    }

    /** Numbers each pattern of m symbols, from the numbers of those of m − 1. */
    private static void extend(int[] patterns, int[] symbols, int m) {
        Map<Long, Integer> numbers = new HashMap<>();
        for (int start = 0; start + m <= symbols.length; start++) {
            long longer = ((long) patterns[start] << 32) | symbols[start + m - 1];
            Integer number = numbers.putIfAbsent(longer, numbers.size());
            patterns[start] = number == null ? numbers.size() - 1 : number;
        }
    }

    private static Map<Integer, Integer> frequencies(int[] patterns, int starts) {
        Map<Integer, Integer> frequencies = new HashMap<>();
        for (int start = 0; start < starts; start++) {
            frequencies.merge(patterns[start], 1, Integer::sum);
        }
        return frequencies;
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
     * One-sided lower bound of a weighted sum of Poisson counts, from the same source as {@link #weightedPoissonUpper}.
     *
     * @param sum Σ weight · count
     * @param variance Σ weight² · count
     */
    public static double weightedPoissonLower(double sum, double variance, double confidence) {
        if (sum == 0) {
            return 0;
        }
        return GammaDistribution.of(sum * sum / variance, variance / sum).inverseCumulativeProbability(1 - confidence);
    }

    /**
     * How many standard errors fewer runs there are than in a random order (Wald & Wolfowitz 1940): large where alike
     * stands beside alike; 0 where all are alike.
     */
    public static double clustering(boolean[] order) {
        double n = order.length;
        double marked = 0;
        double runs = 0;
        for (int i = 0; i < order.length; i++) {
            marked += order[i] ? 1 : 0;
            runs += i == 0 || order[i] != order[i - 1] ? 1 : 0;
        }
        double expected = 2 * marked * (n - marked) / Math.max(1, n) + 1;
        double variance = (expected - 1) * (expected - 2) / Math.max(1, n - 1);
        return variance > 0 ? (expected - runs) / Math.sqrt(variance) : 0;
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
