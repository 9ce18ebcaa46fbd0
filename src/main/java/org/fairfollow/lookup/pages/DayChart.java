package org.fairfollow.lookup.pages;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fairfollow.detection.Finding;
import org.fairfollow.lookup.EvidenceLookup;

/**
 * Follows upwards and unfollows downwards: the newest days, a bar a day, and, where there are more than those, all of the time by
 * week or month.
 *
 * @param from first day, UTC
 * @param followed a number a day
 * @param unfollowed as many
 */
record DayChart(LocalDate from, List<Integer> followed, List<Integer> unfollowed) {
    /** What a verdict looks back on. */
    private static final int NEWEST = 90;

    /** Up to so many days, weeks are told apart; from there on, months. */
    private static final int BY_WEEK = 730;

    private static final int LABELS = 5;
    /** Dates with their year are longer. */
    private static final int DATED_LABELS = 3;

    /** Fewer follows come in bursts by chance. */
    private static final int FEWEST = 20;

    private static final int FEWEST_DAYS = 14;
    /** Half of something on fewer than this share of the days comes in bursts. */
    private static final double BURST = .15;

    private static final List<Chart.Key> KEYS =
            List.of(new Chart.Key("followed", "followed"), new Chart.Key("unfollowed", "unfollowed"));

    /** From the days of the evidence; empty without. */
    static List<Chart> of(List<EvidenceLookup.Series> series) {
        Optional<EvidenceLookup.Series> followed = named(series, "followed");
        Optional<EvidenceLookup.Series> unfollowed = named(series, "unfollowed");
        if (followed.isEmpty()
                || unfollowed.isEmpty()
                || followed.get().values().isEmpty()
                || followed.get().values().size() != unfollowed.get().values().size()) {
            return List.of();
        }
        DayChart all = new DayChart(
                LocalDate.ofInstant(followed.get().from(), ZoneOffset.UTC),
                followed.get().values(),
                unfollowed.get().values());
        return all.days() <= NEWEST
                ? List.of(all.byDay())
                : List.of(all.newest().byDay(), all.inAll());
    }

    /** From the small picture of a verdict: what there is while the evidence is away. */
    static Chart of(Finding.Spark spark) {
        return new DayChart(spark.from(), spark.followed(), spark.unfollowed()).byDay();
    }

