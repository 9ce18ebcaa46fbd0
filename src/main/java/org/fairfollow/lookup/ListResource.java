package org.fairfollow.lookup;

import io.quarkus.virtual.threads.VirtualThreads;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** Versions another instance may have made that this one does not know of: a quarter of an hour's. More are made up. */
    private static final int MOST_AHEAD = 100;
    /** Looking takes milliseconds, taking a release of many changes seconds. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    /** Whoever comes when so many wait already is answered at once. */
    private static final int MOST_WAITING = 1_000;

    private final Publisher publisher;
    private final Clock clock;
    private final ExecutorService waiters;
    private final AtomicInteger waiting = new AtomicInteger();

    ListResource(Publisher publisher, Clock clock, @VirtualThreads ExecutorService waiters) {
        this.publisher = publisher;
        this.clock = clock;
        this.waiters = waiters;
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
    public CompletionStage<Response> list(
            @PathParam("version") String version, @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        return of(number(version), Snapshot::list).thenApply(list -> binary(ifNoneMatch, list));
    }

    @GET
    @Path("/list/{version}/since/{older}")
    @Access(Access.Caller.ANYONE)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public CompletionStage<Response> delta(
            @PathParam("version") String version,
            @PathParam("older") String older,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        long from = number(older);
        return of(number(version), (snapshot, to) -> snapshot.delta(from, to))
                .thenApply(delta -> binary(ifNoneMatch, delta));
    }

    private interface Part {
        Optional<Payload> of(Snapshot snapshot, long version);
    }

    /** A version this instance does not know of yet may be another's: then it is looked for, and the caller need not come again. */
    private CompletionStage<Payload> of(long version, Part part) {
        Snapshot snapshot = snapshot();
        long ahead = version - snapshot.manifest().version();
        if (ahead <= 0 || ahead > MOST_AHEAD) {
            return CompletableFuture.completedFuture(part.of(snapshot, version).orElseThrow(ListResource::expired));
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            throw toCome();
        }
        return publisher
                .look()
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(false, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((looked, failure) -> waiting.decrementAndGet())
                // Not on the publisher's thread.
                .thenApplyAsync(
                        looked -> part.of(snapshot(), version)
                                .orElseThrow(looked ? ListResource::expired : ListResource::toCome),
                        waiters);
    }

    private static RuntimeException expired() {
        return Problem.VERSION_EXPIRED.with("Take the version from the manifest, GET /v1/list, and the whole list.");
    }

    private static RuntimeException toCome() {
        return Problem.VERSION_TO_COME.with("Another instance may have it already; ask for it again.", 1);
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
