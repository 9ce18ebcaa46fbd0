package org.fairfollow.verdict;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fairfollow.detection.Practice;
import org.jspecify.annotations.Nullable;

/** The table {@code decision}. */
final class DecisionRows {
    /** As {@link #read} reads them; each may be null, all are where nobody decided anything. */
    static final String COLUMNS = "outcome, ruled_at, rebuttal, rebutted_at, withheld_until, answered, objected_at";

    private DecisionRows() {}

    /** A decision whose deadline has passed. */
    record Due(int accountId, Practice practice) {}

    /** By account and practice; those nobody said anything about are left out. */
    static Map<Integer, Map<Practice, Decision>> of(Connection connection, Collection<Integer> accountIds)
            throws SQLException {
        if (accountIds.isEmpty()) {
            return Map.of();
        }
        String ids = accountIds.stream().map(Integer::toUnsignedString).collect(Collectors.joining(","));
        Map<Integer, Map<Practice, Decision>> decisions = new HashMap<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT account_id, practice, " + COLUMNS
                        + " FROM decision WHERE account_id IN (" + ids + ")")) {
            while (row.next()) {
                Decision decision = read(row, 3);
                Optional<Practice> practice = Practice.of(row.getString(2));
                if (practice.isPresent()) {
                    decisions
                            .computeIfAbsent(row.getInt(1), id -> new EnumMap<>(Practice.class))
                            .put(practice.get(), decision);
                }
            }
        }
        return decisions;
    }

    /**
     * What was decided of accounts while nobody knew their ids is decided of those they turned out to be. Where both were
     * decided on, what was decided of the known one counts. Also when only who they were is judged: else what was contested
     * would end with that verdict.
     */
    static void adopt(Connection connection, Collection<Integer> accountIds) throws SQLException {
        if (accountIds.isEmpty()) {
            return;
        }
        String ids = accountIds.stream().map(Integer::toUnsignedString).collect(Collectors.joining(","));
        try (var statement = connection.createStatement()) {
            for (String table : new String[] {"decision", "ruling"}) {
                for (String either : new String[] {"a.merged_into", "a.merged_into IS NOT NULL AND a.id"}) {
                    statement.executeUpdate("UPDATE IGNORE " + table + " d JOIN account a ON a.id = d.account_id"
                            + " SET d.account_id = a.merged_into WHERE " + either + " IN (" + ids + ")");
                }
            }
        }
    }

    /** The decision in the columns from {@code first} on. */
    static Decision read(ResultSet row, int first) throws SQLException {
        String outcome = row.getString(first);
        return new Decision(
                outcome == null ? null : Ruling.of(outcome).orElseThrow(),
                row.getLong(first + 1),
                row.getString(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4),
                row.getBoolean(first + 5),
                row.getLong(first + 6));
    }

    static void write(Connection connection, int accountId, Practice practice, Decision decision) throws SQLException {
        Ruling outcome = decision.outcome();
        try (PreparedStatement replace = connection.prepareStatement(
                "REPLACE INTO decision (account_id, practice, " + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?)")) {
            replace.setInt(1, accountId);
            replace.setString(2, practice.id());
            replace.setString(3, outcome == null ? null : outcome.id());
            replace.setObject(4, unlessZero(decision.ruledAt()));
            replace.setString(5, decision.rebuttal());
            replace.setObject(6, unlessZero(decision.rebuttedAt()));
            replace.setObject(7, unlessZero(decision.withheldUntil()));
            replace.setBoolean(8, decision.answered());
            replace.setObject(9, unlessZero(decision.objectedAt()));
            replace.executeUpdate();
        }
    }

    static void delete(Connection connection, int accountId, Practice practice) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM decision WHERE account_id = ? AND practice = ?")) {
            delete.setInt(1, accountId);
            delete.setString(2, practice.id());
            delete.executeUpdate();
        }
    }

    static List<Due> due(Connection connection, long now, int limit) throws SQLException {
        List<Due> due = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT account_id, practice FROM decision"
                        + " WHERE withheld_until <= " + now + " ORDER BY withheld_until LIMIT " + limit)) {
            while (row.next()) {
                int account = row.getInt(1);
                Practice.of(row.getString(2)).ifPresent(practice -> due.add(new Due(account, practice)));
            }
        }
        return due;
    }

    private static @Nullable Long unlessZero(long time) {
        return time == 0 ? null : Long.valueOf(time);
    }
}
