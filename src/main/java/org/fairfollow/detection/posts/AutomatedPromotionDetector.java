package org.fairfollow.detection.posts;

import java.util.ArrayList;
import java.util.List;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Alibi;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.Rounded;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.PostKind;

/**
 * Judges automated promotion: posts that mostly repeat templates, mostly link and ask for something, and keep the times
 * of a schedule. All three are needed, for each alone is common.
 */
public final class AutomatedPromotionDetector implements Detector {
    static final String VERSION = "automated-promotion/1";

    private final Thresholds thresholds;

    public AutomatedPromotionDetector() {
        this(Thresholds.DEFAULT);
    }

    public AutomatedPromotionDetector(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /**
     * What the rule compares with.
     *
     * @param windowDays how far back posts are looked at
     * @param posts fewest own posts for any opinion
     * @param span the same, in days from the first to the last
     * @param repeated least share of posts that repeat a template
     * @param promotional least share of posts that link and ask for something
     * @param z of the bounds of both shares, one-sided; corrected for looking weekly over 90 days
     * @param moments fewest sittings, or gaps, to tell a schedule from
     * @param minuteTail minutes of the hour so uneven are of a schedule
     * @param gapBits most uncertainty of the next gap for a schedule, in bits: no more than tossing one coin
     * @param alibiZ of the bounds when judged again under an alibi: 99 %, one-sided
     * @param absentZ of the bounds that show the pattern absent: 99 %, one-sided
     */
    public record Thresholds(
            int windowDays,
            int posts,
            int span,
            double repeated,
            double promotional,
            double z,
            int moments,
            double minuteTail,
            double gapBits,
            double alibiZ,
            double absentZ) {
        public static final Thresholds DEFAULT = new Thresholds(90, 100, 14, .6, .6, 3.36, 50, .001, 1, 2.326, 2.326);
    }

    record Judgement(Opinion opinion, List<Alibi> alibis, List<Missing> missing) {}

    @Override
    public Practice practice() {
        return Practice.AUTOMATED_PROMOTION;
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public PracticeDescription describe() {
        return AutomatedPromotionDescription.of(thresholds);
    }

    @Override
    public Thresholds thresholds() {
        return thresholds;
    }

    @Override
    public Finding judge(Dossier dossier) {
        SampledPosts posts = SampledPosts.of(dossier, thresholds.windowDays());
        // What an account passes on is not its own promotion.
        PromotionSample own = PromotionSample.of(posts.without(PostKind.REPOST));
        return new AutomatedPromotionFinding(posts, own, thresholds).of(judge(own));
    }

    private Judgement judge(PromotionSample sample) {
        List<Missing> missing = unmetByEvidence(sample);
        if (missing.isEmpty()) {
            if (shows(sample)) {
                return underAlibis(sample);
            }
            if (excludes(sample)) {
                return new Judgement(Opinion.ABSENT, List.of(), List.of());
            }
            missing = unmetByCertainty(sample);
        }
        return new Judgement(Opinion.TOO_LITTLE_EVIDENCE, List.of(), missing);
    }

    private Judgement underAlibis(PromotionSample sample) {
        PromotionSample promotion = sample.promotionalOnly();
        List<Alibi> alibis = List.of(
                new Alibi("two-busiest-days-removed", meets(sample.withoutBusiestDays(2), thresholds.alibiZ())),
                new Alibi("promotion-alone", repeats(promotion, thresholds.alibiZ()) && scheduled(promotion)),
                new Alibi("replies-left-out", meets(sample.withoutReplies(), thresholds.alibiZ())));
        boolean present = meets(sample, thresholds.z()) && alibis.stream().allMatch(Alibi::survived);
        return new Judgement(present ? Opinion.PRESENT : Opinion.SIGNS, alibis, List.of());
    }

    private boolean shows(PromotionSample sample) {
        return sample.repeatedShare() >= thresholds.repeated()
                && sample.promotionalShare() >= thresholds.promotional()
                && scheduled(sample);
    }

    private boolean meets(PromotionSample sample, double z) {
        return unmetByEvidence(sample).isEmpty()
                && repeats(sample, z)
                && sample.promotionalBounds(z).lower() >= thresholds.promotional()
                && scheduled(sample);
    }

    private boolean repeats(PromotionSample sample, double z) {
        return sample.repeatedBounds(z).lower() >= thresholds.repeated();
    }

    private boolean scheduled(PromotionSample sample) {
        Clockwork clock = sample.clock();
        return clock.unevenMinutes(thresholds.moments(), thresholds.minuteTail())
                || clock.regularGaps(thresholds.moments(), thresholds.gapBits());
    }

    /** The pattern needs both shares, so either one under its threshold beyond doubt excludes it. */
    private boolean excludes(PromotionSample sample) {
        return sample.repeatedBounds(thresholds.absentZ()).upper() < thresholds.repeated()
                || sample.promotionalBounds(thresholds.absentZ()).upper() < thresholds.promotional();
    }

    private List<Missing> unmetByEvidence(PromotionSample sample) {
        List<Missing> missing = new ArrayList<>(DatedReasons.tooFew(
                "posts", sample.n(), thresholds.posts(), "Posts of its own: %s; at least %s are needed."));
        missing.addAll(DatedReasons.tooFew(
                "days-sampled",
                sample.span(),
                thresholds.span(),
                "Days from the first of these posts to the last: %s; at least %s are needed."));
        return List.copyOf(missing);
    }

    private List<Missing> unmetByCertainty(PromotionSample sample) {
        if (sample.repeatedShare() >= thresholds.repeated() && sample.promotionalShare() >= thresholds.promotional()) {
            return List.of(new Missing(
                    "schedule",
                    Rounded.nearest(sample.clock().minuteTail(), 4),
                    thresholds.minuteTail(),
                    "The posts repeat templates and ask for something, but their times show no schedule."));
        }
        boolean repeats = sample.repeatedShare() >= thresholds.repeated();
        double most = repeats
                ? sample.promotionalBounds(thresholds.absentZ()).upper()
                : sample.repeatedBounds(thresholds.absentZ()).upper();
        double need = repeats ? thresholds.promotional() : thresholds.repeated();
        String detail = "Posts that %s may be %s in 100 or more, which these posts neither show nor exclude."
                .formatted(
                        repeats ? "link and ask for something" : "repeat the template of another",
                        Rounded.text(Rounded.nearest(100 * need, 0)));
        return List.of(new Missing("certainty", Rounded.up(most, 4), need, detail));
    }
}
