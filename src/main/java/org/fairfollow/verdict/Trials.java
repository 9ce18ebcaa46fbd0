package org.fairfollow.verdict;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.jspecify.annotations.Nullable;

/** The tables of rules on trial, and of what they say otherwise. Works in the caller's transaction. */
final class Trials {
    private static final String COLUMNS =
            "number, sha256, seen_before, began_at, accounts, judged, next_account, busy_until, judged_at, adopted_at, written_at";

    private Trials() {}

    /**
     * Times are Unix epoch seconds, but for {@code busyUntil}, which is milliseconds; 0: not yet.
     *
     * @param seenBefore when the last instance with the rules in force said that it was there: another one begins when one is again
     * @param accounts there were to judge when it began; 0: not counted yet
     */
    record Trial(
            int number,
            String rules,
            long seenBefore,
            long beganAt,
            long accounts,
            long judged,
            long nextAccount,
            long busyUntil,
            long judgedAt,
            long adoptedAt,
            long writtenAt) {
        /** Adopted, and not every verdict follows yet. */
        boolean isBeingWritten() {
            return adoptedAt != 0 && writtenAt == 0;
        }
    }

    /** What the rules of a trial say of one account, where it is not what stands. */
    record Aside(int accountId, Practice practice, Difference difference, Standing standing, byte[] finding) {}

