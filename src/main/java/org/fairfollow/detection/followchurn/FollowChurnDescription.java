package org.fairfollow.detection.followchurn;

import static org.fairfollow.detection.PracticeDescription.Unit.COUNT;
import static org.fairfollow.detection.PracticeDescription.Unit.SHARE;
import static org.fairfollow.detection.PracticeDescription.Unit.TIMES;

import java.util.List;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.detection.PracticeDescription.Threshold;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.followchurn.FollowChurnDetector.Thresholds;

/** Follow-churn in words; every number in them is one of the rule's thresholds. */
final class FollowChurnDescription {
    private FollowChurnDescription() {}

    static PracticeDescription of(Thresholds thresholds) {
        return new PracticeDescription(
                Practice.FOLLOW_CHURN,
                "Follow-churn",
                "Many accounts are followed, and those that do not follow back are dropped within weeks, several times"
                        + " as often as those that do.",
                FollowChurnDetector.VERSION,
                evidence(thresholds),
                thresholds(thresholds),
                measures(thresholds),
                List.of(
                        new Phrase("two-busiest-days-removed", "Tidying up: without the two days with the most drops"),
                        new Phrase(
                                "live-targets-only",
                                "Leaving sleepers: counting only accounts that were active after the follow"),
                        new Phrase(
                                "lost-follow-backs-assumed",
                                "Follow-backs nobody saw: counting as many as were missed, "
                                        + percent(thresholds.lostFollowBacks()) + " at least, against the pattern")),
                List.of(
                        new Phrase(
                                "pruning-own-list",
                                "This could also be someone tidying a list of accounts they no longer read."),
                        new Phrase("never-answered", "People also leave accounts that never answered them."),
                        new Phrase(
                                "follow-backs-unseen",
                                "Some of these follows may have been returned without our seeing it.")));
    }

    private static List<String> evidence(Thresholds thresholds) {
        return List.of(
                "The follows and unfollows of the last " + thresholds.windowDays()
                        + " days, with their times, from the network's public stream of events.",
                "Whether each followed account followed back, and when. Those that followed first are left out.",
                "That the followed account was active within " + thresholds.activeWithinDays()
                        + " days of the follow: who is silent answers nobody.",
                "At least " + percent(thresholds.coverage())
                        + " of that time and of its follows must have been seen, and at least " + thresholds.follows()
                        + " follows that can be judged. With less there is no opinion.");
    }

    private static List<Threshold> thresholds(Thresholds thresholds) {
        Thresholds.Bar likely = thresholds.likely();
        Thresholds.Bar confirmed = thresholds.confirmed();
        return List.of(
                new Threshold(
                        "likely.dropped",
                        likely.dropped(),
                        SHARE,
                        "Of follows not returned, dropped within 28 days: lower bound, at least"),
                new Threshold(
                        "likely.ratio",
                        likely.ratio(),
                        TIMES,
                        "As often as returned follows of the same age: lower bound, at least"),
                new Threshold("likely.drops", likely.drops(), COUNT, "Drops of follows not returned, at least"),
                new Threshold(
                        "likely.weeks", likely.weeks(), COUNT, "Calendar weeks with follows, and with drops, at least"),
                new Threshold(
                        "weeklyFollows", thresholds.weeklyFollows(), COUNT, "Follows for a week to count, at least"),
                new Threshold(
                        "fewestDrops",
                        thresholds.fewestDrops(),
                        COUNT,
                        "Drops for a week, or a three-day drop window, to count, at least"),
                new Threshold(
                        "weeklyDropShare",
                        thresholds.weeklyDropShare(),
                        SHARE,
                        "Share of all drops for a week to count, at least"),
                new Threshold(
                        "windowDropShare",
                        thresholds.windowDropShare(),
                        SHARE,
                        "Third-busiest drop window, as a share of the busiest, at least"),
                new Threshold(
                        "z", thresholds.z(), COUNT, "Standard errors to a bound, corrected for looking every week"),
                new Threshold("alibiZ", thresholds.alibiZ(), COUNT, "The same, when judged again under an explanation"),
                new Threshold("absentZ", thresholds.absentZ(), COUNT, "The same, to say that the pattern is not found"),
                new Threshold(
                        "fewestUnreturnedDays",
                        thresholds.fewestUnreturnedDays(),
                        COUNT,
                        "Follow-days not returned for an age to count against the account, at least"),
                new Threshold(
                        "lostFollowBacks",
                        thresholds.lostFollowBacks(),
                        SHARE,
                        "Follow-backs assumed unseen, at least"),
                new Threshold(
                        "confirmed.dropped",
                        confirmed.dropped(),
                        SHARE,
                        "To be put before a reviewer: dropped within 28 days, lower bound, at least"),
                new Threshold(
                        "confirmed.ratio",
                        confirmed.ratio(),
                        TIMES,
                        "To be put before a reviewer: as often as returned ones, lower bound, at least"),
                new Threshold(
                        "confirmed.drops", confirmed.drops(), COUNT, "To be put before a reviewer: drops, at least"),
                new Threshold(
                        "confirmed.weeks", confirmed.weeks(), COUNT, "To be put before a reviewer: weeks, at least"));
    }

    private static List<Measure> measures(Thresholds thresholds) {
        return List.of(
                new Measure("dropped-within-28-days", SHARE, "Of follows not returned, dropped within 28 days"),
                new Measure("selectivity-at-equal-age", TIMES, "As often as returned follows of the same age"),
                new Measure("unreturned-drops", COUNT, "Follows not returned and dropped"),
                new Measure(
                        "weeks-with-follows", COUNT, "Weeks with " + thresholds.weeklyFollows() + " or more follows"),
                new Measure("weeks-with-drops", COUNT, "Weeks with drops enough to count"),
                new Measure("drop-windows", COUNT, "Drops in the third-busiest three days"),
                new Measure("coverage", SHARE, "Share of the evidence that was seen"));
    }

    private static String percent(double share) {
        return Rounded.text(Rounded.nearest(100 * share, 0)) + " %";
    }
}
