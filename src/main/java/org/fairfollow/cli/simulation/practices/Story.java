package org.fairfollow.cli.simulation.practices;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Observation;
import org.fairfollow.evidence.Observations;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;
import org.jspecify.annotations.Nullable;

/**
 * All that became known of one invented account, to be cut at any look.
 *
 * @param begins when it began what it is judged for; the first second of the period where that says nothing
 * @param objects when the owner objected; {@link Span#OPEN}: never
 * @param followers who came, as a stream tells; null: there is no stream on its network
 * @param follows its own follows, as a stream tells, oldest first
 * @param told what observers told and measured, each kind oldest first
 */
record Story(
        long begins,
        long objects,
        @Nullable Followers followers,
        List<FollowEpisode> follows,
        Map<Integer, Target> targets,
        Observations told) {

    /** Follows of the whole network that a stream showed deleted, and those of them it never saw made; assumed. */
    private static final long NETWORK_UNFOLLOWS = 100_000;

    private static final long NETWORK_ORPHANS = 800;

    // The newest so many of a kind are loaded, as by the service.
    private static final int PROFILES = 500;
    private static final int RELATIONS = 2_000;
    private static final int MESSAGES = 1_000;
    private static final int FOLLOWER_SAMPLES = 5;
    private static final int POST_SAMPLES = 20;

    static Story of(long begins, Observations told) {
        return new Story(begins, Span.OPEN, null, List.of(), Map.of(), told);
    }

    Story with(Observations others) {
        return new Story(begins, objects, followers, follows, targets, others);
    }

    /** What somebody has in hand at an instant; only what came before it. */
    Dossier asOf(long asOf) {
        List<FollowEpisode> until = follows.stream()
                .filter(follow -> follow.span().from() < asOf)
                .map(follow -> new FollowEpisode(follow.target(), until(follow.span(), asOf)))
                .toList();
        Map<Integer, Target> known = new HashMap<>();
        for (FollowEpisode follow : until) {
            Target target = targets.get(follow.target());
            if (target != null) {
                known.computeIfAbsent(follow.target(), number -> until(target, asOf));
            }
        }
        return new Dossier(
                asOf,
                until,
                known,
                coverage(until, asOf),
                followers == null ? Arrivals.NONE : followers.arrivals(asOf),
                until(told, asOf));
    }

    private Coverage coverage(List<FollowEpisode> until, long asOf) {
        if (followers == null) {
            return new Coverage(List.of(), 0, 0, 0, 0);
        }
        long unfollowed =
                until.stream().filter(follow -> follow.span().to() != Span.OPEN).count();
        return new Coverage(List.of(new Span(Period.FROM, asOf)), NETWORK_UNFOLLOWS, NETWORK_ORPHANS, unfollowed, 0);
    }

    private static Target until(Target target, long asOf) {
        return new Target(
                until(target.followedBack(), asOf),
                daysUntil(target.activeDays(), asOf),
                until(target.gone(), asOf),
                until(target.blocked(), asOf));
    }

    private static List<Span> until(List<Span> spans, long asOf) {
        return spans.stream()
                .filter(span -> span.from() < asOf)
                .map(span -> until(span, asOf))
                .toList();
    }

    static Span until(Span span, long asOf) {
        return span.to() < asOf ? span : new Span(span.from(), Span.OPEN);
    }

    /** Days, ascending, up to that of the last second before the instant. */
    static List<Integer> daysUntil(List<Integer> days, long asOf) {
        int position = Collections.binarySearch(days, Period.dayOf(asOf - 1));
        return days.subList(0, position < 0 ? -position - 1 : position + 1);
    }

    private static Observations until(Observations told, long asOf) {
        List<Observation.RelationTold> relations = newest(told.relations(), asOf, RELATIONS);
        List<Observation.MessageTold> messages = newest(told.messages(), asOf, MESSAGES);
        Set<String> observers = new HashSet<>();
        relations.forEach(relation -> observers.add(relation.observer()));
        messages.forEach(message -> observers.add(message.observer()));
        Map<String, List<Integer>> alsoObserved = new HashMap<>(told.alsoObserved());
        alsoObserved.keySet().retainAll(observers);
        return new Observations(
                newest(told.profiles(), asOf, PROFILES),
                relations,
                messages,
                newest(told.followerSamples(), asOf, FOLLOWER_SAMPLES),
                newest(told.postSamples(), asOf, POST_SAMPLES),
                newest(told.statements(), asOf, Integer.MAX_VALUE),
                alsoObserved);
    }

    private static <T extends Observation> List<T> newest(List<T> facts, long asOf, int most) {
        List<T> before = facts.stream().filter(fact -> fact.at() < asOf).toList();
        return before.subList(Math.max(0, before.size() - most), before.size());
    }
}
