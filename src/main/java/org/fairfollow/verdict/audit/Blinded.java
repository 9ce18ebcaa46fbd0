package org.fairfollow.verdict.audit;

import java.time.LocalDate;
import java.util.List;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.PracticeDescription;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of a finding without anything that says what the rule made of it: no standing, no statement, no thresholds, no
 * explanations it survived or did not.
 *
 * @param numbers in the order of the practice's measures, whatever the order of the finding's reasons
 * @param days follows and unfollows of the last days; null where the practice draws none
 */
public record Blinded(List<Measured> numbers, List<Finding.Table> tables, Finding.@Nullable Spark days) {

    /** @param n number of observations behind it */
    public record Measured(
            String code, double value, @Nullable List<Double> interval, long n, LocalDate from, LocalDate to) {}

    static Blinded of(PracticeDescription practice, Finding finding) {
        return new Blinded(
                practice.measures().stream()
                        .flatMap(measure -> finding.reasons().stream()
                                .filter(reason -> reason.code().equals(measure.code()))
                                .limit(1))
                        .map(reason -> new Measured(
                                reason.code(),
                                reason.value(),
                                reason.interval(),
                                reason.n(),
                                reason.from(),
                                reason.to()))
                        .toList(),
                finding.tables(),
                finding.spark());
    }
}
