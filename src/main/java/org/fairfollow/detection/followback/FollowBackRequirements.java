package org.fairfollow.detection.followback;

import java.util.ArrayList;
import java.util.List;
import org.fairfollow.detection.Completeness;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.followback.AutoFollowBackDetector.Thresholds;
import org.fairfollow.detection.followback.FollowBackSample.Part;

/** What an opinion on auto-follow-back needs; lists what is lacking, in words for the person judged. */
record FollowBackRequirements(Thresholds thresholds) {

    /** Enough was seen, of enough follows received: without it there is no opinion. */
    List<Missing> unmetByEvidence(FollowBackSample sample, Completeness completeness) {
        List<Missing> missing = new ArrayList<>();
        if (!completeness.isWhole()) {
            missing.add(completeness.notWhole());
        }
        missing.addAll(unmetByNumber(sample));
        if (missing.isEmpty() && completeness.share() < thresholds.coverage()) {
            missing.add(new Missing(
                    "coverage",
                    Rounded.down(completeness.share(), 4),
                    thresholds.coverage(),
                    "Only %s in 100 follow-backs would have been seen; at least %s are needed."
                            .formatted(
                                    Rounded.text(Rounded.down(100 * completeness.share(), 0)),
                                    text(thresholds.coverage()))));
        }
        return missing;
    }

    List<Missing> unmetByNumber(FollowBackSample sample) {
        List<Missing> missing = new ArrayList<>();
        require(
                missing,
                "follows-received",
                sample.returned().of(),
                thresholds.received(),
                "Follows received that can be judged: %d; at least %d are needed.");
        return missing;
    }

    /** There are followers of both kinds, so that it can be told whether they are treated alike. */
    List<Missing> unmetByComparison(FollowBackSample sample) {
        List<Missing> missing = new ArrayList<>();
        require(
                missing,
                "throwaway-followers",
                sample.throwaways().of(),
                thresholds.compared(),
                "Followers that look thrown away: %d; at least %d are needed to tell whether anybody is followed back.");
        require(
                missing,
                "other-followers",
                sample.others().of(),
                thresholds.compared(),
                "Followers that do not look thrown away: %d; at least %d are needed to compare with.");
        return missing;
    }

    /** Its follows were seen: a follow-back that was lost is no sign of restraint. */
    List<Missing> unmetByOwnFollows(Completeness completeness) {
        double seen = 1 - completeness.lost();
        if (seen >= thresholds.coverage()) {
            return List.of();
        }
        return List.of(new Missing(
                "coverage",
                Rounded.down(seen, 4),
                thresholds.coverage(),
                "Only %s in 100 follows were seen when made; at least %s are needed to say that follows are not returned."
                        .formatted(text(seen), text(thresholds.coverage()))));
    }

    /** The numbers are clear enough to tell either way; the first that is not. */
    List<Missing> unmetByCertainty(FollowBackSample sample) {
        Part returned = sample.returned();
        if (returned.share() < thresholds.returned()) {
            return unclear(
                    "Of follows received, about %s in 100 were returned within 24 hours, but %s cannot be excluded;"
                            + " it is clear only below %s.",
                    returned.share(), returned.share(thresholds.absentZ()).upper(), thresholds.returned());
        }
        Part quick = sample.quick();
        double mechanical = Math.max(quick.share(thresholds.absentZ()).upper(), sample.clockAtMost());
        if (sample.quick().share() < thresholds.quick()) {
            return unclear(
                    "Of follow-backs, about %s in 100 came within " + thresholds.quickSeconds() / 60
                            + " minutes, but %s at once or by the clock cannot be excluded; it is clear only below %s.",
                    quick.share(),
                    mechanical,
                    thresholds.quick());
        }
        Part throwaways = sample.throwaways();
        return unclear(
                "Of followers that look thrown away, about %s in 100 were followed back, but %s cannot be excluded;"
                        + " it is clear only below %s.",
                throwaways.share(), throwaways.share(thresholds.absentZ()).upper(), thresholds.throwaways());
    }

    private static List<Missing> unclear(String detail, double share, double most, double need) {
        return List.of(new Missing(
                "certainty",
                Rounded.up(most, 4),
                need,
                detail.formatted(text(share), Rounded.text(Rounded.up(100 * most, 0)), text(need))));
    }

    private static String text(double share) {
        return Rounded.text(Rounded.nearest(100 * share, 0));
    }

    private static void require(List<Missing> missing, String code, int have, int need, String detail) {
        if (have < need) {
            missing.add(new Missing(code, have, need, detail.formatted(have, need)));
        }
    }
}
