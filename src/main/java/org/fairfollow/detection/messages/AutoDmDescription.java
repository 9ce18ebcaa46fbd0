package org.fairfollow.detection.messages;

import static org.fairfollow.detection.PracticeDescription.Unit.COUNT;
import static org.fairfollow.detection.PracticeDescription.Unit.SHARE;

import java.util.List;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.detection.PracticeDescription.Threshold;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.messages.AutoDmDetector.Thresholds;
import org.fairfollow.evidence.text.Bands;

/** Auto-dm in words; every number in them is one of the rule's thresholds. */
final class AutoDmDescription {
    /** From the runs in {@code docs/evaluation.md}. */
    private static final List<String> FIGURES = List.of(
            "No public collection of messages with the truth about them exists, so there is no figure of precision on real ones.",
            "Invented accounts, three seeds: 177 of 300 who send so listed at some look, 0 of 4,056 innocents of four kinds (at most .074 %).",
            "Of 10,002 invented brigades within 48 hours none got a verdict published. Of 999 that tell patiently over weeks 587 did: evidence alone cannot tell them from honest people.");

    private AutoDmDescription() {}

    static PracticeDescription of(Thresholds thresholds) {
        String minutes = thresholds.promptSeconds() / 60 + " minutes";
        return new PracticeDescription(
                Practice.AUTO_DM,
                "The same message to whoever follows",
                "Whoever follows gets the same text as a private message within " + minutes + ".",
                AutoDmDetector.VERSION,
                evidence(thresholds, minutes),
                thresholds(thresholds, minutes),
                List.of(
                        new Measure("within-10-minutes", SHARE, "Recipients of one text who got it within " + minutes),
                        new Measure("recipients", COUNT, "Recipients of one text who told when it came"),
                        new Measure(
                                "observer-clusters",
                                COUNT,
                                "Independent groups among those who got it within " + minutes),
                        new Measure(
                                "reached-by-shared-text",
                                SHARE,
                                "Recipients of any message who got a text that others got too, within " + minutes),
                        new Measure("all-recipients", COUNT, "Recipients of any message who told when it came"),
                        new Measure("all-clusters", COUNT, "Independent groups among them")),
                List.of(
                        new Phrase(
                                "manual-greeter",
                                "Greeting by hand while at the screen: counting each day once, by its middle message"),
                        new Phrase(
                                "busiest-cluster-counted-once",
                                "Many who tell together: counting the busiest 48 hours, and the largest group that tells of the same accounts, as one recipient"),
                        new Phrase(
                                "stock-phrase",
                                "Common thanks: leaving out texts similar to one by "
                                        + percent(thresholds.stockPhraseAlibi()) + " or more")),
                List.of(
                        new Phrase(
                                "seen-by-recipients-only",
                                "Only recipients see a message; those who got none, or another one, may not have told."),
                        new Phrase(
                                "told-not-measured",
                                "Texts and times are as recipients' browsers told them; nobody else can check them."),
                        new Phrase("pasted-by-hand", "A person may also paste the same text by hand, and soon."),
                        new Phrase(
                                "observers-told-of-nothing-else",
                                "Most of those who told of it told of no other account.")),
                FIGURES);
    }

    private static List<String> evidence(Thresholds thresholds, String minutes) {
        return List.of(
                "What recipients told of messages in the last " + thresholds.windowDays()
                        + " days: a fingerprint of the text, never the text, and how long after the follow it came.",
                "The same text means " + percent(thresholds.nearDuplicate())
                        + " of its phrases of three words, without names, numbers and addresses. Texts of fewer than "
                        + Bands.SHORTEST_TEXT + " characters and common thanks are left out.",
                "At least " + thresholds.recipients() + " recipients, in at least " + thresholds.clusters()
                        + " independent groups: whoever tells within the same 48 hours, or of the same accounts, counts as one.",
                "It is said that the text came within " + minutes
                        + ", not that it was sent automatically. No labelled collection of such messages is public, so how often this rule errs has not been measured.");
    }

    private static List<Threshold> thresholds(Thresholds thresholds, String minutes) {
        return List.of(
                new Threshold(
                        "recipients",
                        thresholds.recipients(),
                        COUNT,
                        "Recipients of the same text who told when it came, at least"),
                new Threshold(
                        "clusters",
                        thresholds.clusters(),
                        COUNT,
                        "Independent groups among those who got it within " + minutes + ", at least"),
                new Threshold(
                        "promptShare", thresholds.promptShare(), SHARE, "Got it within " + minutes + ", at least"),
                new Threshold(
                        "promptSeconds",
                        thresholds.promptSeconds(),
                        COUNT,
                        "Seconds from the follow to the message, at most"),
                new Threshold(
                        "nearDuplicate",
                        thresholds.nearDuplicate(),
                        SHARE,
                        "Similarity of texts that count as the same, at least"),
                new Threshold(
                        "stockPhrase",
                        thresholds.stockPhrase(),
                        SHARE,
                        "Similarity to common thanks from which a text is left out"),
                new Threshold(
                        "stockPhraseAlibi",
                        thresholds.stockPhraseAlibi(),
                        SHARE,
                        "The same, when judged again under an explanation"),
                new Threshold(
                        "absentRecipients",
                        thresholds.absentRecipients(),
                        COUNT,
                        "Recipients who told when a message came, to say that the pattern is not found, at least"),
                new Threshold(
                        "z", thresholds.z(), COUNT, "Standard errors to a bound, corrected for looking every week"),
                new Threshold(
                        "absentZ", thresholds.absentZ(), COUNT, "The same, to say that the pattern is not found"));
    }

    private static String percent(double share) {
        return Rounded.text(Rounded.nearest(100 * share, 0)) + " %";
    }
}
