package org.fairfollow.detection.posts;

import static org.fairfollow.detection.posts.InventedPosts.ordinary;
import static org.fairfollow.detection.posts.InventedPosts.scheduled;

import java.util.Map;
import org.fairfollow.detection.CaptureTests;

class AutomatedPromotionCaptureTest extends CaptureTests {
    private static final long SIX_HOURS = 6 * 3_600;

    AutomatedPromotionCaptureTest() {
        super(
                new AutomatedPromotionDetector(),
                Map.of(
                        "present", InventedPosts.of(scheduled(200, SIX_HOURS, 95, 5, 1)),
                        "absent", InventedPosts.of(ordinary(120, 40, 2)),
                        "too-little", InventedPosts.of(scheduled(60, SIX_HOURS, 95, 5, 3)),
                        "borderline", InventedPosts.of(scheduled(110, SIX_HOURS, 65, 5, 4))));
    }
}
