package org.fairfollow.detection.followback;

import java.util.Map;
import org.fairfollow.detection.CaptureTests;

class AutoFollowBackCaptureTest extends CaptureTests {
    AutoFollowBackCaptureTest() {
        super(
                new AutoFollowBackDetector(),
                Map.of(
                        "present", InventedFollowers.instant().receiving(260).dossier(1),
                        "clockwork",
                                InventedFollowers.instant()
                                        .receiving(260)
                                        .answering(InventedFollowers.everyFrom(6 * InventedFollowers.HOUR, 900))
                                        .dossier(2),
                        "absent",
                                InventedFollowers.instant()
                                        .receiving(120)
                                        .answering(InventedFollowers.inTheEvening(7_200)
                                                .of(.6))
                                        .dossier(3),
                        "too-little", InventedFollowers.instant().receiving(30).dossier(4),
                        "borderline",
                                InventedFollowers.instant()
                                        .receiving(260)
                                        .answering(InventedFollowers.whenAwake(240))
                                        .dossier(5)));
    }
}
