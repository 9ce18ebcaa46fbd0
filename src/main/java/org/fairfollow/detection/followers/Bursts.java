package org.fairfollow.detection.followers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.followers.BuysFollowersDetector.Thresholds;
import org.fairfollow.detection.followers.FollowerCounts.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Finds gains of followers far beyond what is usual, and what became of them. A post that went round the world makes such
 * a gain too, but it fades over days; a delivery ends when it is complete.
 */
final class Bursts {
    /** A median of less is no rate to take ten times of. */
    private static final double LEAST_DAILY = 1;

    /** From a median absolute deviation to the standard deviation of a normal distribution. */
    private static final double NORMAL_DEVIATION = 1.4826;

    private final List<Reading> readings;
    private final Thresholds.Burst rule;
    private final double usual;
    private final double variance;

    private Bursts(List<Reading> readings, Thresholds.Burst rule) {
        this.readings = readings;
        this.rule = rule;
        double[] rates =
                IntStream.range(1, readings.size()).mapToDouble(this::rate).toArray();
        double median = median(rates);
        this.usual = Math.max(LEAST_DAILY, median);
        double deviation = NORMAL_DEVIATION
                * median(Arrays.stream(rates)
                        .map(rate -> Math.abs(rate - median))
                        .toArray());
        this.variance = deviation * deviation;
    }

    /**
     * A gain beyond the usual.
     *
     * @param firstDay UTC epoch day before which it had not begun
     * @param before followers then, or earlier if there were more
     * @param times how many times the usual gain a day at its height
     * @param afterTimes gained a day once it had passed its height, in times the usual; null: nobody looked
     * @param lost share of the gain lost again within 60 days
     * @param ended it ended at once
     * @param shrank so much was lost that it counts
     */
    record Burst(
            long firstDay,
            long lastDay,
            double before,
            double gained,
            double times,
            @Nullable Double afterTimes,
            double lost,
            boolean ended,
            boolean shrank) {
        boolean counts() {
            return ended || shrank;
        }
    }

    static List<Burst> find(List<Reading> readings, Thresholds.Burst rule) {
        return readings.size() < rule.readings() ? List.of() : new Bursts(readings, rule).find();
    }

    /** Gained a day from the reading before. */
    private double rate(int reading) {
        return (readings.get(reading).count() - readings.get(reading - 1).count()) / days(reading);
    }

    private double days(int reading) {
        return readings.get(reading).day() - readings.get(reading - 1).day();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private boolean isSteep(int reading) {
        return reading < readings.size()
                && days(reading) <= rule.spacingDays()
                && rate(reading) >= rule.times() * usual;
    }

    private List<Burst> find() {
        List<Burst> bursts = new ArrayList<>();
        for (int from = 1; from < readings.size(); from++) {
            if (!isSteep(from)) {
                continue;
            }
            int to = from;
            while (isSteep(to + 1)) {
                to++;
            }
            Burst burst = burst(from, to);
            if (burst != null) {
                bursts.add(burst);
            }
            from = to;
        }
        return List.copyOf(bursts);
    }

    /** @param from the first steep reading, and {@code to} the last */
    private @Nullable Burst burst(int from, int to) {
        Reading start = readings.get(from - 1);
        Reading end = readings.get(to);
        // An archive that showed too few for a while and then the truth has gained nothing.
        Reading before = readings.subList(0, from).stream()
                .max(Comparator.comparingDouble(Reading::count))
                .orElse(start);
        double gained = end.count() - end.margin() - before.count() - before.margin();
        double days = end.day() - start.day();
        if (days > rule.longestDays()
                || start.day() - readings.getFirst().day() < rule.afterDays()
                || gained < Math.max(rule.followers(), rule.growth() * before.count())
                || Statistics.negativeBinomialTail(gained, usual * days, variance * days) > rule.chance()) {
            return null;
        }
        double low = end.count();
        for (int i = to + 1; i < readings.size() && readings.get(i).day() - end.day() <= rule.lostDays(); i++) {
            double step = readings.get(i - 1).count() - readings.get(i).count();
            if (step >= rule.atOnce() * gained) {
                return null;
            }
            low = Math.min(low, readings.get(i).count() + readings.get(i).margin());
        }
        double lost = Math.max(0, end.count() - end.margin() - low) / gained;
        double height =
                IntStream.rangeClosed(from, to).mapToDouble(this::rate).max().orElseThrow();
        Double after = after(from, to, height / 2);
        return new Burst(
                start.day(),
                end.day(),
                before.count(),
                gained,
                height / usual,
                after == null ? null : Double.valueOf(after / usual),
                Math.min(1, lost),
                after != null && after <= Math.min(rule.afterTimes() * usual, rule.afterShare() * height),
                lost >= rule.lost());
    }

    /**
     * Gained a day once its height had passed; null when nobody looked soon enough. The first reading after the last one of
     * at least half its height is left out: a delivery may have ended in the middle of it.
     */
    private @Nullable Double after(int from, int to, double halfHeight) {
        int last = IntStream.rangeClosed(from, to)
                .filter(i -> rate(i) >= halfHeight)
                .max()
                .orElse(to);
        if (last + 1 >= readings.size() || days(last + 1) > rule.spacingDays()) {
            return null;
        }
        Reading end = readings.get(last + 1);
        for (Reading later : readings.subList(last + 2, readings.size())) {
            double days = later.day() - end.day();
            if (days >= rule.afterDays()) {
                double gained = later.count() + later.margin() - end.count() + end.margin();
                return days > 3.0 * rule.afterDays() ? null : Double.valueOf(gained / days);
            }
        }
        return null;
    }
}
