package org.fairfollow.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers with an ETag, and with 304 to those who have the bytes already (RFC 9110, section 13).
 *
 * <p>{@code If-None-Match} is the one condition that is heeded: an ETag is all there is to compare. The others
 * ({@code If-Modified-Since}, {@code If-Match}, {@code Range} and {@code If-Range}) are left unheeded, as a server may
 * where it keeps no dates, changes nothing and sends no parts: the answer is then whole, and right.
 */
public final class Conditional {
    private Conditional() {}

    /**
     * @param ifNoneMatch the headers of that name
     * @param body bytes, or a file
     * @param etag strong, quoted
     */
    public static Response answer(
            @Nullable List<String> ifNoneMatch, Object body, String etag, String mediaType, String cacheControl) {
        Response.ResponseBuilder response = isKnown(ifNoneMatch, etag)
                ? Response.notModified()
                : Response.ok(body).type(mediaType);
        if (body instanceof byte[] bytes && !isKnown(ifNoneMatch, etag)) {
            // Said here, because HEAD gets it too.
            response.header(HttpHeaders.CONTENT_LENGTH, bytes.length);
        }
        return response.header(HttpHeaders.ETAG, etag)
                .header(HttpHeaders.CACHE_CONTROL, cacheControl)
                .build();
    }

    /** Whether one of the tags is {@code etag}, by weak comparison; what is no list of tags names none. */
    static boolean isKnown(@Nullable List<String> ifNoneMatch, String etag) {
        if (ifNoneMatch == null || ifNoneMatch.isEmpty()) {
            return false;
        }
        // Several lines are one list.
        String list = ifNoneMatch.size() == 1 ? ifNoneMatch.getFirst() : String.join(",", ifNoneMatch);
        return list.strip().equals("*") || new Tags(list).contains(etag);
    }

    /** A list of entity tags; commas within the quotes are part of a tag. */
    private static final class Tags {
        private final String list;
        private int at;

        Tags(String list) {
            this.list = list;
        }

        boolean contains(String etag) {
            boolean found = false;
            while (true) {
                skip(", \t");
                if (at == list.length()) {
                    return found;
                }
                if (list.startsWith("W/", at)) {
                    at += 2;
                }
                int end = at < list.length() && list.charAt(at) == '"' ? list.indexOf('"', at + 1) : -1;
                if (end < 0) {
                    return false;
                }
                found |= list.regionMatches(at, etag, 0, Math.max(etag.length(), end + 1 - at));
                at = end + 1;
                skip(" \t");
                if (at < list.length() && list.charAt(at) != ',') {
                    return false;
                }
            }
        }

        private void skip(String characters) {
            while (at < list.length() && characters.indexOf(list.charAt(at)) >= 0) {
                at++;
            }
        }
    }
}
