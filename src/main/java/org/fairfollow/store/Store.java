package org.fairfollow.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The database: one place for transactions, for retrying those it refused, and for telling that it is away.
 *
 * <p>It is there or away, for everybody at once, and {@link Heartbeat} alone finds out. While it is away every call fails
 * at once; whoever waits for it when it goes is let go, so that nothing hangs on a database that hangs.
 */
@ApplicationScoped
public class Store {
    private static final int ATTEMPTS = 8;
    /** Two that refused each other must not meet again; pauses double from this to {@link #LONGEST_PAUSE_MS}. */
    private static final int FIRST_PAUSE_MS = 4;

    private static final int LONGEST_PAUSE_MS = 256;
    /** The longest one answer to a reader may take though the database is there. */
    private static final Duration READER_PATIENCE = Duration.ofMillis(1_500);

    private final AgroalDataSource dataSource;
    /** Calls that are under way: each may have to be let go. */
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    /** From the start until {@link Opening} has found the database and made it fit for use. */
    private volatile boolean away = true;
    /** Since when it is there or away, {@link System#nanoTime}. */
    private volatile long since = System.nanoTime();

    Store(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Work on one connection. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    /** Whether there is no database to be had at this moment; it is asked for in the background. */
    public boolean isAway() {
        return away;
    }

    /** For how long it has been there, or away. */
    public Duration inThisState() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /**
     * For those who would begin something long.
     *
     * @throws DatabaseAwayException when there is no database to be had
     */
    public void requireDatabase() {
        if (away) {
            throw new DatabaseAwayException(null);
        }
    }

    /**
     * Runs {@code work} in a transaction of its own and commits it. The database may refuse a transaction for reasons of
     * its own, and a connection may break before the end; then {@code work} runs again, so it must not change anything
     * but the database.
     *
     * @throws DatabaseAwayException when there is no database to be had, or none that takes writes. If it went while it
     *     was committing, nobody knows whether it did: who does the same again must find it done
     */
    public <T extends @Nullable Object> T inTransaction(Work<T> work) {
        return call(() -> {
            for (int attempt = 1; ; attempt++) {
                AtomicBoolean committing = new AtomicBoolean();
                try {
                    return QuarkusTransaction.requiringNew().timeout(120).call(() -> {
                        try (Connection connection = dataSource.getConnection()) {
                            T result = work.run(connection);
                            committing.set(true);
                            return result;
                        }
                    });
                } catch (RuntimeException e) {
                    boolean broken = Failure.isBrokenConnection(e);
                    if (broken) {
                        // What broke this connection may have broken others that lie idle.
                        forgetConnections();
                    }
                    boolean nothingDone = Failure.isRefusal(e) || (broken && !committing.get());
                    if (attempt == ATTEMPTS || !nothingDone || away) {
                        throw e;
                    }
                    pause(attempt);
                }
            }
        });
    }

    private static void pause(int attempt) throws InterruptedException {
        int longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << (attempt - 1));
        Thread.sleep(ThreadLocalRandom.current().nextInt(longest));
    }

    /**
     * Like {@link #inTransaction}, for work that only reads: all its statements see the database as it was at one moment.
     *
     * @throws DatabaseAwayException when there is no database to be had
     */
    public <T extends @Nullable Object> T readAtOneMoment(Work<T> work) {
        return inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            }
            return work.run(connection);
        });
    }

    /**
     * Runs {@code work}, which only reads, outside any transaction and for as long as it takes.
     *
     * @throws DatabaseAwayException when there is no database to be had
     */
    public <T extends @Nullable Object> T read(Work<T> work) {
        return call(() -> outsideTransactions(work));
    }

    /**
     * Like {@link #read}, for those who would rather go without than wait: answers or throws within two seconds. It may
     * run {@code work} twice.
     *
     * @throws DatabaseAwayException when there is no database to be had, or none that answers in time
     */
    public <T extends @Nullable Object> T readPromptly(Work<T> work) {
        long start = System.nanoTime();
        Work<T> bounded = connection -> {
            int asEver = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, (int) READER_PATIENCE.toMillis());
            try {
                return work.run(connection);
            } finally {
                // Also after a refusal, as of an id that names nothing: the next one on this connection may take long.
                if (!connection.isClosed()) {
                    connection.setNetworkTimeout(Runnable::run, asEver);
                }
            }
        };
        return call(() -> {
            try {
                return outsideTransactions(bounded);
            } catch (RuntimeException e) {
                // A connection that broke while it lay idle says so at once, and another one may be whole.
                boolean inTime =
                        System.nanoTime() - start < READER_PATIENCE.dividedBy(4).toNanos();
                boolean broken = Failure.isBrokenConnection(e);
                if (broken) {
                    forgetConnections();
                }
                if (away || !inTime || !(broken || Failure.isRefusal(e))) {
                    throw e;
                }
                return outsideTransactions(bounded);
            }
        });
    }

    private <T extends @Nullable Object> T outsideTransactions(Work<T> work) {
        return QuarkusTransaction.suspendingExisting().call(() -> {
            try (Connection connection = dataSource.getConnection()) {
                return work.run(connection);
            }
        });
    }

    private <T extends @Nullable Object> T call(Callable<T> task) {
        // Entered before it looks whether the database is there: whoever is not refused here is let go later.
        Call call = new Call();
        try {
            requireDatabase();
            return task.call();
        } catch (Exception e) {
            throw translate(e);
        } finally {
            call.end();
        }
    }

    /** Somebody who waits for the database. */
    private final class Call {
        private final Thread thread = Thread.currentThread();
        private boolean letGo;
        private boolean ended;

        Call() {
            calls.add(this);
        }

        /** Ends the wait: an interrupt breaks the socket a virtual thread reads from, and any queue it stands in. */
        synchronized void letGo() {
            if (!ended) {
                letGo = true;
                thread.interrupt();
            }
        }

        synchronized void end() {
            ended = true;
            calls.remove(this);
            if (letGo) {
                // The interrupt was for this call alone.
                Thread.interrupted();
            }
        }
    }

    /** From now on nobody waits for the database. */
    void goAway() {
        since = System.nanoTime();
        away = true;
        calls.forEach(Call::letGo);
        forgetConnections();
    }

    void comeBack() {
        if (away) {
            since = System.nanoTime();
            away = false;
        }
    }

    /** The connections there are may be broken: each is closed as soon as nobody uses it. */
    void forgetConnections() {
        dataSource.flush(AgroalDataSource.FlushMode.GRACEFUL);
    }

    private static RuntimeException translate(Throwable e) {
        if (e instanceof DatabaseAwayException away) {
            return away;
        }
        // Whoever was let go between two attempts was let go because it went.
        if (Failure.isOutage(e) || e instanceof InterruptedException) {
            return new DatabaseAwayException(e);
        }
        if (e instanceof QuarkusTransactionException wrapped && wrapped.getCause() instanceof RuntimeException inner) {
            return inner;
        }
        return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }

    /** No database answers, or none that takes writes; what needs one is refused with 503 and may be tried again. */
    public static final class DatabaseAwayException extends RuntimeException {
        DatabaseAwayException(@Nullable Throwable cause) {
            super("the database is away", cause);
        }
    }
}
