package org.fairfollow.lookup.pages;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairfollow.detection.Finding;
import org.fairfollow.lookup.EvidenceLookup;
import org.fairfollow.lookup.pages.Shape.Bar;
import org.fairfollow.lookup.pages.Shape.Label;
import org.fairfollow.lookup.pages.Shape.Line;

/** Follows upwards and unfollows downwards, a bar a day, one scale for both. */
record DayChart(String caption, List<Bar> bars, List<Line> grid, List<Label> labels, List<TableView.Row> table) {
    static final int HEIGHT = 232;
    private static final int TOP = 14;
    private static final int BARS = 188;
    /** Room for the labels of the scale, in per cent of the width. */
    private static final double LEFT = 8;
    /** Of a day's width; the rest is the gap to the next. */
    private static final double BAR = .72;
    /** A day with one follow beside a day with hundreds is still a day with a follow. */
    private static final double LEAST = 2;

    /** Neither side is flatter than this share of the other, so that its label has room. */
    private static final double FLATTEST = .2;

    private static final int LABELS = 5;
    /** What a verdict looks back on. */
    private static final int LONGEST = 90;

    /** From the days of the evidence. */
    static Optional<DayChart> of(List<EvidenceLookup.Series> series) {
        Optional<EvidenceLookup.Series> followed =
                series.stream().filter(s -> s.id().equals("followed")).findFirst();
        Optional<EvidenceLookup.Series> unfollowed =
                series.stream().filter(s -> s.id().equals("unfollowed")).findFirst();
        if (followed.isEmpty() || unfollowed.isEmpty()) {
            return Optional.empty();
        }
        LocalDate from = LocalDate.ofInstant(followed.get().from(), ZoneOffset.UTC);
        return Optional.of(of(from, followed.get().values(), unfollowed.get().values()));
    }

    /** From the small picture of a verdict: what there is while the evidence is away. */
    static DayChart of(Finding.Spark spark) {
        return of(spark.from(), spark.followed(), spark.unfollowed());
    }

    private static DayChart of(LocalDate first, List<Integer> allFollowed, List<Integer> allUnfollowed) {
        int skipped = Math.max(0, allFollowed.size() - LONGEST);
        LocalDate from = first.plusDays(skipped);
        List<Integer> followed = allFollowed.subList(skipped, allFollowed.size());
        List<Integer> unfollowed = allUnfollowed.subList(skipped, allUnfollowed.size());
        Scale scale = Scale.of(most(followed), most(unfollowed));
        double slot = (100 - LEFT) / followed.size();
        List<Bar> bars = new ArrayList<>();
        List<TableView.Row> table = new ArrayList<>();
        for (int day = 0; day < followed.size(); day++) {
            double x = LEFT + day * slot + slot * (1 - BAR) / 2;
            double up = scale.height(followed.get(day));
            double down = scale.height(unfollowed.get(day));
            if (up > 0) {
                bars.add(new Bar("followed", x, scale.middle() - up, slot * BAR, up));
            }
            if (down > 0) {
                bars.add(new Bar("unfollowed", x, scale.middle() + 1, slot * BAR, down));
            }
            table.add(new TableView.Row(
                    Written.day(from.plusDays(day)),
                    List.of(Written.number(followed.get(day)), Written.number(unfollowed.get(day)))));
        }
        String caption = "Every follow and unfollow of the account, counted in the verdict or not, by day (UTC): "
                + Written.number(sum(followed)) + " follows and " + Written.number(sum(unfollowed)) + " unfollows from "
                + Written.day(from) + " to " + Written.day(from.plusDays(followed.size() - 1L)) + ".";
        return new DayChart(caption, bars, grid(scale), labels(from, followed.size(), slot, scale), table);
    }

    /**
     * One scale for both sides, each as high as it needs to be.
     *
     * @param up greatest number of follows it shows
     * @param down greatest number of unfollows it shows
     */
    private record Scale(int up, int down) {
        static Scale of(int followed, int unfollowed) {
            int least = (int) Math.max(1, FLATTEST * Math.max(followed, unfollowed));
            return new Scale(roundNumber(Math.max(followed, least)), roundNumber(Math.max(unfollowed, least)));
        }

        /** Where zero is, pixels from the top. */
        double middle() {
            return TOP + (double) BARS * up / ((double) up + down);
        }

        double height(int value) {
            return value == 0 ? 0 : Math.max(LEAST, (double) BARS * value / ((double) up + down));
        }
    }

    private static List<Line> grid(Scale scale) {
        return List.of(
                new Line("grid", LEFT, TOP, 100, TOP),
                new Line("axis", LEFT, scale.middle() + .5, 100, scale.middle() + .5),
                new Line("grid", LEFT, TOP + BARS + 1, 100, TOP + BARS + 1));
    }

    private static List<Label> labels(LocalDate from, int days, double slot, Scale scale) {
        List<Label> labels = new ArrayList<>();
        labels.add(new Label(abbreviated(scale.up()), 0, TOP + 4, "start"));
        labels.add(new Label("0", 0, scale.middle() + 4, "start"));
        labels.add(new Label(abbreviated(scale.down()), 0, TOP + BARS + 5, "start"));
        int weeks = Math.max(1, Math.ceilDiv(days, LABELS * 7));
        // The last label needs room to its right.
        for (int day = 0; day == 0 || day * slot < 86 - LEFT; day += 7 * weeks) {
            labels.add(new Label(Written.dayOfYear(from.plusDays(day)), LEFT + day * slot, HEIGHT - 6, "start"));
        }
        return labels;
    }

    private static String abbreviated(int value) {
        return value >= 10_000 ? Written.number(value / 1_000.0) + "k" : String.valueOf(value);
    }

    /** The least number with one digit and zeros, or 15 and zeros, that is not less. */
    private static int roundNumber(int value) {
        for (long power = 1; ; power *= 10) {
            for (double step : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8}) {
                if (step * power >= value && step * power == Math.rint(step * power)) {
                    return (int) Math.min(Integer.MAX_VALUE, Math.round(step * power));
                }
            }
        }
    }

    private static int most(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static long sum(List<Integer> values) {
        return values.stream().mapToLong(Integer::longValue).sum();
    }
}
