package org.fairfollow.lookup.pages;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fairfollow.detection.Finding;

/**
 * When followers were created, against their place in the list of followers: those of anybody are created at any time, those made
 * to be sold lie in a stripe, one after the other and created together.
 */
final class CreationChart {
    private static final int HEIGHT = 268;
    private static final int TOP = 22;
    private static final int BOTTOM = 224;
    /** Of a frame, so that a stripe of one day or one place can be seen. */
    private static final double LEAST = 6;

    private CreationChart() {}

    /**
     * @param stripes the table {@code stripes}
     * @param sampled see {@link org.fairfollow.lookup.CreationDates}
     */
    static Optional<Chart> of(Finding.Table stripes, Finding.Table sampled) {
        Optional<Cells> frames =
                Cells.of(stripes, "firstRank", "lastRank", "followers", "fake", "createdFrom", "createdTo");
        return Cells.of(sampled, "firstRank", "lastRank", "createdFrom", "createdTo", "followers")
                .map(parts -> draw(parts, frames));
    }

    /** What the picture shows: places from the oldest follower, on the left, to the newest; days upwards. */
    private record Plane(double lastRank, double firstDay, double lastDay) {
        static Plane of(Cells parts) {
            return new Plane(
                    most(parts.column("lastRank")),
                    parts.column("createdFrom").stream()
                            .mapToDouble(Double::doubleValue)
                            .min()
                            .orElse(0),
                    most(parts.column("createdTo")));
        }

        private static double most(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        }

        /** Of the follower at this place; whoever followed first has the highest. */
        double x(double rank) {
            return Math.clamp(Drawing.WIDTH * (1 - rank / Math.max(1, lastRank)), 0, Drawing.WIDTH);
        }

        double y(double day) {
            double days = Math.max(1, lastDay + 1 - firstDay);
            return Math.clamp(BOTTOM - (BOTTOM - TOP) * (day - firstDay) / days, TOP, BOTTOM);
        }
    }

    private static Chart draw(Cells parts, Optional<Cells> stripes) {
        Plane plane = Plane.of(parts);
        Drawing.Pen pen = new Drawing.Pen(HEIGHT)
                .line("grid", 0, TOP, Drawing.WIDTH, TOP)
                .line("axis", 0, BOTTOM, Drawing.WIDTH, BOTTOM);
        double most = parts.column("followers").stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        for (int i = 0; i < parts.rows(); i++) {
            double share = parts.at(i, "followers") / most;
            rectangle(
                    pen,
                    share > .5 ? "sample many" : share > .15 ? "sample some" : "sample",
                    plane.x(parts.at(i, "lastRank")),
                    plane.x(parts.at(i, "firstRank") - 1),
                    plane.y(parts.at(i, "createdTo") + 1),
                    plane.y(parts.at(i, "createdFrom")),
                    1);
        }
        stripes.ifPresent(all -> IntStream.range(0, all.rows())
                .forEach(stripe -> rectangle(
                        pen,
                        "stripe",
                        plane.x(all.at(stripe, "lastRank")),
                        plane.x(all.at(stripe, "firstRank") - 1),
                        plane.y(all.at(stripe, "createdTo") + 1),
                        plane.y(all.at(stripe, "createdFrom")),
                        LEAST)));
        pen.label("Created " + Written.day(day(plane.lastDay)), 0, TOP - 6, "start");
        pen.label("Created " + Written.day(day(plane.firstDay)), 0, BOTTOM + 18, "start");
        pen.label("followed first", 0, HEIGHT - 8, "start");
        pen.label("followed last", Drawing.WIDTH, HEIGHT - 8, "end");
        Numbers numbers = new Numbers(
                List.of(
                        Numbers.count("From place"),
                        Numbers.count("To place"),
                        Numbers.day("Created from"),
                        Numbers.day("Created to"),
                        Numbers.count("Followers sampled")),
                parts.rowsOf("firstRank", "lastRank", "createdFrom", "createdTo", "followers"));
        return new Chart(
                "creation",
                "When its followers were created, by the order in which they followed",
                caption(stripes),
                stripes.isEmpty()
                        ? List.of(new Chart.Key("sample", "sampled followers; darker where there are more"))
                        : List.of(
                                new Chart.Key("sample", "sampled followers; darker where there are more"),
                                new Chart.Key("stripe", "created together, one after the other")),
                pen.draw(),
                byPlace(parts).table("Sampled followers by place in the list, of which 1 followed last"),
                numbers,
                "");
    }

    /** For each stretch of places the days in which most of its followers were created. */
    private static Numbers byPlace(Cells parts) {
        Map<Double, List<List<Double>>> byPlace =
                parts.rowsOf("firstRank", "lastRank", "createdFrom", "createdTo", "followers").stream()
                        .collect(Collectors.groupingBy(List::getFirst, TreeMap::new, Collectors.toList()));
        return new Numbers(
                List.of(
                        Numbers.count("From place"),
                        Numbers.count("To place"),
                        Numbers.count("Followers sampled"),
                        Numbers.count("Most created at once"),
                        Numbers.day("Created from"),
                        Numbers.day("Created to")),
                byPlace.values().stream()
                        .map(rows -> {
                            List<Double> most = rows.stream()
                                    .max(Comparator.comparing(List::getLast))
                                    .orElseThrow();
                            double sampled =
                                    rows.stream().mapToDouble(List::getLast).sum();
                            return List.of(most.get(0), most.get(1), sampled, most.getLast(), most.get(2), most.get(3));
                        })
                        .toList());
    }

    private static void rectangle(
            Drawing.Pen pen, String form, double left, double right, double top, double bottom, double least) {
        double height = Math.max(least, bottom - top);
        double width = Math.max(least, right - left);
        pen.bar(form, left, (top + bottom - height) / 2, width, height);
    }

    private static String caption(Optional<Cells> stripes) {
        if (stripes.isEmpty()) {
            return "Created at all times, whenever they followed: no stripe stands out.";
        }
        Cells all = stripes.get();
        int largest = IntStream.range(0, all.rows())
                .boxed()
                .max(Comparator.comparingDouble(stripe -> all.at(stripe, "followers")))
                .orElse(0);
        return Written.number(all.at(largest, "followers"))
                + " sampled followers lie in a stripe: they followed one after the other, and most of them were created from "
                + Written.day(day(all.at(largest, "createdFrom"))) + " to "
                + Written.day(day(all.at(largest, "createdTo")))
                + ". Other people's followers are created at all times.";
    }

    private static LocalDate day(double epochDay) {
        return LocalDate.ofEpochDay((long) epochDay);
    }
}
