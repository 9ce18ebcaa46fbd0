package org.fairfollow.evidence;

import java.util.List;
import java.util.Map;

/**
 * What observers told of an account, by kind, each oldest first.
 *
 * @param alsoObserved by observer, the other accounts (by number) that the observer told of in the same kinds; bounded
 */
public record Observations(
        List<Observation.ProfileCounters> profiles,
        List<Observation.RelationTold> relations,
        List<Observation.MessageTold> messages,
        List<Observation.FollowerSample> followerSamples,
        List<Observation.PostSample> postSamples,
        List<Observation.OwnerStatement> statements,
        Map<String, List<Integer>> alsoObserved) {
    public static final Observations NONE =
            new Observations(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Map.of());
}
