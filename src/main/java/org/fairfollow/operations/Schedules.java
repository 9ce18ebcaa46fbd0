package org.fairfollow.operations;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.evidence.Retention;
import org.fairfollow.publication.Publisher;
import org.fairfollow.reporter.Hearsay;
import org.fairfollow.reporter.Reporters;
import org.fairfollow.store.Store;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.fairfollow.verdict.Assessor;
import org.fairfollow.verdict.Ledger;

/** What the service does by itself. Every job may run on several instances at once. */
@ApplicationScoped
class Schedules {
    /** Accounts put back on the queue in one go. */
    private static final int AGAIN_AT_ONCE = 1_000;
    /** How long a stop waits for jobs. */
    private static final int STOP_SECONDS = 20;

    private final Assessor assessor;
    private final Publisher publisher;
    private final Ledger ledger;
    private final DueQueue dueQueue;
    private final Retention retention;
    private final Hearsay hearsay;
    private final Reporters reporters;
    private final Store store;
    private final Clock clock;
    private final Duration settle;
    /** Jobs share it; a stop takes it alone and never gives it back, so that no job loses its container midway. */
    private final ReadWriteLock running = new ReentrantReadWriteLock();

    private volatile boolean stopping;

    Schedules(
            Assessor assessor,
            Publisher publisher,
            Ledger ledger,
            DueQueue dueQueue,
            Retention retention,
            Hearsay hearsay,
            Reporters reporters,
            Store store,
            Clock clock,
            @ConfigProperty(name = "fairfollow.assessment.settle") Duration settle) {
        this.assessor = assessor;
        this.publisher = publisher;
        this.ledger = ledger;
        this.dueQueue = dueQueue;
        this.retention = retention;
        this.hearsay = hearsay;
        this.reporters = reporters;
        this.store = store;
        this.clock = clock;
        this.settle = settle;
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void judge() {
        whileThereIsADatabase(() -> {
            while (!stopping && assessor.judgeDue(settle) > 0) {
                publisher.publishNowAndThen();
            }
            publisher.publishNowAndThen();
        });
    }

    @Scheduled(every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void judgeAgain() {
        whileThereIsADatabase(() -> store.inTransaction(connection -> {
            dueQueue.mark(
                    connection, ledger.dueAgain(connection, clock.instant().getEpochSecond(), AGAIN_AT_ONCE));
            return null;
        }));
    }

    @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forget() {
        whileThereIsADatabase(() -> {
            retention.forget();
            hearsay.forget();
            reporters.forget();
            store.inTransaction(connection -> {
                ledger.forgetDossiers(connection, clock.instant().getEpochSecond());
                return null;
            });
        });
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        boolean ended = running.writeLock().tryLock(STOP_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            Log.warn("A job did not end in time; what it was doing is done again at the next start");
        }
    }

    /** A job that finds no database is left for its next turn. */
    private void whileThereIsADatabase(Runnable job) {
        if (!running.readLock().tryLock()) {
            return;
        }
        try {
            job.run();
        } catch (DatabaseAwayException e) {
            Log.debug("A job waits for the database", e);
        } finally {
            running.readLock().unlock();
        }
    }
}
