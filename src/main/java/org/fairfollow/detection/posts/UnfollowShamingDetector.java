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
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.SampledPost;

/**
 * Judges unfollow-shaming: posts, in the fixed wording of an app, that count or name who unfollowed the account. Whether
 * anybody meant to shame is not judged, nor who runs the account.
 */
public final class UnfollowShamingDetector implements Detector {
    static final String VERSION = "unfollow-shaming/1";

    /** How the codes of patterns begin, see {@code unfollow-patterns.csv}. */
    private static final String NAMES = "unfollow-names";

    private static final String COUNTS = "unfollow-count";

    private final Thresholds thresholds;

    public UnfollowShamingDetector() {
        this(Thresholds.DEFAULT);
    }

    public UnfollowShamingDetector(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /**
     * What the rule compares with.
     *
     * @param windowDays how far back posts are looked at
     * @param days fewest UTC days with such posts
     * @param trialHours so long after the first such post they may come from an app that somebody tried: apps post once
     *     a day, and whoever did not want that has seen it twice
     * @param posts fewest posts to say that there are none
     * @param span the same, in days from the first post to the last: a weekly app has posted twice by then
     * @param rare the share of such posts that must be excluded to say that there are none: what a daily app makes of an
     *     account with 20 posts a day
     * @param absentConfidence of the bound that excludes it, one-sided
     */
    public record Thresholds(
            int windowDays, int days, int trialHours, int posts, int span, double rare, double absentConfidence) {
        public static final Thresholds DEFAULT = new Thresholds(90, 2, 48, 100, 14, .05, .99);
    }

    record Judgement(Opinion opinion, List<Alibi> alibis, List<Missing> missing) {}

    @Override
    public Practice practice() {
        return Practice.UNFOLLOW_SHAMING;
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public PracticeDescription describe() {
        return UnfollowShamingDescription.of(thresholds);
    }

    @Override
    public Thresholds thresholds() {
        return thresholds;
    }

    @Override
    public Finding judge(Dossier dossier) {
        AppPosts posts = AppPosts.of(SampledPosts.of(dossier, thresholds.windowDays()));
        return new UnfollowShamingFinding(posts, thresholds).of(judge(posts));
    }

    private Judgement judge(AppPosts posts) {
        long days = AppPosts.days(posts.hits());
        if (days >= thresholds.days()) {
            Alibi trial = new Alibi("one-app-trial", !afterTrial(posts.hits()).isEmpty());
            Opinion opinion = trial.survived() ? Opinion.PRESENT : Opinion.SIGNS;
            return new Judgement(opinion, List.of(trial), List.of());
        }
        List<Missing> missing = new ArrayList<>();
        if (days > 0) {
            missing.addAll(DatedReasons.tooFew(
                    "unfollow-post-days",
                    days,
                    thresholds.days(),
                    "Days with posts of an app about who unfollowed: %s; on one day it may have been a trial, so at"
                            + " least %s are needed."));
        } else {
            missing.addAll(unmetByAbsence(posts));
        }
        return new Judgement(
                missing.isEmpty() ? Opinion.ABSENT : Opinion.TOO_LITTLE_EVIDENCE, List.of(), List.copyOf(missing));
    }

    private List<Missing> unmetByAbsence(AppPosts posts) {
        List<Missing> missing = new ArrayList<>(DatedReasons.tooFew(
                "posts", posts.own().size(), thresholds.posts(), "Posts of its own: %s; at least %s are needed."));
        missing.addAll(DatedReasons.tooFew(
                "days-sampled",
                SampledPosts.span(posts.own()),
                thresholds.span(),
                "Days from the first of these posts to the last: %s; at least %s are needed."));
        double most = posts.mostInHundred(thresholds.absentConfidence()) / 100;
        if (missing.isEmpty() && most >= thresholds.rare()) {
            missing.add(new Missing(
                    "certainty",
                    most,
                    thresholds.rare(),
                    "None of these posts is of such an app, but more posts are needed to tell that it is rare."));
        }
        return missing;
    }

    /** Without what a trial may have posted. */
    private List<SampledPost> afterTrial(List<SampledPost> hits) {
        long end = hits.getFirst().at() + thresholds.trialHours() * 3_600L;
        return hits.stream().filter(post -> post.at() >= end).toList();
    }

    /** Whoever passes an app's words on, or answers with them, has not let an app post. */
    static boolean isHit(SampledPost post) {
        return post.kind() == PostKind.ORIGINAL
                && post.hits().stream().anyMatch(UnfollowShamingDetector::isOfUnfollowers);
    }

    static boolean names(SampledPost post) {
        return post.hits().stream().anyMatch(hit -> hit.startsWith(NAMES));
    }

    /** Samples may carry codes of patterns about other things. */
    static boolean isOfUnfollowers(String hit) {
        return hit.startsWith(NAMES) || hit.startsWith(COUNTS);
    }

    static boolean isOwn(SampledPost post) {
        return post.kind() == PostKind.ORIGINAL || post.kind() == PostKind.REPLY;
    }
}
