package org.fairfollow.store;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The database: one place for transactions, for retrying those it refused, and for telling that it is away. */
@ApplicationScoped
public class Store {
    private static final int ATTEMPTS = 5;
    /** Deadlock, serialisation failure and a Galera node's certification failure: nothing was written, try again. */
    private static final Set<String> REFUSED_STATES = Set.of("40001", "25S03");

    private final DataSource dataSource;

    Store(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** How long a reader waits for the database before it goes on without. */
    private static final Duration READER_PATIENCE = Duration.ofMillis(1_500);
    /** For so long after the database was found away readers do not ask it again. */
    private static final Duration RESPITE = Duration.ofSeconds(1);

    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong askAgainAt = new AtomicLong(System.nanoTime());

    /** Work on one connection. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Runs {@code work} in a transaction of its own and commits it. The database may refuse a transaction for reasons of
     * its own; then {@code work} runs again, so it must not change anything but the database.
     *
     * @throws DatabaseAwayException when there is no database to be had
     */
    public <T extends @Nullable Object> T inTransaction(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return QuarkusTransaction.requiringNew().timeout(120).call(() -> {
                    try (Connection connection = dataSource.getConnection()) {
                        return work.run(connection);
                    }
                });
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !isRefused(e)) {
                    throw translate(e);
                }
            }
        }
    }

    /**
     * Runs {@code work}, which only reads, outside any transaction.
     *
     * @throws DatabaseAwayException when there is no database to be had
     */
    public <T extends @Nullable Object> T read(Work<T> work) {
        return QuarkusTransaction.suspendingExisting().call(() -> {
            try (Connection connection = dataSource.getConnection()) {
                return work.run(connection);
            } catch (SQLException e) {
                throw translate(e);
            }
        });
    }

    /**
     * Like {@link #inTransaction}, for those who would rather go without than wait: answers or throws within two seconds,
     * also when the database hangs.
     *
     * @throws DatabaseAwayException when there is no database to be had
     */
    public <T extends @Nullable Object> T readPromptly(Work<T> work) {
        if (System.nanoTime() - askAgainAt.get() < 0) {
            throw new DatabaseAwayException(null);
        }
        Future<T> answer = readers.submit(() -> inTransaction(work));
        try {
            return answer.get(READER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DatabaseAwayException away) {
                askAgainAt.set(System.nanoTime() + RESPITE.toNanos());
                throw away;
            }
            throw translate(e);
        } catch (TimeoutException e) {
            askAgainAt.set(System.nanoTime() + RESPITE.toNanos());
            throw new DatabaseAwayException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseAwayException(e);
        }
    }

    /** Whether there is no database to be had at this moment. */
    public boolean isAway() {
        return System.nanoTime() - askAgainAt.get() < 0;
    }

    private static boolean isRefused(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && REFUSED_STATES.contains(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private static RuntimeException translate(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (isAway(cause)) {
                return new DatabaseAwayException(e);
            }
        }
        if (e instanceof QuarkusTransactionException wrapped && wrapped.getCause() instanceof RuntimeException inner) {
            return inner;
        }
        return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }

    private static boolean isAway(Throwable cause) {
        if (cause instanceof SQLNonTransientConnectionException
                || cause instanceof SQLTransientConnectionException
                || cause instanceof SQLRecoverableException) {
            return true;
        }
        // Class 08 is SQL's connection exception; the pool has no state of its own when it finds no connection in time.
        return cause instanceof SQLException sql
                && ((sql.getSQLState() != null && sql.getSQLState().startsWith("08"))
                        || String.valueOf(sql.getMessage()).contains("Acquisition timeout"));
    }

    /** No database answers; what needs one is refused with 503 and may be tried again. */
    public static final class DatabaseAwayException extends RuntimeException {
        DatabaseAwayException(@Nullable Throwable cause) {
            super("the database is away", cause);
        }
    }
}
