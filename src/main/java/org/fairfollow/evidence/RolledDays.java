package org.fairfollow.evidence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Days of which edges may be missing because they bear on nothing.
 *
 * @param days all of them
 * @param underWay the one of them that is being built anew; {@link EdgePartitions#KEYLESS} if none is
 * @param filedUntil when an edge was last filed under any of them, Unix epoch seconds
 */
record RolledDays(Set<Integer> days, int underWay, long filedUntil) {
    static final int WHOLE = 0;
    static final int UNDER_WAY = 1;
    static final int ROLLED = 2;

    static RolledDays load(Connection connection) throws SQLException {
        Set<Integer> days = new TreeSet<>();
        int underWay = EdgePartitions.KEYLESS;
        long filedUntil = 0;
        try (var statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT day, state, filed_at FROM edge_day WHERE state <> " + WHOLE)) {
            while (rows.next()) {
                days.add(rows.getInt(1));
                underWay = rows.getInt(2) == UNDER_WAY ? rows.getInt(1) : underWay;
                filedUntil = Math.max(filedUntil, rows.getLong(3));
            }
        }
        return new RolledDays(days, underWay, filedUntil);
    }

    boolean any() {
        return !days.isEmpty();
    }

    boolean contains(int day) {
        return days.contains(day);
    }

    int last() {
        return Collections.max(days);
    }

    /** Edges came to be filed under these days. */
    static void file(Connection connection, Collection<Integer> filed, long now) throws SQLException {
        StringJoiner rows = new StringJoiner(",");
        filed.forEach(day -> rows.add("(" + day + "," + now + ")"));
        if (rows.length() > 0) {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO edge_day (day, filed_at) VALUES " + rows
                        + " ON DUPLICATE KEY UPDATE filed_at = GREATEST(filed_at, VALUES(filed_at))");
            }
        }
    }
}
