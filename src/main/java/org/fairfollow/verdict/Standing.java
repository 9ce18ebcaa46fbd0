package org.fairfollow.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How firmly a practice is held against an account; in rising order but for {@code CLEARED}. */
public enum Standing {
    UNKNOWN,
    NOT_FOUND,
    SIGNS,
    LIKELY,
    CONFIRMED,
    /** A moderator ruled that the practice is not there. */
    CLEARED;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Standing of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether it is published: in list, ranges, dump and feed. */
    public boolean isListed() {
        return this == LIKELY || this == CONFIRMED;
    }

    /** Whether time ends it: newer evidence could tell otherwise. */
    boolean lapses() {
        return this != UNKNOWN && this != CLEARED;
    }

    /** Whether something is held against the account, listed or not. */
    public boolean isAdverse() {
        return this == SIGNS || isListed();
    }
}
