package org.fairfollow.lookup.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.PracticeDescription.Unit;
import org.jspecify.annotations.Nullable;

/** How long a follow lasts: the share not dropped by age, apart for follows not yet returned and already returned. */
final class SurvivalChart {
    private static final int HEIGHT = 196;
    private static final int TOP = 22;
    private static final int BOTTOM = 168;
    private static final int DAYS = 28;
    /** The most by which the coarse table may miss the stated share. */
    private static final double NEAR = .05;

    /** Lines nearer to each other than this, in pixels, cannot both be written on. */
    private static final int CROWDED = 30;

    private SurvivalChart() {}

    /**
     * The table of ages is coarser than the rule, which goes by seconds and may leave ages out that were hardly seen.
     * Drawn is what comes near the share the verdict states, and nothing where it does not; the caption says the share
     * as stated.
     *
     * @param ages the table {@code age-bins}
     * @param fewestDays follow-days from which on the rule counts an age
     */
    static Optional<Chart> of(Finding.Table ages, List<Finding.Reason> reasons, double fewestDays) {
        Optional<Finding.Reason> dropped = reasons.stream()
                .filter(reason -> reason.code().equals("dropped-within-28-days"))
                .filter(reason -> VerdictView.tellsSomething(reason.interval(), Unit.SHARE))
                .findFirst();
        Optional<Cells> cells =
                Cells.of(ages, "from", "to", "P0", "D0", "P1", "D1").filter(all -> all.sum("P0") > 0);
        if (dropped.isEmpty() || cells.isEmpty()) {
            return Optional.empty();
        }
        return Stream.of(fewestDays, 0.0)
                .map(fewest -> kept(cells.get(), "P0", "D0", fewest))
                .filter(kept -> Math.abs(1 - kept.getLast() - dropped.get().value()) < NEAR)
                .findFirst()
                .map(kept -> draw(cells.get(), dropped.get(), kept));
    }

    private static Chart draw(Cells ages, Finding.Reason dropped, List<Double> unreturned) {
        boolean anyReturned = ages.sum("P1") > 0;
        List<Double> returned = anyReturned ? kept(ages, "P1", "D1", 0) : List.of();
        List<Double> days = new ArrayList<>(List.of(ages.at(0, "from")));
        days.addAll(ages.column("to"));

        Drawing.Pen pen = new Drawing.Pen(HEIGHT)
                .level("grid", y(1), "100 %")
                .level("grid", y(.5), "50 %")
                .line("axis", 0, y(0), Drawing.WIDTH, y(0));
        List<Double> interval = dropped.interval();
        if (interval != null) {
            double x = Drawing.WIDTH - 6.0;
            pen.line("bound", x, y(1 - interval.getLast()), x, y(1 - interval.getFirst()));
        }
        if (anyReturned) {
            pen.line("returned", curve(days, returned));
        }
        pen.line("unreturned", curve(days, unreturned));
        writeAges(pen, HEIGHT - 8);
        writeEnds(pen, 1 - dropped.value(), returned);
        Numbers numbers = numbers(ages, days, unreturned, returned);
        return new Chart(
                "survival",
                "How long a follow lasts",
                caption(dropped, returned),
                anyReturned
                        ? List.of(
                                new Chart.Key("line unfollowed", "not returned"),
                                new Chart.Key("line followed", "returned"))
                        : List.of(new Chart.Key("line unfollowed", "not returned")),
                pen.draw(),
                numbers.table("Share of follows that remain, by age"),
                numbers,
                live(days, unreturned, returned, interval));
    }

    /** On the lines themselves, unless these are so near to each other that nobody could tell which is meant. */
    private static void writeEnds(Drawing.Pen pen, double unreturned, List<Double> returned) {
        double end = Drawing.WIDTH - 20.0;
        double low = y(unreturned);
        double high = returned.isEmpty() ? TOP : y(returned.getLast());
        if (returned.isEmpty() || Math.abs(low - high) >= CROWDED) {
            pen.label("not returned", end, low > BOTTOM - 24 || low < high ? low - 7 : low + 16, "end");
            if (!returned.isEmpty()) {
                pen.label("returned", end, low < high ? high - 7 : high + 16, "end");
            }
        }
    }

