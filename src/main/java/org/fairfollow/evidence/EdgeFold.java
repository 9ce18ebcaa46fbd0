package org.fairfollow.evidence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.fairfollow.evidence.Evidence.Relation;
import org.jspecify.annotations.Nullable;

/**
 * Folds creates and deletes of records into edges. Both halves carry the same actor and record key and may come in any
 * order and any number of times; the outcome is the same.
 */
final class EdgeFold {
    /** Rows in one statement: some 100 kB of SQL, far below the smallest usual packet limit. */
    private static final int ROWS_A_STATEMENT = 2_000;

    private static final long UNKNOWN = -1;

    private record EdgeId(int actor, long key, int relation) {}

    private static final class Edge {
        final int day;
        int target = -1;
        long created = UNKNOWN;
        long deleted = UNKNOWN;
        boolean changed;

        Edge(int day) {
            this.day = day;
        }

        boolean isOrphan() {
            return deleted != UNKNOWN && created == UNKNOWN;
        }

        boolean isPaired() {
            return deleted != UNKNOWN && created != UNKNOWN;
        }
    }

    private static final class DayCounts {
        int first;
        int second;
    }

    private final Connection connection;
    private final long now;
    private final Map<EdgeId, Edge> edges = new HashMap<>();
    /** By edge the day its key claims, where it may lie besides {@link EdgePartitions#KEYLESS}. */
    private final Map<EdgeId, Integer> wanted = new HashMap<>();

    /** Targets of wanted creates. */
    private final Set<Integer> wantedTargets = new HashSet<>();

    private RolledDays rolled = new RolledDays(Set.of(), EdgePartitions.KEYLESS, 0);
    /** By account the first day from which on all its edges are kept, where days were rolled up. */
    private Map<Integer, Integer> tracked = Map.of();

    private final Set<Integer> filed = new TreeSet<>();
    private final Set<Integer> actors = new HashSet<>();
    private final Set<Integer> targets = new HashSet<>();
    /** By account and day: followed, unfollowed. */
    private final Map<Long, DayCounts> tallies = new TreeMap<>();
    /** By day of the record key: paired, orphaned. */
    private final Map<Long, DayCounts> pairing = new TreeMap<>();

    private @Nullable StreamCoverage coverage;

    EdgeFold(Connection connection, long now) {
        this.connection = connection;
        this.now = now;
    }

    /** Says that the edge will be folded. */
    void want(int actor, RecordKey key, Relation relation) {
        wanted.put(new EdgeId(actor, key.number(), relation.code), EdgePartitions.claimedDay(key, now));
    }

    /** The same of an edge whose target is known. */
    void want(int actor, RecordKey key, Relation relation, int target) {
        want(actor, key, relation);
        wantedTargets.add(target);
    }

    /** Reads what is stored of the wanted edges. */
    void load() throws SQLException {
        List<Map.Entry<EdgeId, Integer>> all = new ArrayList<>(wanted.entrySet());
        for (int from = 0; from < all.size(); from += ROWS_A_STATEMENT) {
            load(all.subList(from, Math.min(all.size(), from + ROWS_A_STATEMENT)));
        }
        rolled = RolledDays.load(connection);
        if (wanted.values().stream().anyMatch(rolled::contains)) {
            Set<Integer> accounts = new HashSet<>(wantedTargets);
            wanted.keySet().forEach(id -> accounts.add(id.actor));
            tracked = Wholeness.tracked(connection, accounts);
        }
    }

