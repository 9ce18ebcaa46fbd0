package org.fairfollow.verdict.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody who audits makes of the evidence. */
public enum Answer {
    PRACTISES,
    DOES_NOT,
    /** Counts like a no: a verdict that people cannot find in the evidence is none. */
    CANNOT_TELL;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Answer> of(String id) {
        return Arrays.stream(values()).filter(answer -> answer.id().equals(id)).findFirst();
    }
}
