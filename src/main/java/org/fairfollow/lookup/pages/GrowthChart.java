package org.fairfollow.lookup.pages;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fairfollow.detection.Finding;

/** How many follow the account, by day, with the days marked in which more came than usual. */
final class GrowthChart {
    private static final int HEIGHT = 232;
    private static final int TOP = 34;
    private static final int BOTTOM = 204;
    /** A rise smaller than this share of the whole is not to look like a leap. */
    private static final double FLATTEST = .1;

    /** Nearer to an end than this the words would leave the picture. */
    private static final double CROWDED = 120;

    private GrowthChart() {}

    /**
     * @param readings the table {@code readings}
     * @param bursts the table {@code bursts}
     */
    static Optional<Chart> of(Finding.Table readings, Finding.Table bursts) {
        Optional<Cells> spikes = Cells.of(bursts, "firstDay", "lastDay", "gained", "lost");
        return Cells.of(readings, "day", "followers")
                .filter(counts -> counts.rows() > 1)
                .map(counts -> draw(counts, spikes));
    }

    private static Chart draw(Cells counts, Optional<Cells> spikes) {
        double first = counts.at(0, "day");
        double last = counts.at(counts.rows() - 1, "day");
        List<Double> followers = counts.column("followers");
        double most = followers.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        double least = followers.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        // From nothing up, where that leaves more than a flat line.
        double floor = least < most / 2 ? 0 : Math.max(0, Math.min(least, most - FLATTEST * most));
        double span = Math.max(1, most - floor);

        Drawing.Pen pen = new Drawing.Pen(HEIGHT);
        spikes.ifPresent(all -> IntStream.range(0, all.rows()).forEach(spike -> {
            double from = x(all.at(spike, "firstDay"), first, last);
            // A gain of one day came between its reading and the one before.
            double to = x(all.at(spike, "lastDay") + 1, first, last);
            pen.bar("spike", from, TOP - 12, Math.max(4, to - from), BOTTOM - TOP + 12);
        }));
        pen.level("grid", TOP, UpDown.abbreviated(most))
                .line("grid", 0, (TOP + BOTTOM) / 2.0, Drawing.WIDTH, (TOP + BOTTOM) / 2.0)
                .level("axis", BOTTOM, UpDown.abbreviated(floor));
        double[] points = new double[2 * counts.rows()];
        for (int i = 0; i < counts.rows(); i++) {
            points[2 * i] = x(counts.at(i, "day"), first, last);
            points[2 * i + 1] = BOTTOM - (BOTTOM - TOP) * (followers.get(i) - floor) / span;
        }
        pen.line("followers", points);
        spikes.ifPresent(all -> write(pen, all, first, last));
        pen.label(Written.day(day(first)), 0, HEIGHT - 8, "start");
        pen.label(Written.day(day(last)), Drawing.WIDTH, HEIGHT - 8, "end");

        Numbers numbers = new Numbers(
                List.of(Numbers.day("Day (UTC)"), Numbers.count("Followers"), Numbers.count("Spike (1)")),
                IntStream.range(0, counts.rows())
                        .mapToObj(i -> List.of(
                                counts.at(i, "day"),
                                followers.get(i),
                                spikes.filter(all -> isWithin(all, counts.at(i, "day")))
                                        .map(all -> 1.0)
                                        .orElse(0.0)))
                        .toList());
        return new Chart(
                "growth",
                "Followers over time",
                caption(counts, spikes),
                spikes.isEmpty()
                        ? List.of(new Chart.Key("line followers", "followers"))
                        : List.of(
                                new Chart.Key("line followers", "followers"),
                                new Chart.Key("spike", "gained beyond the usual")),
                pen.draw(),
                numbers.table("Followers by day (UTC)"),
                numbers,
                live(counts, spikes));
    }

    /** Only the largest: more words would lie over each other. */
    private static void write(Drawing.Pen pen, Cells spikes, double first, double last) {
        int largest = largest(spikes);
        double x = x(spikes.at(largest, "firstDay"), first, last);
        String anchor = x < CROWDED ? "start" : x > Drawing.WIDTH - CROWDED ? "end" : "middle";
        pen.label("+" + UpDown.abbreviated(spikes.at(largest, "gained")), x, TOP - 17, anchor);
    }

    private static int largest(Cells spikes) {
        return IntStream.range(0, spikes.rows())
                .boxed()
                .max(Comparator.comparingDouble(spike -> spikes.at(spike, "gained")))
                .orElse(0);
    }

    private static boolean isWithin(Cells spikes, double day) {
        return IntStream.range(0, spikes.rows())
                .anyMatch(spike -> day >= spikes.at(spike, "firstDay") && day <= spikes.at(spike, "lastDay"));
    }

    private static String caption(Cells counts, Optional<Cells> spikes) {
        String whole = "From " + Written.number(counts.at(0, "followers")) + " followers on "
                + Written.day(day(counts.at(0, "day"))) + " to "
                + Written.number(counts.at(counts.rows() - 1, "followers")) + " on "
                + Written.day(day(counts.at(counts.rows() - 1, "day"))) + ".";
        if (spikes.isEmpty()) {
            return "No gain stands out. " + whole;
        }
        Cells all = spikes.get();
        int spike = largest(all);
        double lost = all.at(spike, "lost");
        String days = all.at(spike, "firstDay") == all.at(spike, "lastDay")
                ? " followers came on " + Written.day(day(all.at(spike, "firstDay")))
                : " followers came from " + Written.day(day(all.at(spike, "firstDay"))) + " to "
                        + Written.day(day(all.at(spike, "lastDay")));
        return Written.number(all.at(spike, "gained")) + days + ", far more than usual. "
                + (lost >= 1 ? Written.number(lost) + " of them were lost again. " : "") + whole;
    }

    private static String live(Cells counts, Optional<Cells> spikes) {
        String spans = spikes.map(all -> IntStream.range(0, all.rows())
                        .mapToObj(i -> "[" + whole(all.at(i, "firstDay")) + "," + whole(all.at(i, "lastDay")) + "]")
                        .collect(Collectors.joining(",")))
                .orElse("");
        return "{\"kind\":\"growth\",\"x\":" + list(counts.column("day")) + ",\"y\":["
                + list(counts.column("followers")) + "],\"spans\":[" + spans + "]}";
    }

    private static String list(List<Double> values) {
        return values.stream().map(GrowthChart::whole).collect(Collectors.joining(",", "[", "]"));
    }

    private static String whole(double value) {
        return Long.toString(Math.round(value));
    }

    private static double x(double day, double first, double last) {
        return Math.clamp(Drawing.WIDTH * (day - first) / Math.max(1, last - first), 0, Drawing.WIDTH);
    }

    private static LocalDate day(double epochDay) {
        return LocalDate.ofEpochDay((long) epochDay);
    }
}
