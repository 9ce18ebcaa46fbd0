package org.fairfollow.cli.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.Statistics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * One figure.
 *
 * @param id what it measures, such as {@code precision}
 * @param decision what was taken as flagged; null when the figure needs no decision
 * @param value null when it cannot be measured
 * @param lower bound of the 95 % interval, rounded down; null without one
 * @param upper bound of the 95 % interval, rounded up; null without one
 * @param method how the interval was made: {@code wilson}, {@code delong}, {@code bootstrap}
 * @param count for a share: of how many it holds
 * @param of for a share: of how many
 * @param note why there is no value or no interval, or what else must be said with it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measure(
        String id,
        @Nullable String decision,
        @Nullable Double value,
        @Nullable Double lower,
        @Nullable Double upper,
        @Nullable String method,
        @Nullable Long count,
        @Nullable Long of,
        @Nullable String note) {
    static final double Z = Statistics.normalQuantile(.975);
    private static final int DECIMALS = 4;

    /** @param ifNone why there are none to take a share of */
    static Measure share(String id, @Nullable String decision, long count, long of, String ifNone) {
        if (of == 0) {
            return unknown(id, decision, ifNone);
        }
        Interval interval = Statistics.wilson(count, of, Z);
        return new Measure(
                id,
                decision,
                Rounded.nearest((double) count / of, DECIMALS),
                Rounded.down(interval.lower(), DECIMALS),
                Rounded.up(interval.upper(), DECIMALS),
                "wilson",
                count,
                of,
                null);
    }

    /** @param ifNoInterval why there is no interval, should there be none */
    static Measure estimate(
            String id,
            @Nullable String decision,
            double value,
            @Nullable Interval interval,
            String method,
            String ifNoInterval) {
        double rounded = Rounded.nearest(value, DECIMALS);
        return interval == null
                ? new Measure(id, decision, rounded, null, null, null, null, null, ifNoInterval)
                : new Measure(
                        id,
                        decision,
                        rounded,
                        Rounded.down(interval.lower(), DECIMALS),
                        Rounded.up(interval.upper(), DECIMALS),
                        method,
                        null,
                        null,
                        null);
    }

    static Measure unknown(String id, @Nullable String decision, String why) {
        return new Measure(id, decision, null, null, null, null, null, null, why);
    }

    Measure noted(String remark) {
        return new Measure(id, decision, value, lower, upper, method, count, of, remark);
    }
}
