package org.fairfollow.lookup;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fairfollow.verdict.audit.Agreement;
import org.fairfollow.verdict.audit.Audits;
import org.fairfollow.verdict.audit.Tally;
import org.jspecify.annotations.Nullable;

/**
 * What people made of a practice's verdicts, as everybody may know it.
 *
 * @param precision share of verdicts that were right; null before the first look
 * @param sentence the same in words, to follow "Precision:"
 * @param sample what it was found by; null before the first look
 * @param stoppedAt since when nothing of the practice is published, because too many were wrong; null while it is
 */
public record Audited(
        @Nullable Double precision,
        String sentence,
        @Nullable Sample sample,
        Overturned overturned,
        @Nullable Instant stoppedAt) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    /** Until the database was asked for the first time. */
    static final Audited UNKNOWN =
            new Audited(null, "not known at this moment", null, new Overturned(0, Map.of()), null);

    /**
     * @param interval 95 % interval of the precision
     * @param strata by distance from the threshold, the least favourable first
     * @param causes what else it was, of those not right, as often as it was said
     */
    public record Sample(
            int verdicts,
            int right,
            List<Double> interval,
            List<Tally.Audited> strata,
            Tally.Controls controls,
            Agreement agreement,
            Map<String, Integer> causes) {}

    /** Listed verdicts that people took back, and how. */
    public record Overturned(int count, Map<String, Integer> causes) {}

    static Audited of(Audits.Published published) {
        Tally tally = published.tally();
        Instant stoppedAt = published.stoppedAt() == 0 ? null : Instant.ofEpochSecond(published.stoppedAt());
        Overturned overturned = new Overturned(
                published.overturned().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum(),
                published.overturned());
        String sentence = tally == null
                ? "not audited yet"
                : percent(tally.precision()) + ", between " + percent(tally.lower()) + " and " + percent(tally.upper())
                        + ", by " + tally.n() + " verdicts drawn by lot";
        if (stoppedAt != null) {
            sentence +=
                    "; nothing of it is published since " + DAY.format(LocalDate.ofInstant(stoppedAt, ZoneOffset.UTC));
        }
        return new Audited(
                tally == null ? null : tally.precision(),
                sentence,
                tally == null ? null : sample(tally),
                overturned,
                stoppedAt);
    }

    private static Sample sample(Tally tally) {
        return new Sample(
                tally.n(),
                tally.right(),
                List.of(tally.lower(), tally.upper()),
                tally.strata(),
                tally.controls(),
                tally.agreement(),
                tally.causes());
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "\u00a0%";
    }
}
