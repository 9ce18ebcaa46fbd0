package org.fairfollow.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What one transaction at a time does, over all instances. It is taken until the caller's transaction ends.
 *
 * <p>It is taken by writing its row: a row that is only locked is known to one node of a Galera cluster, while of two that
 * wrote the same row at two nodes one is refused when it commits, and {@link Store#inTransaction} does it again.
 */
public enum Latch {
    /** Who files evidence. */
    EVIDENCE(1),
    /** Who writes verdicts shares it; who decides, and who publishes what was written, takes it alone. */
    RELEASE(8),
    /** Who makes a release. */
    PUBLICATION(1),
    /** Who weighs reports. */
    REPORTS(1),
    /** Who draws, hands out and counts audits. */
    AUDIT(1);

    /** Rows of those who share it: each writes one of them, so that few wait for one another. */
    private final int parts;

    private final String row;

    Latch(int parts) {
        this.parts = parts;
        row = "name = '" + name().toLowerCase(Locale.ROOT) + "'";
    }

    /** Waits until nobody else has it. */
    public void takeAlone(Connection connection) throws SQLException {
        write(connection, row);
    }

    /** Takes it unless somebody has it. */
    public boolean takeAloneIfFree(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet free =
                        statement.executeQuery("SELECT name FROM latch WHERE " + row + " FOR UPDATE SKIP LOCKED")) {
            if (!free.next()) {
                return false;
            }
        }
        takeAlone(connection);
        return true;
    }

    /** Waits until nobody has it alone. */
    public void share(Connection connection) throws SQLException {
        write(connection, row + " AND part = " + ThreadLocalRandom.current().nextInt(parts));
    }

    /**
     * How often it was taken, as far as can be seen here: where this is no less than it was elsewhere, all that was committed
     * under it until then can be seen here too.
     */
    public long turns(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet sum = statement.executeQuery("SELECT SUM(taken) FROM latch WHERE " + row)) {
            sum.next();
            return sum.getLong(1);
        }
    }

    private static void write(Connection connection, String rows) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE latch SET taken = taken + 1 WHERE " + rows);
        }
    }
}
