package org.fairfollow.detection.posts;

import static org.fairfollow.detection.posts.InventedPosts.ordinary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fairfollow.detection.CaptureTests;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.SampledPost;

class UnfollowShamingCaptureTest extends CaptureTests {
    UnfollowShamingCaptureTest() {
        super(
                new UnfollowShamingDetector(),
                Map.of(
                        "present", InventedPosts.of(with(ordinary(60, 40, 1), 3, 12, 20, 33)),
                        "absent", InventedPosts.of(ordinary(120, 40, 2)),
                        "too-little", InventedPosts.of(with(ordinary(60, 40, 3), 12)),
                        "borderline", InventedPosts.of(with(ordinary(60, 40, 4), 12, 13))));
    }

    /** An app's posts so many days ago; the first names, the others count. */
    private static List<SampledPost> with(List<SampledPost> ordinary, long... daysAgo) {
        List<SampledPost> posts = new ArrayList<>(ordinary);
        for (long days : daysAgo) {
            String code = days == daysAgo[0] ? InventedPosts.NAMES : InventedPosts.COUNT;
            posts.add(InventedPosts.post(
                    InventedPosts.AS_OF - days * InventedPosts.DAY - days * 60, 7, PostKind.ORIGINAL, true, code));
        }
        return posts;
    }
}
