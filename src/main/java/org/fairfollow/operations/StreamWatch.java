package org.fairfollow.operations;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.StreamCursor;
import org.fairfollow.http.Wordless;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.jspecify.annotations.Nullable;

/** Reads now and then how far the stream was followed, and which time of it is lost: who asks is told the last reading. */
@ApplicationScoped
class StreamWatch {
    /** How far back it looks. */
    static final int DAYS = 30;

    private final StreamCursor cursor;
    private final Clock clock;
    private volatile @Nullable Reading reading;

    StreamWatch(StreamCursor cursor, Clock clock) {
        this.cursor = cursor;
        this.clock = clock;
    }

    /**
     * @param readAt when this was so
     * @param newest the time of the newest event that was counted; null where the stream was never followed
     * @param watched time without a gap, oldest first, of the last {@link #DAYS} days
     */
    record Reading(Instant readAt, @Nullable Instant newest, List<Span> watched) {}

    /** The last reading; empty until there is one. */
    Optional<Reading> reading() {
        return Optional.ofNullable(reading);
    }

    @Scheduled(every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void read() {
        try {
            Instant now = clock.instant();
            OptionalLong micros = cursor.time();
            reading = new Reading(
                    now,
                    micros.isPresent() ? Instant.ofEpochMilli(micros.getAsLong() / 1_000) : null,
                    cursor.watched(now.minus(Duration.ofDays(DAYS)).getEpochSecond(), now.getEpochSecond()));
        } catch (DatabaseAwayException e) {
            // The last reading stands.
        } catch (RuntimeException e) {
            Log.warn(
                    "How far the stream was followed could not be read; the status page shows the last reading",
                    Wordless.of(e));
        }
    }
}