    private static String caption(Finding.Reason dropped, List<Double> returned) {
        List<Double> interval = dropped.interval();
        String bounds = interval == null
                ? ""
                : " (between " + Written.lowerBound(1 - interval.getLast(), Unit.SHARE) + " and "
                        + Written.upperBound(1 - interval.getFirst(), Unit.SHARE) + ")";
        return "Remaining after " + DAYS + " days: of the follows not returned about " + percent(1 - dropped.value())
                + bounds
                + (returned.isEmpty() ? "" : ", of those returned about " + percent(returned.getLast()))
                + ".";
    }

    /** Share kept at the end of each bin: e to the minus sum of width · drops / days at risk. */
    private static List<Double> kept(Cells ages, String days, String drops, double fewestDays) {
        List<Double> kept = new ArrayList<>();
        double hazard = 0;
        for (int bin = 0; bin < ages.rows(); bin++) {
            double atRisk = ages.at(bin, days);
            if (atRisk > 0 && atRisk >= fewestDays) {
                hazard += (ages.at(bin, "to") - ages.at(bin, "from")) * ages.at(bin, drops) / atRisk;
            }
            kept.add(Math.exp(-hazard));
        }
        return kept;
    }

    private static double[] curve(List<Double> days, List<Double> kept) {
        double[] points = new double[2 * days.size()];
        for (int i = 0; i < days.size(); i++) {
            points[2 * i] = Drawing.WIDTH * days.get(i) / DAYS;
            points[2 * i + 1] = y(i == 0 ? 1 : kept.get(i - 1));
        }
        return points;
    }

    private static Numbers numbers(Cells ages, List<Double> days, List<Double> unreturned, List<Double> returned) {
        return new Numbers(
                List.of(
                        Numbers.count("Age (days)"),
                        Numbers.share("Remain: not returned"),
                        Numbers.share("Remain: returned")),
                IntStream.rangeClosed(0, ages.rows())
                        .mapToObj(i -> List.of(
                                days.get(i),
                                i == 0 ? 1 : rounded(unreturned.get(i - 1)),
                                returned.isEmpty() ? Double.NaN : i == 0 ? 1 : rounded(returned.get(i - 1))))
                        .toList());
    }

    private static double rounded(double share) {
        return Math.rint(10_000 * share) / 10_000;
    }

    private static String live(
            List<Double> days, List<Double> unreturned, List<Double> returned, @Nullable List<Double> interval) {
        StringBuilder json = new StringBuilder("{\"kind\":\"survival\",\"x\":");
        json.append(days).append(",\"y\":[").append(fromOne(unreturned));
        if (!returned.isEmpty()) {
            json.append(',').append(fromOne(returned));
        }
        json.append(']');
        if (interval != null) {
            json.append(",\"bound\":")
                    .append(List.of(rounded(1 - interval.getLast()), rounded(1 - interval.getFirst())));
        }
        return json.append('}').toString();
    }

    private static List<Double> fromOne(List<Double> kept) {
        List<Double> all = new ArrayList<>(List.of(1.0));
        kept.forEach(share -> all.add(rounded(share)));
        return all;
    }

    /** Ages in days below a drawing that ends at {@link #DAYS}. */
    static void writeAges(Drawing.Pen pen, double y) {
        pen.label("0", 0, y, "start");
        for (int day = 7; day < DAYS; day += 7) {
            pen.label(Integer.toString(day), (double) Drawing.WIDTH * day / DAYS, y, "middle");
        }
        pen.label(DAYS + " days", Drawing.WIDTH, y, "end");
    }

    private static double y(double share) {
        return BOTTOM - (BOTTOM - TOP) * share;
    }

    private static String percent(double share) {
        return Written.measured(share, Unit.SHARE);
    }
}
