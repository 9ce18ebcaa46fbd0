package org.fairfollow.network.mastodon;

import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.network.outbound.Answer;
import org.fairfollow.network.outbound.Answer.Heard;

/** A list of a server's, page by page, by its Link headers (RFC 8288); it is asked for nothing but that list. */
final class Pages {
    private static final Pattern NEXT = Pattern.compile("<([^<>\\s]{1,2000})>\\s{0,9};\\s{0,9}rel=\"?next\"?");
    /** Where the next page begins, as the server counts. */
    private static final Pattern CURSOR = Pattern.compile("(?:^|&)(max_id=[A-Za-z0-9_-]{1,64})(?:&|$)");

    private final String list;
    private final String query;
    private final Set<String> seen = new HashSet<>();

    /**
     * @param list address without a query
     * @param query parameters that stay the same
     */
    Pages(String list, String query) {
        this.list = list;
        this.query = query;
    }

    URI first() {
        return URI.create(list + "?" + query);
    }

    /** The page after this one; empty if there is none, or one that was asked for already, or one of another list. */
    Optional<URI> after(Answer page) {
        if (!(page instanceof Heard heard) || heard.link() == null) {
            return Optional.empty();
        }
        Matcher next = NEXT.matcher(heard.link());
        return next.find() ? cursor(next.group(1)).filter(seen::add).map(this::from) : Optional.empty();
    }

    private URI from(String cursor) {
        return URI.create(list + "?" + query + "&" + cursor);
    }

    private Optional<String> cursor(String address) {
        int mark = address.indexOf('?');
        if (mark < 0 || !address.substring(0, mark).equals(list)) {
            return Optional.empty();
        }
        Matcher cursor = CURSOR.matcher(address.substring(mark + 1));
        return cursor.find() ? Optional.of(cursor.group(1)) : Optional.empty();
    }
}
