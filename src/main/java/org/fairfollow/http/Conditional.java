package org.fairfollow.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers with an ETag, and with 304 to those who have the bytes already (RFC 9110, section 13). */
public final class Conditional {
    private Conditional() {}

    /**
     * @param ifNoneMatch the headers of that name
     * @param body bytes, or a file
     * @param etag strong, quoted
     */
    public static Response answer(
            @Nullable List<String> ifNoneMatch, Object body, String etag, String mediaType, String cacheControl) {
        boolean known = ifNoneMatch != null
                && ifNoneMatch.stream()
                        .flatMap(header -> Arrays.stream(header.split(",")))
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
        Response.ResponseBuilder response =
                known ? Response.notModified() : Response.ok(body).type(mediaType);
        return response.header(HttpHeaders.ETAG, etag)
                .header(HttpHeaders.CACHE_CONTROL, cacheControl)
                .build();
    }
}
