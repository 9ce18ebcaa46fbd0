package org.fairfollow.network.outbound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of calling a host. */
public sealed interface Answer {
    /**
     * It answered, with a status that means neither that it is busy nor that it failed.
     *
     * @param location where it sends to, as it wrote it
     * @param link its Link headers, one after the other, as it wrote them
     * @param body empty unless the status is 200
     */
    record Heard(
            int status, @Nullable String location, @Nullable String link, byte[] body) implements Answer {
        static final int OK = 200;
    }

    /** It is no host to be called, or sends to one. */
    record Forbidden() implements Answer {}

    /** It answers what nobody needs: too much, packed, or redirects without an end. */
    record Unfit() implements Answer {}

    /** It did not answer in time, was busy, or there was no call left to make. */
    record Silent(Duration retryAfter) implements Answer {}
}
