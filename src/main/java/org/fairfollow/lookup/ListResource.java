package org.fairfollow.lookup;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.fairfollow.http.Access;
import org.fairfollow.http.Conditional;
import org.fairfollow.http.Problem;
import org.fairfollow.publication.Payload;
import org.fairfollow.publication.Publisher;
import org.fairfollow.publication.Snapshot;

/** The published list and its ranges, from memory: answered on the event loop, whatever happens behind it. */
@Path("/v1")
@NonBlocking
public class ListResource {
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]+");
    private static final String MANIFEST_CACHING = "public, max-age=20, stale-if-error=86400";
    /** Nobody in between compresses it: the padding is there for its length. */
    private static final String RANGE_CACHING = "public, max-age=20, stale-if-error=86400, no-transform";

    private static final String IMMUTABLE = "public, max-age=86400, immutable";

    private final Publisher publisher;
    private final Clock clock;

    ListResource(Publisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    @GET
    @Path("/list")
    @Access(Access.Caller.ANYONE)
    @Produces(MediaType.APPLICATION_JSON)
    public Response manifest(@HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        return json(ifNoneMatch, snapshot().manifestPayload(), MANIFEST_CACHING);
    }

    @GET
    @Path("/list/{version}")
    @Access(Access.Caller.ANYONE)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response list(
            @PathParam("version") String version, @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        return binary(ifNoneMatch, newest(version).list());
    }

    @GET
    @Path("/list/{version}/since/{older}")
    @Access(Access.Caller.ANYONE)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response delta(
            @PathParam("version") String version,
            @PathParam("older") String older,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        long from = number(older);
        Payload delta = newest(version)
                .delta(from)
                .orElseThrow(() -> Problem.VERSION_EXPIRED.with("Take the whole list, GET /v1/list/{version}."));
        return binary(ifNoneMatch, delta);
    }

    /** The snapshot, if {@code version} is its version. */
    private Snapshot newest(String version) {
        long asked = number(version);
        Snapshot snapshot = snapshot();
        if (asked != snapshot.manifest().version()) {
            throw Problem.VERSION_EXPIRED.with("Take the version from the manifest, GET /v1/list.");
        }
        return snapshot;
    }

    private static long number(String version) {
        if (!VERSION.matcher(version).matches()) {
            throw Problem.INVALID_VERSION.with("Take the version from the manifest, GET /v1/list.");
        }
        return Long.parseLong(version);
    }

    @GET
    @Path("/ranges/{prefix}")
    @Access(Access.Caller.ANYONE)
    @Produces(MediaType.APPLICATION_JSON)
    public Response range(
            @PathParam("prefix") String prefix, @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        if (!HEX.matcher(prefix).matches()) {
            throw Problem.INVALID_PREFIX.with("A prefix is lower-case hex digits.");
        }
        Snapshot snapshot = snapshot();
        if (!snapshot.takesPrefixLength(prefix.length(), clock.instant())) {
            throw Problem.WRONG_PREFIX_LENGTH.with(
                    "A prefix has " + snapshot.prefixLength() + " hex digits now; see the manifest, GET /v1/list.");
        }
        return json(ifNoneMatch, snapshot.range(prefix), RANGE_CACHING);
    }

    private Snapshot snapshot() {
        return publisher.current().orElseThrow(() -> Problem.NOTHING_PUBLISHED.with("Try again in a few seconds."));
    }

    private static Response binary(List<String> ifNoneMatch, Payload payload) {
        return Conditional.answer(
                ifNoneMatch, payload.bytes(), payload.etag(), MediaType.APPLICATION_OCTET_STREAM, IMMUTABLE);
    }

    private static Response json(List<String> ifNoneMatch, Payload payload, String caching) {
        return Conditional.answer(ifNoneMatch, payload.bytes(), payload.etag(), MediaType.APPLICATION_JSON, caching);
    }
}
