package org.fairfollow.detection;

import java.util.List;
import org.fairfollow.detection.followchurn.FollowChurnDetector;

/** The detectors that judge: one a practice. */
public final class Detectors {
    private static final List<Detector> ALL = List.of(new FollowChurnDetector());

    private Detectors() {}

    public static List<Detector> all() {
        return ALL;
    }
}
