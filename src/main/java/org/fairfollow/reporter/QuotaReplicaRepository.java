package org.fairfollow.reporter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table in which instances tell each other what callers spent. Its times are the database's: clocks of instances may differ. */
final class QuotaReplicaRepository {
    private QuotaReplicaRepository() {}

    /**
     * What one instance wrote.
     *
     * @param replica 16 bytes, drawn at its start
     * @param joinedAt when it first wrote, microseconds of the Unix epoch; null once it is stopping
     * @param silentFor since it last wrote, seconds
     */
    record Row(
            byte[] replica,
            int format,
            @Nullable Long joinedAt,
            long silentFor,
            byte[] publicKey,
            byte[] invitations,
            byte[] letters) {}

    static List<Row> all(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT replica, format, joined_at, UNIX_TIMESTAMP() - written_at,"
                                + " public_key, invitations, letters FROM quota_replica")) {
            List<Row> rows = new ArrayList<>();
            while (row.next()) {
                long joinedAt = row.getLong(3);
                boolean stopping = row.wasNull();
                rows.add(new Row(
                        row.getBytes(1),
                        row.getInt(2),
                        stopping ? null : joinedAt,
                        row.getLong(4),
                        row.getBytes(5),
                        row.getBytes(6),
                        row.getBytes(7)));
            }
            return rows;
        }
    }

    /** @param stopping it says so itself: it leads nobody any more */
    static void write(
            Connection connection,
            byte[] replica,
            int format,
            boolean stopping,
            byte[] publicKey,
            byte[] invitations,
            byte[] letters)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT INTO quota_replica (replica, format, joined_at, written_at, public_key, invitations, letters)"
                        + " VALUES (?,?,IF(?, NULL, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS UNSIGNED)),UNIX_TIMESTAMP(),?,?,?)"
                        + " ON DUPLICATE KEY UPDATE joined_at = IF(VALUES(joined_at) IS NULL, NULL, joined_at),"
                        + " written_at = VALUES(written_at), invitations = VALUES(invitations), letters = VALUES(letters)")) {
            upsert.setBytes(1, replica);
            upsert.setInt(2, format);
            upsert.setBoolean(3, stopping);
            upsert.setBytes(4, publicKey);
            upsert.setBytes(5, invitations);
            upsert.setBytes(6, letters);
            upsert.executeUpdate();
        }
    }

    /** Deletes by key, so that instances that do it at once lock nothing of each other's. */
    static void delete(Connection connection, byte[] replica, long silentFor) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM quota_replica WHERE replica = ? AND written_at <= UNIX_TIMESTAMP() - ?")) {
            delete.setBytes(1, replica);
            delete.setLong(2, silentFor);
            delete.executeUpdate();
        }
    }
}
