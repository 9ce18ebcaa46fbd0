package org.fairfollow.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.fairfollow.store.Store;

/**
 * How far the stream was followed, and by whom. Whoever begins to follow it takes the next epoch; what one of an older epoch
 * commits later, because it was frozen or cut off meanwhile, fails.
 */
@ApplicationScoped
public class StreamCursor {
    /**
     * The server ends a transaction of a consumer that says nothing for so long: frozen in the middle of a batch it would keep the
     * latch of evidence, and its successor waiting, for the minute that everybody else has.
     */
    private static final int LONGEST_SILENCE_SECONDS = 5;

    private final Store store;

    StreamCursor(Store store) {
        this.store = store;
    }

    /**
     * @param epoch to commit under
     * @param time of the newest event that was committed, Unix microseconds; empty when none ever was
     */
    public record Taken(long epoch, OptionalLong time) {}

    /** Somebody else has begun to follow the stream: nothing was committed, and nothing more can be. */
    public static final class SupersededException extends RuntimeException {
        SupersededException() {
            super("another consumer follows the stream", null, false, false);
        }
    }

    /** Begins to follow the stream; from now on whoever did so before can commit nothing more. */
    public Taken take() {
        return store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate(
                        "INSERT INTO stream_cursor (id, epoch) VALUES (1, 1) ON DUPLICATE KEY UPDATE epoch = epoch + 1");
                try (ResultSet row = statement.executeQuery("SELECT epoch, time_us FROM stream_cursor WHERE id = 1")) {
                    row.next();
                    return new Taken(row.getLong(1), time(row, 2));
                }
            }
        });
    }

    /** Time of the newest event that was committed, Unix microseconds; empty when none ever was. */
    public OptionalLong time() {
        return store.read(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT time_us FROM stream_cursor WHERE id = 1")) {
                return row.next() ? time(row, 1) : OptionalLong.empty();
            }
        });
    }

    /**
     * When the stream was watched without a gap, by whatever brought its events, oldest first.
     *
     * @param from no earlier than this second, Unix epoch seconds
     * @param now the same
     */
    public List<Span> watched(long from, long now) {
        return store.read(
                connection -> StreamCoverage.load(connection, now).from(from).spans());
    }

    private static OptionalLong time(ResultSet row, int column) throws SQLException {
        long time = row.getLong(column);
        return time == 0 ? OptionalLong.empty() : OptionalLong.of(time);
    }

    /** What a consumer's batch does, as brief as its server wants it. */
    @FunctionalInterface
    interface Batch<T> {
        T append() throws SQLException;
    }

    static <T> T briefly(Connection connection, Batch<T> batch) throws SQLException {
        set(connection, "@silence = @@idle_transaction_timeout, idle_transaction_timeout = " + LONGEST_SILENCE_SECONDS);
        try {
            return batch.append();
        } finally {
            // The connection goes back to those who may be silent for longer.
            set(connection, "idle_transaction_timeout = @silence");
        }
    }

    private static void set(Connection connection, String variables) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET " + variables);
        }
    }

    /**
     * Moves the cursor to the end of a batch, in its transaction.
     *
     * @throws SupersededException when the step's epoch is not the newest
     */
    static void advance(Connection connection, StreamStep step) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE stream_cursor SET time_us = GREATEST(COALESCE(time_us, 0), ?)"
                        + " WHERE id = 1 AND epoch = ?")) {
            update.setLong(1, step.time());
            update.setLong(2, step.epoch());
            // Rows that were found, changed or not.
            if (update.executeUpdate() == 0) {
                throw new SupersededException();
            }
        }
        if (step.gaps().isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT IGNORE INTO stream_gap (from_at, to_at) VALUES (?, ?)")) {
            for (Span gap : step.gaps()) {
                insert.setLong(1, gap.from());
                insert.setLong(2, gap.to());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
