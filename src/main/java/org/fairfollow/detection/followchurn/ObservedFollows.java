package org.fairfollow.detection.followchurn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.fairfollow.detection.CoveredTime;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;

/**
 * The follows of one window, each observed to the age of 28 days or until it is dropped or out of sight.
 *
 * @param counted those the rule looks at
 * @param excluded how many of the window's follows it does not look at, by reason
 */
record ObservedFollows(List<ObservedFollow> counted, Map<Exclusion, Integer> excluded) {

    /** Why a follow is not counted; the first that applies. */
    enum Exclusion {
        /** Made while the stream was not seen, so nobody knows what came next. */
        UNCOVERED,
        /** The target was gone or blocked, or blocking, at that moment. */
        UNREACHABLE,
        /**
         * The target followed first, even if it had stopped before: the account answered someone it knew of. Counting
         * those would only accuse people who follow back and then part again.
         */
        FOLLOWED_FIRST,
        /** The target showed no activity around the follow: silent accounts neither answer nor get kept. */
        SILENT
    }

    private static final Target UNKNOWN = new Target(List.of(), List.of(), List.of(), List.of());

    static ObservedFollows of(Dossier dossier, Span window, FollowChurnDetector.Thresholds thresholds) {
        CoveredTime covered = new CoveredTime(dossier.coverage().spans());
        List<ObservedFollow> counted = new ArrayList<>(dossier.follows().size());
        Map<Exclusion, Integer> excluded = new EnumMap<>(Exclusion.class);
        FollowEpisode previous = null;
        for (FollowEpisode follow : relations(dossier.follows())) {
            boolean again = previous != null && previous.target() == follow.target();
            previous = follow;
            if (!window.contains(follow.span().from())) {
                continue;
            }
            Target target = dossier.targets().getOrDefault(follow.target(), UNKNOWN);
            long at = follow.span().from();
            long coveredUntil = covered.until(at);
            long reachableUntil = reachableUntil(target, at);
            if (coveredUntil <= at) {
                excluded.merge(Exclusion.UNCOVERED, 1, Integer::sum);
            } else if (reachableUntil <= at) {
                excluded.merge(Exclusion.UNREACHABLE, 1, Integer::sum);
            } else if (followedFirst(target, at)) {
                excluded.merge(Exclusion.FOLLOWED_FIRST, 1, Integer::sum);
            } else if (!live(target, at, thresholds.activeWithinDays())) {
                excluded.merge(Exclusion.SILENT, 1, Integer::sum);
            } else {
                long sight = Math.min(Math.min(coveredUntil, reachableUntil), window.to());
                counted.add(observe(follow.span(), target, sight, again, thresholds.activeWithinDays()));
            }
        }
        return new ObservedFollows(counted, excluded);
    }

    int inWindow() {
        return counted.size()
                + excluded.values().stream().mapToInt(Integer::intValue).sum();
    }

    int excluded(Exclusion reason) {
        return excluded.getOrDefault(reason, 0);
    }

    /**
     * The follows by target and time. Two records at the same time for one target, as a double tap leaves them, are one
     * relation: deleting the spare one drops nobody.
     */
    static List<FollowEpisode> relations(List<FollowEpisode> follows) {
        List<FollowEpisode> sorted = new ArrayList<>(follows);
        sorted.sort(Comparator.comparingInt(FollowEpisode::target)
                .thenComparingLong(follow -> follow.span().from())
                .thenComparingLong(follow -> follow.span().to()));
        List<FollowEpisode> relations = new ArrayList<>(sorted.size());
        for (FollowEpisode follow : sorted) {
            if (!relations.isEmpty() && overlap(relations.getLast(), follow)) {
                Span earlier = relations.removeLast().span();
                long to = Math.max(earlier.to(), follow.span().to());
                relations.add(new FollowEpisode(follow.target(), new Span(earlier.from(), to)));
            } else {
                relations.add(follow);
            }
        }
        return relations;
    }

    private static boolean overlap(FollowEpisode earlier, FollowEpisode later) {
        return earlier.target() == later.target()
                && later.span().from() < earlier.span().to();
    }

    private static ObservedFollow observe(Span follow, Target target, long sight, boolean again, int activeWithinDays) {
        long at = follow.from();
        long end = Math.min(at + LifeTable.HORIZON, sight);
        // What happens in the very second in which sight ends is not held against the account.
        boolean dropped = follow.to() < end;
        long age = Math.min(follow.to(), end) - at;
        boolean lively = activeDays(target, at, 1, activeWithinDays, 2) == 2;
        return new ObservedFollow(at, age, dropped, returnedAge(target, at), lively, again);
    }

    private static long reachableUntil(Target target, long at) {
        return Math.min(firstFrom(target.gone(), at), firstFrom(target.blocked(), at));
    }

    /** Start of the first span that has not ended at an instant; {@link Span#OPEN} without one. */
    private static long firstFrom(List<Span> spans, long at) {
        long first = Span.OPEN;
        for (Span span : spans) {
            if (span.to() > at) {
                first = Math.min(first, span.from());
            }
        }
        return first;
    }

    private static boolean followedFirst(Target target, long at) {
        return target.followedBack().stream().anyMatch(back -> back.from() <= at);
    }

    private static long returnedAge(Target target, long at) {
        long back = firstFrom(target.followedBack(), at);
        return back == Span.OPEN ? ObservedFollow.NEVER : back - at;
    }

    private static boolean live(Target target, long at, int withinDays) {
        return activeDays(target, at, -withinDays, withinDays, 1) == 1;
    }

    /** Active days from {@code first} to {@code last} days after the day of the follow; counts up to {@code enough}. */
    private static int activeDays(Target target, long at, int first, int last, int enough) {
        long followDay = Math.floorDiv(at, ObservedFollow.DAY);
        int active = 0;
        for (int day : target.activeDays()) {
            if (followDay + first <= day && day <= followDay + last && ++active == enough) {
                return active;
            }
        }
        return active;
    }
}
