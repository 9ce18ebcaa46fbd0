package org.fairfollow.cli.recompute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Practice;
import org.fairfollow.verdict.Exported;
import org.fairfollow.verdict.OpenDossier;
import org.fairfollow.verdict.OpenFinding;
import org.fairfollow.verdict.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One verdict as it was told and as this build finds it.
 *
 * @param lines what was compared; empty where nothing could be
 * @param why a sentence where there is something to say of the result; else empty
 */
public record Rejudged(Practice practice, Exported told, Result result, List<Line> lines, String why) {
    public enum Result {
        SAME,
        DIFFERENT,
        /** Nobody can tell from this export whether the verdict is right. */
        NOT_COMPARED
    }

    /** One thing that was compared, as it was then and is now. */
    public record Line(String what, String then, String now) {
        public boolean isSame() {
            return then.equals(now);
        }
    }

    /** @param sameRules whether this build judges the practice by the rules the export names */
    static Rejudged of(Detector detector, Exported told, boolean sameRules) {
        Practice practice = detector.practice();
        OpenDossier dossier = told.dossier();
        if (dossier == null) {
            return notCompared(practice, told, withheld(told.withheld()));
        }
        if (!detector.version().equals(told.detector())) {
            return notCompared(
                    practice,
                    told,
                    "It was judged by " + Plain.text(told.detector()) + "; this build has " + detector.version() + ".");
        }
        Outcome outcome;
        try {
            outcome = Outcome.of(detector, dossier.dossier());
        } catch (RuntimeException e) {
            // Rules never fail on what the evidence log can yield; a file can hold anything.
            return notCompared(practice, told, "The evidence in it is not such as this service keeps.");
        }
        OpenFinding now = OpenFinding.of(outcome.finding());
        List<Line> lines = lines(told, dossier, outcome, now);
        if (lines.stream().allMatch(Line::isSame)) {
            return new Rejudged(practice, told, Result.SAME, lines, "");
        }
        return sameRules
                ? new Rejudged(practice, told, Result.DIFFERENT, lines, "")
                : new Rejudged(practice, told, Result.NOT_COMPARED, lines, "This build judges it by other rules.");
    }

    private static Rejudged notCompared(Practice practice, Exported told, String why) {
        return new Rejudged(practice, told, Result.NOT_COMPARED, List.of(), why);
    }

    private static String withheld(Exported.@Nullable Withheld why) {
        return switch (why) {
            case TOLD ->
                "It rests on what single people told, which nobody gets to see, so that nobody learns who they are.";
            case TOO_LARGE -> "The evidence is too large to be told at once.";
            case OTHER_RULES -> "It was judged by a version of the rule that the service no longer has.";
            case null -> "There is no evidence in it.";
        };
    }

    private static List<Line> lines(Exported told, OpenDossier dossier, Outcome outcome, OpenFinding now) {
        OpenFinding then = told.finding();
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("standing", told.standing().id(), outcome.standing().id()));
        // Or old evidence could pass for new.
        addUnlessSame(lines, "as of", told.asOf().getEpochSecond(), dossier.asOf());
        lines.add(new Line("opinion", then.opinion(), now.opinion()));
        Map<String, Reason> byCode = new HashMap<>();
        now.reasons().forEach(reason -> byCode.put(reason.code(), reason));
        for (Reason reason : then.reasons()) {
            lines.add(line(reason.code(), reason, byCode.remove(reason.code())));
        }
        now.reasons().stream()
                .filter(reason -> byCode.containsKey(reason.code()))
                .forEach(reason -> lines.add(line(reason.code(), null, reason)));
        addUnlessSame(lines, "order of reasons", then.reasons(), now.reasons());
        addUnlessSame(lines, "statement", then.statement(), now.statement());
        addUnlessSame(lines, "alibis", then.alibis(), now.alibis());
        addUnlessSame(lines, "caveats", then.caveats(), now.caveats());
        addUnlessSame(lines, "missing", then.missing(), now.missing());
        addUnlessSame(lines, "sources", then.sources(), now.sources());
        addUnlessSame(lines, "spark", then.spark(), now.spark());
        addUnlessSame(lines, "tables", then.tables(), now.tables());
        return lines;
    }

    private static Line line(String code, @Nullable Reason then, @Nullable Reason now) {
        // Where more than the value differs, all of it is shown.
        boolean alike = then != null && now != null && then.value() == now.value() && !then.equals(now);
        return new Line(code, text(then, alike), text(now, alike));
    }

    private static String text(@Nullable Reason reason, boolean whole) {
        return reason == null ? "-" : whole ? reason.toString() : String.valueOf(reason.value());
    }

    private static void addUnlessSame(List<Line> lines, String what, @Nullable Object then, @Nullable Object now) {
        boolean shown = lines.stream().anyMatch(line -> !line.isSame());
        if (!Objects.equals(then, now) && !(what.startsWith("order") && shown)) {
            lines.add(new Line(what, String.valueOf(then), String.valueOf(now)));
        }
    }
}
