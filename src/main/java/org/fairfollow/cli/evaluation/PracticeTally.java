package org.fairfollow.cli.evaluation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;

/** How one practice's detector answered on the accounts of a file. */
final class PracticeTally {
    private static final EnumSet<Opinion> PRESENT = EnumSet.of(Opinion.PRESENT);
    private static final EnumSet<Opinion> SIGNS_OR_PRESENT = EnumSet.of(Opinion.SIGNS, Opinion.PRESENT);
    private static final EnumSet<Opinion> ALL = EnumSet.allOf(Opinion.class);

    private final Detector detector;
    private final Tally<Opinion> opinions = new Tally<>(Opinion.class);
    private final Scores positives = new Scores();
    private final Scores negatives = new Scores();

    PracticeTally(Detector detector) {
        this.detector = detector;
    }

    void add(Finding finding, LabelReading label) {
        opinions.add(finding.opinion(), label);
        switch (label) {
            case POSITIVE -> positives.add(finding.weight());
            case NEGATIVE -> negatives.add(finding.weight());
            case NOT_UNDERSTOOD -> {}
        }
    }

    /** @param further measures that only this file allows */
    SubjectFigures figures(String file, String meaning, List<Measure> further, List<String> notes) {
        Confusion present = opinions.confusion(PRESENT, ALL);
        Confusion signs = opinions.confusion(SIGNS_OR_PRESENT, ALL);
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.share(
                "base-rate", null, present.positives(), present.all(), "no account has a label that is understood"));
        measures.addAll(decision("present", present));
        measures.addAll(decision("signs-or-present", signs));
        measures.add(new Roc(positives.sorted(), negatives.sorted()).area());
        measures.add(Measure.unknown(
                "calibration-error", null, "the rule tells no probability: confidence is null until it is audited"));
        measures.add(opinions.share("abstained", EnumSet.of(Opinion.TOO_LITTLE_EVIDENCE)));
        measures.addAll(further);
        return new SubjectFigures(
                detector.practice().id(),
                detector.version(),
                file,
                true,
                meaning,
                opinions.outcomes(),
                measures,
                notes);
    }

    private static List<Measure> decision(String decision, Confusion confusion) {
        List<Measure> measures = new ArrayList<>(confusion.measures(decision));
        measures.add(Measure.share(
                "flagged-with-negative-label",
                decision,
                confusion.falsePositive(),
                confusion.flagged(),
                "nothing was flagged"));
        return measures;
    }
}
