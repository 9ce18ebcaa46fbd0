package org.fairfollow.operations;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.http.Wordless;
import org.fairfollow.lookup.Counted;
import org.fairfollow.store.Store;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.fairfollow.verdict.Ledger;
import org.jspecify.annotations.Nullable;

/** Reads from the database what is measured of it, in its own time: who asks is told the last reading. */
@ApplicationScoped
class DatabaseWatch {
    /** A count that takes longer is given up: figures are not worth more load. */
    private static final Duration LONGEST_COUNT = Duration.ofSeconds(5);
    /** After counting rests so many times as long as counting took. */
    private static final int REST = 20;

    private final Store store;
    private final DueQueue dueQueue;
    private final Ledger ledger;
    private final Counted counted;
    private final Clock clock;
    private volatile @Nullable Figures figures;
    private volatile long countAgainAt = System.nanoTime();

    DatabaseWatch(Store store, DueQueue dueQueue, Ledger ledger, Counted counted, Clock clock) {
        this.store = store;
        this.dueQueue = dueQueue;
        this.ledger = ledger;
        this.counted = counted;
        this.clock = clock;
    }

    /**
     * A reading.
     *
     * @param readAt {@link System#nanoTime}
     */
    record Figures(DueQueue.Waiting waiting, List<Ledger.Held> verdicts, long readAt) {}

    /** The last reading; empty until there is one. */
    Optional<Figures> figures() {
        return Optional.ofNullable(figures);
    }

    @Scheduled(every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void count() {
        long began = System.nanoTime();
        if (began - countAgainAt < 0) {
            return;
        }
        try {
            figures = store.read(connection -> {
                List<Ledger.Held> verdicts = ledger.count(connection, LONGEST_COUNT);
                // The front page tells of these; what is measured of the queue is the operator's.
                counted.tell(
                        new Counted.Counts(clock.instant(), ledger.countAccounts(connection, LONGEST_COUNT), verdicts));
                return new Figures(dueQueue.waiting(connection, LONGEST_COUNT), verdicts, System.nanoTime());
            });
        } catch (DatabaseAwayException e) {
            // The last reading stands, and its age tells.
        } catch (RuntimeException e) {
            Log.warn("Queue and verdicts could not be counted; metrics show the last figures", Wordless.of(e));
        }
        long ended = System.nanoTime();
        countAgainAt = ended + REST * (ended - began);
    }
}
