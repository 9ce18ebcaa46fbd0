package org.fairfollow.lookup;

import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.fairfollow.http.Access;
import org.fairfollow.http.Conditional;
import org.fairfollow.http.Problem;
import org.fairfollow.publication.ChangesPage;
import org.fairfollow.publication.Cursor;
import org.fairfollow.publication.Payload;
import org.fairfollow.publication.Publisher;
import org.fairfollow.publication.Snapshot;

/** {@code GET /v1/changes}: what was published, changed or withdrawn, in order; waits for more if asked to. */
@Path("/v1/changes")
@NonBlocking
public class ChangesResource {
    private static final int MOST = 1_000;
    private static final int LONGEST_WAIT_SECONDS = 30;
    /** Whoever comes when so many wait already is answered at once. */
    private static final int MOST_WAITING = 1_000;

    private final Publisher publisher;
    private final ExecutorService waiters;
    private final AtomicInteger waiting = new AtomicInteger();

    ChangesResource(Publisher publisher, @VirtualThreads ExecutorService waiters) {
        this.publisher = publisher;
        this.waiters = waiters;
    }

    @GET
    @Access(Access.Caller.ANYONE)
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> changes(
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @QueryParam("wait") @DefaultValue("0") String wait,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        int most = number(limit, 1, MOST, Problem.INVALID_LIMIT, "Ask for 1 to " + MOST + " changes.");
        int seconds = number(
                wait,
                0,
                LONGEST_WAIT_SECONDS,
                Problem.INVALID_WAIT,
                "Wait for 0 to " + LONGEST_WAIT_SECONDS + " seconds.");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        return page(after, most, deadline).thenApply(page -> {
            Payload payload = Payload.json(page);
            return Conditional.answer(
                    ifNoneMatch, payload.bytes(), payload.etag(), MediaType.APPLICATION_JSON, "no-cache");
        });
    }

    private CompletionStage<ChangesPage> page(String after, int limit, long deadline) {
        Snapshot snapshot =
                publisher.current().orElseThrow(() -> Problem.NOTHING_PUBLISHED.with("Try again in a few seconds."));
        ChangesPage page =
                snapshot.changesAfter(position(after, snapshot), limit).orElseThrow(ChangesResource::expired);
        long left = deadline - System.nanoTime();
        if (!page.changes().isEmpty() || left <= 0) {
            return CompletableFuture.completedFuture(page);
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return CompletableFuture.completedFuture(page);
        }
        return publisher
                .whenOtherThan(snapshot)
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(null, left, TimeUnit.NANOSECONDS)
                .whenComplete((next, failure) -> waiting.decrementAndGet())
                // Not on the publisher's thread: a thousand pages would hold up the next withdrawal.
                .thenComposeAsync(next -> page(page.cursor(), limit, deadline), waiters);
    }

    private static long position(String after, Snapshot snapshot) {
        if (after.isEmpty()) {
            return snapshot.beginningOfChanges();
        }
        Cursor cursor = Cursor.of(after)
                .orElseThrow(() -> Problem.INVALID_CURSOR.with(
                        "Take the cursor from an answer of this call or from the dump's manifest, as it is."));
        if (!cursor.epoch().equals(snapshot.manifest().epoch())) {
            throw expired();
        }
        return cursor.sequence();
    }

    private static RuntimeException expired() {
        return Problem.CURSOR_EXPIRED.with(
                "Take the dump, GET /v1/dump/manifest, and go on from the cursor of its manifest.");
    }

    private static int number(String asked, int least, int most, Problem problem, String detail) {
        int number = asked.matches("[0-9]{1,6}") ? Integer.parseInt(asked) : -1;
        if (number < least || number > most) {
            throw problem.with(detail);
        }
        return number;
    }
}
