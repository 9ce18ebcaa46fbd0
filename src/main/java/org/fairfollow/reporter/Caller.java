package org.fairfollow.reporter;

import org.jspecify.annotations.Nullable;

/** Who calls, as far as a token tells. */
sealed interface Caller {
    Caller ANONYMOUS = new Anonymous();
    Caller OPERATOR = new Operator();

    /** Whoever sends no token. */
    record Anonymous() implements Caller {}

    /** @param requestsPerMinute null for what all keys have */
    record KeyHolder(String keyId, @Nullable Integer requestsPerMinute) implements Caller {}

    record Operator() implements Caller {}
}
