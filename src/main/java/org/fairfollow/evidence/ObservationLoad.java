package org.fairfollow.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairfollow.account.Directory;
import org.fairfollow.evidence.Observation.RelationTold;

/**
 * Reads what observers told of accounts: of each kind the newest, however much was told. What was told of a provisional
 * account belongs to the account it was merged into.
 */
final class ObservationLoad {
    /** Other accounts kept of one observer. */
    private static final int OTHERS_KEPT = 100;
    /** Short ranges read by one statement. */
    private static final int RANGES_A_STATEMENT = 200;

    private static final int ROWS_AT_ONCE = 1_000;

    /** A row as it lies; {@code key} makes the order total. */
    private record Row(
            ObservationKind kind,
            long at,
            String observer,
            String key,
            boolean measured,
            int other,
            boolean outward,
            byte[] body) {
        private static final Comparator<Row> OLDEST_FIRST = Comparator.comparingLong(Row::at)
                .thenComparing(Row::observer)
                .thenComparing(Row::kind)
                .thenComparing(Row::key)
                .thenComparing(Row::outward)
                .thenComparingInt(Row::other);
    }

    /** A fact told of a provisional account and told again of the account it became has two rows. */
    private record Fact(ObservationKind kind, String key, boolean outward, int other) {}

    private final Connection connection;
    private final Directory directory;
    private final long from;
    private final long asOf;
    /** By account the accounts it is filed under: itself and those merged into it. */
    private final Map<Integer, Integer> members = new HashMap<>();

    private final Map<Integer, List<Row>> rows = new HashMap<>();
    /** What became of accounts that are named as the other side, or told of by an observer, and were merged. */
    private final Map<Integer, Integer> mergedInto = new HashMap<>();

    /** By observer whom it told of, in order: one more than kept, for the account itself may be among them. */
    private final Map<String, List<Integer>> toldOf = new HashMap<>();

    private ObservationLoad(Connection connection, Directory directory, long asOf) {
        this.connection = connection;
        this.directory = directory;
        this.asOf = asOf;
        this.from = Retention.firstObserved(asOf);
    }

    /** How many samples a dossier of each of these accounts would hold at most; accounts without any are left out. */
    static Map<Integer, Integer> samples(Connection connection, Collection<Integer> accounts) throws SQLException {
        Map<Integer, Integer> samples = new HashMap<>();
        if (accounts.isEmpty()) {
            return samples;
        }
        try (var statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT account_id, kind, COUNT(*) FROM observation WHERE account_id IN ("
                                + EvidenceBatch.list(accounts) + ") AND kind IN ("
                                + ObservationKind.FOLLOWER_SAMPLE.code + "," + ObservationKind.POST_SAMPLE.code
                                + ") GROUP BY account_id, kind")) {
            while (found.next()) {
                int kept = Math.min(found.getInt(3), ObservationKind.ofCode(found.getInt(2)).kept);
                samples.merge(found.getInt(1), kept, Integer::sum);
            }
        }
        return samples;
    }

    /** What was told of each of these accounts by {@code asOf}; accounts of which nothing was told are left out. */
    static Map<Integer, Observations> load(
            Connection connection, Directory directory, Collection<Integer> accounts, long asOf) throws SQLException {
        return new ObservationLoad(connection, directory, asOf).load(accounts);
    }

    private Map<Integer, Observations> load(Collection<Integer> accounts) throws SQLException {
        gatherMembers(accounts);
        List<String> ranges = new ArrayList<>();
        collectRanges(ranges, true);
        collectRanges(ranges, false);
        if (ranges.isEmpty()) {
            return Map.of();
        }
        readRows(ranges);
        rows.replaceAll((account, told) -> newest(told));
        findMerged(rows.values().stream().flatMap(List::stream).map(Row::other));
        readToldOf();
        Map<Integer, Observations> observations = new HashMap<>();
        rows.forEach((account, told) -> observations.put(account, observations(account, told)));
        return observations;
    }

