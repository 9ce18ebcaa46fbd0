package org.fairfollow.cli.evaluation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;

/** How the detectors of those practices answered that a file is evidence of. */
final class PracticeTallies {
    private final Map<Practice, PracticeTally> byPractice = new EnumMap<>(Practice.class);

    /** @param practices of which those without a detector are left out */
    PracticeTallies(List<Detector> detectors, List<Practice> practices) {
        detectors.stream()
                .filter(detector -> practices.contains(detector.practice()))
                .forEach(detector -> byPractice.put(detector.practice(), new PracticeTally(detector)));
    }

    /** Findings of other practices are not counted here. */
    void add(Finding finding, LabelReading label) {
        PracticeTally tally = byPractice.get(finding.practice());
        if (tally != null) {
            tally.add(finding, label);
        }
    }

    List<SubjectFigures> figures(String file, String meaning, List<Measure> further, List<String> notes) {
        return byPractice.values().stream()
                .map(tally -> tally.figures(file, meaning, further, notes))
                .toList();
    }
}
