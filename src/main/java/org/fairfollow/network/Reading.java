package org.fairfollow.network;

import java.time.Duration;

/** What a network shows of an account, or why that cannot be told. */
public sealed interface Reading<T> {
    record Found<T>(T value) implements Reading<T> {}

    /** The network says that there is no such account, or none any more. */
    record Gone<T>() implements Reading<T> {}

    /** To ask again would not help, unless something was changed at the other end. */
    record Refused<T>(Refusal reason) implements Reading<T> {}

    /** Nobody answered in time, or was to be asked now. */
    record Unreachable<T>(Duration retryAfter) implements Reading<T> {}
}
