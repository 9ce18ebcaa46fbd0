package org.fairfollow.detection.followchurn;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Follows and drops by UTC day: tells a lasting habit from one or two tidy-up days. */
final class DropCalendar {
    private static final int WINDOW_DAYS = 3;

    /** A Monday, so that every seven days from here on are an ISO week. */
    private final long firstDay;

    private final double[] follows;
    private final double[] unreturnedDrops;
    private final double[] returnedDrops;

    private DropCalendar(long firstDay, double[] follows, double[] unreturnedDrops, double[] returnedDrops) {
        this.firstDay = firstDay;
        this.follows = follows;
        this.unreturnedDrops = unreturnedDrops;
        this.returnedDrops = returnedDrops;
    }

    static DropCalendar of(List<ObservedFollow> follows) {
        long first = follows.stream().mapToLong(ObservedFollow::followDay).min().orElse(0);
        long last =
                follows.stream().mapToLong(ObservedFollow::lastEventDay).max().orElse(0);
        long monday = mondayOf(first);
        int days = Math.toIntExact(mondayOf(last) + 7 - monday);
        DropCalendar calendar = new DropCalendar(monday, new double[days], new double[days], new double[days]);
        for (ObservedFollow follow : follows) {
            calendar.follows[(int) (follow.followDay() - monday)]++;
            if (follow.dropped()) {
                double[] drops = follow.returned() ? calendar.returnedDrops : calendar.unreturnedDrops;
                drops[(int) (follow.lastEventDay() - monday)]++;
            }
        }
        return calendar;
    }

    /** Monday of the ISO week of a UTC epoch day; day 0 was a Thursday. */
    static long mondayOf(long day) {
        return Math.floorDiv(day + 3, 7) * 7 - 3;
    }

    /** The calendar as if this share of the drops of unreturned follows had been of returned ones. */
    DropCalendar withDropsReturned(double share) {
        double[] kept = Arrays.stream(unreturnedDrops).map(d -> d * (1 - share)).toArray();
        double[] returned = IntStream.range(0, kept.length)
                .mapToDouble(day -> returnedDrops[day] + unreturnedDrops[day] - kept[day])
                .toArray();
        return new DropCalendar(firstDay, follows, kept, returned);
    }

    /** How many ISO weeks hold at least so many follows. */
    int weeksWithFollows(double fewest) {
        return weeksWith(follows, fewest);
    }

    /** How many ISO weeks hold at least so many drops of unreturned follows. */
    int weeksWithDrops(double fewest) {
        return weeksWith(unreturnedDrops, fewest);
    }

    private static int weeksWith(double[] daily, double fewest) {
        return (int)
                Arrays.stream(byWeek(daily)).filter(count -> count >= fewest).count();
    }

    private static double[] byWeek(double[] daily) {
        double[] weekly = new double[daily.length / 7];
        for (int day = 0; day < daily.length; day++) {
            weekly[day / 7] += daily[day];
        }
        return weekly;
    }

    /** The UTC epoch days with most drops of unreturned follows; the earlier of equals. */
    Set<Long> busiestDropDays(int count) {
        return IntStream.range(0, unreturnedDrops.length)
                .boxed()
                .sorted(Comparator.comparingDouble(day -> -unreturnedDrops[day]))
                .limit(count)
                .map(day -> firstDay + day)
                .collect(Collectors.toSet());
    }

    /**
     * Drops of unreturned follows in the busiest three days, then in the busiest three days apart from those, and so
     * on; the earlier of equals.
     */
    double[] busiestDropWindows(int count) {
        // A margin of nothing, so that a window may hang over either end.
        int margin = WINDOW_DAYS - 1;
        double[] left = new double[unreturnedDrops.length + 2 * margin];
        System.arraycopy(unreturnedDrops, 0, left, margin, unreturnedDrops.length);
        boolean[] taken = new boolean[left.length];
        double[] busiest = new double[count];
        for (int i = 0; i < count; i++) {
            int best = -1;
            double most = 0;
            for (int day = 0; day + WINDOW_DAYS <= left.length; day++) {
                double drops = left[day] + left[day + 1] + left[day + 2];
                if (drops > most && !taken[day] && !taken[day + 1] && !taken[day + 2]) {
                    best = day;
                    most = drops;
                }
            }
            if (best < 0) {
                break;
            }
            Arrays.fill(taken, best, best + WINDOW_DAYS, true);
            busiest[i] = most;
        }
        return busiest;
    }

    /** One row a week: epoch day of its Monday, follows, drops of unreturned and of returned follows. */
    List<List<Double>> weeks() {
        double[] followed = byWeek(follows);
        double[] unreturned = byWeek(unreturnedDrops);
        double[] returned = byWeek(returnedDrops);
        return IntStream.range(0, followed.length)
                .mapToObj(week -> List.of(firstDay + 7.0 * week, followed[week], unreturned[week], returned[week]))
                .toList();
    }
}
