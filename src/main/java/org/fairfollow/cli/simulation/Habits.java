package org.fairfollow.cli.simulation;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How one account follows and leaves.
 *
 * @param born first second of its following; what lies before the simulated period is never written, but its unfollows are
 * @param followsPerWeek mean of its steady following
 * @param bursts what it follows at a stretch besides
 * @param returned share of its follows that are returned, if they stand long enough
 * @param followedFirst share of its follows that go to somebody who followed it first
 * @param blocked share of its follows that end in a block, by either side
 */
record Habits(
        long born,
        double followsPerWeek,
        List<Burst> bursts,
        double returned,
        double followedFirst,
        double blocked,
        Leaving leaving) {

    /** So many follows, spread over the visits between two seconds. */
    record Burst(long from, long to, int follows) {}

    /** Decides, at the follow, when its end will be considered. */
    @FunctionalInterface
    interface Leaving {
        Leave consider(long followed, boolean silentTarget, RandomGenerator random);
    }

    /**
     * At the first visit after {@code from} the follow is dropped with one probability if it was not returned by then, and
     * with another if it was.
     */
    record Leave(long from, double ifAlone, double ifReturned) {
        static final Leave NEVER = new Leave(Long.MAX_VALUE, 0, 0);
    }
}
