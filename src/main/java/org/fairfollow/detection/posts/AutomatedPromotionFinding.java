package org.fairfollow.detection.posts;

import java.util.List;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Finding.Sources;
import org.fairfollow.detection.Finding.Table;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.Wording;
import org.fairfollow.detection.posts.AutomatedPromotionDetector.Judgement;
import org.fairfollow.detection.posts.AutomatedPromotionDetector.Thresholds;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.SampledPost;

/** Writes out a judgement on automated promotion with its numbers. */
final class AutomatedPromotionFinding {
    /** Share of promotional posts, by account; guesses that order what people review and do nothing else. */
    private static final Statistics.Beta PROMOTERS = new Statistics.Beta(8, 2);

    private static final Statistics.Beta OTHERS = new Statistics.Beta(.2, 8);

    private final SampledPosts posts;
    private final PromotionSample own;
    private final Thresholds thresholds;
    private final DatedReasons reasons;

    AutomatedPromotionFinding(SampledPosts posts, PromotionSample own, Thresholds thresholds) {
        this.posts = posts;
        this.own = own;
        this.thresholds = thresholds;
        this.reasons = DatedReasons.of(own.posts().stream().map(SampledPost::at).toList(), posts.asOf());
    }

    Finding of(Judgement judgement) {
        boolean anything = own.n() > 0;
        boolean accused = judgement.opinion() == Opinion.PRESENT || judgement.opinion() == Opinion.SIGNS;
        return new Finding(
                Practice.AUTOMATED_PROMOTION,
                AutomatedPromotionDetector.VERSION,
                judgement.opinion(),
                false,
                statement(judgement),
                anything ? reasons() : List.of(),
                judgement.alibis(),
                null,
                judgement.missing(),
                accused ? List.of("announces-by-schedule", "feed-of-offers") : List.of(),
                new Sources(anything ? 1 : 0, 0),
                List.of(counts(), templates()),
                anything ? own.posts().getLast().at() : 0,
                Rounded.nearest(Statistics.betaBinomialLogRatio(own.promotional(), own.n(), PROMOTERS, OTHERS), 4));
    }

    private String statement(Judgement judgement) {
        if (own.n() == 0) {
            return "No posts of its own were sampled in the last %d days.".formatted(thresholds.windowDays());
        }
        String sampled =
                "%s, %s.".formatted(reasons.period(), Wording.count(own.n(), "post of its own", "posts of its own"));
        return switch (judgement.opinion()) {
            case PRESENT -> sampled + shares() + times();
            case SIGNS -> sampled + shares() + times() + " Some bounds or innocent explanations remain open.";
            case ABSENT -> sampled + absence();
            case TOO_LITTLE_EVIDENCE ->
                sampled + " Too little evidence. "
                        + judgement.missing().getFirst().detail();
        };
    }

    private String shares() {
        return " %s repeat the template of another (at least %s), %s link and ask to buy, join, follow or the like (at least %s)."
                .formatted(
                        DatedReasons.inHundred(own.repeated(), own.n()),
                        Rounded.text(Rounded.down(
                                100 * own.repeatedBounds(thresholds.z()).lower(), 0)),
                        DatedReasons.inHundred(own.promotional(), own.n()),
                        Rounded.text(Rounded.down(
                                100 * own.promotionalBounds(thresholds.z()).lower(), 0)));
    }

    /** The sign that shows; the minutes when both do. */
    private String times() {
        Clockwork clock = own.clock();
        if (clock.unevenMinutes(thresholds.moments(), thresholds.minuteTail())) {
            return " The minutes of the hour they came at (%,d times apart) are more uneven than one in %,d random sets."
                    .formatted(clock.sittings(), (long) Rounded.down(1 / thresholds.minuteTail(), 0));
        }
        return " From the gaps before it, the next of %,d gaps is known to within %s bit."
                .formatted(clock.gaps(), Rounded.text(Rounded.up(clock.gapBits(), 1)));
    }

    /** Either share may show the absence; the one that does is stated with its upper bound. */
    private String absence() {
        double promotional = own.promotionalBounds(thresholds.absentZ()).upper();
        if (promotional < thresholds.promotional()) {
            return " %s link and ask to buy, join, follow or the like (at most %s)."
                    .formatted(
                            DatedReasons.inHundred(own.promotional(), own.n()),
                            Rounded.text(Rounded.up(100 * promotional, 0)));
        }
        return " %s repeat the template of another (at most %s)."
                .formatted(
                        DatedReasons.inHundred(own.repeated(), own.n()),
                        Rounded.text(Rounded.up(
                                100 * own.repeatedBounds(thresholds.absentZ()).upper(), 0)));
    }

    private List<Reason> reasons() {
        Clockwork clock = own.clock();
        return List.of(
                reasons.estimated(
                        "repeated-share",
                        own.repeated(),
                        own.n(),
                        own.repeatedBounds(thresholds.z()),
                        thresholds.repeated()),
                reasons.estimated(
                        "promotional-share",
                        own.promotional(),
                        own.n(),
                        own.promotionalBounds(thresholds.z()),
                        thresholds.promotional()),
                reasons.counted(
                        "minute-tail",
                        Rounded.nearest(clock.minuteTail(), 6),
                        thresholds.minuteTail(),
                        clock.sittings()),
                reasons.counted("gap-bits", Rounded.nearest(clock.gapBits(), 4), thresholds.gapBits(), clock.gaps()),
                reasons.counted("posts", own.n(), thresholds.posts(), own.n()),
                reasons.counted("days-sampled", Rounded.down(own.span(), 1), thresholds.span(), own.n()));
    }

    private Table counts() {
        return new Table(
                "posts",
                List.of("sampled", "reposts", "own", "templates", "repeated", "promotional"),
                List.of(List.of(
                        (double) posts.all().size(),
                        (double) posts.ofKind(PostKind.REPOST).size(),
                        (double) own.n(),
                        (double) own.n() - own.repeated(),
                        (double) own.repeated(),
                        (double) own.promotional())));
    }

    private Table templates() {
        List<Double> row = own.templatesByUse().stream().map(Long::doubleValue).toList();
        return new Table("templates", List.of("once", "twice", "threeToNineTimes", "moreOften"), List.of(row));
    }
}
