package org.fairfollow.lookup.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.detection.PracticeDescription.Threshold;
import org.fairfollow.detection.PracticeDescription.Unit;
import org.fairfollow.lookup.EvidenceLookup.PracticeEvidence;
import org.fairfollow.lookup.Practices;
import org.fairfollow.publication.VerdictJson;
import org.fairfollow.verdict.Standing;
import org.jspecify.annotations.Nullable;

/**
 * One verdict with what it rests on, in the order it is read.
 *
 * @param missing what is lacking, a sentence each
 * @param caveats what else it could be, a sentence each
 * @param dated when it was judged and until when it holds
 * @param unseen nothing was seen that bears on the practice; all there is to say is what would be needed
 */
record VerdictView(
        String id,
        String name,
        Chip standing,
        Statement statement,
        List<String> missing,
        @Nullable DayChart days,
        @Nullable LifeChart life,
        List<BoundsChart> bounds,
        List<Number> numbers,
        List<Tested> alibis,
        List<String> caveats,
        List<TableView> tables,
        String detector,
        String audit,
        String dated,
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
        List<Number> numbers = new ArrayList<>();
        List<BoundsChart> bounds = new ArrayList<>();
        for (Finding.Reason reason : verdict.reasons()) {
            Measure measure = measure(practice, reason.code());
            numbers.add(number(measure, reason));
            List<Double> interval = reason.interval();
            if (interval != null && measure.unit() != Unit.COUNT && tellsSomething(interval, measure.unit())) {
                bounds.add(BoundsChart.of(
                        measure, reason.value(), interval.getFirst(), interval.getLast(), reason.threshold()));
            }
        }
        List<Finding.Table> tables = evidence.map(PracticeEvidence::tables).orElse(List.of());
        return new VerdictView(
                verdict.practice().id(),
                practice.name(),
                Chip.of(verdict.standing()),
                Statement.of(verdict.statement()),
                verdict.missing().stream().map(Finding.Missing::detail).toList(),
                days(verdict, evidence),
                life(verdict, practice, tables),
                bounds,
                numbers,
                verdict.alibis().stream()
                        .map(alibi -> new Tested(wording(practice.alibis(), alibi.code()), alibi.survived()))
                        .toList(),
                verdict.caveats().stream()
                        .map(code -> wording(practice.caveats(), code))
                        .toList(),
                tables.stream().map(TableView::of).toList(),
                verdict.detector(),
                Practices.AUDIT,
                dated(verdict),
                verdict.standing() == Standing.UNKNOWN && verdict.reasons().isEmpty());
    }

    private static @Nullable DayChart days(VerdictJson verdict, Optional<PracticeEvidence> evidence) {
        Finding.Spark spark = verdict.spark();
        return evidence.flatMap(known -> DayChart.of(known.series()))
                .or(() -> Optional.ofNullable(spark).map(DayChart::of))
                .orElse(null);
    }

    private static @Nullable LifeChart life(
            VerdictJson verdict, PracticeDescription practice, List<Finding.Table> tables) {
        OptionalDouble dropped = verdict.reasons().stream()
                .filter(reason -> reason.code().equals("dropped-within-28-days"))
                .filter(reason -> reason.interval() != null && tellsSomething(reason.interval(), Unit.SHARE))
                .mapToDouble(Finding.Reason::value)
                .findFirst();
        double fewestDays = practice.thresholds().stream()
                .filter(threshold -> threshold.code().equals("fewestUnreturnedDays"))
                .mapToDouble(Threshold::value)
                .findFirst()
                .orElse(0);
        return tables.stream()
                .filter(table -> table.id().equals("age-bins"))
                .findFirst()
                .flatMap(bins -> LifeChart.of(bins, dropped, fewestDays))
                .orElse(null);
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
                open ? "not known" : Written.measured(reason.value(), unit),
                bounds,
                (measure.ceiling() ? "at most " : "at least ") + Written.threshold(reason.threshold(), unit));
    }

    /** An estimate between nothing and everything is none. */
    private static boolean tellsSomething(List<Double> interval, Unit unit) {
        return interval.getFirst() > 0 || interval.getLast() < (unit == Unit.SHARE ? 1 : Written.LARGEST_RATIO);
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

    private static String dated(VerdictJson verdict) {
        String judged = "Judged " + Written.moment(verdict.asOf()) + ".";
        return verdict.reviewAt() == null || verdict.standing() == Standing.UNKNOWN
                ? judged
                : judged + " It lapses on " + Written.day(verdict.reviewAt()) + " unless there is newer evidence.";
    }
}
