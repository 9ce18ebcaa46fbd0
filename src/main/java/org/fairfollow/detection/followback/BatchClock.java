package org.fairfollow.detection.followback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.Statistics.Interval;
import org.fairfollow.detection.followback.AutoFollowBackDetector.Thresholds;

/**
 * How far follow-backs come by the clock: how many batches of them begin in the same three minutes of the hour (or half
 * hour, or third of one), or follow the batch before after the same time to within a minute and a half. People who sit
 * down to it every evening, or on the same train every morning, are minutes to hours off; a test of χ² on the minute of
 * the hour would accuse them.
 *
 * @param period seconds after which the clock strikes again; 0: batches follow each other after {@code position}
 * @param position second of the period at which the window begins, or seconds from one batch to the next
 * @param hits batches, or gaps between batches, that keep to the clock
 * @param n batches, or gaps between batches
 */
record BatchClock(long period, long position, int hits, int n) {
    static final BatchClock NONE = new BatchClock(0, 0, 0, 0);

    double share() {
        return n == 0 ? 0 : (double) hits / n;
    }

    Interval share(double z) {
        return Statistics.wilson(hits, n, z);
    }

    /** The clock that the events keep to best; of equals the longest period. */
    static BatchClock of(List<Long> times, Thresholds thresholds) {
        return all(times, thresholds).stream()
                .max(Comparator.comparingDouble((BatchClock clock) ->
                                clock.share(thresholds.z()).lower())
                        .thenComparingLong(BatchClock::period))
                .orElse(NONE);
    }

    /** The most of the batches that any clock could account for. */
    static double shareAtMost(List<Long> times, Thresholds thresholds) {
        return all(times, thresholds).stream()
                .mapToDouble(clock -> clock.share(thresholds.absentZ()).upper())
                .max()
                .orElse(1);
    }

    /** Share of other events that this clock would account for as well. */
    double shareOf(List<Long> times, Thresholds thresholds) {
        List<Long> values = period == 0 ? gaps(batches(times, thresholds)) : times;
        return values.isEmpty() ? 0 : (double) hits(values, thresholds) / values.size();
    }

    private static List<BatchClock> all(List<Long> times, Thresholds thresholds) {
        List<Long> batches = batches(times, thresholds);
        List<BatchClock> clocks = new ArrayList<>();
        for (int minutes : thresholds.clockMinutes()) {
            clocks.add(striking(batches, minutes * 60L, thresholds));
        }
        clocks.add(recurring(gaps(batches), thresholds));
        return clocks;
    }

    /** When batches begin: an event more than ten minutes after the one before begins another. */
    static List<Long> batches(List<Long> times, Thresholds thresholds) {
        List<Long> starts = new ArrayList<>();
        long previous = 0;
        for (long time : times.stream().sorted().toList()) {
            if (starts.isEmpty() || time - previous > thresholds.quickSeconds()) {
                starts.add(time);
            }
            previous = time;
        }
        return starts;
    }

    private static List<Long> gaps(List<Long> starts) {
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < starts.size(); i++) {
            gaps.add(starts.get(i) - starts.get(i - 1));
        }
        return gaps;
    }

    private static BatchClock striking(List<Long> batches, long period, Thresholds thresholds) {
        long[] phases = batches.stream()
                .mapToLong(batch -> Math.floorMod(batch, period))
                .sorted()
                .toArray();
        BatchClock best = new BatchClock(period, 0, 0, phases.length);
        int end = 0;
        // A window with most batches in it can be moved until it begins with one; it may run over the period's end.
        for (int begin = 0; begin < phases.length; begin++) {
            while (end < begin + phases.length && since(phases, begin, end, period) < thresholds.clockSeconds()) {
                end++;
            }
            if (end - begin > best.hits) {
                best = new BatchClock(period, phases[begin], end - begin, phases.length);
            }
        }
        return best;
    }

    private static long since(long[] phases, int begin, int end, long period) {
        return end < phases.length ? phases[end] - phases[begin] : phases[end - phases.length] + period - phases[begin];
    }

    private static BatchClock recurring(List<Long> gaps, Thresholds thresholds) {
        if (gaps.isEmpty()) {
            return NONE;
        }
        long median = gaps.stream().sorted().toList().get(gaps.size() / 2);
        BatchClock clock = new BatchClock(0, median, 0, gaps.size());
        return new BatchClock(0, median, clock.hits(gaps, thresholds), gaps.size());
    }

    private int hits(List<Long> values, Thresholds thresholds) {
        return (int) values.stream()
                .filter(value -> period == 0
                        ? 2 * Math.abs(value - position) <= thresholds.clockSeconds()
                        : Math.floorMod(value - position, period) < thresholds.clockSeconds())
                .count();
    }
}
