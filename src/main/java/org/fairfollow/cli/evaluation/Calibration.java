package org.fairfollow.cli.evaluation;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Whether scores mean what they say: of those scored .8, eight in ten should be positive.
 *
 * @param positives scores, ascending
 * @param negatives scores, ascending
 */
record Calibration(double[] positives, double[] negatives) {
    private static final int BINS = 10;

    /** Expected calibration error over ten bins with equally many accounts each; those with one score share a bin. */
    Measure expectedError() {
        int all = positives.length + negatives.length;
        if (all == 0) {
            return Measure.unknown("calibration-error", null, "nothing was scored");
        }
        double[] scores = DoubleStream.concat(Arrays.stream(positives), Arrays.stream(negatives))
                .sorted()
                .distinct()
                .toArray();
        // Two kinds of account a score: with a negative label, and with a positive one.
        int[] kinds = new int[all];
        long[] counts = new long[2 * scores.length];
        for (int i = 0; i < all; i++) {
            boolean positive = i < positives.length;
            double score = positive ? positives[i] : negatives[i - positives.length];
            kinds[i] = 2 * Arrays.binarySearch(scores, score) + (positive ? 1 : 0);
            counts[kinds[i]]++;
        }
        return Measure.estimate(
                "calibration-error",
                null,
                error(scores, counts),
                Bootstrap.interval(kinds, counts.length, drawn -> error(scores, drawn)),
                Bootstrap.METHOD,
                Bootstrap.NONE);
    }

    private static double error(double[] scores, long[] counts) {
        double all = Arrays.stream(counts).sum();
        double[] gap = new double[BINS];
        long before = 0;
        for (int i = 0; i < scores.length; i++) {
            long here = counts[2 * i] + counts[2 * i + 1];
            int bin = (int) (BINS * (before + here / 2.0) / all);
            gap[Math.min(bin, BINS - 1)] += here * scores[i] - counts[2 * i + 1];
            before += here;
        }
        return Arrays.stream(gap).map(Math::abs).sum() / all;
    }
}
