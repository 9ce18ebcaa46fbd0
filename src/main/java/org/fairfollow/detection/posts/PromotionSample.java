package org.fairfollow.detection.posts;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.Statistics.Interval;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.SampledPost;

/**
 * An account's own posts in the numbers that decide about automated promotion.
 *
 * @param posts oldest first
 * @param repeated posts less distinct templates: those that repeat the template of another
 * @param promotional posts that link and ask for something
 */
record PromotionSample(List<SampledPost> posts, long repeated, long promotional, Clockwork clock) {
    static PromotionSample of(List<SampledPost> posts) {
        long templates = posts.stream().map(SampledPost::template).distinct().count();
        return new PromotionSample(
                posts,
                posts.size() - templates,
                posts.stream().filter(PromotionSample::isPromotional).count(),
                Clockwork.of(posts.stream().map(SampledPost::at).toList()));
    }

    private static boolean isPromotional(SampledPost post) {
        return post.hasLink() && post.promotional();
    }

    int n() {
        return posts.size();
    }

    double span() {
        return SampledPosts.span(posts);
    }

    double repeatedShare() {
        return n() == 0 ? 0 : (double) repeated / n();
    }

    double promotionalShare() {
        return n() == 0 ? 0 : (double) promotional / n();
    }

    /** Without any posts it says nothing. */
    Interval repeatedBounds(double z) {
        return Statistics.wilson(repeated, n(), z);
    }

    Interval promotionalBounds(double z) {
        return Statistics.wilson(promotional, n(), z);
    }

    /** Ties go to the earlier day. */
    PromotionSample withoutBusiestDays(int days) {
        Map<Long, Long> byDay = posts.stream().collect(Collectors.groupingBy(SampledPosts::day, Collectors.counting()));
        Set<Long> busiest = byDay.entrySet().stream()
                .sorted(Map.Entry.<Long, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(days)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return of(posts.stream()
                .filter(post -> !busiest.contains(SampledPosts.day(post)))
                .toList());
    }

    PromotionSample promotionalOnly() {
        return of(posts.stream().filter(PromotionSample::isPromotional).toList());
    }

    PromotionSample withoutReplies() {
        return of(posts.stream().filter(post -> post.kind() != PostKind.REPLY).toList());
    }

    /** How many templates were used so often: once, twice, 3 to 9 times, more. */
    List<Long> templatesByUse() {
        Map<String, Long> uses =
                posts.stream().collect(Collectors.groupingBy(SampledPost::template, Collectors.counting()));
        Function<Long, Integer> group = use -> use < 3 ? (int) (use - 1) : use < 10 ? 2 : 3;
        Map<Integer, Long> grouped =
                uses.values().stream().collect(Collectors.groupingBy(group, Collectors.counting()));
        return List.of(
                grouped.getOrDefault(0, 0L),
                grouped.getOrDefault(1, 0L),
                grouped.getOrDefault(2, 0L),
                grouped.getOrDefault(3, 0L));
    }
}
