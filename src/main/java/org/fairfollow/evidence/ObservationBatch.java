package org.fairfollow.evidence;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.fairfollow.account.AccountHash;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.evidence.Evidence.Observed;
import org.fairfollow.evidence.Evidence.RelationSeen;
import org.jspecify.annotations.Nullable;

/** Files what observers tell, once each. */
final class ObservationBatch {
    private static final int KEYS_A_STATEMENT = 2_000;

    /**
     * What makes a fact one with another. Two observers who tell the same are two facts.
     *
     * @param hash over kind, time, observer, the other side's name and the fact itself; 32 hex digits
     */
    private record NaturalKey(int account, int kind, long seenAt, String hash) {}

    /** @param other null where there is no other side */
    private record Row(NaturalKey key, @Nullable Integer other, String observer, boolean measured, byte[] body) {}

    private final Connection connection;
    private final Directory directory;
    private final ToIntFunction<AccountName> ids;
    private final Set<Integer> changed = new TreeSet<>();

    /** @param ids the number of an account that a fact names */
    ObservationBatch(Connection connection, Directory directory, ToIntFunction<AccountName> ids) {
        this.connection = connection;
        this.directory = directory;
        this.ids = ids;
    }

    /** Sets the outcome of each observation among the facts. */
    void append(List<Evidence> facts, Appended[] outcomes) throws SQLException {
        Map<Integer, Row> rows = new TreeMap<>();
        for (int i = 0; i < outcomes.length; i++) {
            Row row = row(facts.get(i));
            if (row != null) {
                rows.put(i, row);
            }
        }
        Set<NaturalKey> known = known(rows.values());
        List<Row> fresh = new ArrayList<>();
        rows.forEach((i, row) -> {
            boolean isNew = known.add(row.key);
            outcomes[i] = isNew ? Appended.ACCEPTED : Appended.DUPLICATE;
            if (isNew) {
                fresh.add(row);
            }
        });
        write(fresh);
    }

    /** Accounts of which something new was told, on either side. */
    Set<Integer> changed() {
        return changed;
    }

    private @Nullable Row row(Evidence fact) {
        return switch (fact) {
            case Observed observed -> {
                Observation told = observed.fact();
                String canonical = ObservationKind.canonical(told);
                yield new Row(
                        key(observed.account(), ObservationKind.of(told), told.at(), told.observer(), canonical),
                        null,
                        told.observer(),
                        told.measured(),
                        Zstd.compress(canonical.getBytes(StandardCharsets.UTF_8)));
            }
            case RelationSeen seen -> {
                ObservationKind kind = seen.follows() ? ObservationKind.FOLLOW : ObservationKind.UNFOLLOW;
                String rest = seen.measured() + " " + seen.target().key();
                yield new Row(
                        key(seen.actor(), kind, seen.seenAt(), seen.observer(), rest),
                        ids.applyAsInt(seen.target()),
                        seen.observer(),
                        seen.measured(),
                        new byte[0]);
            }
            default -> null;
        };
    }

    private NaturalKey key(AccountName account, ObservationKind kind, long at, String observer, String rest) {
        // Neither numbers nor an observer's name hold a space: no two facts run into the same text.
        String text = kind.code + " " + at + " " + observer + " " + rest;
        return new NaturalKey(
                ids.applyAsInt(account), kind.code, at, AccountHash.ofKey(text).hex());
    }

    /** Which of these are stored, be it under an account that was merged into theirs. */
    private Set<NaturalKey> known(Collection<Row> rows) throws SQLException {
        Set<NaturalKey> known = new HashSet<>();
        for (List<Row> part : EvidenceBatch.parts(rows, KEYS_A_STATEMENT)) {
            Set<Integer> accounts = part.stream().map(row -> row.key.account).collect(Collectors.toSet());
            Map<Integer, Integer> mergedFrom = directory.mergedFrom(connection, accounts);
            Map<Integer, List<Integer>> members = mergedFrom.keySet().stream()
                    .collect(Collectors.groupingBy(member -> mergedFrom.getOrDefault(member, member)));
            StringJoiner values = new StringJoiner(",");
            for (Row row : part) {
                NaturalKey key = row.key;
                String rest = "," + key.kind + "," + key.seenAt + ",x'" + key.hash + "')";
                values.add("(" + key.account + rest);
                members.getOrDefault(key.account, List.of()).forEach(member -> values.add("(" + member + rest));
            }
            try (var statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("WITH wanted (a, k, s, n) AS (VALUES " + values
                            + ") SELECT o.account_id, o.kind, o.seen_at, o.natural_key FROM wanted STRAIGHT_JOIN"
                            + " observation o ON o.account_id = a AND o.kind = k AND o.seen_at = s"
                            + " AND o.natural_key = n")) {
                while (found.next()) {
                    int account = mergedFrom.getOrDefault(found.getInt(1), found.getInt(1));
                    String hash = HexFormat.of().formatHex(found.getBytes(4));
                    known.add(new NaturalKey(account, found.getInt(2), found.getLong(3), hash));
                }
            }
        }
        return known;
    }

    private void write(List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO observation (account_id, kind, seen_at,"
                        + " natural_key, other_id, observer, measured, body) VALUES (?,?,?,?,?,?,?,?)")) {
            for (Row row : rows) {
                insert.setInt(1, row.key.account);
                insert.setInt(2, row.key.kind);
                insert.setLong(3, row.key.seenAt);
                insert.setBytes(4, HexFormat.of().parseHex(row.key.hash));
                insert.setObject(5, row.other, Types.INTEGER);
                insert.setString(6, row.observer);
                insert.setBoolean(7, row.measured);
                insert.setBytes(8, row.body);
                insert.addBatch();
                changed.add(row.key.account);
                if (row.other != null) {
                    changed.add(row.other);
                }
            }
            insert.executeBatch();
        }
    }
}
