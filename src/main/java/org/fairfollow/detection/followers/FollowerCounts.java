package org.fairfollow.detection.followers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fairfollow.detection.followers.BuysFollowersDetector.Thresholds;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Span;

/** Readings of how many followers an account has, one a UTC day, oldest first; only measured ones. */
final class FollowerCounts {
    private static final long DAY = 86_400;

    /** Longer series say no more about bursts, and the days between two arrivals may be many. */
    private static final int MOST_DAYS = 730;

    /** 31 December 9999. */
    static final long LAST_SECOND = 253_402_300_799L;

    private FollowerCounts() {}

    /** @param margin how far the count may be off, as abbreviated counts are */
    record Reading(long day, double count, double margin) {}

    /** A time that dates can be made of. */
    static boolean isPast(long second, long asOf) {
        return second > 0 && second <= Math.min(asOf, LAST_SECOND);
    }

    /** What the profile showed, without readings that jump and return. */
    static List<Reading> ofProfiles(Dossier dossier, Thresholds.Burst rule) {
        Map<Long, List<Count>> byDay = new TreeMap<>();
        for (ProfileCounters profile : dossier.observations().profiles()) {
            Count followers = profile.followers();
            boolean counts = profile.measured() && isPast(profile.at(), dossier.asOf());
            if (counts && followers != null && followers.count() >= 0) {
                byDay.computeIfAbsent(Math.floorDiv(profile.at(), DAY), day -> new ArrayList<>())
                        .add(followers);
            }
        }
        List<Reading> readings = new ArrayList<>();
        byDay.forEach((day, counts) -> readings.add(reading(day, counts, rule)));
        return newest(withoutOutliers(readings, rule));
    }

    /** The median of the day: one wrong page among several does not make a day. */
    private static Reading reading(long day, Collection<Count> counts, Thresholds.Burst rule) {
        List<Count> sorted = counts.stream()
                .sorted(Comparator.comparingLong(Count::count).thenComparing(Count::exact))
                .toList();
        Count median = sorted.get((sorted.size() - 1) / 2);
        return new Reading(day, median.count(), median.exact() ? 0 : rule.inexact() * median.count());
    }

    /**
     * Archives err by a digit or show another account's page. Such a reading lies off both of its neighbours, to the same
     * side, and much further than they lie apart.
     */
    private static List<Reading> withoutOutliers(List<Reading> readings, Thresholds.Burst rule) {
        List<Reading> kept = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            if (kept.isEmpty() || i + 1 == readings.size()) {
                kept.add(readings.get(i));
                continue;
            }
            double before = kept.getLast().count;
            double here = readings.get(i).count;
            double after = readings.get(i + 1).count;
            double off = Math.min(Math.abs(here - before), Math.abs(here - after));
            boolean peak = (here > before) == (here > after);
            boolean large = off > Math.max(rule.followers(), rule.growth() * Math.min(before, after));
            if (!(peak && large && Math.abs(after - before) <= off / 4)) {
                kept.add(readings.get(i));
            }
        }
        return kept;
    }

    /** What the stream told of arrivals and departures, day by day; nothing when the followers in all are not known. */
    static List<Reading> ofArrivals(Dossier dossier, long total) {
        Map<Long, Long> net = new TreeMap<>();
        long today = Math.floorDiv(Math.min(dossier.asOf(), LAST_SECOND), DAY);
        for (Arrivals.Day day : dossier.arrivals().days()) {
            if (day.day() > 0 && day.day() <= today) {
                net.merge((long) day.day(), (long) day.followed() - day.unfollowed(), Long::sum);
            }
        }
        if (net.isEmpty() || total <= 0) {
            return List.of();
        }
        long last = net.keySet().stream().mapToLong(day -> day).max().orElseThrow();
        long first = Math.max(net.keySet().stream().mapToLong(day -> day).min().orElseThrow(), last - MOST_DAYS + 1);
        long sum = net.entrySet().stream()
                .filter(day -> day.getKey() >= first)
                .mapToLong(Map.Entry::getValue)
                .sum();
        double count = Math.max(0, total - sum);
        List<Reading> readings = new ArrayList<>();
        readings.add(new Reading(first - 1, count, 0));
        for (long day = first; day <= last; day++) {
            count += net.getOrDefault(day, 0L);
            if (net.containsKey(day) || isCovered(dossier, day)) {
                readings.add(new Reading(day, Math.max(0, count), 0));
            }
        }
        return List.copyOf(readings);
    }

    /** A day without arrivals is a reading only if anybody was looking. */
    private static boolean isCovered(Dossier dossier, long day) {
        List<Span> spans = dossier.coverage().spans();
        return spans.isEmpty() || spans.stream().anyMatch(span -> span.contains(day * DAY + DAY / 2));
    }

    private static List<Reading> newest(List<Reading> readings) {
        return List.copyOf(readings.subList(Math.max(0, readings.size() - MOST_DAYS), readings.size()));
    }
}
