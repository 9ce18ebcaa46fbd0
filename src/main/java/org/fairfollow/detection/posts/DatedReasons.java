package org.fairfollow.detection.posts;

import java.time.LocalDate;
import java.util.List;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Statistics.Interval;
import org.fairfollow.detection.Wording;

/**
 * Writes the numbers of one finding, all from the same days.
 *
 * @param first day of the evidence, UTC
 * @param last day of the evidence, UTC, inclusive
 * @param asOf the day of judging; dates of another year name theirs
 */
record DatedReasons(LocalDate first, LocalDate last, LocalDate asOf) {
    /** Of times in order; those of no evidence are of the day of judging. */
    static DatedReasons of(List<Long> times, long asOf) {
        long first = times.isEmpty() ? asOf : times.getFirst();
        long last = times.isEmpty() ? asOf : times.getLast();
        return new DatedReasons(Wording.dayOf(first), Wording.dayOf(last), Wording.dayOf(asOf));
    }

    String period() {
        return Wording.period(first, last, asOf);
    }

    Reason estimated(String code, long successes, long n, Interval bounds, double threshold) {
        double value = n == 0 ? 0 : (double) successes / n;
        List<Double> interval = List.of(Rounded.down(bounds.lower(), 4), Rounded.up(bounds.upper(), 4));
        return new Reason(code, Rounded.nearest(value, 4), interval, threshold, n, first, last);
    }

    Reason counted(String code, double value, double threshold, long n) {
        return new Reason(code, value, null, threshold, n, first, last);
    }

    /** "12 in 100", to the nearest. */
    static String inHundred(long part, long n) {
        return Rounded.text(Rounded.nearest(n == 0 ? 0 : 100.0 * part / n, 0)) + " in 100";
    }

    /** A number that is too low, if it is; the sentence has a place for what there is and one for what is needed. */
    static List<Missing> tooFew(String code, double have, double need, String sentence) {
        return have >= need
                ? List.of()
                : List.of(new Missing(
                        code,
                        Rounded.down(have, 4),
                        need,
                        sentence.formatted(Rounded.text(Rounded.down(have, 0)), Rounded.text(need))));
    }
}
