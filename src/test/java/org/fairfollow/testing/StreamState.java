package org.fairfollow.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks into the store of a service that follows a stream, past the service.
 *
 * <pre>
 * sums FOLDER             rows and a checksum of each table the stream fills; internal numbers of accounts do not count
 * position FOLDER         how far the stream is committed, microseconds since 1970; 0 before the first commit
 * await FOLDER MICROS     until it is committed so far
 * lag FOLDER SECONDS      how long ago the newest committed event happened, asked ten times a second: p50, p99 and most
 * </pre>
 */
public final class StreamState {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final String POSITION = "SELECT COALESCE(MAX(time_us), 0) FROM stream_cursor";
    private static final Map<String, String> ROWS = new LinkedHashMap<>();

    static {
        ROWS.put(
                "edge",
                "a.native_id, t.native_id, day, record_key, kind, created_at, deleted_at FROM edge"
                        + " JOIN account a ON a.id = actor_id LEFT JOIN account t ON t.id = target_id");
        ROWS.put("tally", "native_id, day, followed, unfollowed FROM tally JOIN account ON id = account_id");
        ROWS.put("activity", "native_id, period, days FROM activity JOIN account ON id = account_id");
        ROWS.put(
                "account_event",
                "native_id, kind, seq, seen_at, active FROM account_event JOIN account ON id = account_id");
        ROWS.put("stream_hour", "hour, minutes FROM stream_hour");
        ROWS.put("stream_day", "day, paired, orphaned FROM stream_day WHERE paired + orphaned > 0");
    }

    private StreamState() {}

    public static void main(String... arguments) throws IOException, SQLException {
        try (Connection connection = connect(Path.of(arguments[1]))) {
            switch (arguments[0]) {
                case "sums" -> sums(connection);
                case "position" -> System.out.println(number(connection, POSITION));
                case "await" -> {
                    while (number(connection, POSITION) < Long.parseLong(arguments[2])) {
                        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                    }
                }
                case "lag" -> lag(connection, Duration.ofSeconds(Long.parseLong(arguments[2])));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    /** To the database a service started on {@code folder}; it outlives a service that is killed. */
    public static Connection connect(Path folder) throws IOException, SQLException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(folder.resolve("connection.properties"))) {
            properties.load(in);
        }
        return DriverManager.getConnection(
                properties.getProperty("url") + "?useBulkStmts=true",
                properties.getProperty("username"),
                properties.getProperty("password"));
    }

    private static void sums(Connection connection) throws SQLException {
        for (Map.Entry<String, String> table : ROWS.entrySet()) {
            int from = table.getValue().indexOf(" FROM ");
            String columns = table.getValue().substring(0, from);
            String sql = "SELECT COUNT(*), BIT_XOR(CONV(LEFT(MD5(CONCAT_WS(',', %s)), 15), 16, 10))%s"
                    // Else a missing half of an edge would look like the other one.
                    .formatted(
                            columns.replaceAll("(?<=, )([a-z_.]+)", "COALESCE($1, '-')"),
                            table.getValue().substring(from));
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                System.out.printf("%s %d %016x%n", table.getKey(), row.getLong(1), row.getLong(2));
            }
        }
        System.out.println("position " + number(connection, POSITION));
    }

    private static void lag(Connection connection, Duration during) throws SQLException {
        Instant end = Instant.now().plus(during);
        List<Long> lags = new ArrayList<>();
        while (Instant.now().isBefore(end)) {
            long micros = number(connection, POSITION);
            lags.add(Instant.EPOCH.plus(micros, ChronoUnit.MICROS).until(Instant.now(), ChronoUnit.MILLIS));
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        lags.sort(null);
        System.out.printf(
                "lag, asked %d times: p50 %d ms, p99 %d ms, most %d ms%n",
                lags.size(), lags.get(lags.size() / 2), lags.get(lags.size() * 99 / 100), lags.getLast());
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
