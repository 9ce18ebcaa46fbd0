package org.fairfollow.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.fairfollow.evidence.Evidence.Relation;

/** Who follows whom now, as far as the stream was seen. */
@ApplicationScoped
public class Follows {
    private static final String STANDING =
            " AND kind = " + Relation.FOLLOW.code + " AND created_at IS NOT NULL AND deleted_at IS NULL";

    public record Counts(int followers, int following) {}

    public Counts count(Connection connection, int account) throws SQLException {
        return new Counts(
                count(connection, "SELECT COUNT(DISTINCT actor_id) FROM edge WHERE target_id = ?", account),
                count(connection, "SELECT COUNT(DISTINCT target_id) FROM edge WHERE actor_id = ?", account));
    }

    /** Who follows the account, whoever followed last first; at most {@code limit}, after the first {@code skip}. */
    public List<Integer> newestFollowers(Connection connection, int account, int skip, int limit) throws SQLException {
        return newest(connection, "SELECT actor_id FROM edge WHERE target_id = ?", "actor_id", account, skip, limit);
    }

    /** Whom the account follows, whoever it followed last first; at most {@code limit}. */
    public List<Integer> newestFollowed(Connection connection, int account, int limit) throws SQLException {
        return newest(connection, "SELECT target_id FROM edge WHERE actor_id = ?", "target_id", account, 0, limit);
    }

    private static int count(Connection connection, String select, int account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select + STANDING)) {
            statement.setInt(1, account);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static List<Integer> newest(
            Connection connection, String select, String other, int account, int skip, int limit) throws SQLException {
        // Grouped: one account may follow another by several records.
        String sql = select + STANDING + " GROUP BY " + other + " ORDER BY MAX(created_at) DESC, " + other
                + " LIMIT ? OFFSET ?";
        List<Integer> accounts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, account);
            statement.setInt(2, limit);
            statement.setInt(3, skip);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    accounts.add(rows.getInt(1));
                }
            }
        }
        return accounts;
    }
}
