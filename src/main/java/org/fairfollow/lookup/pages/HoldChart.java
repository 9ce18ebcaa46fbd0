package org.fairfollow.lookup.pages;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fairfollow.detection.Finding;

/** How long follows that were dropped had been held. Ages are told apart more coarsely the higher they are: an area counts. */
final class HoldChart {
    private static final int HEIGHT = 196;
    private static final int TOP = 22;
    private static final int BOTTOM = 168;
    /** Between two bars, so that they can be told apart. */
    private static final double GAP = 3;

    private HoldChart() {}

    /** @param ages the table {@code age-bins} */
    static Optional<Chart> of(Finding.Table ages) {
        return Cells.of(ages, "from", "to", "D0", "D1")
                .filter(cells -> cells.sum("D0") + cells.sum("D1") > 0)
                .map(HoldChart::draw);
    }

    private static Chart draw(Cells ages) {
        double days = ages.at(ages.rows() - 1, "to");
        double most = UpDown.roundNumber(IntStream.range(0, ages.rows())
                .mapToDouble(bin -> dropped(ages, bin) / width(ages, bin))
                .max()
                .orElse(1));
        Drawing.Pen pen = new Drawing.Pen(HEIGHT).level("grid", TOP, UpDown.abbreviated(most) + " a day");
        for (int bin = 0; bin < ages.rows(); bin++) {
            double x = Drawing.WIDTH * ages.at(bin, "from") / days;
            double wide = Drawing.WIDTH * width(ages, bin) / days - GAP;
            double unit = (BOTTOM - TOP) / most / width(ages, bin);
            double unreturned = unit * ages.at(bin, "D0");
            double returned = unit * ages.at(bin, "D1");
            if (unreturned > 0) {
                pen.bar("unfollowed", x, BOTTOM - unreturned, wide, unreturned);
            }
            if (returned > 0) {
                pen.bar("followed", x, BOTTOM - unreturned - returned, wide, returned);
            }
        }
        pen.line("axis", 0, BOTTOM, Drawing.WIDTH, BOTTOM);
        SurvivalChart.writeAges(pen, HEIGHT - 8);
        Numbers numbers = new Numbers(
                List.of(
                        Numbers.count("From (days)"),
                        Numbers.count("To (days)"),
                        Numbers.count("Dropped: not returned"),
                        Numbers.count("Dropped: returned")),
                ages.rowsOf("from", "to", "D0", "D1"));
        return new Chart(
                "holds",
                "How long dropped follows were held",
                caption(ages),
                List.of(new Chart.Key("unfollowed", "not returned"), new Chart.Key("followed", "returned")),
                pen.draw(),
                numbers.table("Dropped follows by age"),
                numbers,
                "");
    }

    /** The shortest stretch of ages in which more than half of the drops lie. */
    private static String caption(Cells ages) {
        double all = ages.sum("D0") + ages.sum("D1");
        int first = 0;
        int last = ages.rows() - 1;
        for (int from = 0; from < ages.rows(); from++) {
            double dropped = 0;
            for (int to = from; to < ages.rows(); to++) {
                dropped += dropped(ages, to);
                if (2 * dropped > all && length(ages, from, to) < length(ages, first, last)) {
                    first = from;
                    last = to;
                }
            }
        }
        double inside = IntStream.rangeClosed(first, last)
                .mapToDouble(bin -> dropped(ages, bin))
                .sum();
        return "Held for " + Written.number(ages.at(first, "from")) + " to " + Written.number(ages.at(last, "to"))
                + " days: "
                + Written.number(inside) + " of " + Written.number(all)
                + " dropped follows. Areas count: each bar is as wide as the days it stands for.";
    }

    private static double length(Cells ages, int first, int last) {
        return ages.at(last, "to") - ages.at(first, "from");
    }

    private static double dropped(Cells ages, int bin) {
        return ages.at(bin, "D0") + ages.at(bin, "D1");
    }

    private static double width(Cells ages, int bin) {
        return ages.at(bin, "to") - ages.at(bin, "from");
    }
}
