package org.fairfollow.intake;

import org.fairfollow.account.Network;

/** The times at which anything can have been seen. */
public final class EventTime {
    /** How far a sender's clock may be ahead of ours. */
    static final long SKEW_SECONDS = 300;

    private EventTime() {}

    /**
     * @param second Unix epoch seconds, as told
     * @param network on which it was seen
     * @param now Unix epoch seconds
     */
    public static long check(long second, Network network, long now) throws Refused {
        if (second < network.since() || second > now + SKEW_SECONDS) {
            throw new Refused("time-out-of-range");
        }
        return second;
    }
}
