package org.fairfollow.cli.evaluation;

import org.fairfollow.detection.Statistics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * How well a score tells positives from negatives, whatever threshold is chosen.
 *
 * @param positives scores, ascending
 * @param negatives scores, ascending
 */
record Roc(double[] positives, double[] negatives) {
    private static final String NEEDS_BOTH = "it needs accounts with either label";

    /** A score from which on an account is flagged, and how that goes. */
    record OperatingPoint(double from, Confusion confusion) {}

    /** The area under the curve with DeLong's interval. */
    Measure area() {
        if (positives.length == 0 || negatives.length == 0) {
            return Measure.unknown("auc", null, NEEDS_BOTH);
        }
        double lowest = Math.min(positives[0], negatives[0]);
        if (lowest == positives[positives.length - 1] && lowest == negatives[negatives.length - 1]) {
            return Measure.unknown("auc", null, "all accounts got the same score");
        }
        double area = value();
        return Measure.estimate(
                "auc",
                null,
                area,
                interval(area),
                "delong",
                "no interval: it needs two accounts of either label, and one that scores on the other label's side");
    }

    /** The chance that a positive scores higher than a negative; equal scores count half. */
    double value() {
        double sum = 0;
        for (double score : positives) {
            sum += placement(score, negatives);
        }
        return sum / positives.length;
    }

    /** DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44:837. */
    double standardError() {
        double ofPositives = 0;
        double ofNegatives = 0;
        double area = value();
        for (double score : positives) {
            ofPositives += square(placement(score, negatives) - area);
        }
        for (double score : negatives) {
            ofNegatives += square(1 - placement(score, positives) - area);
        }
        return Math.sqrt(ofPositives / (positives.length - 1.0) / positives.length
                + ofNegatives / (negatives.length - 1.0) / negatives.length);
    }

    private @Nullable Interval interval(double area) {
        double error = standardError();
        return error > 0 // neither 0, where the labels are told apart without fail, nor NaN
                ? new Interval(Math.max(0, area - Measure.Z * error), Math.min(1, area + Measure.Z * error))
                : null;
    }

    /** The strictest threshold at which at least this share of the positives is flagged; null without positives. */
    @Nullable
    OperatingPoint atRecall(double least) {
        if (positives.length == 0) {
            return null;
        }
        // The subtraction keeps .95 · 20 from being 19.000000000000004 and asking for 20.
        int needed = (int) Math.ceil(least * positives.length - 1e-9);
        double from = positives[positives.length - Math.max(1, needed)];
        long truePositive = positives.length - below(from, positives);
        long trueNegative = below(from, negatives);
        return new OperatingPoint(
                from,
                new Confusion(
                        truePositive, negatives.length - trueNegative, trueNegative, positives.length - truePositive));
    }

    /** Share of the others that lie below, and half of those that are equal. */
    private static double placement(double score, double[] others) {
        return (below(score, others) + (below(Math.nextUp(score), others) - below(score, others)) / 2.0)
                / others.length;
    }

    /** How many of the ascending scores lie below. */
    private static int below(double score, double[] sorted) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double square(double value) {
        return value * value;
    }
}
