package org.fairfollow.intake;

import java.time.Instant;

/** The times at which anything can have been seen. */
public final class EventTime {
    /** None of the networks is older: the first message on X was sent on 2006-03-21. */
    private static final long OLDEST = Instant.parse("2006-03-21T00:00:00Z").getEpochSecond();
    /** How far a sender's clock may be ahead of ours. */
    private static final long SKEW_SECONDS = 300;

    private EventTime() {}

    /**
     * @param second Unix epoch seconds, as told
     * @param now Unix epoch seconds
     */
    public static long check(long second, long now) throws Refused {
        if (second < OLDEST || second > now + SKEW_SECONDS) {
            throw new Refused("time-out-of-range");
        }
        return second;
    }
}
