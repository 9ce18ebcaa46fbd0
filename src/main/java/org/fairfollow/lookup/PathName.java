package org.fairfollow.lookup;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.http.Problem;

/** Names of accounts in paths. */
public final class PathName {
    /** Characters that stand in a path as they are (RFC 3986, pchar) in any handle or DID. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~@:-]+");

    private PathName() {}

    /** A name for a path: as it is where it can be, else {@code id:} and base64url. */
    public static String of(String name) {
        return PLAIN.matcher(name).matches()
                ? name
                : "id:" + Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The account a path or item names; throws a {@link Problem} when there can be none. */
    public static AccountName parse(String network, String name) {
        Network of = Network.of(network)
                .orElseThrow(() -> Problem.INVALID_NETWORK.with("The network is one of x, bluesky and mastodon."));
        try {
            return of.parse(name);
        } catch (InvalidAccountException e) {
            throw Problem.INVALID_ACCOUNT.with(String.valueOf(e.getMessage()));
        }
    }
}
