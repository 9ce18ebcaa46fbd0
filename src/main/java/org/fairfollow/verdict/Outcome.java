package org.fairfollow.verdict;

import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.evidence.Dossier;

/** What a rule makes of a dossier: the one way there is from evidence to a standing, whoever asks. */
public record Outcome(Finding finding, Standing standing) {

    public static Outcome of(Detector detector, Dossier dossier) {
        Finding finding = unlessLapsed(detector, dossier);
        return new Outcome(finding, Policy.standing(finding));
    }

    /** What rests on evidence that is too old is held against nobody, however far back a rule looks. */
    private static Finding unlessLapsed(Detector detector, Dossier dossier) {
        Finding finding = detector.judge(dossier);
        return finding.lastEvidenceAt() > 0 && Ledger.lapsesAt(finding) <= dossier.asOf()
                ? detector.judge(Dossier.empty(dossier.asOf()))
                : finding;
    }
}
