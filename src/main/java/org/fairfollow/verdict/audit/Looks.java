package org.fairfollow.verdict.audit;

import java.util.List;
import java.util.Optional;
import org.fairfollow.detection.Statistics;

/**
 * When audits are looked at, and what follows then. All of it was fixed before the first answer, so that nobody stops
 * counting at the moment that suits them; between looks nothing is decided (docs/adr/0015-blind-audits.md).
 */
final class Looks {
    /**
     * @param n verdicts audited
     * @param risk that the bound compared with {@link #CONFIRMS_FROM} lies over the truth; 0: this look confirms nothing
     */
    record Look(int n, double risk) {}

    /**
     * The risks sum to .05, so that by all looks together a rule below {@link #CONFIRMS_FROM} is let through with at most
     * that chance. They let it through with 0 errors in 381, 1 in 600, 3 in 1,000.
     */
    static final List<Look> ALL = List.of(
            new Look(60, 0), new Look(240, 0), new Look(381, .0222), new Look(600, .0174), new Look(1_000, .0104));

    static final double CONFIRMS_FROM = .99;
    static final double STOPS_UNDER = .95;
    /** Of each bound of the interval that is published: 95 % on both sides. */
    static final double CONFIDENCE = .975;

    private Looks() {}

    /** The look to work towards when so many verdicts have been looked at; empty after the last. */
    static Optional<Look> after(int n) {
        return ALL.stream().filter(look -> look.n() > n).findFirst();
    }

    static Look of(int n) {
        return ALL.stream().filter(look -> look.n() == n).findFirst().orElseThrow();
    }

    /**
     * Nothing of the practice is published from now on: its lower bound is too low where it could be high enough, or even its
     * upper bound is too low.
     */
    static boolean stops(int n, double lower, double upper) {
        return upper < STOPS_UNDER || (couldPass(n) && lower < STOPS_UNDER);
    }

    /** Whether so many verdicts, all right, would have a lower bound that is high enough. */
    static boolean couldPass(int n) {
        return 1 - Statistics.weightedPoissonUpper(0, 0, 1.0 / n, CONFIDENCE) >= STOPS_UNDER;
    }

    static boolean confirms(Tally tally) {
        Double bound = tally.confirmBound();
        return bound != null && bound >= CONFIRMS_FROM && !stops(tally.n(), tally.lower(), tally.upper());
    }
}
