package org.fairfollow.detection.followback;

import org.fairfollow.evidence.Span;

/**
 * Somebody's first follow of the account, with what the account made of it: the unit of the auto-follow-back rule.
 *
 * @param at when the account was followed, Unix epoch seconds UTC
 * @param followedBackAt when the account followed back, at most 24 hours later; {@link Span#OPEN} if it did not
 * @param look what the follower looks like
 */
record FollowReceived(long at, long followedBackAt, Look look) {
    static final long DAY = 86_400;
    static final long HOUR = 3_600;

    /** What a follower looks like from its counters or, without any, from its activity. */
    enum Look {
        THROWAWAY,
        OTHER,
        UNKNOWN
    }

    boolean followedBack() {
        return followedBackAt != Span.OPEN;
    }

    /** Seconds that the follower waited; only of a follow that was returned. */
    long latency() {
        return followedBackAt - at;
    }

    boolean followedBackWithin(long seconds) {
        return followedBack() && latency() <= seconds;
    }

    /** UTC epoch day of the follow received. */
    long day() {
        return Math.floorDiv(at, DAY);
    }

    /** UTC hour of the day, 0 to 23, at which the follow was received. */
    int hour() {
        return hourOf(at);
    }

    static int hourOf(long second) {
        return (int) (Math.floorMod(second, DAY) / HOUR);
    }

    long lastEventAt() {
        return followedBack() ? followedBackAt : at;
    }
}
