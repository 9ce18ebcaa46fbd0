package org.fairfollow.detection;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One detector's opinion of one account: what was observed, with n, interval, dates and threshold.
 *
 * @param detector {@link Detector#version()}
 * @param opinion what the numbers say
 * @param strict the stricter rule holds as well: a candidate for confirmation, nothing more
 * @param statement one or two English sentences of observed facts, never intent
 * @param reasons the numbers behind the statement
 * @param alibis innocent explanations under which the evidence was judged again
 * @param spark small picture of the last days; null when there is nothing to draw
 * @param missing what evidence is lacking; empty unless {@code TOO_LITTLE_EVIDENCE}
 * @param caveats codes of innocent explanations that remain
 * @param sources how many kinds of evidence are measured and reported
 * @param tables raw counts for the evidence page
 * @param lastEvidenceAt newest event counted, Unix epoch seconds; 0 when there is none
 * @param weight natural logarithm of the likelihood ratio of the evidence, practice against none; it orders what people
 *     review and never publishes
 */
public record Finding(
        Practice practice,
        String detector,
        Opinion opinion,
        boolean strict,
        String statement,
        List<Reason> reasons,
        List<Alibi> alibis,
        @Nullable Spark spark,
        List<Missing> missing,
        List<String> caveats,
        Sources sources,
        List<Table> tables,
        long lastEvidenceAt,
        double weight) {

    /** What the numbers say. {@code SIGNS}: the pattern shows, but a bound or an alibi does not hold. */
    public enum Opinion {
        TOO_LITTLE_EVIDENCE,
        ABSENT,
        SIGNS,
        PRESENT
    }

    /**
     * A number that was compared with a threshold.
     *
     * @param interval lower and upper bound of {@code value} at the rule's z; null when it was counted, not estimated
     * @param n number of observations behind it
     * @param from first day observed, UTC
     * @param to last day observed, UTC, inclusive
     */
    public record Reason(
            String code,
            double value,
            @Nullable List<Double> interval,
            double threshold,
            long n,
            LocalDate from,
            LocalDate to) {}

    public record Alibi(String code, boolean survived) {}

    /** At most 28 daily counts from {@code from} (UTC) on. */
    public record Spark(LocalDate from, List<Integer> followed, List<Integer> unfollowed) {}

    /**
     * Evidence that is lacking.
     *
     * @param detail a sentence for the person judged
     */
    public record Missing(String code, double have, double need, String detail) {}

    public record Sources(int measured, int reported) {}

    /** A table of raw counts; every row has as many cells as there are columns. */
    public record Table(String id, List<String> columns, List<List<Double>> rows) {}
}
