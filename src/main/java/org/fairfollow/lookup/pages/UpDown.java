package org.fairfollow.lookup.pages;

import java.util.List;

/** Bars upwards for what came and downwards for what went, on one scale. */
final class UpDown {
    static final int HEIGHT = 232;
    private static final int TOP = 20;
    private static final int BARS = 184;
    /** Of a bar's place; the rest is the gap to the next. */
    private static final double BAR = .72;
    /** One follow beside hundreds is still a follow. */
    private static final double LEAST = 2;

    /** Neither side is flatter than this share of the other, so that its label has room. */
    private static final double FLATTEST = .2;

    private UpDown() {}

    /** Without what is written below it: {@link #writeBelow}. */
    static Drawing.Pen draw(List<Double> up, List<Double> down) {
        double least = Math.max(1, FLATTEST * Math.max(most(up), most(down)));
        double top = roundNumber(Math.max(most(up), least));
        double bottom = roundNumber(Math.max(most(down), least));
        double middle = TOP + BARS * top / (top + bottom);
        double unit = BARS / (top + bottom);
        double slot = (double) Drawing.WIDTH / up.size();
        Drawing.Pen pen = new Drawing.Pen(HEIGHT);
        pen.level("grid", TOP, abbreviated(top));
        pen.line("grid", 0, TOP + BARS, Drawing.WIDTH, TOP + BARS);
        // Under the line, where the bars of this side are short most of the time.
        pen.label(abbreviated(bottom), 0, TOP + BARS - 5, "start");
        for (int i = 0; i < up.size(); i++) {
            double x = i * slot + slot * (1 - BAR) / 2;
            if (up.get(i) > 0) {
                double height = Math.max(LEAST, unit * up.get(i));
                pen.bar("followed", x, middle - height, slot * BAR, height);
            }
            if (down.get(i) > 0) {
                pen.bar("unfollowed", x, middle, slot * BAR, Math.max(LEAST, unit * down.get(i)));
            }
        }
        return pen.line("axis", 0, middle, Drawing.WIDTH, middle);
    }

    static void writeBelow(Drawing.Pen pen, double x, String text) {
        pen.label(text, x, HEIGHT - 8, "start");
    }

    static String abbreviated(double value) {
        if (value >= 10_000_000) {
            return Written.number(value / 1_000_000) + "M";
        }
        return value >= 10_000 ? Written.number(value / 1_000) + "k" : Written.number(value);
    }

    /** The least number with one digit and zeros, or 15 and zeros, that is not less. */
    static double roundNumber(double value) {
        for (double power = 1; ; power *= 10) {
            for (double step : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8}) {
                double round = step * power;
                if (round >= value && round == Math.rint(round)) {
                    return round;
                }
            }
        }
    }

    private static double most(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
