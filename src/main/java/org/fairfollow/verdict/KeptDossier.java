package org.fairfollow.verdict;

import java.time.Instant;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.verdict.Exported.Withheld;

/** A verdict and the evidence it was reached on, as they were written down together. */
public final class KeptDossier {
    private final Standing heldAs;
    private final long asOf;
    private final Finding finding;
    private final byte[] body;

    KeptDossier(Standing heldAs, long asOf, Finding finding, byte[] body) {
        this.heldAs = heldAs;
        this.asOf = asOf;
        this.finding = finding;
        this.body = body;
    }

    public Practice practice() {
        return finding.practice();
    }

    /** What it was held as when it was written down: what the rules make of it, and what people had decided. */
    public Standing heldAs() {
        return heldAs;
    }

    /** What the rules alone make of it, for anybody to find again. */
    public Standing standing() {
        return Policy.standing(finding);
    }

    /** Bytes of the dossier before it is read. */
    public long size() {
        return Stored.size(body);
    }

    /** With the evidence that anybody may see, if that alone makes the same verdict. */
    public Exported export() {
        Detector detector = Detectors.all().stream()
                .filter(candidate -> candidate.version().equals(finding.detector()))
                .findFirst()
                .orElse(null);
        if (detector == null) {
            return without(Withheld.OTHER_RULES);
        }
        Dossier whole = Stored.dossier(body);
        OpenDossier open = OpenDossier.of(whole);
        boolean same = Outcome.of(detector, open.dossier()).finding().equals(finding);
        // Where nothing was left out and the verdict is another all the same, that is for everybody to see.
        return same || !OpenDossier.leavesOut(whole)
                ? new Exported(standing(), finding.detector(), asOf(), OpenFinding.of(finding), open, null)
                : without(Withheld.TOLD);
    }

    /** Without evidence. */
    public Exported without(Withheld why) {
        return new Exported(standing(), finding.detector(), asOf(), OpenFinding.of(finding), null, why);
    }

    private Instant asOf() {
        return Instant.ofEpochSecond(asOf);
    }
}
