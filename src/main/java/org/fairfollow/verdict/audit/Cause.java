package org.fairfollow.verdict.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What else the evidence shows, where it is not the practice or cannot be told. */
public enum Cause {
    BRIDGE("An account mirrored from another network"),
    MIGRATION("Somebody who moved here from elsewhere"),
    STARTER_PACK("Followers or follows from a starter pack"),
    GIVEAWAY("A giveaway or campaign"),
    NEWS_EVENT("News, or a post that went round"),
    DECLARED_BOT("A bot that says it is one"),
    DATA_GAP("Evidence is missing"),
    OTHER("Something else");

    private final String wording;

    Cause(String wording) {
        this.wording = wording;
    }

    public String wording() {
        return wording;
    }

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Cause> of(String id) {
        return Arrays.stream(values()).filter(cause -> cause.id().equals(id)).findFirst();
    }
}
