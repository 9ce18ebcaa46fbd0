package org.fairfollow.detection.posts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Finding.Sources;
import org.fairfollow.detection.Finding.Table;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.Statistics.Interval;
import org.fairfollow.detection.Wording;
import org.fairfollow.detection.posts.UnfollowShamingDetector.Judgement;
import org.fairfollow.detection.posts.UnfollowShamingDetector.Thresholds;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.SampledPost;

/** Writes out a judgement on unfollow-shaming with its numbers. */
final class UnfollowShamingFinding {
    /** Share of such posts, by account; guesses that order what people review and do nothing else. */
    private static final Statistics.Beta USERS = new Statistics.Beta(1, 9);

    private static final Statistics.Beta OTHERS = new Statistics.Beta(.05, 20);

    private static final int PATTERNS_NAMED = 3;

    private final AppPosts posts;
    private final Thresholds thresholds;
    private final DatedReasons reasons;

    UnfollowShamingFinding(AppPosts posts, Thresholds thresholds) {
        this.posts = posts;
        this.thresholds = thresholds;
        this.reasons = DatedReasons.of(
                posts.own().stream().map(SampledPost::at).toList(),
                posts.sampled().asOf());
    }

    Finding of(Judgement judgement) {
        boolean anything = !posts.own().isEmpty();
        return new Finding(
                Practice.UNFOLLOW_SHAMING,
                UnfollowShamingDetector.VERSION,
                judgement.opinion(),
                false,
                statement(judgement),
                anything ? reasons() : List.of(),
                judgement.alibis(),
                null,
                judgement.missing(),
                caveats(),
                new Sources(anything ? 1 : 0, 0),
                List.of(counts(), days()),
                lastEvidenceAt(),
                Rounded.nearest(
                        Statistics.betaBinomialLogRatio(
                                posts.hits().size(), posts.own().size(), USERS, OTHERS),
                        4));
    }

    /** The newest such post: what comes after it does not make it newer. */
    private long lastEvidenceAt() {
        List<SampledPost> evidence = posts.hits().isEmpty() ? posts.own() : posts.hits();
        return evidence.isEmpty() ? 0 : evidence.getLast().at();
    }

    private String statement(Judgement judgement) {
        if (posts.own().isEmpty()) {
            return "No posts of its own were sampled in the last %d days.".formatted(thresholds.windowDays());
        }
        String sampled = "%s, %s."
                .formatted(reasons.period(), Wording.count(posts.own().size(), "post of its own", "posts of its own"));
        return switch (judgement.opinion()) {
            case PRESENT -> sampled + pattern();
            case SIGNS -> sampled + pattern() + " All within " + thresholds.trialHours() + " hours.";
            case ABSENT ->
                sampled + " None is in the fixed wording of an app that counts or names who unfollowed (at most "
                        + Rounded.text(posts.mostInHundred(thresholds.absentConfidence())) + " in 100).";
            case TOO_LITTLE_EVIDENCE ->
                sampled + " Too little evidence. "
                        + judgement.missing().getFirst().detail();
        };
    }

    private String pattern() {
        List<SampledPost> hits = posts.hits();
        DatedReasons when = DatedReasons.of(
                hits.stream().map(SampledPost::at).toList(), posts.sampled().asOf());
        long naming = posts.naming();
        return " %d of them, on %s (%s), %s in the fixed wording of an app that counts or names who unfollowed: %s (%s)."
                .formatted(
                        hits.size(),
                        Wording.count(AppPosts.days(hits), "day", "days"),
                        when.period(),
                        hits.size() == 1 ? "is" : "are",
                        what(naming, hits.size() - naming),
                        patterns(hits));
    }

    private static String what(long naming, long counting) {
        List<String> what = new ArrayList<>();
        if (naming > 0) {
            what.add("%,d named who".formatted(naming));
        }
        if (counting > 0) {
            what.add("%,d counted them".formatted(counting));
        }
        return String.join(", ", what);
    }

    /** "unfollow-count-daily-stats 9, unfollow-names-checked 2": the most frequent, ties by name. */
    private static String patterns(List<SampledPost> hits) {
        Map<String, Long> byCode = hits.stream()
                .flatMap(post -> post.hits().stream().distinct())
                .filter(UnfollowShamingDetector::isOfUnfollowers)
                .collect(Collectors.groupingBy(code -> code, TreeMap::new, Collectors.counting()));
        return byCode.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(PATTERNS_NAMED)
                .map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
    }

    private List<Reason> reasons() {
        long n = posts.own().size();
        long hits = posts.hits().size();
        Interval share = new Interval(
                Statistics.clopperPearsonLower(hits, n, thresholds.absentConfidence()),
                Statistics.clopperPearsonUpper(hits, n, thresholds.absentConfidence()));
        return List.of(
                reasons.counted("unfollow-post-days", AppPosts.days(posts.hits()), thresholds.days(), hits),
                reasons.estimated("unfollow-post-share", hits, n, share, thresholds.rare()),
                reasons.counted("posts", n, thresholds.posts(), n),
                reasons.counted("days-sampled", Rounded.down(SampledPosts.span(posts.own()), 1), thresholds.span(), n));
    }

    private List<String> caveats() {
        return posts.hits().isEmpty() ? List.of("posts-unseen") : List.of("app-unnoticed", "wording-typed");
    }

    private Table counts() {
        SampledPosts all = posts.sampled();
        long naming = posts.naming();
        return new Table(
                "posts",
                List.of("sampled", "reposts", "quotes", "own", "namingUnfollowers", "countingUnfollowers"),
                List.of(List.of(
                        (double) all.all().size(),
                        (double) all.ofKind(PostKind.REPOST).size(),
                        (double) all.ofKind(PostKind.QUOTE).size(),
                        (double) posts.own().size(),
                        (double) naming,
                        (double) posts.hits().size() - naming)));
    }

    /** Days with such posts; {@code day} is the UTC epoch day. */
    private Table days() {
        Map<Long, List<SampledPost>> byDay = posts.hits().stream()
                .collect(Collectors.groupingBy(SampledPosts::day, TreeMap::new, Collectors.toList()));
        List<List<Double>> rows = byDay.entrySet().stream()
                .map(day -> {
                    long naming = day.getValue().stream()
                            .filter(UnfollowShamingDetector::names)
                            .count();
                    return List.of(
                            (double) day.getKey(),
                            (double) naming,
                            (double) day.getValue().size() - naming);
                })
                .toList();
        return new Table("unfollow-post-days", List.of("day", "namingUnfollowers", "countingUnfollowers"), rows);
    }
}
