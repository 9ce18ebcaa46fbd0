package org.fairfollow.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What other rules would change of a verdict. */
public enum Difference {
    /** It is not on the list and would be. */
    LISTED,
    /** It is on the list and would not be. */
    WITHDRAWN,
    /** It stays on the list, and the list would say something else. */
    CHANGED,
    /** It is not on the list and would not be; who looks it up would be told something else. */
    UNLISTED;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Difference> of(String id) {
        return Arrays.stream(values()).filter(one -> one.id().equals(id)).findFirst();
    }

    /** @param sameFinding whether both rest on a finding that is the same to the letter */
    static Optional<Difference> between(Standing before, Standing after, boolean sameFinding) {
        if (before == after && (sameFinding || !after.isAdverse())) {
            return Optional.empty();
        }
        if (before.isListed()) {
            return Optional.of(after.isListed() ? CHANGED : WITHDRAWN);
        }
        return Optional.of(after.isListed() ? LISTED : UNLISTED);
    }
}
