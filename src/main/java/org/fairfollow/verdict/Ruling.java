package org.fairfollow.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a moderator can decide about a verdict. */
public enum Ruling {
    /** It is right: {@code confirmed}, as long as the rules find at least signs in what was measured. */
    CONFIRM,
    /** The practice is not there: {@code cleared}, until somebody rules otherwise. */
    CLEAR,
    /** What it rests on counts no longer: only newer evidence can make a verdict again. */
    EXPIRE,
    /** Somebody may have made it look so: ends it as {@link #EXPIRE} does. */
    POSSIBLY_TARGETED;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Ruling> of(String id) {
        return Arrays.stream(values()).filter(ruling -> ruling.id().equals(id)).findFirst();
    }
}
