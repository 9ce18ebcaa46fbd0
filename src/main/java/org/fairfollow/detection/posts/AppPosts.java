package org.fairfollow.detection.posts;

import java.util.List;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Statistics;
import org.fairfollow.evidence.Observation.SampledPost;

/**
 * An account's posts, and which of them are of an app about who unfollowed; all oldest first.
 *
 * @param own without what it passed on
 */
record AppPosts(SampledPosts sampled, List<SampledPost> own, List<SampledPost> hits) {
    static AppPosts of(SampledPosts posts) {
        return new AppPosts(
                posts,
                posts.all().stream().filter(UnfollowShamingDetector::isOwn).toList(),
                posts.all().stream().filter(UnfollowShamingDetector::isHit).toList());
    }

    static long days(List<SampledPost> posts) {
        return posts.stream().map(SampledPosts::day).distinct().count();
    }

    long naming() {
        return hits.stream().filter(UnfollowShamingDetector::names).count();
    }

    /** Such posts in 100 of its own: upper bound, to one decimal. */
    double mostInHundred(double confidence) {
        return Rounded.up(100 * Statistics.clopperPearsonUpper(hits.size(), own.size(), confidence), 1);
    }
}
