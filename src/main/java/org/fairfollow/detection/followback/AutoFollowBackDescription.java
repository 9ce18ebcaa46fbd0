package org.fairfollow.detection.followback;

import static org.fairfollow.detection.PracticeDescription.Unit.COUNT;
import static org.fairfollow.detection.PracticeDescription.Unit.SHARE;

import java.util.List;
import java.util.stream.Collectors;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.detection.PracticeDescription.Threshold;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.followback.AutoFollowBackDetector.Thresholds;

/** Auto-follow-back in words; every number in them is one of the rule's thresholds. */
final class AutoFollowBackDescription {
    /** From the runs in {@code docs/evaluation.md}. */
    private static final List<String> FIGURES = List.of(
            "Invented accounts, three seeds: 268 of 300 who follow back at once and 246 of 300 in batches listed at some look, 0 of 4,056 innocents of four kinds (at most .074 %).",
            "No labelled data on it exists.");

    private AutoFollowBackDescription() {}

    static PracticeDescription of(Thresholds thresholds) {
        return new PracticeDescription(
                Practice.AUTO_FOLLOW_BACK,
                "Follow-back of anyone, at once",
                "Nearly everybody who follows is followed back, accounts that look thrown away as well as others, within"
                        + " minutes or in batches by the clock.",
                AutoFollowBackDetector.VERSION,
                evidence(thresholds),
                thresholds(thresholds),
                measures(thresholds),
                List.of(
                        new Phrase(
                                "two-busiest-days-removed",
                                "A day on which everybody follows everybody: without the two days that brought most"
                                        + " follows"),
                        new Phrase(
                                "quiet-hours",
                                "A person with the phone in hand: counting only the " + QuietHours.HOURS
                                        + " hours of the day in which the account follows least, unless it keeps to a"
                                        + " clock")),
                List.of(
                        new Phrase(
                                "mutual-aid-community",
                                "In communities whose members promised to follow each other it looks the same."),
                        new Phrase("answered-in-shifts", "Several people may answer for this account round the clock."),
                        new Phrase(
                                "looks-deceive",
                                "An account that looks thrown away may belong to somebody who only reads.")),
                FIGURES);
    }

    private static List<String> evidence(Thresholds thresholds) {
        return List.of(
                "Who followed the account in the last " + thresholds.windowDays()
                        + " days, and when, from the network's public stream of events: each follower's first follow,"
                        + " the newest 1,000 at most.",
                "Whether and when the account followed back. Followers it had followed before are left out, as are follows"
                        + " withdrawn within " + minutes(thresholds)
                        + " minutes and those of which the next 24 hours were not seen in full.",
                "Whether followers look thrown away: from the numbers on their profiles or, without those, because nothing"
                        + " of their own was seen within " + thresholds.activeWithinDays() + " days of the follow.",
                "At least " + thresholds.received() + " follows received, " + thresholds.compared()
                        + " of them by followers that look thrown away, and evidence that would show at least "
                        + Rounded.text(Rounded.nearest(100 * thresholds.coverage(), 0))
                        + " % of the follow-backs. With less there is no opinion.",
                "What observers tell does not count: they know when they saw a relation, not when it began. Nor are labels"
                        + " shuffled as a test: whoever follows back everybody does so under any labels.");
    }

    private static List<Threshold> thresholds(Thresholds thresholds) {
        return List.of(
                new Threshold("received", thresholds.received(), COUNT, "Follows received, at least"),
                new Threshold(
                        "returned",
                        thresholds.returned(),
                        SHARE,
                        "Follows received and returned within 24 hours: lower bound, at least"),
                new Threshold(
                        "compared",
                        thresholds.compared(),
                        COUNT,
                        "Followers that look thrown away, and others, at least"),
                new Threshold(
                        "throwaways",
                        thresholds.throwaways(),
                        SHARE,
                        "Throwaway-looking followers followed back: lower bound, at least"),
                new Threshold(
                        "spared",
                        thresholds.spared(),
                        SHARE,
                        "Share by which they are followed back less often than the others, at most"),
                new Threshold(
                        "quickMinutes",
                        thresholds.quickSeconds() / 60.0,
                        COUNT,
                        "Minutes to a quick follow-back, at most"),
                new Threshold("quick", thresholds.quick(), SHARE, "Quick follow-backs, of all: lower bound, at least"),
                new Threshold(
                        "clocked",
                        thresholds.clocked(),
                        SHARE,
                        "Or batches of follow-backs that keep to one clock: lower bound, at least"),
                new Threshold(
                        "clockMinutes",
                        thresholds.clockSeconds() / 60.0,
                        COUNT,
                        "Minutes in which one stroke of a clock must lie, at most"),
                new Threshold(
                        "z", thresholds.z(), COUNT, "Standard errors to a bound, corrected for looking every week"),
                new Threshold("alibiZ", thresholds.alibiZ(), COUNT, "The same, when judged again under an explanation"),
                new Threshold("absentZ", thresholds.absentZ(), COUNT, "The same, to say that the pattern is not found"),
                new Threshold(
                        "coverage",
                        thresholds.coverage(),
                        SHARE,
                        "Share of follow-backs that the evidence would show, at least"));
    }

    private static List<Measure> measures(Thresholds thresholds) {
        String strokes = thresholds.clockMinutes().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return List.of(
                new Measure("followed-back-within-24-hours", SHARE, "Follows received and returned within 24 hours"),
                new Measure("follows-received", COUNT, "Follows received that can be judged"),
                new Measure("throwaways-followed-back", SHARE, "Throwaway-looking followers followed back"),
                new Measure("throwaways-spared", SHARE, "By how much less often than the others", true),
                new Measure("throwaway-followers", COUNT, "Followers that look thrown away"),
                new Measure("other-followers", COUNT, "Followers that do not"),
                new Measure(
                        "quick-follow-backs", SHARE, "Of the follow-backs, within " + minutes(thresholds) + " minutes"),
                new Measure(
                        "median-latency-minutes",
                        COUNT,
                        "Minutes that half of those followed back waited at most",
                        true),
                new Measure(
                        "batches-by-the-clock",
                        SHARE,
                        "Batches of follow-backs at the same point of every " + strokes
                                + " minutes, or at equal distances"),
                new Measure(
                        "answered-in-quiet-hours",
                        SHARE,
                        "Follows received in the quietest " + QuietHours.HOURS + " hours and returned within "
                                + minutes(thresholds) + " minutes"),
                new Measure("coverage", SHARE, "Share of follow-backs that the evidence would show"));
    }

    private static String minutes(Thresholds thresholds) {
        return Rounded.text(Rounded.nearest(thresholds.quickSeconds() / 60.0, 1));
    }
}
