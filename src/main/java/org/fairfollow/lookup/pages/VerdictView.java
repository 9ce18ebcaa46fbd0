package org.fairfollow.lookup.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.detection.PracticeDescription.Unit;
import org.fairfollow.lookup.CreationDates;
import org.fairfollow.lookup.EvidenceLookup.PracticeEvidence;
import org.fairfollow.lookup.Practices;
import org.fairfollow.publication.VerdictJson;
import org.fairfollow.verdict.Standing;
import org.jspecify.annotations.Nullable;

/**
 * One verdict with what it rests on, in the order it is read.
 *
 * @param statement what was seen, with its numbers; {@link Statement} takes it apart where it is shown
 * @param basis whether it was measured or told; null where nothing was seen
 * @param missing what is lacking, a sentence each
 * @param bounds of the numbers that are drawn nowhere else
 * @param caveats what else it could be, a sentence each
 * @param dated when it was judged and until when it holds
 * @param rebuttal what the account's owner says to it; null if nothing
 * @param said when the owner said it; empty without
 * @param unseen nothing was seen that bears on the practice; all there is to say is what would be needed
 */
record VerdictView(
        String id,
        String name,
        Chip standing,
        String statement,
        @Nullable String basis,
        List<String> missing,
        List<Chart> charts,
        List<BoundsChart> bounds,
        List<Number> numbers,
        List<Tested> alibis,
        List<String> caveats,
        List<TableView> tables,
        String detector,
        String audit,
        String dated,
        @Nullable String rebuttal,
        String said,
        boolean unseen) {

    /** A number beside what it was compared with. */
    record Number(String wording, String n, String measured, String bounds, String needed) {}

    /** An innocent explanation under which the evidence was judged again. */
    record Tested(String wording, boolean patternRemains) {}

    /** Empty for a practice that is no longer judged: nobody could say what its numbers mean. */
    static Optional<VerdictView> of(VerdictJson verdict, Optional<PracticeEvidence> evidence) {
        return Practices.of(verdict.practice()).map(practice -> of(verdict, practice, evidence));
    }

    private static VerdictView of(
            VerdictJson verdict, PracticeDescription practice, Optional<PracticeEvidence> evidence) {
        List<Finding.Table> tables = evidence.map(PracticeEvidence::tables).orElse(List.of());
        List<Chart> charts = Charts.of(practice, verdict.reasons(), verdict.spark(), evidence);
        List<Number> numbers = new ArrayList<>();
        List<BoundsChart> bounds = new ArrayList<>();
        for (Finding.Reason reason : verdict.reasons()) {
            Measure measure = measure(practice, reason.code());
            numbers.add(number(measure, reason));
            List<Double> interval = reason.interval();
            if (interval != null
                    && measure.unit() != Unit.COUNT
                    && tellsSomething(interval, measure.unit())
                    && !(reason.code().equals(KindsChart.SHARE) && isDrawn(charts, KindsChart.ID))) {
                bounds.add(BoundsChart.of(
                        measure, reason.value(), interval.getFirst(), interval.getLast(), reason.threshold()));
            }
        }
        return new VerdictView(
                verdict.practice().id(),
                practice.name(),
                Chip.of(verdict.standing()),
                verdict.statement(),
                basis(verdict.sources()),
                verdict.missing().stream().map(Finding.Missing::detail).toList(),
                charts,
                bounds,
                numbers,
                verdict.alibis().stream()
                        .map(alibi -> new Tested(wording(practice.alibis(), alibi.code()), alibi.survived()))
                        .toList(),
                verdict.caveats().stream()
                        .map(code -> wording(practice.caveats(), code))
                        .toList(),
                tables.stream()
                        .filter(table -> !table.id().equals(CreationDates.ID))
                        .map(TableView::of)
                        .toList(),
                verdict.detector(),
                audit(verdict.confidence()),
                dated(verdict),
                verdict.rebuttal() == null ? null : verdict.rebuttal().text(),
                verdict.rebuttal() == null ? "" : Written.day(verdict.rebuttal().at()),
                verdict.standing() == Standing.UNKNOWN
                        && verdict.reasons().isEmpty()
                        && !verdict.missing().isEmpty());
    }

    private static Number number(Measure measure, Finding.Reason reason) {
        Unit unit = measure.unit();
        List<Double> interval = reason.interval();
        boolean open = interval != null && !tellsSomething(interval, unit);
        String bounds = interval == null || open
                ? (open ? "none yet" : "counted")
                : Written.lowerBound(interval.getFirst(), unit) + " – " + Written.upperBound(interval.getLast(), unit);
        return new Number(
                measure.wording(),
                "n = " + Written.number(reason.n()),
                open ? "not known yet" : Written.measured(reason.value(), unit),
                bounds,
                (measure.ceiling() ? "at most " : "at least ") + Written.threshold(reason.threshold(), unit));
    }

    private static boolean isDrawn(List<Chart> charts, String id) {
        return charts.stream().anyMatch(chart -> chart.id().equals(id));
    }

    /** An estimate between nothing and everything is none. */
    static boolean tellsSomething(@Nullable List<Double> interval, Unit unit) {
        return interval != null
                && (interval.getFirst() > 0 || interval.getLast() < (unit == Unit.SHARE ? 1 : Written.LARGEST_RATIO));
    }

    private static Measure measure(PracticeDescription practice, String code) {
        return practice.measures().stream()
                .filter(measure -> measure.code().equals(code))
                .findFirst()
                .orElseGet(() -> new Measure(code, Unit.COUNT, code));
    }

    private static String wording(List<Phrase> phrases, String code) {
        return phrases.stream()
                .filter(phrase -> phrase.code().equals(code))
                .map(Phrase::wording)
                .findFirst()
                .orElse(code);
    }

    /** Measured, or told by people: the first question of whoever doubts. */
    private static @Nullable String basis(Finding.Sources sources) {
        if (sources.reported() == 0) {
            return sources.measured() == 0
                    ? null
                    : "Measured: it rests on what the network shows to everybody, and on no report.";
        }
        return sources.measured() == 0
                ? "Reported: it rests on what people told; this service could not measure it."
                : "Measured and reported: it rests in part on what the network shows to everybody, in part on what"
                        + " people told.";
    }

    private static String audit(@Nullable Double precision) {
        return precision == null ? "not audited yet" : "audited precision " + Written.measured(precision, Unit.SHARE);
    }

    private static String dated(VerdictJson verdict) {
        String judged = "Judged " + Written.moment(verdict.asOf()) + "."
                + (verdict.reviewedAt() == null
                        ? ""
                        : " A moderator looked at it on " + Written.day(verdict.reviewedAt()) + ".");
        return verdict.reviewAt() == null || verdict.standing() == Standing.UNKNOWN
                ? judged
                : judged + " It lapses on " + Written.day(verdict.reviewAt()) + " unless there is newer evidence.";
    }
}
