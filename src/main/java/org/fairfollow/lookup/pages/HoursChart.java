package org.fairfollow.lookup.pages;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fairfollow.detection.Finding;

/** Follows received and answered quickly, by hour of the day: people sleep, and what answers at all hours does not. */
final class HoursChart {
    private static final int HEIGHT = 208;
    private static final int TOP = 24;
    private static final int BOTTOM = 176;
    private static final double BAR = .72;
    private static final double LEAST = 2;

    private HoursChart() {}

    /** @param hours the table {@code hours} */
    static Optional<Chart> of(Finding.Table hours) {
        return Cells.of(hours, "hour", "received", "followedBackQuickly", "ownFollows", "quiet")
                .filter(cells -> cells.sum("received") > 0)
                .map(HoursChart::draw);
    }

    private static Chart draw(Cells hours) {
        double most = UpDown.roundNumber(hours.column("received").stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1));
        double slot = (double) Drawing.WIDTH / hours.rows();
        Drawing.Pen pen = new Drawing.Pen(HEIGHT);
        for (int hour = 0; hour < hours.rows(); hour++) {
            if (isQuiet(hours, hour)) {
                pen.line("quiet", hour * slot, BOTTOM + 4, (hour + 1) * slot, BOTTOM + 4);
            }
        }
        pen.level("grid", TOP, UpDown.abbreviated(most));
        for (int hour = 0; hour < hours.rows(); hour++) {
            bar(pen, "received", hour, slot, hours.at(hour, "received") / most);
            bar(pen, "unfollowed", hour, slot, hours.at(hour, "followedBackQuickly") / most);
        }
        pen.line("axis", 0, BOTTOM, Drawing.WIDTH, BOTTOM);
        pen.label("0:00", 0, HEIGHT - 14, "start");
        for (int hour = 6; hour < hours.rows(); hour += 6) {
            pen.label(hour + ":00", hour * slot, HEIGHT - 14, "middle");
        }
        pen.label("UTC", Drawing.WIDTH, HEIGHT - 14, "end");
        Numbers numbers = new Numbers(
                List.of(
                        Numbers.count("Hour (UTC)"),
                        Numbers.count("Follows received"),
                        Numbers.count("Followed back within 10 minutes"),
                        Numbers.count("Own follows"),
                        Numbers.count("Quiet hour (1)")),
                hours.rowsOf("hour", "received", "followedBackQuickly", "ownFollows", "quiet"));
        return new Chart(
                "follow-back-hours",
                "Follows answered, by hour of the day",
                caption(hours),
                List.of(
                        new Chart.Key("received", "follows received"),
                        new Chart.Key("unfollowed", "followed back within 10 minutes"),
                        new Chart.Key("quiet", "quiet hours")),
                pen.draw(),
                numbers.table("Follows received, by hour of the day (UTC)"),
                numbers,
                "");
    }

    private static void bar(Drawing.Pen pen, String form, int hour, double slot, double share) {
        if (share > 0) {
            double height = Math.max(LEAST, (BOTTOM - TOP) * share);
            pen.bar(form, hour * slot + slot * (1 - BAR) / 2, BOTTOM - height, slot * BAR, height);
        }
    }

    private static String caption(Cells hours) {
        double received = quietSum(hours, "received");
        String quick = Written.number(quietSum(hours, "followedBackQuickly"));
        String all = Written.number(hours.sum("followedBackQuickly")) + " of " + Written.number(hours.sum("received"))
                + " follows received were answered within 10 minutes.";
        return received == 0
                ? all
                : all + " In the hours in which the account itself follows least, " + quick + " of "
                        + Written.number(received) + " were.";
    }

    private static double quietSum(Cells hours, String column) {
        return IntStream.range(0, hours.rows())
                .filter(hour -> isQuiet(hours, hour))
                .mapToDouble(hour -> hours.at(hour, column))
                .sum();
    }

    private static boolean isQuiet(Cells hours, int hour) {
        return hours.at(hour, "quiet") > 0;
    }
}
