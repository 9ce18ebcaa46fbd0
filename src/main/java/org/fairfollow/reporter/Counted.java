package org.fairfollow.reporter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is counted of a caller, and over which time a quota comes back. */
enum Counted {
    ADDRESS(1, Duration.ofMinutes(1)),
    KEY(2, Duration.ofMinutes(1)),
    MEASUREMENTS(3, Duration.ofHours(1)),
    OBSERVATIONS(4, Duration.ofDays(1)),
    REPORTS(5, Duration.ofDays(1)),
    SIGN_IN_ADDRESS(6, Duration.ofMinutes(10)),
    SIGN_IN_ACCOUNT(7, Duration.ofMinutes(10));

    /** By which other instances know it; never given to anything else. */
    private final byte code;

    private final Duration window;

    Counted(int code, Duration window) {
        this.code = (byte) code;
        this.window = window;
    }

    byte code() {
        return code;
    }

    Duration window() {
        return window;
    }

    /** Null for what only another version of the service counts. */
    static @Nullable Counted of(byte code) {
        for (Counted counted : values()) {
            if (counted.code == code) {
                return counted;
            }
        }
        return null;
    }
}
