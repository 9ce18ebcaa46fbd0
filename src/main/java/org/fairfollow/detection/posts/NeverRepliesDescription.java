package org.fairfollow.detection.posts;

import static org.fairfollow.detection.PracticeDescription.Unit.COUNT;
import static org.fairfollow.detection.PracticeDescription.Unit.SHARE;

import java.util.List;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.detection.PracticeDescription.Threshold;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.posts.NeverRepliesDetector.Thresholds;

/** Never-replies in words; every number in them is one of the rule's thresholds. */
final class NeverRepliesDescription {
    /** From the runs in {@code docs/evaluation.md}. */
    private static final List<String> FIGURES = List.of(
            "No public data holds the questions an account was asked, so there is no figure on real ones.",
            "Invented accounts, three seeds: 608 of 1,014 broadcasters listed at some look, 0 of 4,056 innocents of four kinds (at most .074 %); the famous who are asked too much show signs at most.");

    private NeverRepliesDescription() {}

    static PracticeDescription of(Thresholds thresholds) {
        return new PracticeDescription(
                Practice.NEVER_REPLIES,
                "Never replies",
                "The account posts, and answers next to none of the people who ask it something. Most posts anywhere stay"
                        + " without an answer, so this is a measure more than an accusation.",
                NeverRepliesDetector.VERSION,
                List.of(
                        "Direct questions to the account by other people in the last " + thresholds.windowDays()
                                + " days, at least " + thresholds.waitDays()
                                + " days old when sampled. Each person counts once, and as answered when any of their"
                                + " questions was.",
                        "At least " + thresholds.askers() + " people who asked, and " + thresholds.posts()
                                + " posts sampled.",
                        "To say that it does reply: at least " + thresholds.absentAskers() + " people who asked."),
                List.of(
                        new Threshold(
                                "answered",
                                thresholds.answered(),
                                SHARE,
                                "People answered: upper bound, at most; lower bound above it when it does reply"),
                        new Threshold("askers", thresholds.askers(), COUNT, "People who asked, at least"),
                        new Threshold("posts", thresholds.posts(), COUNT, "Posts sampled, at least"),
                        new Threshold("waitDays", thresholds.waitDays(), COUNT, "Age of a question in days, at least"),
                        new Threshold("windowDays", thresholds.windowDays(), COUNT, "Days looked back"),
                        new Threshold(
                                "questionsPerDay",
                                thresholds.questionsPerDay(),
                                COUNT,
                                "Questions a day that can be answered, at most"),
                        new Threshold(
                                "returnDays",
                                thresholds.returnDays(),
                                COUNT,
                                "Days from a question to the account's next post, at most, for it not to be away"),
                        new Threshold(
                                "replies",
                                thresholds.replies(),
                                SHARE,
                                "Replies among its own posts, at most, for it to reply to nobody"),
                        new Threshold(
                                "confidence", thresholds.confidence(), SHARE, "Confidence of the bound that accuses"),
                        new Threshold(
                                "absentAskers",
                                thresholds.absentAskers(),
                                COUNT,
                                "People who asked, at least, to say that it does reply"),
                        new Threshold(
                                "absentConfidence",
                                thresholds.absentConfidence(),
                                SHARE,
                                "Confidence of the bound that says so")),
                List.of(
                        new Measure("answered-share", SHARE, "People answered, of those who asked", true),
                        new Measure("askers", COUNT, "People who asked"),
                        new Measure("posts", COUNT, "Posts sampled")),
                List.of(
                        new Phrase(
                                "too-many-to-answer",
                                "Too many to answer: only questions of days with at most "
                                        + thresholds.questionsPerDay()),
                        new Phrase(
                                "was-away",
                                "Being away: only questions followed by a post within " + thresholds.returnDays()
                                        + " days"),
                        new Phrase(
                                "replies-elsewhere",
                                "Replying to others: replies are at most "
                                        + Rounded.text(Rounded.nearest(100 * thresholds.replies(), 0))
                                        + " % of its own posts")),
                List.of(
                        new Phrase("answers-unseen", "Private answers are not seen, and nobody owes one."),
                        new Phrase(
                                "silence-is-normal",
                                "Silence is common: 85 % of the posts that are replied to get no further answer."),
                        new Phrase(
                                "replies-elsewhere-unseen",
                                "It may answer elsewhere, or in replies that were not sampled.")),
                FIGURES);
    }
}
