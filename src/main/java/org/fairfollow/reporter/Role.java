package org.fairfollow.reporter;

import java.util.Locale;

/** What somebody who signed in may do; each may do what those before it may. */
public enum Role {
    /** Sees cases and takes part in blind audits. */
    REVIEWER,
    /** Rules on cases. */
    MODERATOR,
    /** Runs the service: accounts of moderators, keys, releases, practices that stopped publishing. */
    OPERATOR;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this role may do what is open to {@code other}. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
