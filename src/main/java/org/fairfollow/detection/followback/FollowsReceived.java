package org.fairfollow.detection.followback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairfollow.detection.CoveredTime;
import org.fairfollow.detection.followback.AutoFollowBackDetector.Thresholds;
import org.fairfollow.detection.followback.FollowReceived.Look;
import org.fairfollow.detection.followers.Authenticity;
import org.fairfollow.evidence.Arrivals.Arrival;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;

/**
 * The follows that the account received in one window, each follower's first only: coming again changes nothing.
 *
 * @param counted those the rule looks at, oldest first
 * @param excluded how many of the window's it does not look at, by reason
 * @param ownFollows when the account itself followed anybody in the window
 */
record FollowsReceived(List<FollowReceived> counted, Map<Exclusion, Integer> excluded, List<Long> ownFollows) {

    /** Why a follow received is not counted; the first that applies. */
    enum Exclusion {
        /** Younger than 24 hours, so its outcome is open. */
        OPEN,
        /** The stream was not seen for the whole 24 hours after it. */
        UNCOVERED,
        /** The account had followed this follower before, or in the same second: there was nothing to follow back. */
        FOLLOWED_ALREADY,
        /**
         * Withdrawn before anybody could be expected to answer. Left out whatever came of it: to keep only those that
         * were returned in time would make everybody look quick. A follow withdrawn later counts as it was.
         */
        BRIEF
    }

    static FollowsReceived of(Dossier dossier, Thresholds thresholds) {
        Span window = new Span(dossier.asOf() - thresholds.windowDays() * FollowReceived.DAY, dossier.asOf());
        CoveredTime covered = new CoveredTime(dossier.coverage().spans());
        Map<Integer, List<Long>> own = followsByTarget(dossier.follows());
        List<Arrival> firsts = firsts(dossier.arrivals().newest());
        boolean activityRecorded =
                firsts.stream().anyMatch(arrival -> !arrival.activeDays().isEmpty());
        List<FollowReceived> counted = new ArrayList<>();
        Map<Exclusion, Integer> excluded = new EnumMap<>(Exclusion.class);
        for (Arrival arrival : firsts) {
            long at = arrival.span().from();
            if (!window.contains(at)) {
                continue;
            }
            List<Long> follows = own.getOrDefault(arrival.follower(), List.of());
            if (at > dossier.asOf() - FollowReceived.DAY) {
                excluded.merge(Exclusion.OPEN, 1, Integer::sum);
            } else if (covered.until(at) < at + FollowReceived.DAY) {
                excluded.merge(Exclusion.UNCOVERED, 1, Integer::sum);
            } else if (follows.stream().anyMatch(follow -> follow <= at)) {
                excluded.merge(Exclusion.FOLLOWED_ALREADY, 1, Integer::sum);
            } else if (arrival.span().to() < at + thresholds.quickSeconds()) {
                excluded.merge(Exclusion.BRIEF, 1, Integer::sum);
            } else {
                counted.add(new FollowReceived(
                        at, followedBackAt(arrival.span(), follows), look(arrival, activityRecorded, thresholds)));
            }
        }
        counted.sort(Comparator.comparingLong(FollowReceived::at)
                .thenComparingLong(FollowReceived::followedBackAt)
                .thenComparing(FollowReceived::look));
        return new FollowsReceived(counted, excluded, inWindow(dossier.follows(), window));
    }

    int received() {
        return counted.size()
                + excluded.values().stream().mapToInt(Integer::intValue).sum();
    }

    int excluded(Exclusion reason) {
        return excluded.getOrDefault(reason, 0);
    }

    private static Map<Integer, List<Long>> followsByTarget(List<FollowEpisode> follows) {
        Map<Integer, List<Long>> own = new HashMap<>();
        for (FollowEpisode follow : follows) {
            own.computeIfAbsent(follow.target(), _ -> new ArrayList<>(1))
                    .add(follow.span().from());
        }
        return own;
    }

    /** Each follower's first follow; of two at the same time, as a double tap leaves them, the one that lasted longer. */
    private static List<Arrival> firsts(List<Arrival> arrivals) {
        Map<Integer, Arrival> firsts = new HashMap<>();
        for (Arrival arrival : arrivals) {
            firsts.merge(arrival.follower(), arrival, (one, other) -> EARLIER.compare(one, other) <= 0 ? one : other);
        }
        return List.copyOf(firsts.values());
    }

    /** Total for what the rule looks at, so that the order of the evidence does not matter. */
    private static final Comparator<Arrival> EARLIER = Comparator.comparingLong(
                    (Arrival arrival) -> arrival.span().from())
            .thenComparing(
                    Comparator.comparingLong((Arrival arrival) -> arrival.span().to())
                            .reversed())
            .thenComparing(arrival -> String.valueOf(arrival.counters()))
            .thenComparing(arrival -> arrival.activeDays().toString());

    private static long followedBackAt(Span inbound, List<Long> follows) {
        // Following someone who has left again is no answer to their follow.
        return follows.stream()
                .mapToLong(Long::longValue)
                .filter(follow -> follow <= inbound.from() + FollowReceived.DAY && follow <= inbound.to())
                .min()
                .orElse(Span.OPEN);
    }

    private static Look look(Arrival arrival, boolean activityRecorded, Thresholds thresholds) {
        Counters counters = arrival.counters();
        Authenticity.Kind kind = counters == null
                ? Authenticity.Kind.UNKNOWN
                : Authenticity.of(counters, arrival.span().from()).kind();
        return switch (kind) {
            case FAKE, INACTIVE -> Look.THROWAWAY;
            case GENUINE -> Look.OTHER;
            case UNKNOWN -> byActivity(arrival, activityRecorded, thresholds.activeWithinDays());
        };
    }

    /** Silence says something only where activity is recorded at all. */
    private static Look byActivity(Arrival arrival, boolean activityRecorded, int withinDays) {
        if (!activityRecorded) {
            return Look.UNKNOWN;
        }
        long day = Math.floorDiv(arrival.span().from(), FollowReceived.DAY);
        boolean active = arrival.activeDays().stream().anyMatch(other -> Math.abs(other - day) <= withinDays);
        return active ? Look.OTHER : Look.THROWAWAY;
    }

    private static List<Long> inWindow(List<FollowEpisode> follows, Span window) {
        return follows.stream()
                .map(follow -> follow.span().from())
                .filter(window::contains)
                .sorted()
                .toList();
    }
}