    /** The newest of these rules; null when they were never tried. */
    static @Nullable Trial newest(Connection connection, String rules) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM rules_trial WHERE sha256 = ? ORDER BY number DESC LIMIT 1")) {
            select.setBytes(1, HexFormat.of().parseHex(rules));
            return read(select);
        }
    }

    /** The same, and nobody else changes it until the transaction ends. */
    static @Nullable Trial locked(Connection connection, int number) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM rules_trial WHERE number = ? FOR UPDATE")) {
            select.setInt(1, number);
            return read(select);
        }
    }

    private static @Nullable Trial read(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next()
                    ? new Trial(
                            row.getInt(1),
                            HexFormat.of().formatHex(row.getBytes(2)),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getLong(7),
                            row.getLong(8),
                            row.getLong(9),
                            row.getLong(10),
                            row.getLong(11))
                    : null;
        }
    }

    /** Begins another trial of these rules, unless somebody just did; its number. */
    static int begin(Connection connection, String rules, long seenBefore, long now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT IGNORE INTO rules_trial (sha256, seen_before, began_at) VALUES (?,?,?)")) {
            insert.setBytes(1, HexFormat.of().parseHex(rules));
            insert.setLong(2, seenBefore);
            insert.setLong(3, now);
            insert.executeUpdate();
        }
        return Objects.requireNonNull(newest(connection, rules)).number();
    }

    /** How many accounts there are to judge: a look at all verdicts. */
    static void count(Connection connection, Trial trial) throws SQLException {
        update(
                connection,
                "UPDATE rules_trial SET accounts = (SELECT COUNT(DISTINCT account_id) FROM verdict) WHERE number = "
                        + trial.number());
    }

    /** The next accounts that have a verdict, in the order of their numbers. */
    static List<Integer> accounts(Connection connection, long after, int limit) throws SQLException {
        return numbers(
                connection,
                "SELECT DISTINCT account_id FROM verdict WHERE account_id > " + after + " ORDER BY account_id LIMIT "
                        + limit);
    }

    /** Keeps others from going on with the trial until then, Unix epoch milliseconds. */
    static void keepBusy(Connection connection, int trial, long until) throws SQLException {
        update(connection, "UPDATE rules_trial SET busy_until = " + until + " WHERE number = " + trial);
    }

    /**
     * @param busyUntil nobody goes on before, Unix epoch milliseconds
     * @return whether nobody else had gone on, and the rules are still on trial
     */
    static boolean advance(Connection connection, Trial trial, long next, int accounts, long busyUntil)
            throws SQLException {
        return update(
                        connection,
                        "UPDATE rules_trial SET next_account = " + next + ", judged = judged + " + accounts
                                + ", busy_until = " + busyUntil + " WHERE number = " + trial.number()
                                + " AND next_account = " + trial.nextAccount() + " AND adopted_at IS NULL")
                == 1;
    }

    static void judged(Connection connection, int trial, long now) throws SQLException {
        update(connection, "UPDATE rules_trial SET judged_at = " + now + " WHERE number = " + trial);
    }

    static void adopted(Connection connection, int trial, long now) throws SQLException {
        update(connection, "UPDATE rules_trial SET adopted_at = " + now + ", busy_until = 0 WHERE number = " + trial);
    }

    static void written(Connection connection, int trial, long now) throws SQLException {
        update(connection, "UPDATE rules_trial SET written_at = " + now + " WHERE number = " + trial);
    }

    /** From now on this is all that the rules on trial say otherwise of these accounts. */
    static void write(Connection connection, int trial, Collection<Integer> accounts, List<Aside> aside)
            throws SQLException {
        clear(connection, trial, accounts);
        if (aside.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO judged_aside (trial, account_id, practice, difference,"
                        + " standing, finding) VALUES (?,?,?,?,?,?)")) {
            for (Aside one : aside) {
                insert.setInt(1, trial);
                insert.setLong(2, Integer.toUnsignedLong(one.accountId()));
                insert.setString(3, one.practice().id());
                insert.setString(4, one.difference().id());
                insert.setString(5, one.standing().id());
                insert.setBytes(6, one.finding());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static void clear(Connection connection, int trial, Collection<Integer> accounts) throws SQLException {
        if (!accounts.isEmpty()) {
            update(
                    connection,
                    "DELETE FROM judged_aside WHERE trial = " + trial + " AND account_id IN (" + list(accounts) + ")");
        }
    }

    /** What an operator put in force of these accounts, and their verdicts do not say yet; by {@link #key}. */
    static Map<String, Standing> adopted(Connection connection, int trial, Collection<Integer> accounts)
            throws SQLException {
        Map<String, Standing> adopted = new HashMap<>();
        if (trial == 0 || accounts.isEmpty()) {
            return adopted;
        }
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT account_id, practice, standing FROM judged_aside"
                        + " WHERE trial = " + trial + " AND account_id IN (" + list(accounts) + ")")) {
            while (rows.next()) {
                adopted.put(rows.getInt(1) + rows.getString(2), Standing.of(rows.getString(3)));
            }
        }
        return adopted;
    }

    static String key(int account, Practice practice) {
        return account + practice.id();
    }

    /** Accounts of which something is written aside and that are not due. */
    static List<Integer> unwritten(Connection connection, int trial, int limit) throws SQLException {
        return numbers(
                connection,
                "SELECT DISTINCT a.account_id FROM judged_aside a LEFT JOIN due d USING (account_id) WHERE a.trial = "
                        + trial + " AND d.account_id IS NULL ORDER BY a.account_id LIMIT " + limit);
    }

    static boolean isEmpty(Connection connection, int trial) throws SQLException {
        return numbers(connection, "SELECT account_id FROM judged_aside WHERE trial = " + trial + " LIMIT 1")
                .isEmpty();
    }

    /** Differences of a trial, counted. */
    static List<Rules.Count> counts(Connection connection, int trial) throws SQLException {
        List<Rules.Count> counts = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT practice, difference, COUNT(*) FROM judged_aside"
                        + " WHERE trial = " + trial + " GROUP BY difference, practice ORDER BY practice, difference")) {
            while (rows.next()) {
                Difference difference = Difference.of(rows.getString(2)).orElseThrow();
                long verdicts = rows.getLong(3);
                Practice.of(rows.getString(1))
                        .ifPresent(practice -> counts.add(new Rules.Count(practice, difference, verdicts)));
            }
        }
        return counts;
    }

    /** Differences of one kind beside what stands, in the order of accounts. */
    static List<Rules.Change> changes(
            Connection connection, int trial, Difference difference, Practice practice, long after, int limit)
            throws SQLException {
        List<Rules.Change> changes = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT a.account_id, a.standing, a.finding, v.standing, v.finding"
                        + " FROM judged_aside a LEFT JOIN verdict v USING (account_id, practice)"
                        + " WHERE a.trial = ? AND a.difference = ? AND a.practice = ? AND a.account_id > ?"
                        + " ORDER BY a.account_id LIMIT ?")) {
            select.setInt(1, trial);
            select.setString(2, difference.id());
            select.setString(3, practice.id());
            select.setLong(4, after);
            select.setInt(5, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String stands = row.getString(4);
                    Finding found = Stored.finding(row.getBytes(3));
                    changes.add(new Rules.Change(
                            row.getInt(1),
                            practice,
                            difference,
                            stands == null ? Standing.UNKNOWN : Standing.of(stands),
                            stands == null
                                    ? ""
                                    : Stored.finding(row.getBytes(5)).statement(),
                            Standing.of(row.getString(2)),
                            found.statement()));
                }
            }
        }
        return changes;
    }

    /**
     * Deletes some of what was written aside by trials that nobody can adopt any more: others of the same rules began since, all of it
     * was written, or nobody has had the rules for so long.
     *
     * @param unseenSince Unix epoch seconds
     * @return whether there may be more
     */
    static boolean forget(Connection connection, long unseenSince, int limit) throws SQLException {
        List<Integer> ended = numbers(
                connection,
                "SELECT t.number FROM rules_trial t JOIN rulebook b USING (sha256) WHERE (b.seen_at < " + unseenSince
                        + " OR t.written_at IS NOT NULL OR EXISTS (SELECT 1 FROM rules_trial later"
                        + " WHERE later.sha256 = t.sha256 AND later.number > t.number))"
                        + " AND EXISTS (SELECT 1 FROM judged_aside a WHERE a.trial = t.number)");
        return !ended.isEmpty()
                && update(connection, "DELETE FROM judged_aside WHERE trial IN (" + list(ended) + ") LIMIT " + limit)
                        == limit;
    }

    private static String list(Collection<Integer> numbers) {
        return numbers.stream().map(Integer::toUnsignedString).collect(Collectors.joining(","));
    }

    private static List<Integer> numbers(Connection connection, String sql) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                numbers.add((int) rows.getLong(1));
            }
        }
        return numbers;
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
