package org.fairfollow.verdict.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.fairfollow.verdict.audit.Tally.Audited;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {
    /** {@code docs/adr/0015-blind-audits.md} has this table. */
    @ParameterizedTest
    @CsvSource({
        // n, wrong, confirms, stops
        "60, 0, false, false",
        "60, 7, false, false",
        "60, 9, false, true",
        "240, 0, false, false",
        "240, 5, false, false",
        "240, 6, false, true",
        "381, 0, true, false",
        "381, 1, false, false",
        "381, 10, false, false",
        "381, 11, false, true",
        "600, 1, true, false",
        "600, 2, false, false",
        "600, 20, false, true",
        "1000, 3, true, false",
        "1000, 4, false, false",
        "1000, 36, false, false",
        "1000, 37, false, true"
    })
    void whatFollowsFromALook(int n, int wrong, boolean confirms, boolean stops) {
        Tally tally = tally(n, List.of(new Audited(0, 0, 0), new Audited(0, 0, 0), new Audited(5_000, n, n - wrong)));

        assertThat(tally.confirms()).isEqualTo(confirms);
        assertThat(tally.stops()).isEqualTo(stops);
    }

    @Test
    void theRisksOfAllLooksTogetherAreFivePercent() {
        assertThat(Looks.ALL.stream().mapToDouble(Looks.Look::risk).sum()).isBetween(.0499, .05);
    }

    @Test
    void theFirstLookIsTooSmallForALowerBoundThatIsHighEnough() {
        assertThat(Looks.couldPass(60)).isFalse();
        assertThat(Looks.couldPass(240)).isTrue();
    }

    @Test
    void noErrorsLeaveABoundAtTheLook() {
        Tally tally =
                tally(381, List.of(new Audited(33, 13, 13), new Audited(333, 127, 127), new Audited(634, 241, 241)));

        assertThat(tally.precision()).isEqualTo(1);
        assertThat(tally.upper()).isEqualTo(1);
        // Exact for Poisson counts: 3.689 / 381.
        assertThat(tally.lower()).isEqualTo(.9903);
    }

    @Test
    void anErrorWeighsAsManyVerdictsAsItStandsFor() {
        Tally tally =
                tally(60, List.of(new Audited(1_000, 20, 10), new Audited(2_000, 20, 20), new Audited(7_000, 20, 20)));

        assertThat(tally.right()).isEqualTo(50);
        assertThat(tally.precision()).isEqualTo(.95);
        // With 700 verdicts an audited one stands for in the last stratum, nobody is sure of much.
        assertThat(tally.lower()).isLessThan(.9);
    }

    @Test
    void aStratumNobodyLookedAtMayBeAllWrong() {
        Tally tally =
                tally(60, List.of(new Audited(1_000, 0, 0), new Audited(4_000, 30, 30), new Audited(5_000, 30, 30)));

        assertThat(tally.precision()).isEqualTo(.9);
        assertThat(tally.lower()).isLessThan(.9);
    }

    @Test
    void whoeverWasAuditedCountsThoughNothingIsHeldAnyMore() {
        Tally tally = tally(60, List.of(new Audited(0, 20, 0), new Audited(0, 20, 20), new Audited(0, 20, 20)));

        assertThat(tally.precision()).isEqualTo(.6667);
    }

    @Test
    void kappaOfTheTextbook() {
        // Cohen 1960, table 1: .25 + .20 + .15 agree, chance .41.
        Agreement agreement = Agreement.of(new int[][] {{88, 14, 18}, {10, 40, 10}, {2, 6, 12}});

        assertThat(agreement.pairs()).isEqualTo(200);
        assertThat(agreement.share()).isEqualTo(.7);
        assertThat(agreement.kappa()).isNotNull().isCloseTo(.492, org.assertj.core.data.Offset.offset(.001));
    }

    @Test
    void whereEverybodyAlwaysSaysOneThingAgreementSaysNothing() {
        assertThat(Agreement.of(new int[][] {{60, 0, 0}, {0, 0, 0}, {0, 0, 0}}).kappa())
                .isNull();
    }

    private static Tally tally(int n, List<Audited> strata) {
        return Tally.of(Looks.of(n), strata, new Tally.Controls(0, 0), Agreement.of(new int[3][3]), Map.of());
    }
}
