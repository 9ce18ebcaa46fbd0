package org.fairfollow.verdict.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.fairfollow.testing.Seed;
import org.fairfollow.verdict.audit.Tally.Audited;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How often audits of rules whose precision is known confirm or stop them. It prints the table of
 * {@code docs/adr/0015-blind-audits.md}:
 *
 * <pre>mvn test -Dtest=LooksSimulationTest</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LooksSimulationTest {
    private static final int RUNS = 20_000;
    /** Few lie close to the threshold; there twice as many are wrong as in the middle, and four times as many as far from it. */
    private static final int[] HELD = {2_000, 3_000, 5_000};

    private static final double[] ERRORS = {4, 2, 1};

    private final Map<List<Audited>, Tally> tallies = new HashMap<>();
    private RandomGenerator random;

    @BeforeAll
    void seed() {
        random = Seed.random("audits of rules of known precision");
    }

    /** @param stoppedAt of the runs, how many each look stopped first */
    private record Outcomes(double confirmed, double stopped, List<Double> stoppedAt) {}

    @Test
    void aRuleThatIsRightInNinetySevenOfAHundredIsHardlyEverLetThrough() {
        assertThat(simulate(.97).confirmed()).isLessThanOrEqualTo(.05);
    }

    /** The worst of all that must not be let through. */
    @Test
    void aRuleJustUnderTheMarkIsLetThroughInOneOfTwentyAtMost() {
        assertThat(simulate(.9899).confirmed()).isLessThanOrEqualTo(.05 + 3 * Math.sqrt(.05 * .95 / RUNS));
    }

    @Test
    void aRuleThatIsRightInNineOfTenIsStopped() {
        assertThat(simulate(.90).stopped()).isGreaterThanOrEqualTo(.95);
    }

    @Test
    void aRuleThatIsRightInNineHundredNinetyNineOfAThousandIsLetThroughAndNotStopped() {
        Outcomes outcomes = simulate(.999);

        assertThat(outcomes.confirmed()).isGreaterThan(.8);
        assertThat(outcomes.stopped()).isLessThan(.01);
    }

    /** As if no operator let it go on: what follows a stop is not looked at. */
    private Outcomes simulate(double precision) {
        int confirmed = 0;
        int[] stopped = new int[Looks.ALL.size()];
        double scale = (1 - precision) * sum(HELD) / weightedErrors();
        for (int run = 0; run < RUNS; run++) {
            boolean everConfirmed = false;
            int[] n = new int[HELD.length];
            int[] right = new int[HELD.length];
            for (int look = 0; look < Looks.ALL.size(); look++) {
                int[] target = shares(Looks.ALL.get(look).n());
                for (int i = 0; i < n.length; i++) {
                    for (; n[i] < target[i]; n[i]++) {
                        right[i] += random.nextDouble() < ERRORS[i] * scale ? 0 : 1;
                    }
                }
                Tally tally = tally(Looks.ALL.get(look), n, right);
                everConfirmed |= tally.confirms();
                if (tally.stops()) {
                    stopped[look]++;
                    break;
                }
            }
            confirmed += everConfirmed ? 1 : 0;
        }
        List<Double> stoppedAt = new ArrayList<>();
        for (int count : stopped) {
            stoppedAt.add((double) count / RUNS);
        }
        Outcomes outcomes = new Outcomes((double) confirmed / RUNS, (double) sum(stopped) / RUNS, stoppedAt);
        System.out.printf(
                Locale.ROOT,
                "| %.4f | %.4f | %.4f | %s |%n",
                precision,
                outcomes.confirmed(),
                outcomes.stopped(),
                String.join(
                        " · ",
                        stoppedAt.stream()
                                .map(share -> String.format(Locale.ROOT, "%.3f", share))
                                .toList()));
        return outcomes;
    }

    private Tally tally(Looks.Look look, int[] n, int[] right) {
        List<Audited> strata = new ArrayList<>();
        for (int i = 0; i < n.length; i++) {
            strata.add(new Audited(HELD[i], n[i], right[i]));
        }
        int all = sum(right);
        // All that is decided by is the number of errors, where each stratum has its share.
        List<Audited> key = List.of(new Audited(look.n(), look.n(), all));
        return tallies.computeIfAbsent(
                key, first -> Tally.of(look, strata, new Tally.Controls(0, 0), Agreement.of(new int[3][3]), Map.of()));
    }

    private static int[] shares(int n) {
        int[] shares = new int[HELD.length];
        for (int i = 0; i < HELD.length; i++) {
            shares[i] = (int) Math.round((double) n * HELD[i] / sum(HELD));
        }
        shares[HELD.length - 1] += n - sum(shares);
        return shares;
    }

    private static double weightedErrors() {
        double sum = 0;
        for (int i = 0; i < HELD.length; i++) {
            sum += HELD[i] * ERRORS[i];
        }
        return sum;
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }
}
