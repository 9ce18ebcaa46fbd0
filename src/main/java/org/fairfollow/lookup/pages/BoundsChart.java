package org.fairfollow.lookup.pages;

import java.util.ArrayList;
import java.util.List;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Unit;
import org.fairfollow.lookup.pages.Shape.Label;
import org.fairfollow.lookup.pages.Shape.Line;

/**
 * An estimate on a scale with its bounds and the threshold: the pattern is there beyond chance only where all of the line
 * lies to the right of the mark, or to its left for a number that has to stay under it.
 *
 * @param dot where the estimate is, in per cent of the width
 */
record BoundsChart(String wording, String description, List<Line> lines, double dot, List<Label> labels) {
    static final int HEIGHT = 62;
    static final int MIDDLE = 26;
    private static final int WHISKER = 7;
    private static final int THRESHOLD = 16;
    private static final double LEFT = 3;
    private static final double RIGHT = 97;
    /** Nearer to an end than this, in per cent, the mark's words would lie over those of the end. */
    private static final double CROWDED = 18;

    /** Ratios are drawn by their logarithm, from a quarter to 64 times. */
    private static final double LEAST_RATIO = .25;

    private static final double GREATEST_RATIO = 64;

    static BoundsChart of(Measure measure, double value, double lower, double upper, double threshold) {
        Unit unit = measure.unit();
        double from = x(lower, unit);
        double to = x(upper, unit);
        double mark = x(threshold, unit);
        List<Line> lines = List.of(
                new Line("grid", LEFT, MIDDLE, RIGHT, MIDDLE),
                new Line("threshold", mark, MIDDLE - THRESHOLD, mark, MIDDLE + THRESHOLD),
                new Line("bound", from, MIDDLE, to, MIDDLE),
                new Line("bound", from, MIDDLE - WHISKER, from, MIDDLE + WHISKER),
                new Line("bound", to, MIDDLE - WHISKER, to, MIDDLE + WHISKER));
        String description = Written.measured(value, unit) + ", between " + Written.lowerBound(lower, unit) + " and "
                + Written.upperBound(upper, unit) + "; needed: "
                + (measure.ceiling() ? "at most " : "at least ") + Written.measured(threshold, unit);
        List<Label> labels = new ArrayList<>();
        labels.add(new Label(
                (measure.ceiling() ? "≤\u00a0" : "") + Written.measured(threshold, unit) + " needed",
                mark,
                HEIGHT - 5,
                "middle"));
        if (mark > CROWDED) {
            labels.add(new Label(least(unit), 0, HEIGHT - 5, "start"));
        }
        if (mark < 100 - CROWDED) {
            labels.add(new Label(greatest(unit), 100, HEIGHT - 5, "end"));
        }
        return new BoundsChart(measure.wording(), description, lines, x(value, unit), List.copyOf(labels));
    }

    String dotPercent() {
        return Shape.percent(dot);
    }

    private static double x(double value, Unit unit) {
        double place =
                switch (unit) {
                    case TIMES ->
                        Math.log(Math.max(value, LEAST_RATIO) / LEAST_RATIO) / Math.log(GREATEST_RATIO / LEAST_RATIO);
                    case SHARE, COUNT -> value;
                };
        return LEFT + (RIGHT - LEFT) * Math.clamp(place, 0, 1);
    }

    private static String least(Unit unit) {
        return unit == Unit.TIMES ? "¼" : "0";
    }

    private static String greatest(Unit unit) {
        return unit == Unit.TIMES ? "64 ×" : "100 %";
    }
}
