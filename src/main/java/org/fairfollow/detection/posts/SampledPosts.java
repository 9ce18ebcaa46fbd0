package org.fairfollow.detection.posts;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.PostSample;
import org.fairfollow.evidence.Observation.SampledPost;

/**
 * The posts of all measured samples that lie in the window, each once, oldest first. What is only told is left out: any
 * number of people who make up posts must not move a finding.
 *
 * @param asOf of the dossier, kept within the years that have dates
 */
record SampledPosts(List<SampledPost> all, long asOf) {
    static final long DAY = 86_400;

    private static final long YEAR_9999 = 253_402_300_799L;

    private static final Map<PostKind, Integer> GUILT =
            Map.of(PostKind.REPOST, 0, PostKind.QUOTE, 1, PostKind.REPLY, 2, PostKind.ORIGINAL, 3);

    /** Where samples differ about a post, what accuses least is believed. */
    private static final Comparator<SampledPost> LEAST_ACCUSING = comparing(
                    (SampledPost post) -> GUILT.getOrDefault(post.kind(), 0))
            .thenComparingInt(post -> post.hits().size())
            .thenComparing(SampledPost::promotional)
            .thenComparing(SampledPost::hasLink)
            .thenComparing(post -> String.join(" ", post.hits()));

    private static final Comparator<SampledPost> OLDEST_FIRST =
            comparingLong(SampledPost::at).thenComparing(SampledPost::template);

    private record Key(long at, String template) {}

    static SampledPosts of(Dossier dossier, int windowDays) {
        long asOf = asOf(dossier);
        long since = since(asOf, windowDays);
        Map<Key, SampledPost> posts = new HashMap<>();
        for (PostSample sample : dossier.observations().postSamples()) {
            if (sample.measured()) {
                for (SampledPost post : sample.posts()) {
                    if (since < post.at() && post.at() <= asOf) {
                        posts.merge(new Key(post.at(), post.template()), post, BinaryOperator.minBy(LEAST_ACCUSING));
                    }
                }
            }
        }
        return new SampledPosts(posts.values().stream().sorted(OLDEST_FIRST).toList(), asOf);
    }

    static long asOf(Dossier dossier) {
        return Math.clamp(dossier.asOf(), 0, YEAR_9999);
    }

    /** What lies in the window comes after it; nothing was posted before 1970. */
    static long since(long asOf, int windowDays) {
        return Math.max(0, asOf - windowDays * DAY);
    }

    List<SampledPost> ofKind(PostKind kind) {
        return all.stream().filter(post -> post.kind() == kind).toList();
    }

    List<SampledPost> without(PostKind kind) {
        return all.stream().filter(post -> post.kind() != kind).toList();
    }

    static long day(SampledPost post) {
        return Math.floorDiv(post.at(), DAY);
    }

    /** From the first to the last, in days; they must be in order of time. */
    static double span(List<SampledPost> posts) {
        return posts.isEmpty()
                ? 0
                : (double) (posts.getLast().at() - posts.getFirst().at()) / DAY;
    }
}
