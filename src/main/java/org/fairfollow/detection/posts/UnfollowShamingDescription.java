package org.fairfollow.detection.posts;

import static org.fairfollow.detection.PracticeDescription.Unit.COUNT;
import static org.fairfollow.detection.PracticeDescription.Unit.SHARE;

import java.util.List;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.detection.PracticeDescription.Threshold;
import org.fairfollow.detection.posts.UnfollowShamingDetector.Thresholds;

/** Unfollow-shaming in words; every number in them is one of the rule's thresholds. */
final class UnfollowShamingDescription {
    /** From the runs in {@code docs/evaluation.md}. */
    private static final List<String> FIGURES = List.of(
            "Posts read and labelled by hand, in a half that nobody looked at while the patterns were made: 54 of 54 hits right, 54 of 54 found, 160 of 160 others left alone. With the other half 127 of 127 and 322 of 322.",
            "Invented accounts, three seeds: 0 of 9,126 innocents of nine kinds listed at any look (at most .033 %).",
            "In research sets the accounts found are people, not bots: 7 of 950 genuine ones of Cresci 2015 (half) let an app post so.");

    private UnfollowShamingDescription() {}

    static PracticeDescription of(Thresholds thresholds) {
        return new PracticeDescription(
                Practice.UNFOLLOW_SHAMING,
                "Unfollow-shaming",
                "Posts in the fixed wording of an app count, or name, the accounts that unfollowed.",
                UnfollowShamingDetector.VERSION,
                List.of(
                        "The account's own posts of the last " + thresholds.windowDays()
                                + " days, as far as they were sampled; what it passed on from others does not count.",
                        "Whether a post, from its first word to its last, is the wording of an app from a public list,"
                                + " with the app's signature or link. Somebody's own words are not.",
                        "To say that there are none: at least " + thresholds.posts() + " posts over at least "
                                + thresholds.span() + " days."),
                List.of(
                        new Threshold("days", thresholds.days(), COUNT, "Days with such posts, at least"),
                        new Threshold(
                                "trialHours",
                                thresholds.trialHours(),
                                COUNT,
                                "Hours after the first such post that may have been a trial of an app"),
                        new Threshold("windowDays", thresholds.windowDays(), COUNT, "Days looked back"),
                        new Threshold("posts", thresholds.posts(), COUNT, "Posts to say that there are none, at least"),
                        new Threshold(
                                "span", thresholds.span(), COUNT, "Days from first to last of these posts, at least"),
                        new Threshold("rare", thresholds.rare(), SHARE, "Share of such posts to be excluded"),
                        new Threshold(
                                "absentConfidence",
                                thresholds.absentConfidence(),
                                SHARE,
                                "Confidence of the bounds of that share")),
                List.of(
                        new Measure("unfollow-post-days", COUNT, "Days with posts of an app about who unfollowed"),
                        new Measure("unfollow-post-share", SHARE, "Share of such posts"),
                        new Measure("posts", COUNT, "Posts of its own"),
                        new Measure("days-sampled", COUNT, "Days from the first of these posts to the last")),
                List.of(new Phrase(
                        "one-app-trial",
                        "Trying an app: without the posts of the first " + thresholds.trialHours() + " hours")),
                List.of(
                        new Phrase(
                                "app-unnoticed",
                                "Many people let an app post once without knowing, and some never notice."),
                        new Phrase("wording-typed", "Somebody may have typed an app's wording themselves."),
                        new Phrase("posts-unseen", "Posts outside the samples were not seen.")),
                FIGURES);
    }
}
