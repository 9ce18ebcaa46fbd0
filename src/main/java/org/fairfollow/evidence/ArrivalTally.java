package org.fairfollow.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.fairfollow.evidence.Arrivals.Arrival;

/** Counts the follows of one account as they are read, in any order and in bounded memory however many they are. */
final class ArrivalTally {
    private static final long HOUR = 3_600;
    private static final Comparator<Newcomer> OLDEST_FIRST = Comparator.comparingLong(
                    (Newcomer newcomer) -> newcomer.span.from())
            .thenComparingInt(Newcomer::follower)
            .thenComparingLong(newcomer -> newcomer.span.to());

    private record Newcomer(int follower, Span span) {}

    /** The first hours of a stretch that brought many followers, Unix epoch seconds, half open. */
    record Burst(long from, long to) {}

    private static final class Counts {
        int followed;
        int unfollowed;
    }

    private final PriorityQueue<Newcomer> newest = new PriorityQueue<>(OLDEST_FIRST);
    private final TreeMap<Integer, Counts> days = new TreeMap<>();
    private final TreeMap<Long, Integer> hours = new TreeMap<>();
    private long all;

    void take(int follower, Span span) {
        day(span.from()).followed++;
        if (span.to() != Span.OPEN) {
            day(span.to()).unfollowed++;
        }
        all++;
        hours.merge(span.from() / HOUR, 1, Integer::sum);
        newest.add(new Newcomer(follower, span));
        if (newest.size() > Arrivals.KEPT) {
            newest.remove();
        }
    }

    List<Integer> newcomers() {
        return newest.stream().map(Newcomer::follower).toList();
    }

    /** The hours that brought most followers, the earliest of equals; empty where no such stretch brought enough. */
    Optional<Burst> burst() {
        if (all < Arrivals.BURST_FOLLOWERS) {
            return Optional.empty();
        }
        int most = 0;
        long mostUntil = 0;
        for (var hour : hours.entrySet()) {
            int inWindow =
                    hours.subMap(hour.getKey() - Arrivals.BURST_HOURS + 1, true, hour.getKey(), true).values().stream()
                            .mapToInt(Integer::intValue)
                            .sum();
            if (inWindow > most) {
                most = inWindow;
                mostUntil = hour.getKey() + 1;
            }
        }
        if (most < Arrivals.BURST_FOLLOWERS) {
            return Optional.empty();
        }
        // The first of it will do: whoever draws millions is looked at no longer than others.
        int followers = 0;
        long until = mostUntil - Arrivals.BURST_HOURS;
        while (until < mostUntil && followers < Companions.FOLLOWERS) {
            followers += hours.getOrDefault(until++, 0);
        }
        return Optional.of(new Burst((mostUntil - Arrivals.BURST_HOURS) * HOUR, until * HOUR));
    }

    Arrivals arrivals(
            Map<Integer, Counters> counters,
            Map<Integer, List<Integer>> activeDays,
            List<Arrivals.Companion> companions) {
        List<Arrival> arrivals = newest.stream()
                .sorted(OLDEST_FIRST)
                .map(newcomer -> new Arrival(
                        newcomer.follower,
                        newcomer.span,
                        counters.get(newcomer.follower),
                        activeDays.getOrDefault(newcomer.follower, List.of())))
                .toList();
        List<Arrivals.Day> counted = days.entrySet().stream()
                .map(day -> new Arrivals.Day(day.getKey(), day.getValue().followed, day.getValue().unfollowed))
                .toList();
        return arrivals.isEmpty() ? Arrivals.NONE : new Arrivals(arrivals, counted, companions);
    }

    private Counts day(long second) {
        return days.computeIfAbsent(EdgePartitions.day(second), day -> new Counts());
    }
}
