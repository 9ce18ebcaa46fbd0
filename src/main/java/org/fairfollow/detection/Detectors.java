package org.fairfollow.detection;

import java.util.List;
import org.fairfollow.detection.followback.AutoFollowBackDetector;
import org.fairfollow.detection.followchurn.FollowChurnDetector;
import org.fairfollow.detection.followers.BuysFollowersDetector;
import org.fairfollow.detection.messages.AutoDmDetector;
import org.fairfollow.detection.posts.AutomatedPromotionDetector;
import org.fairfollow.detection.posts.NeverRepliesDetector;
import org.fairfollow.detection.posts.UnfollowShamingDetector;

/** The detectors that judge: one a practice. */
public final class Detectors {
    private static final List<Detector> ALL = List.of(
            new FollowChurnDetector(),
            new BuysFollowersDetector(),
            new AutoDmDetector(),
            new AutoFollowBackDetector(),
            new UnfollowShamingDetector(),
            new AutomatedPromotionDetector(),
            new NeverRepliesDetector());

    private Detectors() {}

    public static List<Detector> all() {
        return ALL;
    }
}