    private static Optional<EvidenceLookup.Series> named(List<EvidenceLookup.Series> series, String id) {
        return series.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    private int days() {
        return followed.size();
    }

    private DayChart newest() {
        int skipped = days() - NEWEST;
        return new DayChart(
                from.plusDays(skipped), followed.subList(skipped, days()), unfollowed.subList(skipped, days()));
    }

    private Chart byDay() {
        Drawing.Pen pen = UpDown.draw(doubles(followed), doubles(unfollowed));
        int weeks = Math.max(1, Math.ceilDiv(days(), LABELS * 7));
        double slot = (double) Drawing.WIDTH / days();
        // The last label needs room to its right.
        for (int day = 0; day == 0 || day * slot < .86 * Drawing.WIDTH; day += 7 * weeks) {
            UpDown.writeBelow(pen, day * slot, Written.dayOfYear(from.plusDays(day)));
        }
        Numbers numbers = numbers(days -> days, "Day (UTC)");
        return new Chart(
                "days",
                "Followed and unfollowed, by day",
                balance() + bursts() + totals(),
                KEYS,
                pen.draw(),
                numbers.table("Follows and unfollows by day (UTC)"),
                numbers,
                live());
    }

    private Chart inAll() {
        boolean byWeek = days() <= BY_WEEK;
        UnaryOperator<LocalDate> beginning = byWeek
                ? day -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                : day -> day.withDayOfMonth(1);
        Numbers grouped = numbers(beginning, byWeek ? "Week from" : "Month from");
        Drawing.Pen pen = UpDown.draw(column(grouped, 1), column(grouped, 2));
        writeMonths(pen, column(grouped, 0));
        return new Chart(
                "years",
                byWeek ? "All that is known, by week" : "All that is known, by month",
                balance() + totals(),
                KEYS,
                pen.draw(),
                grouped.table(byWeek ? "Follows and unfollows by week (UTC)" : "Follows and unfollows by month (UTC)"),
                numbers(day -> day, "Day (UTC)"),
                live());
    }

    /** The first days of some months, below the bars in which they lie. */
    private static void writeMonths(Drawing.Pen pen, List<Double> firstDays) {
        double slot = (double) Drawing.WIDTH / firstDays.size();
        LocalDate first = LocalDate.ofEpochDay(firstDays.getFirst().longValue());
        LocalDate last = LocalDate.ofEpochDay(firstDays.getLast().longValue());
        List<Integer> steps = List.of(1, 2, 3, 6, 12, 24, 48, 120);
        long months = Math.max(1, (last.toEpochDay() - first.toEpochDay()) / 30);
        int step = steps.stream()
                .filter(one -> months / one < DATED_LABELS)
                .findFirst()
                .orElse(steps.getLast());
        LocalDate month = first.withDayOfMonth(1);
        if (step < 12 && month.isBefore(first)) {
            month = month.plusMonths(1);
        } else if (step >= 12) {
            month = month.withDayOfYear(1);
            month = month.isBefore(first) ? month.plusYears(1) : month;
        }
        for (; !month.isAfter(last); month = month.plusMonths(step)) {
            double at = month.toEpochDay();
            int bar = (int) firstDays.stream().filter(day -> day <= at).count() - 1;
            if (bar * slot < .76 * Drawing.WIDTH) {
                UpDown.writeBelow(pen, Math.max(0, bar) * slot, Written.day(month));
            }
        }
    }

    private Numbers numbers(UnaryOperator<LocalDate> beginning, String heading) {
        List<List<Double>> rows = new ArrayList<>();
        for (int day = 0; day < days(); day++) {
            double begins = beginning.apply(from.plusDays(day)).toEpochDay();
            List<Double> before = rows.isEmpty() ? List.of(Double.NaN) : rows.getLast();
            if (before.getFirst() == begins) {
                rows.removeLast();
                rows.add(List.of(begins, before.get(1) + followed.get(day), before.get(2) + unfollowed.get(day)));
            } else {
                rows.add(List.of(begins, (double) followed.get(day), (double) unfollowed.get(day)));
            }
        }
        return new Numbers(List.of(Numbers.day(heading), Numbers.count("Follows"), Numbers.count("Unfollows")), rows);
    }

    private static List<Double> column(Numbers numbers, int at) {
        return numbers.rows().stream().map(row -> row.get(at)).toList();
    }

    private static List<Double> doubles(List<Integer> values) {
        return values.stream().map(Integer::doubleValue).toList();
    }

    private String balance() {
        long up = sum(followed);
        long down = sum(unfollowed);
        if (up == 0 || down == 0) {
            return up > 0 ? "No follow was taken back. " : "";
        }
        return "Unfollows for every 100 follows: " + Written.number(Math.rint(100.0 * down / up)) + ". ";
    }

    private String bursts() {
        int up = daysOfHalf(followed);
        int down = daysOfHalf(unfollowed);
        String days = " of " + days() + " days. ";
        if (up > 0 && down > 0) {
            return "Both come in bursts: half of the follows on " + up + ", half of the unfollows on " + down + days;
        }
        if (up > 0) {
            return "Follows come in bursts: half of them on " + up + days;
        }
        return down > 0 ? "Unfollows come in bursts: half of them on " + down + days : "";
    }

    /** On how many days half of it happened; 0 where it did not come in bursts. */
    private static int daysOfHalf(List<Integer> values) {
        if (values.size() < FEWEST_DAYS || sum(values) < FEWEST) {
            return 0;
        }
        List<Integer> most = values.stream().sorted(Collections.reverseOrder()).toList();
        long sum = 0;
        int days = 0;
        while (2 * sum < sum(values)) {
            sum += most.get(days++);
        }
        return days <= BURST * values.size() ? days : 0;
    }

    private String totals() {
        return "From " + Written.day(from) + " to " + Written.day(from.plusDays(days() - 1L))
                + ", counted in the verdict or not: " + Written.number(sum(followed)) + " follows, "
                + Written.number(sum(unfollowed)) + " unfollows.";
    }

    private String live() {
        return "{\"kind\":\"days\",\"x\":" + from.toEpochDay() + ",\"y\":[" + list(followed) + "," + list(unfollowed)
                + "]}";
    }

    private static String list(List<Integer> values) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> values.get(i).toString())
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static long sum(List<Integer> values) {
        return values.stream().mapToLong(Integer::longValue).sum();
    }
}
