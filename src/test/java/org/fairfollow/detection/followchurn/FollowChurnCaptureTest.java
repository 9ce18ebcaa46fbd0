package org.fairfollow.detection.followchurn;

import java.util.List;
import java.util.Map;
import org.fairfollow.detection.CaptureTests;

class FollowChurnCaptureTest extends CaptureTests {
    FollowChurnCaptureTest() {
        super(
                new FollowChurnDetector(),
                Map.of(
                        "present", InventedAccount.churner().following(7).dossier(1),
                        "absent", InventedAccount.organic().following(3).dossier(2),
                        "too-little", InventedAccount.organic().following(.15).dossier(3),
                        "borderline", InventedAccount.evader().following(5).dossier(4),
                        "partial", InventedObservations.dossier(InventedObservations.told(160, .9, .1, 5), List.of()),
                        "sawtooth",
                                InventedObservations.dossier(
                                        List.of(), InventedObservations.daily(60, InventedObservations::sawtooth))));
    }
}
