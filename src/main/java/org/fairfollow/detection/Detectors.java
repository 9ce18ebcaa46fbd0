package org.fairfollow.detection;

import java.util.List;
import org.fairfollow.detection.followback.AutoFollowBackDetector;
import org.fairfollow.detection.followchurn.FollowChurnDetector;
import org.fairfollow.detection.followers.BuysFollowersDetector;
import org.fairfollow.detection.messages.AutoDmDetector;
import org.fairfollow.detection.posts.AutomatedPromotionDetector;
import org.fairfollow.detection.posts.NeverRepliesDetector;
import org.fairfollow.detection.posts.UnfollowShamingDetector;
import org.fairfollow.evidence.Floors;
import org.fairfollow.evidence.RollUp;

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

    /**
     * From what on follows are kept for as long as rules look back. Nobody beneath has the week of follows without which
     * follow-churn accuses nobody, nor so many arrivals in the hours of a burst that they count as shared, nor, at an even
     * pace, the follows received and returned without which auto-follow-back says nothing against anybody.
     */
    public static Floors floors() {
        var churn = FollowChurnDetector.Thresholds.DEFAULT;
        var bought = BuysFollowersDetector.Thresholds.DEFAULT;
        var back = AutoFollowBackDetector.Thresholds.DEFAULT;
        double received = (double) back.received() * RollUp.WINDOW_DAYS / back.windowDays();
        return new Floors(
                churn.weeklyFollows(),
                Math.min(bought.synchrony().arrivals(), (int) bought.burst().followers()),
                (int) (received * back.returned()),
                (int) received);
    }
}
