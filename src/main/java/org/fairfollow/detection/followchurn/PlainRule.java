package org.fairfollow.detection.followchurn;

import org.fairfollow.detection.Statistics;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;
import org.jspecify.annotations.Nullable;

/**
 * The obvious rule for follow-churn, kept as the baseline that {@link FollowChurnDetector} is measured against. It never
 * publishes: by taking reciprocity as of the moment of unfollowing it gives early drops less time to be returned, so it
 * accuses people who drop everything alike, and misses those who hold their follows for longer than 14 days.
 */
public final class PlainRule {
    private static final long WINDOW = 90 * ObservedFollow.DAY;
    private static final long DROPPED_WITHIN = 14 * ObservedFollow.DAY;
    private static final long FEWEST_UNRETURNED = 50;
    private static final double DROPPED = .35;
    private static final double ODDS_RATIO = 3;

    /** One-sided 99 %. */
    private static final double Z = 2.326;

    private PlainRule() {}

    /** Whether the rule would accuse the account. */
    public static boolean accuses(Dossier dossier) {
        // Follows still under 14 days old have no outcome yet, dropped or not: counting only the drops would bias.
        Span window = new Span(dossier.asOf() - WINDOW, dossier.asOf() - DROPPED_WITHIN);
        long unreturnedDropped = 0;
        long unreturnedKept = 0;
        long returnedDropped = 0;
        long returnedKept = 0;
        for (FollowEpisode follow : dossier.follows()) {
            if (!window.contains(follow.span().from())) {
                continue;
            }
            boolean dropped = follow.span().to() - follow.span().from() <= DROPPED_WITHIN;
            boolean returned = returned(dossier.targets().get(follow.target()), follow.span(), dossier.asOf());
            if (dropped && returned) {
                returnedDropped++;
            } else if (dropped) {
                unreturnedDropped++;
            } else if (returned) {
                returnedKept++;
            } else {
                unreturnedKept++;
            }
        }
        long unreturned = unreturnedDropped + unreturnedKept;
        return unreturned >= FEWEST_UNRETURNED
                && Statistics.wilson(unreturnedDropped, unreturned, Z).lower() >= DROPPED
                && oddsRatioAtLeast(unreturnedDropped, unreturnedKept, returnedDropped, returnedKept) >= ODDS_RATIO;
    }

    /** Followed back before the unfollow, or by now if there was none. */
    private static boolean returned(@Nullable Target target, Span follow, long asOf) {
        if (target == null) {
            return false;
        }
        long end = Math.min(follow.to(), asOf);
        return target.followedBack().stream().anyMatch(back -> back.from() <= end);
    }

    /** Lower bound of the odds ratio by Woolf's formula, half a case added to each cell (Haldane, Anscombe). */
    private static double oddsRatioAtLeast(long a, long b, long c, long d) {
        double logRatio = Math.log((a + .5) * (d + .5) / ((b + .5) * (c + .5)));
        double error = Math.sqrt(1 / (a + .5) + 1 / (b + .5) + 1 / (c + .5) + 1 / (d + .5));
        return Math.exp(logRatio - Z * error);
    }
}
