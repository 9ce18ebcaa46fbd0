package org.fairfollow.detection.followers;

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
import org.fairfollow.detection.followers.BuysFollowersDetector.Thresholds;

/** Buys-followers in words; every number in them is one of the rule's thresholds. */
final class BuysFollowersDescription {
    /** From the runs in {@code docs/evaluation.md}. */
    private static final List<String> FIGURES = List.of(
            "Followers told apart, cross-validated on the set they were learned from (SRF Data 2017): AUC .927, 80 in 100 fakes found, 90 in 100 others kept.",
            "The same on accounts never learned from (Cresci 2015, half): AUC .991, 97 in 100 fakes found, 98 in 100 others kept.",
            "Invented accounts, three seeds: 0 of 6,084 innocents of six kinds listed at any weekly look (at most .049 %), 73 of 300 buyers and 39 of 300 by the day; 0 of 7,284 placebos.",
            "Of 300 for whom a stranger ordered, 56 were listed at some look: the arrivals are the same. Of 300 whose owners objected, none was listed after.",
            "Public figures' follower counts: 0 false patterns in 12 series of two years.");

    private BuysFollowersDescription() {}

    static PracticeDescription of(Thresholds thresholds) {
        return new PracticeDescription(
                Practice.BUYS_FOLLOWERS,
                "Followers in bought batches",
                "Many followers look fake, and they arrived in a pattern seen in bought batches. That says nothing about"
                        + " who ordered them: anybody can order followers for somebody else.",
                BuysFollowersDetector.VERSION,
                evidence(thresholds),
                thresholds(thresholds),
                measures(),
                alibis(thresholds),
                caveats(),
                FIGURES);
    }

    private static List<String> evidence(Thresholds thresholds) {
        Thresholds.Sample sample = thresholds.sample();
        Thresholds.Stripe stripe = thresholds.stripe();
        Thresholds.Burst burst = thresholds.burst();
        Thresholds.Synchrony synchrony = thresholds.synchrony();
        return List.of(
                "A sample of at least " + sample.followers() + " followers, taken within the last " + sample.days()
                        + " days and spread over all of them, from the first to the newest. With less there is no"
                        + " opinion.",
                "Each follower's own numbers: how many it follows, how many follow it, how much it posts. They tell"
                        + " fake followers from others only roughly, so the share is corrected for their errors, and"
                        + " taken at the worst of what is plausible. A silent follower is not a fake one.",
                "Runs of followers who were created together and follow one after the other: of " + stripe.window()
                        + " in a row, far more in one of " + stripe.bins() + " parts of the time than in the others.",
                "Gains of followers of at least " + text(burst.times()) + " times the usual, that end at once, or of"
                        + " which " + percent(burst.lost()) + " are lost within " + burst.lostDays()
                        + " days. What fades slowly is popularity.",
                "The same followers arriving at " + synchrony.companions()
                        + " or more other accounts within the same hours. Where " + synchrony.pack()
                        + " or more share " + percent(synchrony.packShare())
                        + " of them, it looks like a starter pack and does not count.");
    }

