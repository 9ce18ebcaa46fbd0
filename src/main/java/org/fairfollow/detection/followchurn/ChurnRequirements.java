package org.fairfollow.detection.followchurn;

import java.util.ArrayList;
import java.util.List;
import org.fairfollow.detection.Completeness;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.followchurn.FollowChurnDetector.Thresholds;
import org.fairfollow.detection.followchurn.FollowChurnDetector.Thresholds.Bar;

/** What an opinion on follow-churn needs; lists what is lacking, in words for the person judged. */
record ChurnRequirements(Thresholds thresholds) {

    /** Enough was seen, of enough follows: without it there is no opinion. */
    List<Missing> unmetByEvidence(ObservedFollows follows, Completeness completeness) {
        List<Missing> missing = new ArrayList<>();
        if (!completeness.isWhole()) {
            missing.add(completeness.notWhole());
        } else if (!follows.counted().isEmpty()) {
            requireShare(missing, completeness.time(), "of the time watched was seen");
            requireShare(missing, completeness.follows(), "of the follows on the network were seen");
            if (missing.isEmpty()) {
                requireShare(missing, completeness.share(), "follow-backs would have been seen");
            }
        }
        require(
                missing,
                "follows",
                follows.counted().size(),
                thresholds.follows(),
                "Follows that can be judged: %s; at least %s are needed.");
        return missing;
    }

    /** The account's own follows were seen: without it nobody can say that the pattern is absent. */
    List<Missing> unmetByOwnFollows(Completeness completeness) {
        List<Missing> missing = new ArrayList<>();
        requireShare(missing, completeness.ownFollows(), "of the follows this account dropped were seen when made");
        return missing;
    }

    /** Drops come back often enough for a habit. */
    List<Missing> unmetByRepetition(ChurnSample sample, Bar bar) {
        double drops = sample.unreturnedDrops();
        double weeklyDrops = thresholds.weeklyDrops(drops);
        double[] windows = sample.calendar().busiestDropWindows(3);
        List<Missing> missing = new ArrayList<>();
        require(
                missing,
                "unreturned-drops",
                drops,
                bar.drops(),
                "Follows not returned and dropped: %s; at least %s are needed.");
        require(
                missing,
                "weeks-with-follows",
                sample.calendar().weeksWithFollows(thresholds.weeklyFollows()),
                bar.weeks(),
                "Weeks with at least " + thresholds.weeklyFollows() + " follows: %s; at least %s are needed.");
        require(
                missing,
                "weeks-with-drops",
                sample.calendar().weeksWithDrops(weeklyDrops),
                bar.weeks(),
                "Weeks with at least " + Rounded.text(Rounded.up(weeklyDrops, 0))
                        + " drops: %s; at least %s are needed.");
        require(
                missing,
                "drop-windows",
                windows[2],
                thresholds.windowDrops(windows[0]),
                "Drops in the third-busiest three days: %s; at least %s are needed, or they may be a few tidy-up days.");
        return missing;
    }

    /** The numbers are clear enough to tell either way. */
    List<Missing> unmetByCertainty(ChurnEstimate estimate) {
        double most = Rounded.up(estimate.droppedAtMost(thresholds.absentZ()), 2);
        double need = thresholds.likely().dropped();
        String detail = most == 1
                ? "Too few follows were watched for 28 days to tell how many are dropped by then."
                : "Of follows not returned, about %s in 100 were dropped within 28 days, but %s cannot be excluded; it is clear only below %s."
                        .formatted(
                                Rounded.text(Rounded.nearest(100 * estimate.dropped(), 0)),
                                Rounded.text(Rounded.nearest(100 * most, 0)),
                                Rounded.text(100 * need));
        return List.of(new Missing("certainty", most, need, detail));
    }

    private void requireShare(List<Missing> missing, double share, String what) {
        if (share < thresholds.coverage()) {
            String detail = "Only %s in 100 %s; at least %s are needed."
                    .formatted(
                            Rounded.text(Rounded.down(100 * share, 0)),
                            what,
                            Rounded.text(100 * thresholds.coverage()));
            missing.add(new Missing("coverage", Rounded.down(share, 4), thresholds.coverage(), detail));
        }
    }

    private static void require(List<Missing> missing, String code, double have, double need, String detail) {
        if (have < need) {
            String sentence = detail.formatted(Rounded.text(Rounded.down(have, 0)), Rounded.text(Rounded.up(need, 0)));
            missing.add(new Missing(code, have, need, sentence));
        }
    }
}
