package org.fairfollow.cli.simulation;

import java.util.ArrayList;
import java.util.List;
import org.fairfollow.evidence.Span;

/**
 * What an account does apart from following: posting and liking now and then, or nothing at all; leaving for a while, or
 * for good.
 *
 * @param activityPerDay probability of activity on a day; 0: a silent account, which answers nobody either
 * @param gone when it was deactivated, suspended or deleted
 * @param status why it is gone, in the words of the stream
 */
record Life(long seed, Span period, double activityPerDay, List<Span> gone, String status) {
    // Rates the literature does not give for this network; our assumptions.
    static final double SILENT = .20;
    private static final double SUSPENDED_OR_DELETED = .02;
    private static final double ON_LEAVE = .03;

    /** A bystander of the crowd, who may leave. */
    static Life of(long seed, Span period) {
        Life stays = staying(seed, period);
        double fate = Chance.unit(seed, 1, 0);
        long firstDayOver = period.from() + Visits.DAY;
        long from = firstDayOver + Chance.below(period.to() - firstDayOver, seed, 2, 0);
        if (fate < SUSPENDED_OR_DELETED) {
            String status = fate < SUSPENDED_OR_DELETED / 2 ? "suspended" : "deleted";
            return stays.leaving(new Span(from, Span.OPEN), status);
        }
        if (fate < SUSPENDED_OR_DELETED + ON_LEAVE) {
            long back = from + 3 * Visits.DAY + Chance.below(18 * Visits.DAY, seed, 3, 0);
            return stays.leaving(new Span(from, back < period.to() ? back : Span.OPEN), "deactivated");
        }
        return stays;
    }

    /** One who is there to the end, as the judged accounts are. */
    static Life staying(long seed, Span period) {
        boolean silent = Chance.unit(seed, 4, 0) < SILENT;
        double daysBetween = 4 + 4 * Chance.unit(seed, 5, 0);
        return new Life(seed, period, silent ? 0 : 1 / daysBetween, List.of(), "");
    }

    private Life leaving(Span away, String status) {
        return new Life(seed, period, activityPerDay, List.of(away), status);
    }

    boolean silent() {
        return activityPerDay == 0;
    }

    boolean goneAt(long second) {
        return gone.stream().anyMatch(span -> span.contains(second));
    }

    /** The second of the activity on a UTC epoch day, or {@link Span#OPEN} when there was none. */
    long activityOn(long day) {
        if (silent() || Chance.unit(seed, day, 6) >= activityPerDay) {
            return Span.OPEN;
        }
        long second = day * Visits.DAY + Chance.below(Visits.DAY, seed, day, 7);
        return period.contains(second) && !goneAt(second) ? second : Span.OPEN;
    }

    /** UTC epoch days with activity within the period, ascending. */
    List<Integer> activeDays() {
        List<Integer> days = new ArrayList<>();
        if (!silent()) {
            for (long day = period.from() / Visits.DAY; day * Visits.DAY < period.to(); day++) {
                if (activityOn(day) != Span.OPEN) {
                    days.add((int) day);
                }
            }
        }
        return days;
    }
}
