package org.fairfollow.intake.bluesky;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.fairfollow.evidence.EvidenceLog;
import org.fairfollow.evidence.StreamCursor;
import org.fairfollow.testing.JetstreamStub;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;

/** Consumers of a stub, on threads of their own, that wait for nothing. */
@ApplicationScoped
class Following {
    private final EvidenceLog log;
    private final StreamCursor cursor;
    private final TestClock clock;
    private final TestStore tables;

    Following(EvidenceLog log, StreamCursor cursor, TestClock clock, TestStore tables) {
        this.log = log;
        this.cursor = cursor;
        this.clock = clock;
        this.tables = tables;
    }

    /** One that runs until it is closed. */
    static final class One implements AutoCloseable {
        final StreamFigures figures;
        final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
        private final CompletableFuture<Void> run = new CompletableFuture<>();
        private volatile boolean closed;

        private One(StreamFigures figures) {
            this.figures = figures;
        }

        boolean hasEnded() {
            return run.isDone();
        }

        void join() {
            run.join();
        }

        @Override
        public void close() {
            closed = true;
            join();
        }
    }

    One start(JetstreamStub stub) {
        return start(stub, new JetstreamConsumer.Patience(Duration.ofMillis(20), Duration.ofMillis(1_500)));
    }

    One start(JetstreamStub stub, JetstreamConsumer.Patience patience) {
        One one = new One(new StreamFigures(clock));
        JetstreamConsumer consumer = new JetstreamConsumer(
                stub.url(),
                "Fairfollow/test",
                log,
                cursor,
                one.figures,
                clock,
                new Backoff(new Random(7)),
                (time, goOn) -> {
                    one.waits.add(time);
                    // As long as a thread needs to let others go first.
                    LockSupport.parkNanos(100_000);
                },
                patience);
        Thread.ofVirtual().start(() -> {
            try {
                consumer.run(() -> !one.closed);
                one.run.complete(null);
            } catch (InterruptedException | RuntimeException e) {
                one.run.completeExceptionally(e);
            }
        });
        return one;
    }

    /** Until all up to this event, in microseconds, is committed. */
    void awaitCursor(long micros) {
        await("the cursor", () -> cursor() >= micros);
    }

    long cursor() {
        List<List<String>> rows = tables.rows("SELECT COALESCE(time_us, 0) FROM stream_cursor");
        return rows.isEmpty() ? 0 : Long.parseLong(rows.getFirst().getFirst());
    }

    static void await(String what, BooleanSupplier condition) {
        long tooLong = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > tooLong) {
                throw new AssertionError(what + ": waited for in vain");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
