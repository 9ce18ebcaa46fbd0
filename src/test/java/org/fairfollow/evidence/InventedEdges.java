package org.fairfollow.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Properties;
import java.util.Random;
import org.fairfollow.store.EmbeddedMariaDb;
import org.flywaydb.core.Flyway;

/**
 * Days of follows as a stream leaves them, for {@code bench/storage}: in batches of 4,000 by random actors.
 *
 * <pre>
 * fill FOLDER EDGES    makes a store: so many edges on the day that is rolled up next, a tenth on each of the ten after it
 * size FOLDER          of that day, under a running service: rows, bytes of rows and of indexes
 * drop FOLDER          drops it
 * </pre>
 */
final class InventedEdges {
    private static final int AT_ONCE = 4_000;
    private static final int ACCOUNTS_AT_ONCE = 100_000;
    private static final long DAY = 86_400;

    private InventedEdges() {}

    public static void main(String... arguments) throws IOException, SQLException {
        Path folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "fill" -> fill(folder, Integer.parseInt(arguments[2]));
            case "size" -> {
                try (Connection connection = connect(folder)) {
                    size(connection);
                }
            }
            case "drop" -> {
                try (Connection connection = connect(folder)) {
                    long began = System.nanoTime();
                    execute(connection, "ALTER TABLE edge DROP PARTITION d" + firstDay());
                    System.out.printf("dropped in %.2f s%n", (System.nanoTime() - began) / 1e9);
                }
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static long firstDay() {
        return System.currentTimeMillis() / 1_000 / DAY - RollUp.WHOLE_DAYS - 1;
    }

    private static Connection connect(Path folder) throws IOException, SQLException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(folder.resolve("connection.properties"))) {
            properties.load(in);
        }
        return DriverManager.getConnection(
                properties.getProperty("url"), properties.getProperty("username"), properties.getProperty("password"));
    }

    private static void fill(Path folder, int edges) throws IOException, SQLException {
        try (EmbeddedMariaDb database = EmbeddedMariaDb.start(folder, true)) {
            var to = database.connection();
            Flyway.configure()
                    .dataSource(to.jdbcUrl(), to.username(), to.password())
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            try (Connection connection = DriverManager.getConnection(to.jdbcUrl(), to.username(), to.password())) {
                fill(connection, edges);
            }
        }
    }

    private static void fill(Connection connection, int edges) throws SQLException {
        Random random = new Random(1);
        // People follow four a week in the median (simulation of docs/evaluation.md), one in 500 follows 500; few are
        // followed by many.
        double[] actors = new double[(int) (edges / 1.31)];
        Arrays.setAll(actors, i -> i % 500 == 0 ? 500 : 4 * Math.exp(1.2 * random.nextGaussian()));
        double[] targets = new double[actors.length];
        Arrays.setAll(targets, i -> Math.exp(2 * random.nextGaussian()));
        Arrays.parallelPrefix(actors, Double::sum);
        Arrays.parallelPrefix(targets, Double::sum);
        for (int from = 1; from <= actors.length; from += ACCOUNTS_AT_ONCE) {
            execute(
                    connection,
                    "INSERT INTO account (id, network, native_id, native_hash, first_seen) SELECT seq, 1,"
                            + " CONCAT('did:plc:bench', LPAD(seq, 19, '0')), UNHEX(MD5(seq)), 1 FROM seq_" + from
                            + "_to_"
                            + Math.min(actors.length, from + ACCOUNTS_AT_ONCE - 1));
        }
        for (int i = 0; i < RollUp.WINDOW_DAYS; i++) {
            long day = firstDay() + i;
            execute(connection, "ALTER TABLE edge ADD PARTITION (PARTITION d" + day + " VALUES IN (" + day + "))");
            execute(connection, "INSERT INTO edge_day (day, filed_at) VALUES (" + day + ", " + (day + 1) * DAY + ")");
            long began = System.nanoTime();
            int many = i == 0 ? edges : edges / 10;
            for (int done = 0; done < many; done += AT_ONCE) {
                batch(connection, random, actors, targets, day, Math.min(AT_ONCE, many - done), (double) done / many);
            }
            if (i == 0) {
                System.out.printf("%d edges written in %.0f s%n", many, (System.nanoTime() - began) / 1e9);
            }
        }
    }

    /** @param at how much of the day is over */
    private static void batch(
            Connection connection, Random random, double[] actors, double[] targets, long day, int size, double at)
            throws SQLException {
        long[][] rows = new long[size][];
        Arrays.setAll(rows, i -> {
            long micros = (long) ((day + at) * DAY * 1e6) + i * 1_000L;
            return new long[] {
                drawn(actors, random),
                RecordKey.of(RecordKey.tidAt(micros, random.nextInt(1_024))).number(),
                drawn(targets, random),
                micros / 1_000_000
            };
        });
        Arrays.sort(rows, Comparator.<long[]>comparingLong(row -> row[0]).thenComparingLong(row -> row[1]));
        StringBuilder sql = new StringBuilder(
                "INSERT IGNORE INTO edge (day, actor_id, record_key, kind, target_id, created_at, deleted_at) VALUES ");
        for (long[] row : rows) {
            // One in seven is deleted again.
            sql.append('(')
                    .append(day)
                    .append(',')
                    .append(row[0])
                    .append(',')
                    .append(row[1])
                    .append(",0,");
            sql.append(row[2]).append(',').append(row[3]).append(',');
            sql.append(random.nextInt(7) == 0 ? String.valueOf(row[3] + DAY) : "NULL")
                    .append("),");
        }
        sql.setLength(sql.length() - 1);
        execute(connection, sql.toString());
    }

    /** An account, by its weight. */
    private static long drawn(double[] sums, Random random) {
        int found = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
        return Math.min(sums.length, (found < 0 ? -found - 1 : found) + 1);
    }

    private static void size(Connection connection) throws SQLException {
        execute(connection, "ANALYZE TABLE edge");
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT data_length, index_length, (SELECT COUNT(*) FROM edge PARTITION (d" + firstDay()
                                + ")) FROM information_schema.partitions WHERE table_schema = DATABASE()"
                                + " AND table_name = 'edge' AND partition_name = 'd" + firstDay() + "'")) {
            row.next();
            long bytes = row.getLong(1) + row.getLong(2);
            System.out.printf(
                    "%d edges, rows %.1f MB, index %.1f MB: %.1f MB a million%n",
                    row.getLong(3), row.getLong(1) / 1e6, row.getLong(2) / 1e6, (double) bytes / row.getLong(3));
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
