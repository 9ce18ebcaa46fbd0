package org.fairfollow.network.outbound;

import java.time.Duration;
import org.fairfollow.network.ProfileText;
import org.fairfollow.network.Reading;
import org.fairfollow.network.Refusal;

/** Something could not be read; what stands for it says why. */
public final class UnansweredException extends Exception {
    private static final long serialVersionUID = 1;

    /** Why, whatever was asked for. */
    private sealed interface Why {
        record Gone() implements Why {}

        record Refused(Refusal reason) implements Why {}

        record Unreachable(Duration retryAfter) implements Why {}
    }

    private final transient Why why;

    private UnansweredException(Why why) {
        super(null, null, false, false);
        this.why = why;
    }

    public static UnansweredException gone() {
        return new UnansweredException(new Why.Gone());
    }

    public static UnansweredException refused(Refusal reason) {
        return new UnansweredException(new Why.Refused(reason));
    }

    public static UnansweredException unreachable(Duration retryAfter) {
        return new UnansweredException(new Why.Unreachable(retryAfter));
    }

    /** Whether to ask again later may help. */
    public boolean isPassing() {
        return why instanceof Why.Unreachable;
    }

    public boolean isGone() {
        return why instanceof Why.Gone;
    }

    public <T> Reading<T> instead() {
        return switch (why) {
            case Why.Gone gone -> new Reading.Gone<>();
            case Why.Refused refused -> new Reading.Refused<>(refused.reason());
            case Why.Unreachable unreachable -> new Reading.Unreachable<>(unreachable.retryAfter());
        };
    }

    public ProfileText insteadOfProfile() {
        return switch (why) {
            case Why.Gone gone -> new ProfileText.Gone();
            case Why.Refused refused -> new ProfileText.Refused(refused.reason());
            case Why.Unreachable unreachable -> new ProfileText.Unreachable(unreachable.retryAfter());
        };
    }
}
