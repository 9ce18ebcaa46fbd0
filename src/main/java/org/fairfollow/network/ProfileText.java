package org.fairfollow.network;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a profile says, or why that cannot be told. */
public sealed interface ProfileText {
    /**
     * The network says that the account is this one. Whoever asked by handle compares the native id: a handle may have
     * changed hands.
     *
     * @param nativeId canonical
     * @param handle the one it goes by there, canonical; null when it has none that holds
     * @param text bio and fields as plain text, without invisible characters
     */
    record Found(String nativeId, @Nullable String handle, String text, Instant at) implements ProfileText {}

    /** The network says that there is no such account, or none any more. */
    record Gone() implements ProfileText {}

    /** To ask again would not help, unless something was changed at the other end. */
    record Refused(Refusal reason) implements ProfileText {}

    /** Nobody answered in time, or was to be asked now. */
    record Unreachable(Duration retryAfter) implements ProfileText {}
}
