package org.fairfollow.account;

/**
 * What an account can be called by, in canonical form: its native id, or a handle, which is an alias that may change hands.
 *
 * @param kind which of the two {@code value} is
 * @param value canonical: handles lower case, hosts in IDNA ASCII
 */
public record AccountName(Network network, Kind kind, String value) {

    public enum Kind {
        HANDLE,
        NATIVE_ID
    }

    /** The account key: what is hashed for lists and ranges. */
    public String key() {
        return network.key(this);
    }

    /** The name with this key, as {@link #key} wrote it. */
    public static AccountName ofKey(String key) {
        int end = key.indexOf(':');
        Network network = Network.of(key.substring(0, end)).orElseThrow();
        String rest = key.substring(end + 1);
        return switch (rest.charAt(0)) {
            case '@' -> network.handle(rest.substring(1));
            case '#' -> network.id(rest.substring(1));
            default -> network.id(rest);
        };
    }

    public AccountHash hash() {
        return AccountHash.ofKey(key());
    }

    public boolean isHandle() {
        return kind == Kind.HANDLE;
    }
}
