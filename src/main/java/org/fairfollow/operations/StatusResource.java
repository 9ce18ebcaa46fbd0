package org.fairfollow.operations;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.http.Access;
import org.fairfollow.http.Page;
import org.fairfollow.intake.bluesky.StreamFigures;
import org.fairfollow.operations.StatusView.Judging;
import org.fairfollow.operations.StatusView.PublishedRelease;
import org.fairfollow.operations.StatusView.Stream;
import org.fairfollow.publication.ListManifest;
import org.jspecify.annotations.Nullable;

/** How the service is: whether what it says is of today, and what of it is missing. Told from memory, so that it is told whatever happens. */
@Path("/status")
@Produces(Page.HTML)
public class StatusResource {
    private final Page page;
    private final Condition condition;
    private final DatabaseWatch database;
    private final StreamWatch watch;
    private final StreamFigures figures;
    private final Clock clock;

    StatusResource(
            Page page,
            Condition condition,
            DatabaseWatch database,
            StreamWatch watch,
            StreamFigures figures,
            Clock clock) {
        this.page = page;
        this.condition = condition;
        this.database = database;
        this.watch = watch;
        this.figures = figures;
        this.clock = clock;
    }

    @GET
    @Access(Access.Caller.ANYONE)
    @NonBlocking
    public Response status() {
        return page.of(Status.OK, Page.Keeping.ANYBODY, "operations/status.jte", view());
    }

    StatusView view() {
        Instant now = clock.instant();
        boolean up = condition.isDatabaseUp();
        return new StatusView(
                StatusView.moment(now),
                condition.served().map(this::release).orElse(null),
                condition.isStale(),
                condition.isHeld(),
                up ? null : StatusView.length(condition.databaseSo()),
                up ? judging(now) : null,
                watch.reading().map(reading -> stream(reading, now)).orElse(null));
    }

    private PublishedRelease release(ListManifest release) {
        return new PublishedRelease(
                release.version(), StatusView.moment(release.publishedAt()), StatusView.length(condition.age(release)));
    }

    private @Nullable Judging judging(Instant now) {
        return database.figures()
                .map(DatabaseWatch.Figures::waiting)
                .map(waiting -> StatusView.judging(firstWaits(waiting, now)))
                .orElse(null);
    }

    private static Duration firstWaits(DueQueue.Waiting waiting, Instant now) {
        Long dueAt = waiting.oldestDueAt();
        return dueAt == null ? Duration.ZERO : Duration.between(Instant.ofEpochMilli(dueAt), now);
    }

    /** The instance that follows the stream knows by itself how far it is; others read it. */
    private Stream stream(StreamWatch.Reading reading, Instant now) {
        Instant newest = reading.newest();
        double seconds = figures.lagSeconds();
        Duration lag = !Double.isNaN(seconds)
                ? Duration.ofSeconds((long) seconds)
                : newest == null ? null : Duration.between(newest, reading.readAt());
        return StatusView.stream(lag, reading.watched(), now);
    }
}
