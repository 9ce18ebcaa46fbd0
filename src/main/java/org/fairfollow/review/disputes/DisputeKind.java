package org.fairfollow.review.disputes;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an owner wants. */
public enum DisputeKind {
    /** The verdict is wrong: off the list until somebody ruled, with the owner's words beside it. */
    CONTEST,
    /** An objection under privacy law: nothing of the verdict is shown until somebody ruled. */
    OBJECTION;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<DisputeKind> of(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }
}
