package org.fairfollow.cli.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.Statistics.Interval;

/**
 * What cross-validation says of a model, over all repetitions together; n for the intervals is that of one repetition.
 *
 * @param auc the share of pairs of a fake and a genuine account in which the fake looks likelier fake
 * @param keptWhenFinding genuine accounts kept at the threshold that finds 80 % of the fakes, the one that ships
 * @param foundWhenKeeping fakes found at the threshold that keeps 97 % of the genuine accounts
 * @param brier mean square of the difference between fakeness and truth
 */
record TrainingReport(
        int fakes,
        int genuine,
        double auc,
        double threshold,
        double found,
        double keptWhenFinding,
        double foundWhenKeeping,
        double brier,
        List<Bin> calibration) {
    private static final double KEPT = .97;
    private static final int REPETITIONS = 10;
    private static final double[] EDGES = {0, .02, .05, .1, .2, .4, 1};
    private static final double Z = 1.96;

    /** Accounts of about the same fakeness, and how many of them are fake. */
    record Bin(double from, double to, int n, double fakeness, double fakes) {}

    static TrainingReport of(double[] fakeness, boolean[] labels, double threshold) {
        int all = labels.length;
        double[] fakes = of(fakeness, labels, true);
        double[] genuine = of(fakeness, labels, false);
        double[] sorted = genuine.clone();
        Arrays.sort(sorted);
        double strict = sorted[Math.min(sorted.length - 1, (int) Math.ceil(KEPT * sorted.length) - 1)];
        double squares = IntStream.range(0, all)
                .mapToDouble(i -> {
                    double off = fakeness[i] - (labels[i] ? 1 : 0);
                    return off * off;
                })
                .sum();
        return new TrainingReport(
                fakes.length / REPETITIONS,
                genuine.length / REPETITIONS,
                auc(fakeness, labels),
                threshold,
                share(fakes, threshold, true),
                1 - share(genuine, threshold, true),
                share(fakes, strict, false),
                squares / all,
                bins(fakeness, labels));
    }

    private static double[] of(double[] fakeness, boolean[] labels, boolean kind) {
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i] == kind)
                .mapToDouble(i -> fakeness[i])
                .toArray();
    }

    private static double share(double[] values, double bound, boolean inclusive) {
        long above = Arrays.stream(values)
                .filter(value -> value > bound || (inclusive && value == bound))
                .count();
        return (double) above / values.length;
    }

    /** By ranks; ties count half. */
    private static double auc(double[] fakeness, boolean[] labels) {
        List<Integer> order = IntStream.range(0, labels.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> fakeness[i]))
                .toList();
        double ranks = 0;
        long fakes = 0;
        for (int from = 0; from < order.size(); ) {
            int to = from;
            int here = 0;
            while (to < order.size() && fakeness[order.get(to)] == fakeness[order.get(from)]) {
                here += labels[order.get(to)] ? 1 : 0;
                to++;
            }
            ranks += here * (from + 1 + to) / 2.0;
            fakes += here;
            from = to;
        }
        return (ranks - fakes * (fakes + 1) / 2.0) / ((double) fakes * (labels.length - fakes));
    }

    private static List<Bin> bins(double[] fakeness, boolean[] labels) {
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin + 1 < EDGES.length; bin++) {
            double from = EDGES[bin];
            double to = EDGES[bin + 1];
            int[] inside = IntStream.range(0, labels.length)
                    .filter(i -> fakeness[i] >= from && (fakeness[i] < to || to == 1))
                    .toArray();
            bins.add(new Bin(
                    from,
                    to,
                    inside.length / REPETITIONS,
                    IntStream.of(inside).mapToDouble(i -> fakeness[i]).average().orElse(0),
                    IntStream.of(inside)
                            .mapToDouble(i -> labels[i] ? 1 : 0)
                            .average()
                            .orElse(0)));
        }
        return bins;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "10 times 10-fold cross-validation, %d fake and %d genuine accounts", fakes, genuine);
        line(text, "AUC                                  %.4f", auc);
        line(text, "threshold of fakeness                %.4f", threshold);
        line(text, "fakes found (sensitivity)            %s", rate(found, fakes));
        line(text, "genuine kept (specificity)           %s", rate(keptWhenFinding, genuine));
        line(text, "fakes found when keeping %.2f        %s", KEPT, rate(foundWhenKeeping, fakes));
        line(text, "Brier score                          %.4f", brier);
        line(text, "calibration: fakeness from, to, accounts, mean fakeness, share of fakes");
        for (Bin bin : calibration) {
            line(text, "  %.2f  %.2f  %4d  %.3f  %.3f", bin.from, bin.to, bin.n, bin.fakeness, bin.fakes);
        }
        return text.toString();
    }

    /** Wilson's 95 % interval; the repetitions judge the same accounts again, so they do not add to n. */
    private static String rate(double share, int n) {
        Interval interval = Statistics.wilson(Math.round(share * n), n, Z);
        return String.format(Locale.ENGLISH, "%.3f [%.3f, %.3f]", share, interval.lower(), interval.upper());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ENGLISH, format, values)).append('\n');
    }
}
