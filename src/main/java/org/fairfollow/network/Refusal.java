package org.fairfollow.network;

import java.util.Locale;

/** Why a profile is not read. */
public enum Refusal {
    /** The network lets nobody read profiles without an account; a person has to look. */
    NO_PUBLIC_API,
    /** No account can have this name. */
    NOT_AN_ACCOUNT,
    /** The host is none on the open internet, or sends elsewhere. */
    FORBIDDEN_ADDRESS,
    /** The host shows profiles to its own users only. */
    NOT_PUBLIC,
    /** The host tells of an account that is another, or another host's. */
    ANOTHER_ACCOUNT,
    /** The answer is too large, or not what such an answer looks like. */
    UNREADABLE_ANSWER;

    /** The name in codes: {@code no-public-api}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
