package org.fairfollow.cli.simulation.practices;

import static org.fairfollow.cli.simulation.Cells.count;
import static org.fairfollow.cli.simulation.Cells.days;
import static org.fairfollow.cli.simulation.Cells.decimal;
import static org.fairfollow.cli.simulation.Cells.joined;
import static org.fairfollow.cli.simulation.Cells.percent;
import static org.fairfollow.cli.simulation.Cells.row;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fairfollow.cli.simulation.Cells;
import org.fairfollow.cli.simulation.EvaluationReport.Precision;
import org.fairfollow.cli.simulation.EvaluationReport.Rate;
import org.fairfollow.cli.simulation.practices.PracticeReport.BrigadeFigures;
import org.fairfollow.cli.simulation.practices.PracticeReport.KindFigures;
import org.fairfollow.cli.simulation.practices.PracticeReport.PracticeFigures;

/** The figures on the practices as the tables of {@code docs/evaluation.md}. */
public final class PracticeMarkdown {
    private PracticeMarkdown() {}

    public static String of(PracticeReport report) {
        StringBuilder text = new StringBuilder();
        text.append(
                        "Invented accounts by practice, %d days, seeds %s; listed by seed at the end, \"at any look\" weekly,"
                                .formatted(report.days(), joined(report.seeds())))
                .append(" \"at most\" is the upper 95 % bound of that rate, one-sided; days are from its beginning.\n");
        for (PracticeFigures practice : report.practices()) {
            text.append("\n### ").append(practice.practice().id()).append("\n\n");
            if (practice.detector() == null) {
                text.append("no detector\n");
            } else {
                practice(practice, text);
            }
        }
        brigades(report.brigades(), text);
        return text.toString();
    }

    private static void practice(PracticeFigures practice, StringBuilder text) {
        text.append('`').append(practice.detector()).append("`\n\n");
        row(
                text,
                "kind",
                "role",
                "of",
                "likely by seed",
                "at any look",
                "at most",
                "strict",
                "signs",
                "not found",
                "unknown",
                "signs or more at any look",
                "median days",
                "90 in 100");
        row(text, "---", "---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:");
        for (KindFigures kind : practice.kinds()) {
            kind(kind, text);
        }
        text.append('\n');
        Rate innocents = practice.innocents();
        if (innocents != null && innocents.n() > 0) {
            text.append("%s of %s innocents were listed at any look: at most %s.\n"
                    .formatted(count(innocents.flagged()), count(innocents.n()), percent(innocents.atMost())));
        }
        practice.kinds().forEach(kind -> framed(kind, text));
        Rate placebo = practice.placebo();
        if (placebo != null) {
            text.append("Placebo: %s of %s listed.\n".formatted(count(placebo.flagged()), count(placebo.n())));
        }
        precision(practice, text);
    }

    private static void kind(KindFigures kind, StringBuilder text) {
        boolean practises = kind.role().equals("practises");
        row(
                text,
                kind.kind(),
                kind.role(),
                count(kind.likely().n()),
                joined(kind.likelyBySeed().stream().map(Cells::count).toList())
                        + (practises ? " (" + percent(PracticeReport.share(kind.likely())) + ")" : ""),
                count(kind.everLikely().flagged()),
                practises ? "" : percent(kind.everLikely().atMost()),
                count(kind.strict()),
                count(kind.signs()),
                count(kind.notFound()),
                count(kind.unknown()),
                count(kind.everSigns()),
                practises ? days(kind.medianDaysToFind()) : "",
                practises ? days(kind.ninthDecileDaysToFind()) : "");
    }

    private static void framed(KindFigures kind, StringBuilder text) {
        Rate listed = kind.listedAfterObjection();
        if (listed != null) {
            text.append("%s: %s of %s listed at any look after the owner objected.\n"
                    .formatted(kind.kind(), count(listed.flagged()), count(listed.n())));
        } else if (kind.role().equals("framed")) {
            Rate above = kind.everLikely();
            text.append("%s: %s of %s above signs at any look, for what somebody else did.\n"
                    .formatted(kind.kind(), count(above.flagged()), count(above.n())));
        }
    }

    private static void precision(PracticeFigures practice, StringBuilder text) {
        if (practice.precision().isEmpty()) {
            return;
        }
        boolean found = practice.kinds().stream()
                .anyMatch(
                        kind -> kind.role().equals("practises") && kind.likely().flagged() > 0);
        if (!found) {
            text.append("Nobody who practises it was listed at the end, so there is no precision to tell.\n");
            return;
        }
        text.append("\nPrecision; the worst mix is a network whose innocents are all of the kind %s:\n\n"
                .formatted(practice.worstInnocents()));
        row(
                text,
                "practising among the judged",
                "worst mix",
                "worst mix, at its bound",
                "all innocents, at their bound");
        row(text, "---:", "---:", "---:", "---:");
        for (Precision precision : practice.precision()) {
            row(
                    text,
                    percent(precision.prevalence()),
                    decimal(precision.worstMix()),
                    decimal(precision.worstMixAtLeast()),
                    decimal(precision.pooledAtLeast()));
        }
    }

    private static void brigades(List<BrigadeFigures> brigades, StringBuilder text) {
        text.append("\n### Brigades against ordinary accounts\n\n");
        row(
                text,
                "brigade",
                "of",
                "got a verdict published",
                "at most",
                "signs only",
                "listed anyway",
                "published for",
                "signs for");
        row(text, "---", "---:", "---:", "---:", "---:", "---:", "---", "---");
        for (BrigadeFigures brigade : brigades) {
            row(
                    text,
                    brigade.brigade() + (brigade.beyondTheAim() ? " (beyond the aim)" : ""),
                    count(brigade.published().n()),
                    count(brigade.published().flagged()),
                    percent(brigade.published().atMost()),
                    count(brigade.signs()),
                    count(brigade.publishedAnyway()),
                    counts(brigade.publishedByPractice()),
                    counts(brigade.signsByPractice()));
        }
    }

    private static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + count(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
