package org.fairfollow.lookup.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.PracticeDescription.Unit;

/** What the sampled followers look like, and what that says of all of them, with its bounds. */
final class KindsChart {
    static final String ID = "kinds";
    /** The reason whose estimate it draws. */
    static final String SHARE = "fake-follower-share";

    private static final int HEIGHT = 132;
    private static final int TOP = 8;
    private static final int BAR = 36;
    private static final int MIDDLE = 78;
    private static final int WHISKER = 7;
    private static final int BOTTOM = 104;

    private record Kind(String column, String words) {}

    /** From what speaks against the account to what speaks for it. */
    private static final List<Kind> KINDS = List.of(
            new Kind("fake", "look fake"),
            new Kind("inactive", "inactive"),
            new Kind("unknown", "cannot be judged"),
            new Kind("genuine", "look genuine"));

    private KindsChart() {}

    /** @param followers the table {@code followers} */
    static Optional<Chart> of(Finding.Table followers, List<Finding.Reason> reasons) {
        return Cells.of(followers, "sampled", "fake", "inactive", "genuine", "unknown")
                .filter(counts -> counts.at(0, "sampled") > 0)
                .map(counts -> draw(
                        counts,
                        reasons.stream()
                                .filter(reason -> reason.code().equals(SHARE) && reason.interval() != null)
                                .findFirst()));
    }

    private static Chart draw(Cells counts, Optional<Finding.Reason> estimate) {
        double sampled = counts.at(0, "sampled");
        Drawing.Pen pen = new Drawing.Pen(estimate.isPresent() ? HEIGHT : TOP + BAR + 24);
        double x = 0;
        List<Chart.Key> keys = new ArrayList<>();
        List<List<Double>> rows = new ArrayList<>();
        for (Kind kind : KINDS) {
            double count = counts.at(0, kind.column);
            double width = Drawing.WIDTH * count / sampled;
            if (count > 0) {
                pen.bar(kind.column, x, TOP, Math.max(1, width - 2), BAR);
                keys.add(new Chart.Key(kind.column, kind.words + ": " + Written.measured(count / sampled, Unit.SHARE)));
            }
            rows.add(List.of(count, count / sampled));
            x += width;
        }
        estimate.ifPresent(reason -> draw(pen, reason));
        int axis = estimate.isPresent() ? HEIGHT - 8 : TOP + BAR + 18;
        pen.label("0 %", 0, axis, "start").label("100 %", Drawing.WIDTH, axis, "end");
        List<Numbers.Column> columns = new ArrayList<>();
        List<Double> row = new ArrayList<>();
        columns.add(Numbers.count("Sampled (followers)"));
        row.add(sampled);
        for (int i = 0; i < KINDS.size(); i++) {
            columns.add(Numbers.count(heading(KINDS.get(i))));
            row.add(rows.get(i).getFirst());
        }
        columns.add(Numbers.share("Fake in all: estimate"));
        columns.add(Numbers.share("At least"));
        columns.add(Numbers.share("At most"));
        row.addAll(estimate.map(KindsChart::bounds).orElse(List.of(Double.NaN, Double.NaN, Double.NaN)));
        Numbers numbers = new Numbers(List.copyOf(columns), List.of(List.copyOf(row)));
        return new Chart(
                ID,
                "What its followers look like",
                caption(sampled, estimate),
                keys,
                pen.draw(),
                numbers.table("What the sampled followers look like"),
                numbers,
                "");
    }

    private static void draw(Drawing.Pen pen, Finding.Reason estimate) {
        List<Double> bounds = bounds(estimate);
        double from = Drawing.WIDTH * bounds.get(1);
        double to = Drawing.WIDTH * bounds.get(2);
        double needed = Drawing.WIDTH * estimate.threshold();
        pen.line("axis", 0, BOTTOM, Drawing.WIDTH, BOTTOM)
                .line("threshold", needed, MIDDLE - 18, needed, BOTTOM)
                .line("bound", from, MIDDLE, to, MIDDLE)
                .line("bound", from, MIDDLE - WHISKER, from, MIDDLE + WHISKER)
                .line("bound", to, MIDDLE - WHISKER, to, MIDDLE + WHISKER)
                .dot("estimate", Drawing.WIDTH * bounds.getFirst(), MIDDLE)
                .label(
                        Written.measured(estimate.threshold(), Unit.SHARE) + " needed",
                        needed,
                        HEIGHT - 8,
                        // Away from the nearer end, which has a label too.
                        estimate.threshold() < .5 ? "start" : "end");
    }

    private static List<Double> bounds(Finding.Reason estimate) {
        List<Double> interval = estimate.interval() == null ? List.of(0.0, 1.0) : estimate.interval();
        return List.of(estimate.value(), interval.getFirst(), interval.getLast());
    }

    private static String heading(Kind kind) {
        return Character.toUpperCase(kind.words.charAt(0)) + kind.words.substring(1);
    }

    private static String caption(double sampled, Optional<Finding.Reason> estimate) {
        String bar = "The bar is what " + Written.number(sampled) + " sampled followers look like. ";
        return estimate.map(KindsChart::bounds)
                .map(bounds -> "Of all followers " + Written.lowerBound(bounds.get(1), Unit.SHARE) + " to "
                        + Written.upperBound(bounds.get(2), Unit.SHARE)
                        + " are of the kind that looks fake, as far as a sample and an imperfect classifier can tell. "
                        + bar + "Below it the estimate with its bounds, and the mark it is compared with.")
                .orElse(bar.strip());
    }
}
