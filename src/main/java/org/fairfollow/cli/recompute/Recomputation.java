package org.fairfollow.cli.recompute;

import java.util.List;
import java.util.function.Predicate;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Practice;
import org.fairfollow.verdict.Rulebook;
import org.jspecify.annotations.Nullable;

/** Judges an export again with the rules of this build; asks nobody. */
public final class Recomputation {
    private Recomputation() {}

    /** @param otherRules the rulebook the export names, where it is known */
    public static List<Rejudged> of(ExportFile export, @Nullable OtherRules otherRules) {
        Predicate<Practice> sameRules =
                practice -> isThisBuilds(export.rules()) || (otherRules != null && otherRules.isSameFor(practice));
        return export.practices().entrySet().stream()
                .map(told -> Rejudged.of(detector(told.getKey()), told.getValue(), sameRules.test(told.getKey())))
                .toList();
    }

    private static Detector detector(Practice practice) {
        return Detectors.all().stream()
                .filter(detector -> detector.practice() == practice)
                .findFirst()
                .orElseThrow();
    }

    public static boolean isThisBuilds(String rules) {
        return rules.equals(Rulebook.sha256());
    }
}
