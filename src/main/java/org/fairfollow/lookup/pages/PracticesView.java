package org.fairfollow.lookup.pages;

import java.util.List;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.lookup.Practices;

/** What is judged and how, for people. */
record PracticesView(List<Judged> practices) {
    record Judged(
            String id,
            String name,
            String wording,
            String detector,
            String audit,
            List<String> evidence,
            List<Threshold> thresholds,
            List<String> alibis,
            List<String> caveats,
            List<String> figures) {}

    record Threshold(String wording, String value) {}

    static PracticesView of(List<PracticeDescription> practices) {
        return new PracticesView(practices.stream().map(PracticesView::of).toList());
    }

    private static Judged of(PracticeDescription practice) {
        return new Judged(
                practice.practice().id(),
                practice.name(),
                practice.wording(),
                practice.detector(),
                Practices.AUDIT,
                practice.evidence(),
                practice.thresholds().stream()
                        .map(threshold -> new Threshold(
                                threshold.wording(), Written.threshold(threshold.value(), threshold.unit())))
                        .toList(),
                practice.alibis().stream()
                        .map(PracticeDescription.Phrase::wording)
                        .toList(),
                practice.caveats().stream()
                        .map(PracticeDescription.Phrase::wording)
                        .toList(),
                practice.figures());
    }
}
