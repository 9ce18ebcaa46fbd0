package org.fairfollow.cli.evaluation;

import java.util.List;
import java.util.stream.IntStream;
import org.fairfollow.detection.Statistics.Interval;
import org.jspecify.annotations.Nullable;

/** How a decision went: right or wrong, on accounts with a positive and with a negative label. */
record Confusion(long truePositive, long falsePositive, long trueNegative, long falseNegative) {

    long positives() {
        return truePositive + falseNegative;
    }

    long negatives() {
        return trueNegative + falsePositive;
    }

    long flagged() {
        return truePositive + falsePositive;
    }

    long all() {
        return positives() + negatives();
    }

    /** Matthews' correlation coefficient (Matthews 1975); NaN where a row or a column is empty. */
    static double matthews(double tp, double fp, double tn, double fn) {
        return (tp * tn - fp * fn) / (Math.sqrt((tp + fp) * (tp + fn)) * Math.sqrt((tn + fp) * (tn + fn)));
    }

    /** @param decision what is taken as flagged */
    List<Measure> measures(String decision) {
        return List.of(
                Measure.share("precision", decision, truePositive, flagged(), "nothing was flagged"),
                Measure.share("recall", decision, truePositive, positives(), "no account has a positive label"),
                Measure.share("specificity", decision, trueNegative, negatives(), "no account has a negative label"),
                Measure.share("accuracy", decision, truePositive + trueNegative, all(), "no account has a label"),
                matthews(decision));
    }

    private Measure matthews(String decision) {
        double value = matthews(truePositive, falsePositive, trueNegative, falseNegative);
        return Double.isNaN(value)
                ? Measure.unknown(
                        "mcc", decision, "it needs accounts with either label, and some flagged and some not flagged")
                : Measure.estimate("mcc", decision, value, resampled(), Bootstrap.METHOD, Bootstrap.NONE);
    }

    private @Nullable Interval resampled() {
        long[] sizes = {truePositive, falsePositive, trueNegative, falseNegative};
        int[] cells = IntStream.range(0, sizes.length)
                .flatMap(cell -> IntStream.generate(() -> cell).limit(sizes[cell]))
                .toArray();
        return Bootstrap.interval(cells, sizes.length, drawn -> matthews(drawn[0], drawn[1], drawn[2], drawn[3]));
    }
}
