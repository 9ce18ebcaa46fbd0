package org.fairfollow.account;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bluesky: handles are domain names, native ids are DIDs. Syntax: atproto.com/specs/handle and /specs/did. */
final class BlueskyNetwork extends Network {
    private static final int MAX_HANDLE = 253;
    // Matched before it is made lower case: the Kelvin sign, for one, would become the k it looks like.
    private static final Pattern HANDLE = Pattern.compile(
            "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,126}[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?",
            Pattern.CASE_INSENSITIVE);
    private static final int MAX_DID = 512;
    private static final Pattern DID = Pattern.compile("did:(?:plc:[a-z0-9]{1,64}|web:[a-zA-Z0-9.%-]{1,253})");

    BlueskyNetwork() {
        super("bluesky", 2, LocalDate.of(2022, 11, 17));
    }

    @Override
    String example() {
        return "a handle such as growth.example, or a DID such as did:plc:… or did:web:…";
    }

    @Override
    public AccountName nativeId(String nativeId) throws InvalidAccountException {
        if (nativeId.length() > MAX_DID || !DID.matcher(nativeId).matches()) {
            throw invalid("This is not a DID of the methods plc or web.");
        }
        return id(nativeId);
    }

    @Override
    AccountName parseAddress(URI address) throws InvalidAccountException {
        List<String> segments = segments(address);
        boolean profile = Set.of("bsky.app", "www.bsky.app").contains(host(address))
                && segments.size() >= 2
                && segments.getFirst().equals("profile");
        if (!profile) {
            throw invalid("This is not the address of a profile on Bluesky.");
        }
        return parseBare(segments.get(1));
    }

    @Override
    AccountName parseBare(String name) throws InvalidAccountException {
        if (name.regionMatches(true, 0, "did:", 0, 4)) {
            return nativeId(name);
        }
        String handle = withoutAt(name);
        if (handle.length() > MAX_HANDLE || !HANDLE.matcher(handle).matches()) {
            throw invalid("A handle on Bluesky is a domain name in ASCII.");
        }
        return handle(handle.toLowerCase(Locale.ROOT));
    }

    @Override
    String key(AccountName name) {
        return name.isHandle() ? "bluesky:@" + name.value() : "bluesky:" + name.value();
    }

    @Override
    public String profileUrl(@Nullable String handle, @Nullable String nativeId) {
        return "https://bsky.app/profile/" + (handle != null ? handle : nativeId);
    }
}
