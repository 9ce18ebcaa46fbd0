package org.fairfollow.verdict.audit;

import org.fairfollow.detection.Finding;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;

/** How far beyond its threshold a verdict lies, the least favourable first; the limits were fixed before any audit. */
enum Stratum {
    CLOSE,
    MIDDLE,
    FAR;

    private static final double MIDDLE_FROM = .1;
    private static final double FAR_FROM = .5;

    static Stratum of(double margin) {
        if (margin >= FAR_FROM) {
            return FAR;
        }
        return margin >= MIDDLE_FROM ? MIDDLE : CLOSE;
    }

    /** Whether the finding came by the way by which the practice is listed: its first reason is what the rule decides by. */
    static boolean decides(PracticeDescription practice, Finding finding) {
        return !finding.reasons().isEmpty()
                && finding.reasons()
                        .getFirst()
                        .code()
                        .equals(practice.measures().getFirst().code());
    }

    /**
     * By how much of the threshold the bound of the deciding reason lies beyond it: 0 on it, .5 half as much again, negative
     * on the innocent side, or where the rule compares the estimate and not its bound. What was counted is its own bound.
     */
    static double margin(PracticeDescription practice, Finding finding) {
        Finding.Reason reason = finding.reasons().getFirst();
        boolean ceiling = practice.measures().stream()
                .filter(measure -> measure.code().equals(reason.code()))
                .anyMatch(Measure::ceiling);
        var interval = reason.interval();
        if (ceiling) {
            double bound = interval == null ? reason.value() : interval.getLast();
            return (reason.threshold() - bound) / reason.threshold();
        }
        double bound = interval == null ? reason.value() : interval.getFirst();
        return (bound - reason.threshold()) / reason.threshold();
    }
}
