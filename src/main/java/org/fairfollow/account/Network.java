package org.fairfollow.account;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A network whose accounts are judged: how its handles, native ids and profile addresses are written. */
public abstract sealed class Network permits XNetwork, BlueskyNetwork, MastodonNetwork {
    public static final Network X = new XNetwork();
    public static final Network BLUESKY = new BlueskyNetwork();
    public static final Network MASTODON = new MastodonNetwork();

    private static final List<Network> ALL = List.of(X, BLUESKY, MASTODON);
    /** Longer than any handle, id or profile address that can be right. */
    private static final int MAX_INPUT = 2_048;

    private static final String ID_PREFIX = "id:";

    private final String id;
    private final int code;
    private final long since;

    /** @param since the day of its first public message */
    Network(String id, int code, LocalDate since) {
        this.id = id;
        this.code = code;
        this.since = since.toEpochDay() * 86_400;
    }

    public static List<Network> all() {
        return ALL;
    }

    /** The network clients call {@code id}. */
    public static Optional<Network> of(String id) {
        return ALL.stream().filter(network -> network.id.equals(id)).findFirst();
    }

    /** The network stored as {@code code}. */
    public static Network ofCode(int code) {
        return ALL.stream()
                .filter(network -> network.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no network has the code " + code));
    }

    /** The name clients use. */
    public final String id() {
        return id;
    }

    /** The number rows are stored under; never reused. */
    public final int code() {
        return code;
    }

    /** When it began, Unix epoch seconds: nothing on it is older. */
    public final long since() {
        return since;
    }

    /**
     * Reads a name as people write it: a handle with or without {@code @}, in any case, a profile address, a native id, or
     * {@code id:} and the native id in base64url.
     *
     * @throws InvalidAccountException with a sentence that says how to mend it
     */
    public final AccountName parse(@Nullable String input) throws InvalidAccountException {
        if (input == null || input.isBlank()) {
            throw new InvalidAccountException("The name is empty; write " + example() + ".");
        }
        if (input.length() > MAX_INPUT) {
            throw new InvalidAccountException(
                    "The name is longer than " + MAX_INPUT + " characters; write " + example() + ".");
        }
        String name = input.strip();
        if (name.startsWith(ID_PREFIX)) {
            return nativeId(decode(name.substring(ID_PREFIX.length())));
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("https://") || lower.startsWith("http://")) {
            return parseAddress(address(name));
        }
        return parseBare(name);
    }

    /** Reads a native id in the network's own form. */
    public abstract AccountName nativeId(String nativeId) throws InvalidAccountException;

    /** Where people see the account. */
    public abstract String profileUrl(@Nullable String handle, @Nullable String nativeId);

    /** What is accepted, for messages: "a handle such as …". */
    abstract String example();

    abstract AccountName parseAddress(URI address) throws InvalidAccountException;

    abstract AccountName parseBare(String name) throws InvalidAccountException;

    abstract String key(AccountName name);

    final AccountName handle(String value) {
        return new AccountName(this, AccountName.Kind.HANDLE, value);
    }

    final AccountName id(String value) {
        return new AccountName(this, AccountName.Kind.NATIVE_ID, value);
    }

    final InvalidAccountException invalid(String what) {
        return new InvalidAccountException(what + " Write " + example() + ".");
    }

    /** The first {@code n} segments of an address' path; fewer if it has fewer. */
    static List<String> segments(URI address) {
        String path = Optional.ofNullable(address.getPath()).orElse("");
        return List.of(path.split("/")).stream()
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    static String host(URI address) {
        return Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
    }

    static String withoutAt(String name) {
        return name.startsWith("@") ? name.substring(1) : name;
    }

    private URI address(String name) throws InvalidAccountException {
        try {
            return URI.create(name);
        } catch (IllegalArgumentException e) {
            throw invalid("This is not a well-formed address.");
        }
    }

    private String decode(String base64url) throws InvalidAccountException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(base64url);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw invalid("What follows \"id:\" must be the native id in base64url.");
        }
    }

    @Override
    public final String toString() {
        return id;
    }
}
