package org.fairfollow.reporter;

import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signed in, whatever their role.
 *
 * @param number internal number; stays in rulings and the audit log when the account is closed
 * @param name what colleagues know them by; never shown to anybody else
 */
public record Moderator(int number, String name, Role role) {
    private static final String CALL_KEY = Moderator.class.getName();

    /** Who makes the call in hand; its endpoint is open to {@code REVIEWER} or {@code MODERATOR}. */
    public static Moderator of(RoutingContext call) {
        return Objects.requireNonNull(call.get(CALL_KEY), "the call is open to those who did not sign in");
    }

    /** Who makes the call in hand; null where it is made with the operator token, or by somebody who did not sign in. */
    public static @Nullable Moderator find(RoutingContext call) {
        return call.get(CALL_KEY);
    }

    void makes(RoutingContext call) {
        call.put(CALL_KEY, this);
    }
}