    private static List<Threshold> thresholds(Thresholds thresholds) {
        Thresholds.Sample sample = thresholds.sample();
        Thresholds.Plausible plausible = thresholds.plausible();
        Thresholds.Stripe stripe = thresholds.stripe();
        Thresholds.Burst burst = thresholds.burst();
        Thresholds.Synchrony synchrony = thresholds.synchrony();
        return List.of(
                new Threshold("share", thresholds.share(), SHARE, "Followers that look fake: lower bound, at least"),
                new Threshold("families", thresholds.families(), COUNT, "Families of pattern, of three, at least"),
                new Threshold("sample.followers", sample.followers(), COUNT, "Followers judged, at least"),
                new Threshold("sample.days", sample.days(), COUNT, "Days since the sample, at most"),
                new Threshold(
                        "sample.judged", sample.judged(), SHARE, "Sampled followers whose numbers show, at least"),
                new Threshold(
                        "sample.spread",
                        sample.spread(),
                        SHARE,
                        "Of its due, what each tenth of the ranks must hold, at least"),
                new Threshold(
                        "sample.census",
                        sample.census(),
                        SHARE,
                        "Share of all followers from which on it is no sample, at least"),
                new Threshold("sample.group", sample.group(), COUNT, "Followers of a group among them, at least"),
                new Threshold(
                        "z", thresholds.z(), COUNT, "Standard errors to a bound, corrected for looking every week"),
                new Threshold("alibiZ", thresholds.alibiZ(), COUNT, "The same, when judged again under an explanation"),
                new Threshold("absentZ", thresholds.absentZ(), COUNT, "The same, to say that the pattern is not found"),
                new Threshold(
                        "plausible.leastSensitivity",
                        plausible.leastSensitivity(),
                        SHARE,
                        "Fake followers told rightly, at the worst"),
                new Threshold(
                        "plausible.mostSensitivity",
                        plausible.mostSensitivity(),
                        SHARE,
                        "Fake followers told rightly, at the best"),
                new Threshold(
                        "plausible.leastSpecificity",
                        plausible.leastSpecificity(),
                        SHARE,
                        "Other followers told rightly, at the worst"),
                new Threshold(
                        "plausible.mostSpecificity",
                        plausible.mostSpecificity(),
                        SHARE,
                        "Other followers told rightly, at the best"),
                new Threshold(
                        "plausible.power",
                        plausible.power(),
                        SHARE,
                        "Both together, less one, for any opinion, at least"),
                new Threshold(
                        "stripe.window", stripe.window(), COUNT, "Followers in a row that are looked at together"),
                new Threshold("stripe.stride", stripe.stride(), COUNT, "Followers from one such row to the next"),
                new Threshold("stripe.bins", stripe.bins(), COUNT, "Parts of the time in which they were created"),
                new Threshold(
                        "stripe.score", stripe.score(), TIMES, "How far a part stands out from the others, at least"),
                new Threshold(
                        "stripe.share", stripe.share(), SHARE, "Share of the row that lies in one part, at least"),
                new Threshold(
                        "stripe.reference",
                        stripe.reference(),
                        COUNT,
                        "Followers that do not look fake, to compare with, at least"),
                new Threshold(
                        "stripe.freshDays",
                        stripe.freshDays(),
                        COUNT,
                        "Days from being created to following within which people may just have signed up"),
                new Threshold("burst.times", burst.times(), TIMES, "Gained a day, against the median day, at least"),
                new Threshold("burst.followers", burst.followers(), COUNT, "Followers gained, at least"),
                new Threshold(
                        "burst.growth", burst.growth(), SHARE, "Gain, as a share of the followers before, at least"),
                new Threshold("burst.chance", burst.chance(), SHARE, "Chance of such a gain on usual days, at most"),
                new Threshold(
                        "burst.spacingDays",
                        burst.spacingDays(),
                        COUNT,
                        "Days between the readings of a gain, at most"),
                new Threshold("burst.longestDays", burst.longestDays(), COUNT, "Days that a gain lasts, at most"),
                new Threshold(
                        "burst.afterTimes",
                        burst.afterTimes(),
                        TIMES,
                        "Gained a day after the height, against the median day, at most"),
                new Threshold(
                        "burst.afterShare",
                        burst.afterShare(),
                        SHARE,
                        "Gained a day after the height, as a share of the height, at most"),
                new Threshold("burst.afterDays", burst.afterDays(), COUNT, "Days after the height that are looked at"),
                new Threshold("burst.lost", burst.lost(), SHARE, "Share of a gain that is lost again, at least"),
                new Threshold("burst.lostDays", burst.lostDays(), COUNT, "Days within which it is lost"),
                new Threshold(
                        "burst.atOnce",
                        burst.atOnce(),
                        SHARE,
                        "Share of a gain lost between two readings that makes it an error of the readings, at least"),
                new Threshold("burst.readings", burst.readings(), COUNT, "Days with a reading, at least"),
                new Threshold("burst.inexact", burst.inexact(), SHARE, "How far an abbreviated count may be off"),
                new Threshold(
                        "synchrony.companions",
                        synchrony.companions(),
                        COUNT,
                        "Other accounts at which the same followers arrived, at least"),
                new Threshold(
                        "synchrony.share",
                        synchrony.share(),
                        SHARE,
                        "Share of the arrivals shared with each, at least"),
                new Threshold("synchrony.arrivals", synchrony.arrivals(), COUNT, "Arrivals shared with each, at least"),
                new Threshold(
                        "synchrony.prizeHunters",
                        synchrony.prizeHunters(),
                        SHARE,
                        "Followers that look fake who may follow for a prize, where none were created together"),
                new Threshold("synchrony.pack", synchrony.pack(), COUNT, "Accounts that make a starter pack, at least"),
                new Threshold(
                        "synchrony.packShare",
                        synchrony.packShare(),
                        SHARE,
                        "Share of the arrivals that a starter pack shares, at least"));
    }

