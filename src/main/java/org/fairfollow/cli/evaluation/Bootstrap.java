package org.fairfollow.cli.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.fairfollow.detection.Statistics.Interval;
import org.jspecify.annotations.Nullable;

/** Percentile intervals by resampling accounts (Efron 1979), always alike: the seed is fixed. */
final class Bootstrap {
    static final long SEED = 20_261_122;
    static final int RESAMPLES = 2_000;
    static final String METHOD = "bootstrap";
    static final String NONE = "no interval: too many resamples have no value";

    private static final double FEWEST_WITH_VALUE = .95;

    private Bootstrap() {}

    /**
     * A 95 % interval; null where the statistic is NaN on more than one resample in twenty.
     *
     * @param kinds of each observation; those of one kind need not be told apart
     * @param statistic of how many of each kind were drawn
     */
    static @Nullable Interval interval(int[] kinds, int kindsInAll, ToDoubleFunction<long[]> statistic) {
        if (kinds.length == 0) {
            return null;
        }
        SplittableRandom random = new SplittableRandom(SEED);
        long[] drawn = new long[kindsInAll];
        double[] values = new double[RESAMPLES];
        int valued = 0;
        for (int resample = 0; resample < RESAMPLES; resample++) {
            Arrays.fill(drawn, 0);
            for (int draw = 0; draw < kinds.length; draw++) {
                drawn[kinds[random.nextInt(kinds.length)]]++;
            }
            double value = statistic.applyAsDouble(drawn);
            if (!Double.isNaN(value)) {
                values[valued++] = value;
            }
        }
        if (valued < FEWEST_WITH_VALUE * RESAMPLES) {
            return null;
        }
        Arrays.sort(values, 0, valued);
        int tail = (int) Math.floor(.025 * valued);
        return new Interval(values[tail], values[valued - 1 - tail]);
    }
}
