package org.fairfollow.cli.simulation;

/**
 * When a person opens the application: morning, midday and evening of their own time zone, each day a little different.
 * Whatever they do, they do it then, so follows and unfollows come in batches and rarely at night.
 */
record Visits(long seed) {
    static final long HOUR = 3_600;
    static final long DAY = 24 * HOUR;
    static final int PER_DAY = 3;
    private static final long[] FIRST_HOUR = {7, 12, 18};
    private static final long[] HOURS = {3, 4, 5};

    /** @param visit from 0 to {@link #PER_DAY} exclusive */
    long at(long day, int visit) {
        long eastOfGreenwich = Chance.below(24, seed, 0, 0) - 12;
        long localSecond = FIRST_HOUR[visit] * HOUR + Chance.below(HOURS[visit] * HOUR, seed, day, visit + 1);
        return day * DAY + Math.floorMod(localSecond - eastOfGreenwich * HOUR, DAY);
    }

    /** The first visit at or after a second. */
    long next(long second) {
        long day = Math.floorDiv(second, DAY);
        long next = Long.MAX_VALUE;
        for (long candidateDay = day; candidateDay <= day + 1; candidateDay++) {
            for (int visit = 0; visit < PER_DAY; visit++) {
                long candidate = at(candidateDay, visit);
                if (candidate >= second) {
                    next = Math.min(next, candidate);
                }
            }
        }
        return next;
    }
}