    private static List<Measure> measures() {
        return List.of(
                new Measure("fake-follower-share", SHARE, "Followers that look fake, corrected"),
                new Measure("followers-sampled", COUNT, "Followers judged"),
                new Measure("sample-ranks", SHARE, "Of its due, what the tenth of the ranks looked at least holds"),
                new Measure("pattern-families", COUNT, "Families of pattern that show"),
                new Measure(
                        "created-together", TIMES, "How far one time of creation stands out among followers in a row"),
                new Measure("burst-height", TIMES, "Gained a day at the height of the largest gain, against the usual"),
                new Measure("burst-aftermath", TIMES, "Gained a day after its height, against the usual", true),
                new Measure("burst-lost", SHARE, "Share of it lost again"),
                new Measure("shared-arrivals", COUNT, "Other accounts at which the same followers arrived"));
    }

    private static List<Phrase> alibis(Thresholds thresholds) {
        return List.of(
                new Phrase(
                        "worst-classifier",
                        "Mistaken for fake: with other followers told rightly only "
                                + percent(thresholds.plausible().leastSpecificity())
                                + " of the time, and whoever cannot be judged counted as genuine"),
                new Phrase(
                        "inactive-not-fake",
                        "People who left: counting followers who have not posted for " + Authenticity.SILENT_DAYS
                                + " days as genuine"),
                new Phrase(
                        "sign-up-wave",
                        "People who had just signed up: counting followers created within "
                                + thresholds.stripe().freshDays() + " days of their follow as genuine"),
                new Phrase(
                        "viral-burst",
                        "A post that went round: without gains whose followers stay and do not look fake"),
                new Phrase(
                        "prize-hunters",
                        "A giveaway with partners: where no followers were created together, counting "
                                + percent(thresholds.synchrony().prizeHunters())
                                + " of those that look fake as people who follow for a prize"));
    }

    private static List<Phrase> caveats() {
        return List.of(
                new Phrase(
                        "who-ordered-unknown",
                        "Anybody can order followers for somebody else; a victim's followers look the same."),
                new Phrase("owner-did-not-order", "The owner says: I did not order these followers."),
                new Phrase(
                        "cause-unknown",
                        "Many followers look fake; why they follow is unknown, and it happens without anybody's doing."),
                new Phrase(
                        "classifier-elsewhere",
                        "What tells fake followers from others was tried on another network; here it may err more"
                                + " often."),
                new Phrase("told-only", "The sample was told by somebody, not measured by this service."));
    }

    private static String percent(double share) {
        return text(Rounded.nearest(100 * share, 0)) + " %";
    }

    private static String text(double value) {
        return Rounded.text(value);
    }
}
