package org.fairfollow.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets one instance at a time migrate, whichever node of a cluster it reaches. Flyway's own lock is known to one node alone; this is a
 * row, so of two that take it at two nodes the cluster lets one commit. It belongs to a connection: whoever was killed with it loses it
 * at once to others at the same node, and in time to those at another one.
 */
final class MigrationTurn {
    /** By the server's clock, and longer than any one migration may take: it is kept before each of them. */
    static final Duration LEASE = Duration.ofMinutes(5);

    static final String TABLE = "migration_turn";

    private static final String THIS_NODE = "CONCAT(@@hostname, ':', @@port)";

    private MigrationTurn() {}

    /** Makes the table, before there is any other: migrations cannot make what they are waited for with. */
    static void prepare(Connection connection) throws SQLException {
        update(
                connection,
                "CREATE TABLE IF NOT EXISTS " + TABLE + " (id TINYINT UNSIGNED NOT NULL PRIMARY KEY,"
                        + " node VARCHAR(300) CHARACTER SET ascii NOT NULL, connection BIGINT UNSIGNED NOT NULL,"
                        + " ends_at BIGINT UNSIGNED NOT NULL)");
        update(connection, "INSERT IGNORE INTO " + TABLE + " (id, node, connection, ends_at) VALUES (1, '', 0, 0)");
    }

    /** Takes the turn for this connection, or keeps it; whether it has it now. */
    static boolean take(Connection connection) throws SQLException {
        return update(
                        connection,
                        "UPDATE " + TABLE + " SET node = " + THIS_NODE + ", connection = CONNECTION_ID(),"
                                + " ends_at = UNIX_TIMESTAMP() + " + LEASE.toSeconds()
                                + " WHERE id = 1 AND (ends_at <= UNIX_TIMESTAMP() OR (node = " + THIS_NODE
                                + " AND (connection = CONNECTION_ID() OR connection NOT IN"
                                + " (SELECT id FROM information_schema.processlist))))")
                == 1;
    }

    static void giveBack(Connection connection) throws SQLException {
        update(
                connection,
                "UPDATE " + TABLE + " SET ends_at = 0 WHERE id = 1 AND node = " + THIS_NODE
                        + " AND connection = CONNECTION_ID()");
    }

    /** Whether nothing else was ever made in this database. */
    static boolean isAlone(Connection connection) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables.equals(Set.of(TABLE));
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
