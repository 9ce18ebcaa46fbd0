package org.fairfollow.lookup.pages;

import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Unit;

/**
 * An estimate on a scale with its bounds and the threshold: the pattern is there beyond chance only where all of the line
 * lies to the right of the mark, or to its left for a number that has to stay under it.
 */
record BoundsChart(String wording, String description, Drawing drawing) {
    private static final int HEIGHT = 62;
    private static final int MIDDLE = 26;
    private static final int WHISKER = 7;
    private static final int THRESHOLD = 16;
    private static final double LEFT = .03 * Drawing.WIDTH;
    private static final double RIGHT = .97 * Drawing.WIDTH;
    /** Nearer to an end than this the mark's words would lie over those of the end. */
    private static final double CROWDED = .18 * Drawing.WIDTH;

    /** Ratios are drawn by their logarithm, from a quarter to 64 times. */
    private static final double LEAST_RATIO = .25;

    private static final double GREATEST_RATIO = 64;

    static BoundsChart of(Measure measure, double value, double lower, double upper, double threshold) {
        Unit unit = measure.unit();
        double from = x(lower, unit);
        double to = x(upper, unit);
        double mark = x(threshold, unit);
        Drawing.Pen pen = new Drawing.Pen(HEIGHT)
                .line("grid", LEFT, MIDDLE, RIGHT, MIDDLE)
                .line("threshold", mark, MIDDLE - THRESHOLD, mark, MIDDLE + THRESHOLD)
                .line("bound", from, MIDDLE, to, MIDDLE)
                .line("bound", from, MIDDLE - WHISKER, from, MIDDLE + WHISKER)
                .line("bound", to, MIDDLE - WHISKER, to, MIDDLE + WHISKER)
                .dot("estimate", x(value, unit), MIDDLE);
        String description = Written.measured(value, unit) + ", between " + Written.lowerBound(lower, unit) + " and "
                + Written.upperBound(upper, unit) + "; needed: "
                + (measure.ceiling() ? "at most " : "at least ") + Written.measured(threshold, unit);
        pen.label(
                (measure.ceiling() ? "≤\u00a0" : "") + Written.measured(threshold, unit) + " needed",
                mark,
                HEIGHT - 5.0,
                anchor(mark));
        if (mark > CROWDED) {
            pen.label(least(unit), 0, HEIGHT - 5.0, "start");
        }
        if (mark < Drawing.WIDTH - CROWDED) {
            pen.label(greatest(unit), Drawing.WIDTH, HEIGHT - 5.0, "end");
        }
        return new BoundsChart(measure.wording(), description, pen.draw());
    }

    /** Words beside a mark near an end reach away from it, where there is room. */
    private static String anchor(double mark) {
        if (mark < .35 * Drawing.WIDTH) {
            return "start";
        }
        return mark > .65 * Drawing.WIDTH ? "end" : "middle";
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
