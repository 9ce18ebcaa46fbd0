package org.fairfollow.detection.followchurn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.Statistics.Interval;
import org.fairfollow.detection.followchurn.FollowChurnDetector.Thresholds;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.RelationTold;
import org.fairfollow.evidence.ObserverClusters;
import org.fairfollow.evidence.ObserverClusters.Telling;
import org.fairfollow.evidence.Span;
import org.jspecify.annotations.Nullable;

/**
 * The account's follows as observers told of them: people who saw that it followed somebody, and some later that it did
 * no longer. Every account followed counts once.
 *
 * @param unreturned follows that were not told to be returned
 * @param returned follows told to be returned before they were left
 * @param followedFirst accounts told to have followed first; not counted
 * @param independent how many of those who told of unreturned follows left are independent of each other
 */
record ToldLeavings(
        List<Told> unreturned, List<Told> returned, int followedFirst, int independent, Thresholds thresholds) {

    /**
     * One follow as told.
     *
     * @param at when it was seen, Unix epoch seconds UTC
     * @param leftAt when it was seen no longer, at most 28 days later; {@link Span#OPEN} if it was not
     */
    record Told(long at, long leftAt) {
        boolean left() {
            return leftAt != Span.OPEN;
        }
    }

    private static final Comparator<RelationTold> ORDER = Comparator.comparingLong(RelationTold::at)
            .thenComparing(RelationTold::follows)
            .thenComparing(RelationTold::observer);

    static ToldLeavings of(Dossier dossier, Span window, Thresholds thresholds) {
        List<RelationTold> leavings = new ArrayList<>();
        List<Told> unreturned = new ArrayList<>();
        List<Told> returned = new ArrayList<>();
        int followedFirst = 0;
        Map<Integer, List<RelationTold>> byOther = dossier.observations().relations().stream()
                .filter(telling -> telling.at() <= dossier.asOf())
                .sorted(ORDER)
                .collect(Collectors.groupingBy(RelationTold::other, TreeMap::new, Collectors.toList()));
        for (List<RelationTold> tellings : byOther.values()) {
            Story story = Story.of(tellings, window);
            if (story == null) {
                continue;
            }
            if (story.back() <= story.told().at()) {
                followedFirst++;
            } else if (story.back() <= story.told().leftAt() && story.back() != Span.OPEN) {
                returned.add(story.told());
            } else {
                unreturned.add(story.told());
                leavings.addAll(story.leavings());
            }
        }
        int independent = ObserverClusters.count(
                leavings.stream()
                        .map(telling -> new Telling(telling.observer(), telling.at()))
                        .toList(),
                dossier.observations().alsoObserved());
        return new ToldLeavings(unreturned, returned, followedFirst, independent, thresholds);
    }

    /**
     * What was told of one other account.
     *
     * @param back when the other was first seen to follow the account; {@link Span#OPEN} if never
     * @param leavings the tellings that the account had left, each by somebody who had seen it follow
     */
    private record Story(Told told, long back, List<RelationTold> leavings) {
        /** @param tellings in order of time; null without a follow seen in the window */
        static @Nullable Story of(List<RelationTold> tellings, Span window) {
            long at = Span.OPEN;
            long back = Span.OPEN;
            long leftAt = Span.OPEN;
            Set<String> witnesses = new HashSet<>();
            List<RelationTold> leavings = new ArrayList<>();
            for (RelationTold telling : tellings) {
                if (!telling.outward()) {
                    back = telling.follows() ? Math.min(back, telling.at()) : back;
                } else if (telling.follows()) {
                    if (window.contains(telling.at())) {
                        at = Math.min(at, telling.at());
                        witnesses.add(telling.observer());
                    }
                } else if (witnesses.contains(telling.observer()) && telling.at() - at <= LifeTable.HORIZON) {
                    leftAt = Math.min(leftAt, telling.at());
                    leavings.add(telling);
                }
            }
            return at == Span.OPEN ? null : new Story(new Told(at, leftAt), back, leavings);
        }
    }

    private static int left(List<Told> follows) {
        return (int) follows.stream().filter(Told::left).count();
    }

    int left() {
        return left(unreturned);
    }

    int returnedLeft() {
        return left(returned);
    }

    /** Those left, less the part that may have been blocks or suspensions. */
    int leftBeyondDoubt() {
        return (int) Math.floor(left() * (1 - thresholds.told().notLeft()) + 1e-9);
    }

    /** Of the follows not returned, the share left beyond doubt. Whatever is still young counts as kept. */
    double share() {
        return unreturned.isEmpty() ? 0 : (double) leftBeyondDoubt() / unreturned.size();
    }

    Interval share(double z) {
        return Statistics.wilson(leftBeyondDoubt(), unreturned.size(), z);
    }

    /** Enough returned follows were told of to compare with. */
    boolean comparable() {
        return returned.size() >= thresholds.told().returned();
    }

    /** How many times as often unreturned follows were left as returned ones; half a case keeps it finite. */
    double ratio() {
        return share() * (returned.size() + 1) / (returnedLeft() + .5);
    }

    int weeksWithFollows() {
        return weeks(unreturned.stream().map(Told::at).toList());
    }

    int weeksWithLeavings() {
        return weeks(unreturned.stream().filter(Told::left).map(Told::leftAt).toList());
    }

    private static int weeks(List<Long> times) {
        return (int) times.stream()
                .map(time -> DropCalendar.mondayOf(Math.floorDiv(time, ObservedFollow.DAY)))
                .distinct()
                .count();
    }

    /** The pattern shows in what was told. */
    boolean shows() {
        Thresholds.Bar likely = thresholds.likely();
        return unreturned.size() >= thresholds.told().follows()
                && weeksWithFollows() >= likely.weeks()
                && weeksWithLeavings() >= likely.weeks()
                && independent >= thresholds.told().observers()
                && share(thresholds.z()).lower() >= likely.dropped()
                && (!comparable() || ratio() >= likely.ratio());
    }

    long firstAt() {
        return unreturned.stream().mapToLong(Told::at).min().orElse(0);
    }

    long lastEventAt() {
        return unreturned.stream()
                .mapToLong(told -> told.left() ? told.leftAt() : told.at())
                .max()
                .orElse(0);
    }
}
