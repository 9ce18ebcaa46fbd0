package org.fairfollow.reporter;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.fairfollow.store.Deletion;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/** What was answered to calls that wrote, for those whose answer was lost: the retry gets the same. */
@ApplicationScoped
public class FirstAnswers {
    /** As long as an observation may be told again. */
    private static final Duration KEPT = Duration.ofHours(48);

    private final Store store;
    private final Clock clock;

    FirstAnswers(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** 32 bytes that are the same for calls of the same kind with the same {@code Idempotency-Key} and body, and for no others. */
    public static byte[] sameCall(String kind, String idempotencyKey, String body) {
        // No header holds a line feed, and no kind.
        return Token.hash(kind + "\n" + idempotencyKey + "\n" + body);
    }

    /** Deletes answers nobody will ask for again. */
    public void forget() {
        long before = clock.instant().minus(KEPT).getEpochSecond();
        Deletion.of(store, "hearsay_answer WHERE answered_at < " + before + " ORDER BY answered_at");
    }

    static @Nullable String find(Connection connection, Reporter reporter, byte[] call) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT answer FROM hearsay_answer WHERE reporter = ? AND call_hash = ?")) {
            select.setLong(1, reporter.number());
            select.setBytes(2, call);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    /** @param report the report it shows, if any: it goes when that goes */
    static void remember(
            Connection connection, Reporter reporter, byte[] call, String answer, byte @Nullable [] report, long now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO hearsay_answer"
                + " (reporter, call_hash, answered_at, answer, report) VALUES (?,?,?,?,?)")) {
            insert.setLong(1, reporter.number());
            insert.setBytes(2, call);
            insert.setLong(3, now);
            insert.setString(4, answer);
            insert.setBytes(5, report);
            insert.executeUpdate();
        }
    }

    static void forgetReport(Connection connection, Reporter reporter, byte[] report) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM hearsay_answer WHERE reporter = ? AND report = ?")) {
            delete.setLong(1, reporter.number());
            delete.setBytes(2, report);
            delete.executeUpdate();
        }
    }
}
