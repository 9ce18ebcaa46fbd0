package org.fairfollow.cli.evaluation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Dossier;

/** Hands every account of a data set to every detector, as the service does. */
final class Judging {
    private final List<Detector> detectors;
    private final WholePipeline pipeline;
    private final Map<Practice, Long> failures = new EnumMap<>(Practice.class);

    Judging(List<Detector> detectors, WholePipeline pipeline) {
        this.detectors = detectors;
        this.pipeline = pipeline;
    }

    /** @param findings gets each detector's */
    void judge(String account, LabelReading label, Dossier dossier, Consumer<Finding> findings) {
        pipeline.judged(account, label);
        for (Detector detector : detectors) {
            try {
                Finding finding = detector.judge(dossier);
                pipeline.found(account, label, finding);
                findings.accept(finding);
            } catch (RuntimeException | StackOverflowError e) {
                failures.merge(detector.practice(), 1L, Long::sum);
            }
        }
    }

    /** Accounts on which a detector broke down; it never should. */
    List<String> failures() {
        return failures.entrySet().stream()
                .map(entry -> Words.sentence(
                        "the detector of %s broke down on %,d accounts, which count as not judged",
                        entry.getKey().id(), entry.getValue()))
                .toList();
    }
}
