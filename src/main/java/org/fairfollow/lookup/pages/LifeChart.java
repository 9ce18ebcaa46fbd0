package org.fairfollow.lookup.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.fairfollow.detection.Finding;
import org.fairfollow.lookup.pages.Shape.Label;
import org.fairfollow.lookup.pages.Shape.Line;

/** How long a follow lasts: the share not dropped by age, apart for follows not yet returned and already returned. */
record LifeChart(String caption, List<Line> grid, List<Line> unreturned, List<Line> returned, List<Label> labels) {
    static final int HEIGHT = 196;
    private static final int TOP = 12;
    private static final int BOTTOM = 164;
    private static final double LEFT = 13;
    private static final double RIGHT = 98;
    private static final int DAYS = 28;
    /** The most by which the coarse table may miss the stated share. */
    private static final double NEAR = .05;

    /** Columns of the table {@code age-bins}. */
    private static final int FROM = 0;

    private static final int TO = 1;
    private static final int UNRETURNED_DAYS = 2;
    private static final int UNRETURNED_DROPS = 3;
    private static final int RETURNED_DAYS = 4;
    private static final int RETURNED_DROPS = 5;

    /**
     * The table of ages is coarser than the rule, which goes by seconds and may leave ages out that were hardly seen.
     * Drawn is what comes near the share the verdict states, and nothing where neither does; the caption says the share
     * as stated.
     *
     * @param bins the table {@code age-bins}
     * @param dropped share of unreturned follows dropped by day 28, as stated
     * @param fewestDays follow-days from which on the rule counts an age
     */
    static Optional<LifeChart> of(Finding.Table bins, OptionalDouble dropped, double fewestDays) {
        boolean readable = !bins.rows().isEmpty() && bins.rows().stream().allMatch(row -> row.size() > RETURNED_DROPS);
        if (!readable || dropped.isEmpty()) {
            return Optional.empty();
        }
        boolean anySeen = bins.rows().stream().anyMatch(row -> row.get(UNRETURNED_DAYS) > 0);
        if (!anySeen) {
            return Optional.empty();
        }
        return List.of(fewestDays, 0.0).stream()
                .map(fewest -> kept(bins, UNRETURNED_DAYS, UNRETURNED_DROPS, fewest))
                .filter(kept -> Math.abs(1 - kept.getLast() - dropped.getAsDouble()) < NEAR)
                .findFirst()
                .map(unreturned -> draw(bins, dropped.getAsDouble(), unreturned));
    }

    private static LifeChart draw(Finding.Table bins, double dropped, List<Double> unreturned) {
        String caption = "Of follows not returned about " + percent(1 - dropped) + " remain after " + DAYS + " days";
        boolean anyReturned = bins.rows().stream().anyMatch(row -> row.get(RETURNED_DAYS) > 0);
        List<Double> returned = anyReturned ? kept(bins, RETURNED_DAYS, RETURNED_DROPS, 0) : List.of();
        return new LifeChart(
                caption + (anyReturned ? ", of returned ones about " + percent(returned.getLast()) : "")
                        + ". Drawn from the table of ages below.",
                scale(),
                curve("unfollowed", bins, unreturned),
                curve("followed", bins, returned),
                ages());
    }

    /** Share kept at the end of each bin: e to the minus sum of width · drops / days at risk. */
    private static List<Double> kept(Finding.Table bins, int days, int drops, double fewestDays) {
        List<Double> kept = new ArrayList<>();
        double hazard = 0;
        for (List<Double> bin : bins.rows()) {
            double atRisk = bin.get(days);
            if (atRisk > 0 && atRisk >= fewestDays) {
                hazard += (bin.get(TO) - bin.get(FROM)) * bin.get(drops) / atRisk;
            }
            kept.add(Math.exp(-hazard));
        }
        return kept;
    }

    private static List<Line> curve(String form, Finding.Table bins, List<Double> kept) {
        IntToDoubleFunction before = bin -> bin == 0 ? 1 : kept.get(bin - 1);
        return IntStream.range(0, kept.size())
                .mapToObj(bin -> new Line(
                        form,
                        x(bins.rows().get(bin).get(FROM)),
                        y(before.applyAsDouble(bin)),
                        x(bins.rows().get(bin).get(TO)),
                        y(kept.get(bin))))
                .toList();
    }

    private static List<Line> scale() {
        return List.of(
                new Line("grid", LEFT, y(1), RIGHT, y(1)),
                new Line("grid", LEFT, y(.5), RIGHT, y(.5)),
                new Line("axis", LEFT, y(0), RIGHT, y(0)));
    }

    private static List<Label> ages() {
        return List.of(
                new Label("100 %", 0, y(1) + 4, "start"),
                new Label("50 %", 0, y(.5) + 4, "start"),
                new Label("0 %", 0, y(0) + 4, "start"),
                new Label("0", x(0), HEIGHT - 10, "middle"),
                new Label("7", x(7), HEIGHT - 10, "middle"),
                new Label("14", x(14), HEIGHT - 10, "middle"),
                new Label("21", x(21), HEIGHT - 10, "middle"),
                new Label("28 days", 100, HEIGHT - 10, "end"));
    }

    private static double x(double day) {
        return LEFT + (RIGHT - LEFT) * day / DAYS;
    }

    private static double y(double share) {
        return BOTTOM - (BOTTOM - TOP) * share;
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }
}
