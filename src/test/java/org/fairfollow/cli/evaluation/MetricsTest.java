package org.fairfollow.cli.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.fairfollow.detection.Statistics.Interval;
import org.junit.jupiter.api.Test;

/** The measures against values from the literature, or worked out by hand. */
class MetricsTest {
    /** Hanley & McNeil 1982, Radiology 143:29, table 1: readings of 109 CT images, from "definitely normal" to "abnormal". */
    private static final Roc CT_IMAGES = new Roc(ratings(3, 2, 2, 11, 33), ratings(33, 6, 6, 11, 2));

    private static double[] ratings(int... counts) {
        return IntStream.range(0, counts.length)
                .boxed()
                .flatMapToDouble(rating -> DoubleStream.generate(() -> rating).limit(counts[rating]))
                .toArray();
    }

    private static Measure measure(Confusion confusion, String id) {
        return measure(confusion.measures("flagged"), id);
    }

    private static Measure measure(List<Measure> measures, String id) {
        return measures.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void matthewsIsThatOfTheLiterature() {
        // Chicco & Jurman 2020, BMC Genomics 21:6, use case A1.
        assertThat(Confusion.matthews(90, 4, 1, 5)).isCloseTo(.14, within(.005));
        assertThat(Confusion.matthews(6, 1, 3, 2)).isCloseTo(.478, within(.0005));
        assertThat(Confusion.matthews(5, 0, 5, 0)).isEqualTo(1);
        assertThat(Confusion.matthews(0, 5, 0, 5)).isEqualTo(-1);
        assertThat(Confusion.matthews(1e6, 1e6, 1e6, 1e6)).isZero();
        assertThat(Confusion.matthews(90, 10, 0, 0)).isNaN();
    }

    @Test
    void sharesAreOfTheRightAccounts() {
        Confusion confusion = new Confusion(8, 2, 85, 5);
        assertThat(measure(confusion, "precision").value()).isEqualTo(.8);
        assertThat(measure(confusion, "recall").value()).isEqualTo(.6154);
        assertThat(measure(confusion, "specificity").value()).isEqualTo(.977);
        assertThat(measure(confusion, "accuracy").value()).isEqualTo(.93);
        assertThat(measure(confusion, "recall").count()).isEqualTo(8);
        assertThat(measure(confusion, "recall").of()).isEqualTo(13);
    }

    @Test
    void intervalsOfSharesAreWilsonsAndRoundedOutwards() {
        // Newcombe 1998, Statistics in Medicine 17:857, table I: 15 of 148 and 0 of 20.
        Measure share = Measure.share("x", null, 15, 148, "");
        assertThat(share.lower()).isEqualTo(.0623);
        assertThat(share.upper()).isEqualTo(.1605);
        Measure none = Measure.share("x", null, 0, 20, "");
        assertThat(none.lower()).isZero();
        assertThat(none.upper()).isEqualTo(.1612);
    }

    @Test
    void whatHasNoDenominatorIsADashWithAReason() {
        Confusion nobodyFlagged = new Confusion(0, 0, 10, 3);
        assertThat(measure(nobodyFlagged, "precision").value()).isNull();
        assertThat(measure(nobodyFlagged, "precision").note()).isEqualTo("nothing was flagged");
        assertThat(measure(nobodyFlagged, "mcc").value()).isNull();
        Confusion nobody = new Confusion(0, 0, 0, 0);
        assertThat(nobody.measures("flagged")).allSatisfy(one -> {
            assertThat(one.value()).isNull();
            assertThat(one.lower()).isNull();
            assertThat(one.note()).isNotBlank();
        });
    }

    @Test
    void areaUnderTheCurveIsThatOfHanleyAndMcNeil() {
        assertThat(CT_IMAGES.value()).isCloseTo(.893, within(.0005));
        assertThat(CT_IMAGES.standardError()).isCloseTo(.032, within(.002));
        assertThat(CT_IMAGES.area().method()).isEqualTo("delong");
    }

    @Test
    void standardErrorIsDeLongs() {
        // By hand: placements 1, 1, .625 of the positives and 2/3, 1, 1, 5/6 of the negatives.
        Roc roc = new Roc(new double[] {.4, .8, .9}, new double[] {.2, .3, .4, .7});
        assertThat(roc.value()).isCloseTo(.875, within(1e-12));
        assertThat(roc.standardError()).isCloseTo(Math.sqrt(.046875 / 3 + .0763888889 / 3 / 4), within(1e-9));
    }

    @Test
    void areaCountsPairsInTheRightOrder() {
        Random random = new Random(7);
        double[] positives =
                random.doubles(40).map(x -> Math.rint(10 * x + 2)).sorted().toArray();
        double[] negatives =
                random.doubles(60).map(x -> Math.rint(10 * x)).sorted().toArray();
        double pairs = 0;
        for (double positive : positives) {
            for (double negative : negatives) {
                pairs += positive > negative ? 1 : positive == negative ? .5 : 0;
            }
        }
        assertThat(new Roc(positives, negatives).value())
                .isCloseTo(pairs / positives.length / negatives.length, within(1e-12));
    }

    @Test
    void areaWithoutAnIntervalSaysWhy() {
        assertThat(new Roc(new double[] {2, 3}, new double[] {0, 1}).area()).satisfies(perfect -> {
            assertThat(perfect.value()).isEqualTo(1);
            assertThat(perfect.lower()).isNull();
            assertThat(perfect.note()).startsWith("no interval");
        });
        assertThat(new Roc(new double[] {1}, new double[] {0, 2}).area().lower())
                .isNull();
        assertThat(new Roc(new double[] {1}, new double[0]).area().value()).isNull();
        assertThat(new Roc(new double[] {0, 0}, new double[] {0}).area().note())
                .isEqualTo("all accounts got the same score");
    }

    @Test
    void anOperatingPointFlagsNoMoreThanTheRecallNeeds() {
        double[] positives = IntStream.rangeClosed(1, 20).asDoubleStream().toArray();
        Roc roc = new Roc(positives, new double[] {0, 1, 1.5, 2, 30});
        assertThat(roc.atRecall(.95)).isEqualTo(new Roc.OperatingPoint(2, new Confusion(19, 2, 3, 1)));
        assertThat(roc.atRecall(1)).isEqualTo(new Roc.OperatingPoint(1, new Confusion(20, 4, 1, 0)));
        assertThat(new Roc(new double[] {5, 5, 5}, new double[] {5}).atRecall(.8))
                .as("those with one score are flagged together")
                .isEqualTo(new Roc.OperatingPoint(5, new Confusion(3, 1, 0, 0)));
        assertThat(new Roc(new double[0], new double[] {1}).atRecall(.95)).isNull();
    }

    @Test
    void calibrationErrorIsTheMeanGapOfTenBins() {
        // Ten scores with ten accounts each, of which 7, not as many as the score says, are positive.
        double[] scores = IntStream.range(0, 10).mapToDouble(i -> i / 10.0).toArray();
        double[] positives = repeat(scores, 7);
        double[] negatives = repeat(scores, 3);
        double expected = Arrays.stream(scores)
                .map(score -> Math.abs(score - .7))
                .average()
                .orElseThrow();
        Measure error = new Calibration(positives, negatives).expectedError();
        assertThat(error.value()).isCloseTo(expected, within(5e-5));
        assertThat(error.lower()).isLessThan(error.value());
        assertThat(error.upper()).isGreaterThan(error.value());
        assertThat(new Calibration(new double[] {1, 1}, new double[] {0})
                        .expectedError()
                        .value())
                .isZero();
        assertThat(new Calibration(new double[0], new double[0]).expectedError().value())
                .isNull();
    }

    private static double[] repeat(double[] values, int times) {
        return Arrays.stream(values)
                .flatMap(value -> DoubleStream.generate(() -> value).limit(times))
                .toArray();
    }

    @Test
    void equalScoresShareABin() {
        // Were ties split by their place, half of these accounts would sit in bins that look wrong.
        double[] half = repeat(new double[] {.5}, 50);
        assertThat(new Calibration(half, half).expectedError().value()).isZero();
    }

    @Test
    void bootstrapIsAlwaysAlikeAndComesCloseToTheory() {
        int[] kinds = IntStream.range(0, 400).map(i -> i % 4 == 0 ? 1 : 0).toArray();
        Interval interval = Bootstrap.interval(kinds, 2, drawn -> drawn[1] / 400.0);
        assertThat(interval).isNotNull().isEqualTo(Bootstrap.interval(kinds, 2, drawn -> drawn[1] / 400.0));
        double reach = 1.96 * Math.sqrt(.25 * .75 / 400);
        assertThat(interval.lower()).isCloseTo(.25 - reach, within(.006));
        assertThat(interval.upper()).isCloseTo(.25 + reach, within(.006));
    }

    @Test
    void bootstrapGivesNoIntervalWhereResamplesHaveNoValue() {
        assertThat(Bootstrap.interval(new int[] {0, 1}, 2, drawn -> drawn[1] == 0 ? Double.NaN : 1))
                .isNull();
        assertThat(Bootstrap.interval(new int[0], 1, drawn -> 1)).isNull();
    }
}
