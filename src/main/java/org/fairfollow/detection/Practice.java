package org.fairfollow.detection;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The behaviours that are judged; {@link #id} is the name clients know. */
public enum Practice {
    FOLLOW_CHURN,
    BUYS_FOLLOWERS,
    AUTO_DM,
    AUTO_FOLLOW_BACK,
    UNFOLLOW_SHAMING,
    AUTOMATED_PROMOTION,
    NEVER_REPLIES;

    /** Whether only those it is done to can see it, so that what they tell is all the evidence there can be. */
    public boolean isSeenByRecipientsAlone() {
        return this == AUTO_DM;
    }

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Practice> of(String id) {
        return Arrays.stream(values()).filter(p -> p.id().equals(id)).findFirst();
    }
}
