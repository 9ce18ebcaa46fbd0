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
    /** From the runs in {@code docs/evaluation.md}. */
    private static final List<String> FIGURES = List.of(
            "Invented accounts, three seeds: 438 of 438 churners, 427 of 438 fresh ones and 381 of 438 evaders listed; 0 of 11,880 innocents of eight kinds at any weekly look (at most .025 %).",
            "With follow-backs shuffled 0 of 13,194 are listed; with 15 % of the follows lost there is no opinion on anybody.",
            "Count of accounts followed, real series (Caverlee 2011, half): signs on 41 of 235 polluters and 0 of 240 legitimate accounts; a polluter is no churner.",
            "No labelled data on follow-churn exists, so nobody knows yet how many real accounts are judged rightly.");

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
                                "Some of these follows may have been returned without our seeing it."),
                        new Phrase(
                                "blocks-or-suspensions",
                                "Whom observers saw no longer followed may have blocked the account, or either may have"
                                        + " been suspended."),
                        new Phrase(
                                "told-by-observers",
                                "Observers told this; whoever has nothing to tell of may have been left out."),
                        new Phrase(
                                "returned-not-told",
                                "Too few returned follows were told of to know whether these are dropped less often."),
                        new Phrase(
                                "count-only",
                                "A count does not show whom the account left, nor whether they had followed back.")),
                FIGURES);
    }

    private static List<String> evidence(Thresholds thresholds) {
        return List.of(
                "The follows and unfollows of the last " + thresholds.windowDays()
                        + " days, with their times, from the network's public stream of events.",
                "Whether each followed account followed back, and when. Those that followed first are left out.",
                "That the followed account was active within " + thresholds.activeWithinDays()
                        + " days of the follow: who is silent answers nobody.",
                "At least " + percent(thresholds.coverage())
                        + " of the follow-backs would have been seen, and there are at least " + thresholds.follows()
                        + " follows that can be judged. With less the stream gives no opinion.",
                "Then signs, and never more, come from what at least "
                        + thresholds.told().observers() + " independent observers tell of at least "
                        + thresholds.told().follows() + " follows, "
                        + percent(thresholds.told().notLeft())
                        + " of those left taken for blocks or suspensions; young ones count as kept.",
                "Or from at least " + thresholds.turnover().readings()
                        + " measured, exact readings of the number of accounts followed within "
                        + thresholds.turnover().days() + " days, one a day; up to "
                        + thresholds.turnover().faulty() + " in a row that jump and return are set aside.");
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
                        "confirmed.weeks", confirmed.weeks(), COUNT, "To be put before a reviewer: weeks, at least"),
                new Threshold(
                        "told.follows", thresholds.told().follows(), COUNT, "For signs: follows told of, at least"),
                new Threshold(
                        "told.observers",
                        thresholds.told().observers(),
                        COUNT,
                        "For signs: independent observers who saw them left, at least"),
                new Threshold(
                        "told.notLeft",
                        thresholds.told().notLeft(),
                        SHARE,
                        "For signs: of those seen left, taken for blocks or suspensions"),
                new Threshold(
                        "told.returned",
                        thresholds.told().returned(),
                        COUNT,
                        "For signs: returned follows told of for these to be compared with, at least"),
                new Threshold(
                        "turnover.readings",
                        thresholds.turnover().readings(),
                        COUNT,
                        "For signs: readings of the number of accounts followed, at least"),
                new Threshold(
                        "turnover.follows",
                        thresholds.turnover().follows(),
                        COUNT,
                        "For signs: follows that came and went, counted both ways, at least"),
                new Threshold(
                        "turnover.ofMean",
                        thresholds.turnover().ofMean(),
                        TIMES,
                        "For signs: the same as a multiple of the accounts followed on average, at least"));
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
                new Measure("coverage", SHARE, "Share of follow-backs that the evidence would show"),
                new Measure("told-leavings", SHARE, "Of follows told of and not returned, left beyond doubt"),
                new Measure("told-follows", COUNT, "Follows told of and not returned"),
                new Measure("told-observers", COUNT, "Independent observers who saw them left"),
                new Measure("told-weeks-with-follows", COUNT, "Weeks with follows told of"),
                new Measure("told-weeks-with-leavings", COUNT, "Weeks in which they were seen left"),
                new Measure("told-selectivity", TIMES, "As often as returned follows told of"),
                new Measure("following-turnover", COUNT, "Follows that came and went, counted both ways"),
                new Measure("following-turnover-of-mean", TIMES, "The same, of the accounts followed on average"),
                new Measure("following-readings", COUNT, "Readings of the number of accounts followed"),
                new Measure(
                        "weeks-with-rises",
                        COUNT,
                        "Weeks in which it rose by " + thresholds.weeklyFollows() + " or more"),
                new Measure("weeks-with-falls", COUNT, "Weeks in which it fell enough to count"));
    }

    private static String percent(double share) {
        return Rounded.text(Rounded.nearest(100 * share, 0)) + " %";
    }
}
