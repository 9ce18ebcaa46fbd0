package org.fairfollow.detection.followers;

import java.util.Map;
import org.fairfollow.detection.CaptureTests;

class BuysFollowersCaptureTest extends CaptureTests {
    BuysFollowersCaptureTest() {
        super(
                new BuysFollowersDetector(),
                Map.of(
                        "present",
                                InventedFollowing.organic(2_000, 1)
                                        .batch(4_000, 40, 20, 200)
                                        .dossier(),
                        "absent", InventedFollowing.organic(6_000, 2).dossier(),
                        "too-little",
                                InventedFollowing.organic(6_000, 3).sampled(200).dossier(),
                        "borderline",
                                InventedFollowing.organic(2_000, 4)
                                        .batch(4_000, 40, 20, 200)
                                        .withoutReadings()
                                        .dossier()));
    }
}
