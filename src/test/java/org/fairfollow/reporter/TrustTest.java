package org.fairfollow.reporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.fairfollow.evidence.ObserverClusters.Telling;
import org.fairfollow.reporter.Trust.Rulings;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;

class TrustTest {
    private static final Rulings NONE = new Rulings(0, 0);
    private static final Rulings BALANCED = new Rulings(200, 200);

    @Test
    void whoIsNewIsWorthThreeTenthsWhateverWasRuledOfOthers() {
        for (Rulings all : List.of(NONE, BALANCED, new Rulings(10_000, 0), new Rulings(0, 10_000))) {
            assertThat(Trust.of(NONE, all)).isCloseTo(.3, within(1e-9));
        }
    }

    @Test
    void toBeRightNeverCostsAndToBeWrongNeverPays() {
        Random random = Seed.random("trust");
        for (int i = 0; i < 300; i++) {
            Rulings all = new Rulings(random.nextInt(500), random.nextInt(500));
            int right = random.nextInt(40);
            int wrong = random.nextInt(40);
            double trust = Trust.of(new Rulings(right, wrong), all);
            assertThat(trust).isBetween(0.0, Trust.MOST);
            assertThat(Trust.of(new Rulings(right + 1, wrong), all)).isGreaterThanOrEqualTo(trust - 1e-9);
            assertThat(Trust.of(new Rulings(right, wrong + 1), all)).isLessThanOrEqualTo(trust + 1e-9);
        }
    }

    @Test
    void itIsTheLowerEndOfTheLogarithmOfHowMuchMoreOftenWhatIsRightIsReported() {
        // Three quarters of what is upheld, a quarter of what is not: ln 3, from ever more cases.
        double few = Trust.of(new Rulings(15, 5), BALANCED);
        double many = Trust.of(new Rulings(150, 50), BALANCED);
        double all = Trust.of(new Rulings(150_000, 50_000), new Rulings(200_000, 200_000));
        assertThat(few).isLessThan(many);
        assertThat(many).isLessThan(all);
        assertThat(all).isCloseTo(Math.log(3), within(.02));
    }

    @Test
    void oneFalseReportTakesANewReportersWeight() {
        assertThat(Trust.of(new Rulings(0, 1), NONE)).isZero();
    }

    @Test
    void whoeverReportsAtRandomStaysAtNothingHoweverMuchIsUpheld() {
        // Nine in ten are upheld, of anybody's.
        assertThat(Trust.of(new Rulings(90, 10), new Rulings(900, 100))).isLessThan(.05);
    }

    @Test
    void toSayWhatIsAlwaysUpheldEarnsNextToNothing() {
        assertThat(Trust.of(new Rulings(50, 0), new Rulings(5_000, 0))).isLessThan(.35);
    }

    @Test
    void aWordLosesHalfInNinetyDays() {
        long at = 1_800_000_000;
        double then = Trust.then(.8, at);
        assertThat(Trust.now(then, at)).isCloseTo(.8, within(1e-9));
        assertThat(Trust.now(then, at + 90 * 86_400)).isCloseTo(.4, within(1e-9));
    }

    @Test
    void aClusterIsWorthItsBestWordAndACaseThreeAtMost() {
        long at = 1_800_000_000;
        List<Telling> sybils = IntStream.range(0, 500)
                .mapToObj(i -> new Telling("sybil" + i, at))
                .toList();
        assertThat(Trust.now(Trust.then(List.of(sybils), reporter -> .3), at)).isCloseTo(.3, within(1e-9));
        List<List<Telling>> alone = sybils.stream().map(List::of).toList();
        assertThat(Trust.now(Trust.then(alone, reporter -> .3), at)).isEqualTo(3);
    }
}
