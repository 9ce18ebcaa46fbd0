package org.fairfollow.detection.followchurn;

import java.time.LocalDate;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Wording;
import org.fairfollow.detection.followchurn.FollowChurnDetector.Judgement;
import org.fairfollow.detection.followchurn.FollowChurnDetector.Thresholds;

/**
 * Says in words what was observed: numbers with their bounds, never intent. Lower bounds are rounded down and upper
 * bounds up; what is called "about" is rounded to the nearest.
 *
 * @param asOf the day of judging; dates of another year name theirs
 * @param again how many of the follows were of accounts followed before
 */
record FollowChurnStatement(
        LocalDate first, LocalDate last, LocalDate asOf, int follows, int again, Thresholds thresholds) {

    String of(Judgement judgement) {
        ChurnEstimate estimate = judgement.estimate();
        if (follows == 0) {
            return "No follows that can be judged were seen in the last %d days. %s"
                    .formatted(
                            thresholds.windowDays(),
                            judgement.missing().getFirst().detail());
        }
        return switch (judgement.opinion()) {
            case PRESENT -> period() + pattern(estimate) + repeated();
            case SIGNS ->
                period() + pattern(estimate) + repeated() + " Some bounds or innocent explanations remain open.";
            case ABSENT -> period() + absence(estimate) + repeated();
            case TOO_LITTLE_EVIDENCE ->
                period() + " Too little evidence. "
                        + judgement.missing().getFirst().detail();
        };
    }

    private String period() {
        return "%s, %d %s.".formatted(Wording.period(first, last, asOf), follows, follows == 1 ? "follow" : "follows");
    }

    private String pattern(ChurnEstimate estimate) {
        return (" Of follows not returned, about %s in 100 were dropped within 28 days (at least %s)."
                        + " At the same age they were dropped %s times as often as returned ones (at least %s).")
                .formatted(
                        Rounded.text(Rounded.nearest(100 * estimate.dropped(), 0)),
                        Rounded.text(Rounded.down(100 * estimate.droppedAtLeast(thresholds.z()), 0)),
                        times(estimate.ratio()),
                        times(estimate.ratioAtLeast(thresholds.z())));
    }

    /** Either number may show the absence; the one that does is stated with its upper bound. */
    private String absence(ChurnEstimate estimate) {
        String dropped = " Of follows not returned, about %s in 100 were dropped within 28 days"
                .formatted(Rounded.text(Rounded.nearest(100 * estimate.dropped(), 0)));
        double most = estimate.droppedAtMost(thresholds.absentZ());
        if (most < thresholds.likely().dropped()) {
            return dropped + " (at most %s).".formatted(Rounded.text(Rounded.up(100 * most, 0)));
        }
        return (dropped + ". At the same age they were dropped %s times as often as returned ones (at most %s).")
                .formatted(
                        times(estimate.ratio()),
                        Rounded.text(Rounded.up(estimate.ratioAtMost(thresholds.absentZ()), 1)));
    }

    private String repeated() {
        return switch (again) {
            case 0 -> "";
            case 1 -> " 1 follow was of an account followed before.";
            default -> " %d follows were of accounts followed before.".formatted(again);
        };
    }

    /** One decimal below ten, none above, rounded down. */
    private static String times(double ratio) {
        return Rounded.text(Rounded.down(ratio, ratio < 10 ? 1 : 0));
    }
}
