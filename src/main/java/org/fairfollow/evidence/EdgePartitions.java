package org.fairfollow.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fairfollow.store.Deletion;
import org.fairfollow.store.Store;

/**
 * The daily partitions of the edge table. An edge lies in the partition of the day its record key names, so that its
 * delete finds it; where the key is not plausible it lies in the partition {@link #KEYLESS}.
 */
@ApplicationScoped
class EdgePartitions {
    static final int KEYLESS = 0;
    /** 90 days of follows, each watched for at most 28 days; what is older bears on no verdict: 90 + 14 spare. */
    static final int KEPT_DAYS = 104;
    /** How far a key may lie before its event (an offline client) and after it (clock skew). */
    private static final long KEY_BEFORE_EVENT_SECONDS = 86_400;

    private static final long KEY_AFTER_EVENT_SECONDS = 600;
    /** Days made at once when one is missing: each statement waits for every reader of the table. */
    private static final int DAYS_AHEAD = 6;

    private static final int NO_PARTITION_FOR_VALUE = 1526;

    private final Store store;
    private final Set<Integer> known = new ConcurrentSkipListSet<>();

    EdgePartitions(Store store) {
        this.store = store;
    }

    static int day(long second) {
        return (int) Math.floorDiv(second, 86_400);
    }

    /** The day a new edge is filed under. */
    static int dayOf(RecordKey key, long seenAt, long now) {
        long claimed = key.claimedSecond();
        boolean plausible = claimed >= seenAt - KEY_BEFORE_EVENT_SECONDS && claimed <= seenAt + KEY_AFTER_EVENT_SECONDS;
        return plausible && isKept(day(claimed), now) ? day(claimed) : KEYLESS;
    }

    /** The days under which edges made between these seconds may be filed. */
    static IntStream daysOfEventsBetween(long from, long to) {
        return IntStream.concat(
                IntStream.of(KEYLESS),
                IntStream.rangeClosed(day(from - KEY_BEFORE_EVENT_SECONDS), day(to + KEY_AFTER_EVENT_SECONDS)));
    }

    /** The day under which a delete waits for a create that comes later. */
    static int dayOfDelete(RecordKey key, long seenAt, long now) {
        return key.claimedSecond() <= seenAt + KEY_AFTER_EVENT_SECONDS ? claimedDay(key, now) : KEYLESS;
    }

    /** The day the key names, if edges of that day are kept. */
    static int claimedDay(RecordKey key, long now) {
        long claimed = key.claimedSecond();
        return claimed >= 0 && isKept(day(claimed), now) ? day(claimed) : KEYLESS;
    }

    private static boolean isKept(int day, long now) {
        return day >= day(now) - KEPT_DAYS && day <= day(now) + 1;
    }

    /** Makes the partitions these facts need. Several instances may do so at once. */
    void prepare(List<Evidence> facts, long now) {
        Set<Integer> missing = new TreeSet<>();
        for (Evidence fact : facts) {
            int day =
                    switch (fact) {
                        case Evidence.EdgeCreated edge -> dayOf(edge.key(), edge.seenAt(), now);
                        case Evidence.EdgeDeleted edge -> dayOfDelete(edge.key(), edge.seenAt(), now);
                        default -> KEYLESS;
                    };
            if (day != KEYLESS && !known.contains(day)) {
                missing.add(day);
            }
        }
        if (!missing.isEmpty()) {
            store.read(connection -> {
                known.addAll(existing(connection));
                return null;
            });
            for (int day : Set.copyOf(missing)) {
                IntStream.rangeClosed(day, day + DAYS_AHEAD)
                        .filter(ahead -> isKept(ahead, now))
                        .forEach(missing::add);
            }
            missing.removeAll(known);
            add(missing);
        }
    }

    void forget() {
        known.clear();
    }

    /** Drops the days that bear on no verdict any more. */
    void dropOlderThan(long now) {
        store.read(connection -> {
            String old = existing(connection).stream()
                    .filter(day -> day < day(now) - KEPT_DAYS)
                    .map(EdgePartitions::name)
                    .collect(Collectors.joining(","));
            try (var statement = connection.createStatement()) {
                if (!old.isEmpty()) {
                    statement.execute("ALTER TABLE edge DROP PARTITION IF EXISTS " + old);
                }
                statement.execute("DELETE FROM edge_day WHERE day < " + (day(now) - KEPT_DAYS));
            }
            return null;
        });
        Deletion.walking(
                store,
                "edge PARTITION (keyless)",
                "actor_id",
                "COALESCE(created_at, deleted_at) < " + (now - KEPT_DAYS * 86_400L));
        forget();
    }

    static boolean isMissing(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == NO_PARTITION_FOR_VALUE) {
                return true;
            }
        }
        return false;
    }

    private void add(Set<Integer> days) {
        if (days.isEmpty()) {
            return;
        }
        String definitions = days.stream()
                .map(day -> "PARTITION " + name(day) + " VALUES IN (" + day + ")")
                .collect(Collectors.joining(","));
        store.read(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("ALTER TABLE edge ADD PARTITION IF NOT EXISTS (" + definitions + ")");
            }
            return null;
        });
        known.addAll(days);
    }

    static Set<Integer> existing(Connection connection) throws SQLException {
        Set<Integer> days = new TreeSet<>();
        try (var statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT partition_description FROM information_schema.partitions"
                                + " WHERE table_schema = DATABASE() AND table_name = 'edge'")) {
            while (rows.next()) {
                days.add(Integer.parseInt(rows.getString(1)));
            }
        }
        days.remove(KEYLESS);
        return days;
    }

    static String name(int day) {
        return "d" + day;
    }
}
