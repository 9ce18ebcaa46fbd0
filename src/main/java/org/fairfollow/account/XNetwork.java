package org.fairfollow.account;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** X, formerly Twitter: handles of up to 15 letters, digits and underscores; decimal user ids. */
final class XNetwork extends Network {
    private static final Pattern HANDLE = Pattern.compile("[A-Za-z0-9_]{1,15}");
    /** User ids are unsigned 63-bit numbers, written without leading zeros. */
    private static final Pattern USER_ID = Pattern.compile("[1-9][0-9]{0,18}");

    private static final Set<String> HOSTS =
            Set.of("x.com", "www.x.com", "mobile.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com");
    /** First path segments of the site's own pages, which look like handles. */
    private static final Set<String> PAGES =
            Set.of("i", "home", "explore", "search", "settings", "notifications", "messages", "intent", "hashtag");

    XNetwork() {
        super("x", 1, LocalDate.of(2006, 3, 21));
    }

    @Override
    String example() {
        return "a handle such as growth_example, or id: and the numeric user id in base64url";
    }

    @Override
    public AccountName nativeId(String nativeId) throws InvalidAccountException {
        if (!USER_ID.matcher(nativeId).matches()) {
            throw invalid("A user id of X is a decimal number.");
        }
        return id(nativeId);
    }

    @Override
    AccountName parseAddress(URI address) throws InvalidAccountException {
        List<String> segments = segments(address);
        if (!HOSTS.contains(host(address)) || segments.isEmpty() || PAGES.contains(segments.getFirst())) {
            throw invalid("This is not the address of a profile on X.");
        }
        return parseBare(segments.getFirst());
    }

    @Override
    AccountName parseBare(String name) throws InvalidAccountException {
        String handle = withoutAt(name);
        if (!HANDLE.matcher(handle).matches()) {
            throw invalid("A handle on X has 1 to 15 letters, digits and underscores.");
        }
        return handle(handle.toLowerCase(Locale.ROOT));
    }

    @Override
    String key(AccountName name) {
        return name.isHandle() ? "x:@" + name.value() : "x:#" + name.value();
    }

    @Override
    public String profileUrl(@Nullable String handle, @Nullable String nativeId) {
        return handle != null ? "https://x.com/" + handle : "https://x.com/i/user/" + nativeId;
    }
}
