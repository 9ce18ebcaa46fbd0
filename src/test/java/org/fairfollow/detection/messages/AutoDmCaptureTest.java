package org.fairfollow.detection.messages;

import static org.fairfollow.detection.messages.InventedMessages.TEMPLATE;
import static org.fairfollow.detection.messages.InventedMessages.THANKS;

import java.util.Map;
import org.fairfollow.detection.CaptureTests;

class AutoDmCaptureTest extends CaptureTests {
    AutoDmCaptureTest() {
        super(
                new AutoDmDetector(),
                Map.of(
                        "present",
                                new InventedMessages()
                                        .every(4, 14, TEMPLATE, 40L)
                                        .every(9, 2, TEMPLATE, null)
                                        .every(11, 3, AutoDmDetectorTest.inventedText(2), 7_200L)
                                        .alsoObserved("observer3.example", 41, 42)
                                        .dossier(),
                        "absent",
                                new InventedMessages()
                                        .every(3, 3, TEMPLATE, 300L)
                                        .every(3, 24, TEMPLATE, 21_600L)
                                        .dossier(),
                        "too-little",
                                new InventedMessages()
                                        .every(.1, 9, TEMPLATE, 20L)
                                        .dossier(),
                        "borderline",
                                new InventedMessages()
                                        .every(4, 12, THANKS + " See you at the pier", 20L)
                                        .dossier()));
    }
}
