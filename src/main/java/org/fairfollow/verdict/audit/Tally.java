package org.fairfollow.verdict.audit;

import java.util.List;
import java.util.Map;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * What a look found.
 *
 * @param n verdicts audited
 * @param right of them those of which two people said that the account practises it
 * @param precision share of all verdicts the rule holds that are right: each stratum weighs what it weighs among them
 * @param lower 95 % interval of it, on the safe side
 * @param confirmBound the bound that decides whether the stricter rule confirms; null where this look may not
 * @param strata the least favourable first
 * @param controls verdicts that the rule does not list, shown among the others
 * @param causes why verdicts were not right, by id, as often as it was said
 */
public record Tally(
        int n,
        int right,
        double precision,
        double lower,
        double upper,
        @Nullable Double confirmBound,
        List<Audited> strata,
        Controls controls,
        Agreement agreement,
        Map<String, Integer> causes) {

    /** @param held verdicts of this stratum that the rule held at the last draw */
    public record Audited(int held, int n, int right) {
        /** Those who were audited were held once, though they may be no longer. */
        private double population() {
            return Math.max(held, n);
        }
    }

    /** Who always says yes says it of them, too. */
    public record Controls(int n, int practises) {}

    static Tally of(
            Looks.Look look,
            List<Audited> strata,
            Controls controls,
            Agreement agreement,
            Map<String, Integer> causes) {
        int n = strata.stream().mapToInt(Audited::n).sum();
        int right = strata.stream().mapToInt(Audited::right).sum();
        Errors errors = isSelfWeighting(strata, n) ? Errors.even(n - right, n) : Errors.weighted(strata);
        return new Tally(
                n,
                right,
                Rounded.nearest(Math.clamp(1 - errors.share(), 0, 1), 4),
                errors.lowerPrecision(Looks.CONFIDENCE),
                Rounded.up(Math.clamp(1 - errors.atLeast(Looks.CONFIDENCE), 0, 1), 4),
                look.risk() == 0 ? null : Double.valueOf(errors.lowerPrecision(1 - look.risk())),
                strata,
                controls,
                agreement,
                causes);
    }

    /** Each stratum has its share of the sample, but for what rounding to whole verdicts takes. */
    private static boolean isSelfWeighting(List<Audited> strata, int n) {
        double held = population(strata);
        return strata.stream().allMatch(stratum -> Math.abs(stratum.n() - n * stratum.population() / held) <= 1);
    }

    private static double population(List<Audited> strata) {
        return strata.stream().mapToDouble(Audited::population).sum();
    }

    /**
     * The share of errors among all verdicts, as a sum of weights of those found.
     *
     * @param unseen share of verdicts in strata nobody looked at: they may all be wrong
     */
    private record Errors(double found, double variance, double heaviest, double unseen) {
        static Errors even(int errors, int n) {
            return new Errors((double) errors / n, (double) errors / n / n, 1.0 / n, 0);
        }

        /** An error weighs as many verdicts as the audited one stands for. */
        static Errors weighted(List<Audited> strata) {
            double held = population(strata);
            double found = 0;
            double variance = 0;
            double heaviest = 0;
            double unseen = 0;
            for (Audited stratum : strata) {
                if (stratum.n() == 0) {
                    unseen += stratum.population() / held;
                } else {
                    double weight = stratum.population() / held / stratum.n();
                    int errors = stratum.n() - stratum.right();
                    found += weight * errors;
                    variance += weight * weight * errors;
                    heaviest = Math.max(heaviest, weight);
                }
            }
            return new Errors(found, variance, heaviest, unseen);
        }

        double share() {
            return found + unseen;
        }

        double atLeast(double confidence) {
            return Statistics.weightedPoissonLower(found, variance, confidence);
        }

        double lowerPrecision(double confidence) {
            double most = unseen + Statistics.weightedPoissonUpper(found, variance, heaviest, confidence);
            return Rounded.down(Math.clamp(1 - most, 0, 1), 4);
        }
    }

    boolean stops() {
        return Looks.stops(n, lower, upper);
    }

    boolean confirms() {
        return Looks.confirms(this);
    }
}