    private void gatherMembers(Collection<Integer> accounts) throws SQLException {
        accounts.forEach(account -> members.put(account, account));
        members.putAll(directory.mergedFrom(connection, accounts));
        // An account that was merged has nothing of its own any more.
        members.keySet()
                .removeAll(directory.mergedInto(connection, accounts).entrySet().stream()
                        .filter(merger -> !accounts.contains(merger.getValue()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /**
     * One short range for each member and kind there is something of, read from its newest end. Whether there is something
     * is asked one by one, in a statement: DISTINCT would read all that was ever told.
     */
    private void collectRanges(List<String> ranges, boolean outward) throws SQLException {
        if (members.isEmpty()) {
            return;
        }
        String column = outward ? "account_id" : "other_id";
        StringJoiner accounts = new StringJoiner(",");
        members.keySet().forEach(member -> accounts.add("(" + member + ")"));
        String kinds = Arrays.stream(ObservationKind.values())
                .filter(kind -> outward || kind.isRelation())
                .map(kind -> "(" + kind.code + ")")
                .collect(Collectors.joining(","));
        String sql = "WITH wanted (a) AS (VALUES " + accounts + "), kinds (k) AS (VALUES " + kinds
                + ") SELECT a, k FROM wanted JOIN kinds WHERE (SELECT 1 FROM observation WHERE " + column
                + " = a AND kind = k LIMIT 1) = 1";
        try (var statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                ObservationKind kind = ObservationKind.ofCode(found.getInt(2));
                ranges.add("(SELECT " + column + ", kind, seen_at, natural_key, observer, measured, "
                        + (outward ? "COALESCE(other_id, 0)" : "account_id") + ", " + outward
                        + ", body FROM observation WHERE " + column + " = " + found.getInt(1) + " AND kind = "
                        + kind.code + " AND seen_at BETWEEN " + from + " AND " + asOf + " ORDER BY seen_at DESC"
                        + (outward ? "" : ", account_id DESC") + ", natural_key DESC LIMIT " + kind.kept + ")");
            }
        }
    }

    private void readRows(List<String> ranges) throws SQLException {
        for (List<String> part : EvidenceBatch.parts(ranges, RANGES_A_STATEMENT)) {
            try (var statement = connection.createStatement()) {
                statement.setFetchSize(ROWS_AT_ONCE);
                try (ResultSet found = statement.executeQuery(String.join(" UNION ALL ", part))) {
                    while (found.next()) {
                        int account = members.getOrDefault(found.getInt(1), 0);
                        rows.computeIfAbsent(account, a -> new ArrayList<>())
                                .add(new Row(
                                        ObservationKind.ofCode(found.getInt(2)),
                                        found.getLong(3),
                                        found.getString(5),
                                        HexFormat.of().formatHex(found.getBytes(4)),
                                        found.getBoolean(6),
                                        found.getInt(7),
                                        found.getBoolean(8),
                                        found.getBytes(9)));
                    }
                }
            }
        }
    }

    /** The newest of each kind, oldest first; follows and unfollows, either way, count as one kind. */
    private static List<Row> newest(List<Row> told) {
        List<Row> ordered = told.stream().sorted(Row.OLDEST_FIRST).toList();
        Map<ObservationKind, Integer> left = new EnumMap<>(ObservationKind.class);
        List<Row> newest = new ArrayList<>();
        for (Row row : ordered.reversed()) {
            ObservationKind counted = row.kind.isRelation() ? ObservationKind.FOLLOW : row.kind;
            if (left.merge(counted, 1, Integer::sum) <= counted.kept) {
                newest.add(row);
            }
        }
        return newest.reversed();
    }

    private void findMerged(Stream<Integer> others) throws SQLException {
        mergedInto.putAll(directory.mergedInto(connection, others.collect(Collectors.toSet())));
    }

    /** Of whom else the observers of relations and messages told in these kinds. */
    private void readToldOf() throws SQLException {
        Set<String> observers = new TreeSet<>();
        rows.values().forEach(told -> told.stream()
                .filter(row -> row.kind.isRelation() || row.kind == ObservationKind.MESSAGE)
                .forEach(row -> observers.add(row.observer)));
        List<String> ranges = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        Map<String, Set<Integer>> found = new HashMap<>();
        for (String observer : observers) {
            for (ObservationKind kind :
                    List.of(ObservationKind.FOLLOW, ObservationKind.UNFOLLOW, ObservationKind.MESSAGE)) {
                // Grouped: the index tells the first and last of each account without reading what lies between.
                ranges.add("(SELECT observer, account_id FROM observation WHERE observer = ? AND kind = " + kind.code
                        + " GROUP BY observer, kind, account_id HAVING MIN(seen_at) <= " + asOf
                        + " AND MAX(seen_at) >= " + from + " ORDER BY account_id LIMIT " + (OTHERS_KEPT + 1) + ")");
                asked.add(observer);
            }
        }
        for (int first = 0; first < ranges.size(); first += RANGES_A_STATEMENT) {
            int end = Math.min(ranges.size(), first + RANGES_A_STATEMENT);
            try (PreparedStatement statement =
                    connection.prepareStatement(String.join(" UNION ALL ", ranges.subList(first, end)))) {
                for (int i = first; i < end; i++) {
                    statement.setString(i - first + 1, asked.get(i));
                }
                try (ResultSet told = statement.executeQuery()) {
                    while (told.next()) {
                        found.computeIfAbsent(told.getString(1), observer -> new TreeSet<>())
                                .add(told.getInt(2));
                    }
                }
            }
        }
        findMerged(found.values().stream().flatMap(Set::stream));
        found.forEach((observer, accounts) -> toldOf.put(
                observer,
                accounts.stream()
                        .map(account -> mergedInto.getOrDefault(account, account))
                        .distinct()
                        .sorted()
                        .limit(OTHERS_KEPT + 1)
                        .toList()));
    }

    private Observations observations(int account, List<Row> told) {
        List<RelationTold> relations = new ArrayList<>();
        Map<ObservationKind, List<Observation>> facts = new EnumMap<>(ObservationKind.class);
        Set<String> observers = new TreeSet<>();
        Set<Fact> known = new HashSet<>();
        for (Row row : told) {
            int other = mergedInto.getOrDefault(row.other, row.other);
            if (!known.add(new Fact(row.kind, row.key, row.outward, other)) || other == account) {
                continue; // Known, or both sides of a relation turned out to be one account.
            }
            if (row.kind.isRelation()) {
                boolean follows = row.kind == ObservationKind.FOLLOW;
                relations.add(new RelationTold(row.at, row.observer, row.measured, follows, other, row.outward));
                observers.add(row.observer);
            } else {
                facts.computeIfAbsent(row.kind, kind -> new ArrayList<>()).add(row.kind.read(row.body));
                if (row.kind == ObservationKind.MESSAGE) {
                    observers.add(row.observer);
                }
            }
        }
        Map<String, List<Integer>> alsoObserved = new TreeMap<>();
        for (String observer : observers) {
            List<Integer> others = toldOf.getOrDefault(observer, List.of()).stream()
                    .filter(other -> other != account)
                    .limit(OTHERS_KEPT)
                    .toList();
            if (!others.isEmpty()) {
                alsoObserved.put(observer, others);
            }
        }
        return new Observations(
                of(facts, ObservationKind.PROFILE_COUNTERS, Observation.ProfileCounters.class),
                relations,
                of(facts, ObservationKind.MESSAGE, Observation.MessageTold.class),
                of(facts, ObservationKind.FOLLOWER_SAMPLE, Observation.FollowerSample.class),
                of(facts, ObservationKind.POST_SAMPLE, Observation.PostSample.class),
                of(facts, ObservationKind.OWNER_STATEMENT, Observation.OwnerStatement.class),
                alsoObserved);
    }

    private static <T extends Observation> List<T> of(
            Map<ObservationKind, List<Observation>> facts, ObservationKind kind, Class<T> type) {
        return facts.getOrDefault(kind, List.of()).stream().map(type::cast).toList();
    }
}
