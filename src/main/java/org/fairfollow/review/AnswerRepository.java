package org.fairfollow.review;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import org.fairfollow.review.Rulings.Answer;
import org.jspecify.annotations.Nullable;

/** The table {@code moderation_answer}: what was said first to calls of moderators, for those who do not know whether they came through. */
final class AnswerRepository {
    private static final Duration KEPT = Duration.ofHours(24);

    private AnswerRepository() {}

    /** The same for calls with the same {@code Idempotency-Key}, path and body, and for no others. */
    static byte[] sameCall(String idempotencyKey, Object... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            // No header holds a line feed.
            sha256.update((idempotencyKey + "\n" + Arrays.toString(parts)).getBytes(StandardCharsets.UTF_8));
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    static @Nullable Answer first(Connection connection, int moderator, byte[] call) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT status, answer FROM moderation_answer WHERE moderator = ? AND call_hash = ?")) {
            select.setInt(1, moderator);
            select.setBytes(2, call);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new Answer(row.getInt(1), row.getString(2)) : null;
            }
        }
    }

    /** @param accountId whom it is about: it goes with the account */
    static void keep(Connection connection, int moderator, byte[] call, int accountId, Answer answer, long now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO moderation_answer"
                + " (moderator, call_hash, account_id, answered_at, status, answer) VALUES (?,?,?,?,?,?)")) {
            insert.setInt(1, moderator);
            insert.setBytes(2, call);
            insert.setInt(3, accountId);
            insert.setLong(4, now);
            insert.setInt(5, answer.status());
            insert.setString(6, answer.json());
            insert.executeUpdate();
        }
    }

    static void erase(Connection connection, int accountId) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM moderation_answer WHERE account_id = ?")) {
            delete.setInt(1, accountId);
            delete.executeUpdate();
        }
    }

    /** Those nobody asks for again, as SQL. */
    static String past(long now) {
        return "moderation_answer WHERE answered_at < " + (now - KEPT.toSeconds()) + " ORDER BY answered_at";
    }
}
