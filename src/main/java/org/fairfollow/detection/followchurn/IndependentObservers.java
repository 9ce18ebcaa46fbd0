package org.fairfollow.detection.followchurn;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairfollow.evidence.Observation.RelationTold;

/** Counts observers that cannot be one person, or one group that arrived together. */
interface IndependentObservers {
    /** A brigade tells what it tells within two days. */
    long APART_SECONDS = 48 * 3_600;

    int among(Collection<RelationTold> tellings, Map<String, List<Integer>> alsoObserved);

    /**
     * How many observers told their first more than 48 hours apart from each other. Telling more, or earlier, within the
     * time of others never adds one.
     */
    static int farApart(Collection<RelationTold> tellings, Map<String, List<Integer>> alsoObserved) {
        Map<String, Long> firsts = new HashMap<>();
        tellings.forEach(telling -> firsts.merge(telling.observer(), telling.at(), Math::min));
        int independent = 0;
        long last = 0;
        for (long first : firsts.values().stream().sorted().toList()) {
            if (independent == 0 || first - last > APART_SECONDS) {
                independent++;
                last = first;
            }
        }
        return independent;
    }
}
