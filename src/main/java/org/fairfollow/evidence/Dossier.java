package org.fairfollow.evidence;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One account's evidence as of an instant: all that a detector may look at.
 *
 * @param asOf when it was put together, Unix epoch seconds UTC; nothing in it is later
 * @param follows the account's follows, oldest first; ties ordered by target
 * @param targets what is known of each followed account, by its number
 * @param coverage how much of the stream was seen
 * @param arrivals who followed the account
 * @param observations what observers told
 */
public record Dossier(
        long asOf,
        List<FollowEpisode> follows,
        Map<Integer, Target> targets,
        Coverage coverage,
        Arrivals arrivals,
        Observations observations) {

    /** Dossiers that were kept before there were arrivals and observations have none. */
    public Dossier(
            long asOf,
            List<FollowEpisode> follows,
            Map<Integer, Target> targets,
            Coverage coverage,
            @Nullable Arrivals arrivals,
            @Nullable Observations observations) {
        this.asOf = asOf;
        this.follows = follows;
        this.targets = targets;
        this.coverage = coverage;
        this.arrivals = arrivals == null ? Arrivals.NONE : arrivals;
        this.observations = observations == null ? Observations.NONE : observations;
    }

    /** What the stream told of the account's own follows, and nothing else. */
    public Dossier(long asOf, List<FollowEpisode> follows, Map<Integer, Target> targets, Coverage coverage) {
        this(asOf, follows, targets, coverage, Arrivals.NONE, Observations.NONE);
    }

    /** Nothing seen. */
    public static Dossier empty(long asOf) {
        return new Dossier(asOf, List.of(), Map.of(), new Coverage(List.of(), 0, 0, 0, 0));
    }
}
