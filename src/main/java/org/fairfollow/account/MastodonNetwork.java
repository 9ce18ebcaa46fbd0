package org.fairfollow.account;

import java.net.IDN;
import java.net.URI;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Mastodon and what federates with it: {@code user@host} handles, actor URIs as native ids. */
final class MastodonNetwork extends Network {
    /** Mastodon's own USERNAME_RE, with its length limit for remote accounts. */
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9_])?");

    private static final Pattern HOST = Pattern.compile(
            "(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,126}[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern ACTOR_PATH = Pattern.compile("/[A-Za-z0-9._~:/?@!$&'()*+,;=%-]{1,1024}");

    MastodonNetwork() {
        super("mastodon", 3, LocalDate.of(2016, 3, 16));
    }

    @Override
    String example() {
        return "a handle with its host such as growth@social.example, or id: and the actor URI in base64url";
    }

    @Override
    public AccountName nativeId(String nativeId) throws InvalidAccountException {
        URI actor;
        try {
            actor = URI.create(nativeId);
        } catch (IllegalArgumentException e) {
            throw invalid("This actor URI is not well formed.");
        }
        String query = actor.getRawQuery() == null ? "" : "?" + actor.getRawQuery();
        boolean plain = "https".equalsIgnoreCase(actor.getScheme())
                && actor.getRawUserInfo() == null
                && actor.getPort() == -1
                && actor.getRawFragment() == null
                && actor.getHost() != null
                && actor.getRawPath() != null
                && ACTOR_PATH.matcher(actor.getRawPath() + query).matches();
        if (!plain) {
            throw invalid("An actor URI is an https address with a host and a path.");
        }
        return id("https://" + asciiHost(actor.getHost()) + actor.getRawPath() + query);
    }

    @Override
    AccountName parseAddress(URI address) throws InvalidAccountException {
        List<String> segments = segments(address);
        if (segments.isEmpty() || address.getHost() == null) {
            throw invalid("This is not the address of a profile.");
        }
        if (!segments.getFirst().startsWith("@")) {
            return nativeId(address.toString());
        }
        String name = segments.getFirst().substring(1);
        // A server shows accounts of others under its own host as /@user@their.host.
        return name.contains("@") ? parseBare(name) : handle(user(name) + "@" + asciiHost(address.getHost()));
    }

    @Override
    AccountName parseBare(String name) throws InvalidAccountException {
        String[] parts = withoutAt(name).split("@", -1);
        if (parts.length != 2) {
            throw invalid("A handle on Mastodon has a user and a host.");
        }
        return handle(user(parts[0]) + "@" + asciiHost(parts[1]));
    }

    private String user(String user) throws InvalidAccountException {
        if (!USER.matcher(user).matches()) {
            throw invalid("A user on Mastodon has letters, digits, underscores, dots and hyphens.");
        }
        return user.toLowerCase(Locale.ROOT);
    }

    /**
     * A host in IDNA ASCII. Java knows IDNA 2003, which maps some letters to others (ß to ss); a mapped name is another
     * host under IDNA 2008, so only names that come back unchanged are taken.
     */
    private String asciiHost(String host) throws InvalidAccountException {
        String lower = Normalizer.normalize(host.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        String ascii;
        try {
            ascii = IDN.toASCII(lower, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw invalid("This is not the name of a host.");
        }
        // The Kelvin sign's lower case is a plain k: it has been mapped before IDNA sees it.
        boolean mapped = host.indexOf('\u212a') >= 0
                || (!ascii.equals(lower)
                        && !IDN.toUnicode(ascii, IDN.ALLOW_UNASSIGNED).equals(lower));
        if (mapped || !HOST.matcher(ascii).matches()) {
            throw invalid(
                    "This is not the name of a host; one with unusual letters is written in its ASCII form (xn--…).");
        }
        return ascii;
    }

    @Override
    String key(AccountName name) {
        return name.isHandle() ? "mastodon:@" + name.value() : "mastodon:#" + name.value();
    }

    @Override
    public String profileUrl(@Nullable String handle, @Nullable String nativeId) {
        if (handle == null) {
            return String.valueOf(nativeId);
        }
        int at = handle.indexOf('@');
        return "https://" + handle.substring(at + 1) + "/@" + handle.substring(0, at);
    }
}
