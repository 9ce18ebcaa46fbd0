package org.fairfollow.detection.posts;

import static org.fairfollow.detection.posts.InventedPosts.ordinary;
import static org.fairfollow.detection.posts.InventedPosts.questions;

import java.util.Map;
import org.fairfollow.detection.CaptureTests;

class NeverRepliesCaptureTest extends CaptureTests {
    NeverRepliesCaptureTest() {
        super(
                new NeverRepliesDetector(),
                Map.of(
                        "present", InventedPosts.of(ordinary(120, 80, 1), questions(80, 0)),
                        "absent", InventedPosts.of(ordinary(120, 80, 2), questions(80, 30)),
                        "too-little", InventedPosts.of(ordinary(120, 80, 3), questions(40, 0)),
                        "borderline", InventedPosts.of(ordinary(120, 80, 4), questions(150, 0, 30))));
    }
}
