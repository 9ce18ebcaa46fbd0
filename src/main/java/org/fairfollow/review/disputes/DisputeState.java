package org.fairfollow.review.disputes;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** How far a dispute has come. */
public enum DisputeState {
    /** Control is not proven yet. */
    OPEN,
    /** A moderator has to look for the code, because no program may. */
    AWAITING_MODERATOR,
    PROVEN,
    /** All that was disputed was ruled on since control was proven; never stored, it follows from the rulings. */
    RULED,
    EXPIRED,
    WITHDRAWN,
    /** All that was held of the account is gone, and stays gone. */
    ERASED;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static DisputeState of(String id) {
        return Arrays.stream(values())
                .filter(state -> state.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Whether control may still be proven. */
    boolean isUnproven() {
        return this == OPEN || this == AWAITING_MODERATOR;
    }
}
