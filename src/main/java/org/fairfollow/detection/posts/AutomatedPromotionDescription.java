package org.fairfollow.detection.posts;

import static org.fairfollow.detection.PracticeDescription.Unit.COUNT;
import static org.fairfollow.detection.PracticeDescription.Unit.SHARE;

import java.util.List;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.detection.PracticeDescription.Threshold;
import org.fairfollow.detection.posts.AutomatedPromotionDetector.Thresholds;

/** Automated promotion in words; every number in them is one of the rule's thresholds. */
final class AutomatedPromotionDescription {
    /** From the runs in {@code docs/evaluation.md}. */
    private static final List<String> FIGURES = List.of(
            "Real posts (Cresci 2015 and Caverlee 2011, halves): none of 948 genuine, 67 legitimate, 1,571 fake and 75 polluting accounts listed; 60 could be judged at all, so this says little.",
            "Invented accounts, three seeds: 970 of 1,014 promoters listed at some look, 0 of 6,084 innocents of six kinds (at most .049 %).");

    private AutomatedPromotionDescription() {}

    static PracticeDescription of(Thresholds thresholds) {
        return new PracticeDescription(
                Practice.AUTOMATED_PROMOTION,
                "Automated promotion",
                "Most posts repeat a few templates, most link and ask to buy, join, follow or the like, and their times are"
                        + " those of a schedule.",
                AutomatedPromotionDetector.VERSION,
                List.of(
                        "The account's own posts of the last " + thresholds.windowDays()
                                + " days, as far as they were sampled: at least " + thresholds.posts()
                                + " over at least "
                                + thresholds.span() + " days. What it passed on from others does not count.",
                        "The template of a post: its text without names, numbers and the rest of addresses, as a hash.",
                        "Whether it links and asks for something. A headline with a link does not.",
                        "The times of at least " + thresholds.moments() + " posts apart."),
                List.of(
                        new Threshold(
                                "repeated",
                                thresholds.repeated(),
                                SHARE,
                                "Posts that repeat the template of another: lower bound, at least"),
                        new Threshold(
                                "promotional",
                                thresholds.promotional(),
                                SHARE,
                                "Posts that link and ask for something: lower bound, at least"),
                        new Threshold(
                                "minuteTail",
                                thresholds.minuteTail(),
                                SHARE,
                                "Chance of minutes of the hour so uneven, below; or"),
                        new Threshold(
                                "gapBits",
                                thresholds.gapBits(),
                                COUNT,
                                "Uncertainty of the next gap between posts in bits, at most"),
                        new Threshold(
                                "moments", thresholds.moments(), COUNT, "Posts apart, or gaps, for either, at least"),
                        new Threshold("posts", thresholds.posts(), COUNT, "Posts of its own, at least"),
                        new Threshold(
                                "span", thresholds.span(), COUNT, "Days from first to last of these posts, at least"),
                        new Threshold("windowDays", thresholds.windowDays(), COUNT, "Days looked back"),
                        new Threshold(
                                "z",
                                thresholds.z(),
                                COUNT,
                                "Standard errors to a bound, corrected for looking every week"),
                        new Threshold(
                                "alibiZ",
                                thresholds.alibiZ(),
                                COUNT,
                                "The same, when judged again under an explanation"),
                        new Threshold(
                                "absentZ",
                                thresholds.absentZ(),
                                COUNT,
                                "The same, to say that the pattern is not found")),
                List.of(
                        new Measure("repeated-share", SHARE, "Posts that repeat the template of another"),
                        new Measure("promotional-share", SHARE, "Posts that link and ask for something"),
                        new Measure("minute-tail", SHARE, "Chance of minutes of the hour at least as uneven", true),
                        new Measure("gap-bits", COUNT, "Uncertainty of the next gap between posts, in bits", true),
                        new Measure("posts", COUNT, "Posts of its own"),
                        new Measure("days-sampled", COUNT, "Days from the first of these posts to the last")),
                List.of(
                        new Phrase("two-busiest-days-removed", "A campaign: without the two days with the most posts"),
                        new Phrase(
                                "promotion-alone",
                                "A feed beside: the posts that ask for something must repeat, and keep a schedule, by"
                                        + " themselves"),
                        new Phrase("replies-left-out", "Answering customers: without replies")),
                List.of(
                        new Phrase(
                                "announces-by-schedule",
                                "Shops and venues announce by schedule, and many say so in their profile."),
                        new Phrase("feed-of-offers", "It may be a feed of offers that its followers want.")),
                FIGURES);
    }
}
