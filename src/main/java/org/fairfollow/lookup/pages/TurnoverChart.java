package org.fairfollow.lookup.pages;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.fairfollow.detection.Finding;

/** Rises and falls of the number of accounts followed, by week: what shows where follows themselves cannot be seen. */
final class TurnoverChart {
    private TurnoverChart() {}

    /** @param weeks the table {@code following-weeks} */
    static Optional<Chart> of(Finding.Table weeks) {
        return Cells.of(weeks, "firstDay", "readings", "rise", "fall").map(TurnoverChart::of);
    }

    private static Chart of(Cells weeks) {
        Drawing.Pen pen = UpDown.draw(weeks.column("rise"), weeks.column("fall"));
        int every = Math.ceilDiv(weeks.rows(), 4);
        for (int week = 0; week < weeks.rows() && week < .86 * weeks.rows(); week += every) {
            UpDown.writeBelow(
                    pen, week * (double) Drawing.WIDTH / weeks.rows(), Written.dayOfYear(LocalDate.ofEpochDay((long)
                            weeks.at(week, "firstDay"))));
        }
        Numbers numbers = new Numbers(
                List.of(
                        Numbers.day("Week from"),
                        Numbers.count("Readings"),
                        Numbers.count("Rose by (accounts)"),
                        Numbers.count("Fell by (accounts)")),
                weeks.rowsOf("firstDay", "readings", "rise", "fall"));
        return new Chart(
                "following",
                "Accounts followed: rises and falls, by week",
                "In " + weeks.rows() + " weeks the number of accounts followed rose by "
                        + Written.number(weeks.sum("rise")) + " and fell by " + Written.number(weeks.sum("fall"))
                        + ".",
                List.of(new Chart.Key("followed", "rose by"), new Chart.Key("unfollowed", "fell by")),
                pen.draw(),
                numbers.table("Rises and falls by week"),
                numbers,
                "");
    }
}
