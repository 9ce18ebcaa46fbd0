package org.fairfollow.detection.followchurn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fairfollow.detection.followchurn.FollowChurnDetector.Thresholds;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.ProfileCounters;

/**
 * The course of the number of accounts that the account follows: a sawtooth when many come and as many go.
 *
 * @param kept one reading a day, oldest first
 * @param setAside how many readings were set aside because they jump and return, as faulty ones do
 * @param weeks what it rose and fell by, by the first epoch day of each seven days counted back from the newest reading:
 *     on which day of the week somebody looks must not matter
 */
record FollowingTurnover(List<Reading> kept, int setAside, Map<Long, Week> weeks, Thresholds thresholds) {

    record Reading(long at, double following) {}

    record Week(int readings, double rise, double fall) {
        Week plus(Week other) {
            return new Week(readings + other.readings, rise + other.rise, fall + other.fall);
        }
    }

    /** A jump returns if it ends within a tenth of its height from where it began. */
    private static final double RETURNED = .1;

    /**
     * Measured, exact readings only, and all from the observer who took most: readings of two sources that disagree make
     * a sawtooth of their own.
     */
    static FollowingTurnover of(Dossier dossier, Thresholds thresholds) {
        long from = dossier.asOf() - thresholds.turnover().days() * ObservedFollow.DAY;
        Map<String, TreeMap<Long, Reading>> byObserver = new TreeMap<>();
        for (ProfileCounters profile : dossier.observations().profiles()) {
            Count following = profile.following();
            if (profile.measured()
                    && following != null
                    && following.exact()
                    && following.count() >= 0
                    && from < profile.at()
                    && profile.at() <= dossier.asOf()) {
                byObserver
                        .computeIfAbsent(profile.observer(), _ -> new TreeMap<>())
                        .merge(
                                Math.floorDiv(profile.at(), ObservedFollow.DAY),
                                new Reading(profile.at(), following.count()),
                                (one, other) -> LATER.compare(one, other) > 0 ? one : other);
            }
        }
        List<Reading> readings = byObserver.values().stream()
                .map(byDay -> List.copyOf(byDay.values()))
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
        List<Reading> kept = withoutFaults(readings, thresholds.turnover().faulty());
        return new FollowingTurnover(kept, readings.size() - kept.size(), weeks(kept), thresholds);
    }

    private static final Comparator<Reading> LATER =
            Comparator.comparingLong(Reading::at).thenComparingDouble(Reading::following);

    private static List<Reading> withoutFaults(List<Reading> readings, int faulty) {
        List<Reading> kept = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            if (kept.isEmpty()) {
                kept.add(readings.get(i));
                continue;
            }
            i += faultsAt(readings, i, kept.getLast().following, faulty);
            kept.add(readings.get(i));
        }
        return kept;
    }

    /** How many readings from this one on lie apart from those around them. */
    private static int faultsAt(List<Reading> readings, int first, double before, int faulty) {
        for (int run = 1; run <= faulty && first + run < readings.size(); run++) {
            double after = readings.get(first + run).following;
            double lowest = Double.POSITIVE_INFINITY;
            double highest = Double.NEGATIVE_INFINITY;
            for (Reading reading : readings.subList(first, first + run)) {
                lowest = Math.min(lowest, reading.following);
                highest = Math.max(highest, reading.following);
            }
            double jump = Math.max(lowest - Math.max(before, after), Math.min(before, after) - highest);
            if (jump > 0 && Math.abs(after - before) <= RETURNED * jump) {
                return run;
            }
        }
        return 0;
    }

    private static Map<Long, Week> weeks(List<Reading> kept) {
        Map<Long, Week> weeks = new TreeMap<>();
        if (kept.isEmpty()) {
            return weeks;
        }
        long newest = Math.floorDiv(kept.getLast().at, ObservedFollow.DAY);
        for (int i = 0; i < kept.size(); i++) {
            double step = i == 0 ? 0 : kept.get(i).following - kept.get(i - 1).following;
            long day = Math.floorDiv(kept.get(i).at, ObservedFollow.DAY);
            long first = newest - 6 - 7 * ((newest - day) / 7);
            weeks.merge(first, new Week(1, Math.max(0, step), Math.max(0, -step)), Week::plus);
        }
        return weeks;
    }

    double rise() {
        return weeks.values().stream().mapToDouble(Week::rise).sum();
    }

    double fall() {
        return weeks.values().stream().mapToDouble(Week::fall).sum();
    }

    /** Follows that came and went again, counted on both ways. What only grows or only shrinks has none. */
    double turnover() {
        return 2 * Math.min(rise(), fall());
    }

    double mean() {
        return kept.stream().mapToDouble(Reading::following).average().orElse(0);
    }

    /** The turnover as a multiple of the accounts followed on average. */
    double ofMean() {
        return kept.isEmpty() || turnover() == 0 ? 0 : turnover() / mean();
    }

    int weeksWithRises() {
        return (int) weeks.values().stream()
                .filter(week -> week.rise >= thresholds.weeklyFollows())
                .count();
    }

    /** Measured by the most that fell in a window of the main rule, so that a long series asks for no more. */
    int weeksWithFalls() {
        double fewest = thresholds.weeklyDrops(busiestWindow());
        return (int) weeks.values().stream().filter(week -> week.fall >= fewest).count();
    }

    private double busiestWindow() {
        return weeks.keySet().stream()
                .mapToDouble(from -> weeks.entrySet().stream()
                        .filter(week -> from <= week.getKey() && week.getKey() < from + thresholds.windowDays())
                        .mapToDouble(week -> week.getValue().fall())
                        .sum())
                .max()
                .orElse(0);
    }

    /**
     * A sawtooth shows. Weeks are asked for as the main rule asks for them: a move to the network or a few tidy-up days
     * make one or two teeth.
     */
    boolean shows() {
        int weeksNeeded = thresholds.likely().weeks();
        return kept.size() >= thresholds.turnover().readings()
                && turnover() >= thresholds.turnover().follows()
                && ofMean() >= thresholds.turnover().ofMean()
                && weeksWithRises() >= weeksNeeded
                && weeksWithFalls() >= weeksNeeded;
    }

    long firstAt() {
        return kept.isEmpty() ? 0 : kept.getFirst().at;
    }

    /** The newest reading that had fallen; growth alone renews nothing. */
    long lastFallAt() {
        long last = 0;
        for (int i = 1; i < kept.size(); i++) {
            last = kept.get(i).following < kept.get(i - 1).following ? kept.get(i).at : last;
        }
        return last;
    }
}
