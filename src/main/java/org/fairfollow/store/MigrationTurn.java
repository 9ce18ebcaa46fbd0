package org.fairfollow.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Lets one instance at a time migrate, whichever node of a cluster it reaches. Flyway's own lock is known to one node alone; this is a
 * row, so of two that take it at two nodes the cluster lets one commit. Whoever was killed with it loses it to the next.
 */
final class MigrationTurn {
    /** By the server's clock; whoever has the turn renews it all the time. */
    static final Duration LEASE = Duration.ofSeconds(60);

    static final String TABLE = "migration_turn";

    private final String holder = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

    /** Makes the table, before there is any other: migrations cannot make what they are waited for with. */
    static void prepare(Connection connection) throws SQLException {
        execute(
                connection,
                "CREATE TABLE IF NOT EXISTS " + TABLE + " (id TINYINT UNSIGNED NOT NULL PRIMARY KEY,"
                        + " holder CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
                        + " ends_at BIGINT UNSIGNED NOT NULL)");
        execute(connection, "INSERT IGNORE INTO " + TABLE + " (id, holder, ends_at) VALUES (1, '', 0)");
    }

    /** Takes it or keeps it; whether it is had now. */
    boolean take(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE " + TABLE
                + " SET holder = ?, ends_at = UNIX_TIMESTAMP() + " + LEASE.toSeconds()
                + " WHERE id = 1 AND (holder = ? OR ends_at <= UNIX_TIMESTAMP())")) {
            update.setString(1, holder);
            update.setString(2, holder);
            // Within a second it may have set what is there already: that is no row changed, and had all the same.
            return update.executeUpdate() == 1 || isMine(connection);
        }
    }

    void giveBack(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE " + TABLE + " SET holder = '', ends_at = 0 WHERE id = 1 AND holder = ?")) {
            update.setString(1, holder);
            update.executeUpdate();
        }
    }

    private boolean isMine(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT holder FROM " + TABLE + " WHERE id = 1")) {
            return row.next() && row.getString(1).equals(holder);
        }
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

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