    private void load(List<Map.Entry<EdgeId, Integer>> part) throws SQLException {
        StringBuilder sql = new StringBuilder("WITH wanted (a, k, r, d) AS (VALUES ");
        for (var entry : part) {
            EdgeId id = entry.getKey();
            appendWanted(sql, id, entry.getValue());
            if (entry.getValue() != EdgePartitions.KEYLESS) {
                appendWanted(sql, id, EdgePartitions.KEYLESS);
            }
        }
        sql.setLength(sql.length() - 1);
        sql.append(
                ") SELECT e.actor_id, e.record_key, e.kind, e.day, e.target_id, e.created_at, e.deleted_at"
                        + " FROM wanted STRAIGHT_JOIN edge e ON e.actor_id = a AND e.record_key = k AND e.kind = r AND e.day = d");
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql.toString())) {
            while (rows.next()) {
                Edge edge = new Edge(rows.getInt(4));
                edge.target = rows.getObject(5) == null ? -1 : rows.getInt(5);
                edge.created = rows.getObject(6) == null ? UNKNOWN : rows.getLong(6);
                edge.deleted = rows.getObject(7) == null ? UNKNOWN : rows.getLong(7);
                edges.put(new EdgeId(rows.getInt(1), rows.getLong(2), rows.getInt(3)), edge);
            }
        }
    }

    private static void appendWanted(StringBuilder sql, EdgeId id, int day) {
        sql.append('(')
                .append(id.actor)
                .append(',')
                .append(id.key)
                .append(',')
                .append(id.relation)
                .append(',');
        sql.append(day).append("),");
    }

    Appended created(int actor, RecordKey key, Relation relation, int target, long seenAt) {
        EdgeId id = new EdgeId(actor, key.number(), relation.code);
        int day = EdgePartitions.dayOf(key, seenAt, now);
        if (!edges.containsKey(id) && !isWhole(actor, day) && !isWhole(target, day)) {
            filed.add(day);
            return Appended.ROLLED_UP;
        }
        Edge edge = edges.computeIfAbsent(id, unseen -> new Edge(day));
        if (edge.created != UNKNOWN) {
            return Appended.DUPLICATE;
        }
        if (edge.deleted != UNKNOWN && edge.deleted < seenAt) {
            return Appended.IMPOSSIBLE_LIFETIME;
        }
        filed.add(edge.day);
        count(edge, relation, -1);
        edge.created = seenAt;
        edge.target = target;
        count(edge, relation, 1);
        if (relation == Relation.FOLLOW) {
            tally(actor, seenAt).first++;
        }
        touch(actor, edge);
        return Appended.ACCEPTED;
    }

    Appended deleted(int actor, RecordKey key, Relation relation, long seenAt) throws SQLException {
        EdgeId id = new EdgeId(actor, key.number(), relation.code);
        if (!edges.containsKey(id) && isBeyondKeeping(key, seenAt)) {
            return Appended.OLDER_FOLLOW;
        }
        int day = EdgePartitions.dayOfDelete(key, seenAt, now);
        if (!edges.containsKey(id) && !isWhole(actor, day)) {
            // Its create may have been left out: that nothing is found is no loss of coverage.
            return Appended.ROLLED_UP;
        }
        Edge edge = edges.computeIfAbsent(id, unseen -> new Edge(day));
        if (edge.deleted != UNKNOWN) {
            return Appended.DUPLICATE;
        }
        if (edge.created != UNKNOWN && edge.created > seenAt) {
            return Appended.IMPOSSIBLE_LIFETIME;
        }
        count(edge, relation, -1);
        edge.deleted = seenAt;
        count(edge, relation, 1);
        if (relation == Relation.FOLLOW) {
            tally(actor, seenAt).second++;
        }
        touch(actor, edge);
        return edge.created != UNKNOWN ? Appended.ACCEPTED : withoutCreate(edge, key);
    }

    /** Accounts whose own edges changed. */
    Set<Integer> actors() {
        return actors;
    }

    /** Accounts that edges which changed point at. */
    Set<Integer> targets() {
        return targets;
    }

    void write() throws SQLException {
        writeEdges("edge", day -> true);
        // It takes the place of the day when it is done, and nothing appended meanwhile may be lacking in it then.
        writeEdges("edge_aside", day -> day != EdgePartitions.KEYLESS && day == rolled.underWay());
        filed.remove(EdgePartitions.KEYLESS);
        RolledDays.file(connection, filed, now);
        writeTallies();
        writePairing();
    }

    /** Whether the account's edges of that day are all there, if they were ever seen. */
    private boolean isWhole(int account, int day) {
        return !rolled.contains(day) || tracked.getOrDefault(account, Integer.MAX_VALUE) <= day;
    }

    /** Whether the key names a day so old that its create can never be paired: nothing is worth keeping. */
    private boolean isBeyondKeeping(RecordKey key, long seenAt) {
        long claimed = key.claimedSecond();
        return claimed >= 0
                && claimed <= seenAt
                && EdgePartitions.dayOfDelete(key, seenAt, now) == EdgePartitions.KEYLESS;
    }

    private Appended withoutCreate(Edge edge, RecordKey key) throws SQLException {
        if (edge.day == EdgePartitions.KEYLESS) {
            return Appended.IMPLAUSIBLE_KEY;
        }
        if (coverage == null) {
            coverage = StreamCoverage.load(connection, now);
        }
        return coverage.contains(key.claimedSecond()) ? Appended.COVERAGE_LOSS : Appended.OLDER_FOLLOW;
    }

    private void touch(int actor, Edge edge) {
        edge.changed = true;
        actors.add(actor);
        if (edge.target >= 0) {
            targets.add(edge.target);
        }
    }

    private DayCounts tally(int actor, long seenAt) {
        return tallies.computeIfAbsent((long) actor << 32 | EdgePartitions.day(seenAt), k -> new DayCounts());
    }

    private void count(Edge edge, Relation relation, int change) {
        if (relation != Relation.FOLLOW || edge.day == EdgePartitions.KEYLESS) {
            return;
        }
        if (edge.isPaired()) {
            pairing.computeIfAbsent((long) edge.day, day -> new DayCounts()).first += change;
        } else if (edge.isOrphan()) {
            pairing.computeIfAbsent((long) edge.day, day -> new DayCounts()).second += change;
        }
    }

    private void writeEdges(String table, IntPredicate days) throws SQLException {
        List<Map.Entry<EdgeId, Edge>> changed = edges.entrySet().stream()
                .filter(entry -> entry.getValue().changed && days.test(entry.getValue().day))
                // In the order of the primary key within a partition: neighbours land on the same pages.
                .sorted(Comparator.comparingInt((Map.Entry<EdgeId, Edge> entry) -> entry.getValue().day)
                        .thenComparingInt(entry -> entry.getKey().actor)
                        .thenComparingLong(entry -> entry.getKey().key))
                .toList();
        for (int from = 0; from < changed.size(); from += ROWS_A_STATEMENT) {
            StringBuilder sql = new StringBuilder("INSERT INTO ").append(table);
            sql.append(" (day, actor_id, record_key, kind, target_id, created_at, deleted_at) VALUES ");
            for (var entry : changed.subList(from, Math.min(changed.size(), from + ROWS_A_STATEMENT))) {
                EdgeId id = entry.getKey();
                Edge edge = entry.getValue();
                sql.append('(')
                        .append(edge.day)
                        .append(',')
                        .append(id.actor)
                        .append(',')
                        .append(id.key)
                        .append(',');
                sql.append(id.relation).append(',');
                appendOrNull(sql, edge.target).append(',');
                appendOrNull(sql, edge.created).append(',');
                appendOrNull(sql, edge.deleted).append("),");
            }
            sql.setLength(sql.length() - 1);
            sql.append(" ON DUPLICATE KEY UPDATE target_id = VALUES(target_id), created_at = VALUES(created_at),"
                    + " deleted_at = VALUES(deleted_at)");
            execute(sql.toString());
        }
    }

    private static StringBuilder appendOrNull(StringBuilder sql, long value) {
        return value < 0 ? sql.append("NULL") : sql.append(value);
    }

    private void writeTallies() throws SQLException {
        StringJoiner rows = new StringJoiner(",");
        tallies.forEach((key, count) -> rows.add(
                "(" + (key >>> 32) + "," + (key & 0xffff_ffffL) + "," + count.first + "," + count.second + ")"));
        if (rows.length() > 0) {
            execute("INSERT INTO tally (account_id, day, followed, unfollowed) VALUES " + rows
                    + " ON DUPLICATE KEY UPDATE followed = followed + VALUES(followed),"
                    + " unfollowed = unfollowed + VALUES(unfollowed)");
        }
    }

    /** A count may fall: an orphan that found its create is one no more. */
    private void writePairing() throws SQLException {
        StringJoiner rows = new StringJoiner(",");
        pairing.forEach((day, count) -> rows.add("(" + day + "," + count.first + "," + count.second + ")"));
        if (rows.length() > 0) {
            execute(
                    "INSERT INTO stream_day (day, paired, orphaned) VALUES " + rows
                            + " ON DUPLICATE KEY UPDATE paired = paired + VALUES(paired), orphaned = orphaned + VALUES(orphaned)");
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
