package org.fairfollow.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Deletes any number of rows, some in each transaction: nobody waits for more than those, and no node of a cluster is handed more at
 * once than it takes. Ended anywhere, it goes on the next time; two that do it at once delete each row once.
 */
public final class Deletion {
    static final int ROWS_AT_ONCE = 5_000;

    private Deletion() {}

    /** @param rows what follows {@code DELETE FROM}; an index leads to them */
    public static void of(Store store, String rows) {
        of(store, rows, ROWS_AT_ONCE);
    }

    /** @param atOnce how many in one transaction, where rows are large */
    public static void of(Store store, String rows, int atOnce) {
        int deleted;
        do {
            deleted = store.inTransaction(connection -> delete(connection, rows + " LIMIT " + atOnce));
        } while (deleted == atOnce);
    }

    /**
     * Where no index leads to the rows: looks at all there are, in the order of the primary key.
     *
     * @param table with its partition, if it is about one
     * @param key first column of the primary key, a number above 0
     * @param condition of the rows that go
     */
    public static void walking(Store store, String table, String key, String condition) {
        long from = 0;
        while (from >= 0) {
            long after = from;
            from = store.inTransaction(connection -> {
                long last = boundary(connection, table, key, after);
                String range = key + " > " + after + (last < 0 ? "" : " AND " + key + " <= " + last);
                delete(connection, table + " WHERE " + range + " AND (" + condition + ")");
                return last;
            });
        }
    }

    /** The key so many rows further on; -1 where there are no more. */
    private static long boundary(Connection connection, String table, String key, long after) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + key + " FROM " + table + " WHERE " + key + " > "
                        + after + " ORDER BY " + key + " LIMIT 1 OFFSET " + (ROWS_AT_ONCE - 1))) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    private static int delete(Connection connection, String rows) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate("DELETE FROM " + rows);
        }
    }
}
