package org.fairfollow.verdict;

import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.evidence.Dossier;
import org.jspecify.annotations.Nullable;

/**
 * A finding and the evidence it was reached on.
 *
 * @param placebo whether the rule finds the practice in the placebo as well; null where there is none
 */
record Judged(
        int accountId,
        Dossier dossier,
        Finding finding,
        @Nullable Boolean placebo) {
    static Judged by(Detector detector, int accountId, Dossier dossier) {
        Boolean placebo = detector.placebo(dossier)
                .map(shuffled -> Policy.standing(detector.judge(shuffled)).isListed())
                .orElse(null);
        return new Judged(accountId, dossier, Outcome.of(detector, dossier).finding(), placebo);
    }

    /** What it would be if nothing counted any more. */
    Judged lapsed() {
        Detector detector = Detectors.all().stream()
                .filter(one -> one.practice() == finding.practice())
                .findFirst()
                .orElseThrow();
        return new Judged(accountId, dossier, detector.judge(Dossier.empty(dossier.asOf())), null);
    }
}
