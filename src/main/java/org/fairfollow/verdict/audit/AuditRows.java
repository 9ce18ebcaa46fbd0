package org.fairfollow.verdict.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.store.Latch;
import org.jspecify.annotations.Nullable;

/** The tables of audits. */
final class AuditRows {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private AuditRows() {}

    /** Until the transaction ends nobody else draws, hands out, answers or looks. */
    static void lock(Connection connection) throws SQLException {
        Latch.AUDIT.takeAlone(connection);
    }

    /** @param id opaque */
    record Task(int number, byte[] id, Practice practice, int accountId, Blinded evidence) {}

    /** @param looked n of the last look */
    record Progress(int looked, int drawn, int settled, int controls) {}

    static Progress progress(Connection connection, PracticeDescription rule) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT (SELECT COALESCE(MAX(n), 0) FROM audit_look WHERE practice = ? AND detector = ?),"
                        + " COUNT(stratum), COUNT(IF(stratum IS NULL, NULL, settled_at)), COUNT(*) - COUNT(stratum)"
                        + " FROM audit_task WHERE practice = ? AND detector = ?")) {
            rule(select, 1, rule);
            rule(select, 3, rule);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Progress(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4));
            }
        }
    }

    /** Accounts drawn before, as often as each stratum was; the last number counts controls. */
    static Set<Integer> drawn(Connection connection, PracticeDescription rule, int[] byStratum) throws SQLException {
        Set<Integer> accounts = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT account_id, stratum FROM audit_task WHERE practice = ? AND detector = ?")) {
            rule(select, 1, rule);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    accounts.add(row.getInt(1));
                    Integer stratum = row.getObject(2, Integer.class);
                    if (stratum != null) {
                        byStratum[stratum]++;
                    }
                }
            }
        }
        return accounts;
    }

    static void draw(Connection connection, PracticeDescription rule, int look, byte[] seed, int[] held, long now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO audit_draw (practice, detector, look,"
                + " seed, held_close, held_middle, held_far, drawn_at) VALUES (?,?,?,?,?,?,?,?)")) {
            rule(insert, 1, rule);
            insert.setInt(3, look);
            insert.setBytes(4, seed);
            insert.setInt(5, held[0]);
            insert.setInt(6, held[1]);
            insert.setInt(7, held[2]);
            insert.setLong(8, now);
            insert.executeUpdate();
        }
    }

    /** What each stratum held at the last draw. */
    static int[] held(Connection connection, PracticeDescription rule) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT held_close, held_middle, held_far FROM audit_draw"
                        + " WHERE practice = ? AND detector = ? ORDER BY number DESC LIMIT 1")) {
            rule(select, 1, rule);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new int[] {row.getInt(1), row.getInt(2), row.getInt(3)} : new int[3];
            }
        }
    }

    /** @param stratum null for a control */
    record Drawn(int accountId, @Nullable Stratum stratum, Blinded evidence) {}

    /** Nothing if the account was erased since it was drawn. */
    static void insert(Connection connection, PracticeDescription rule, Drawn drawn, byte[] id, long now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO audit_task (id, practice, detector,"
                + " account_id, stratum, evidence, drawn_at) SELECT ?,?,?,?,?,?,? FROM DUAL"
                + " WHERE EXISTS (SELECT 1 FROM account WHERE id = ?)")) {
            insert.setBytes(1, id);
            rule(insert, 2, rule);
            insert.setInt(4, drawn.accountId());
            insert.setObject(5, drawn.stratum() == null ? null : drawn.stratum().ordinal(), Types.TINYINT);
            insert.setString(6, written(drawn.evidence()));
            insert.setLong(7, now);
            insert.setInt(8, drawn.accountId());
            insert.executeUpdate();
        }
    }

    /**
     * The task this moderator has in hand, else the first that needs an answer of somebody else than those who answered or
     * have it in hand. Whoever ruled on the verdict knows it, and does not get it.
     */
    static Optional<Task> next(Connection connection, int moderator, long now) throws SQLException {
        String me = Integer.toUnsignedString(moderator);
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT t.number, t.id, t.practice, t.account_id, t.evidence"
                        + " FROM audit_task t LEFT JOIN audit_lease l ON l.task = t.number AND l.moderator = " + me
                        + " WHERE t.settled_at IS NULL AND t.answers + (SELECT COUNT(*) FROM audit_lease o"
                        + " WHERE o.task = t.number AND o.moderator <> " + me + " AND o.ends_at > " + now
                        + ") < t.needed AND NOT EXISTS (SELECT 1 FROM audit_answer a WHERE a.task = t.number"
                        + " AND a.moderator = " + me + ") AND NOT EXISTS (SELECT 1 FROM ruling r"
                        + " WHERE r.account_id = t.account_id AND r.practice = t.practice"
                        + " AND (r.moderator = " + me + " OR r.second = " + me + "))"
                        + " ORDER BY l.task IS NULL, t.number LIMIT 1")) {
            if (!row.next()) {
                return Optional.empty();
            }
            int number = row.getInt(1);
            byte[] id = row.getBytes(2);
            int account = row.getInt(4);
            Blinded evidence = read(row.getString(5), Blinded.class);
            return Practice.of(row.getString(3)).map(practice -> new Task(number, id, practice, account, evidence));
        }
    }

    static void lease(Connection connection, int moderator, int task, long until) throws SQLException {
        try (PreparedStatement replace =
                connection.prepareStatement("REPLACE INTO audit_lease (moderator, task, ends_at) VALUES (?,?,?)")) {
            replace.setInt(1, moderator);
            replace.setInt(2, task);
            replace.setLong(3, until);
            replace.executeUpdate();
        }
    }

    static void release(Connection connection, int moderator) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM audit_lease WHERE moderator = " + Integer.toUnsignedString(moderator));
        }
    }

    /** @param leaseEndsAt 0 where this moderator does not have it in hand */
    record Asked(int number, Practice practice, boolean settled, int answers, int needed, long leaseEndsAt) {}

    static Optional<Asked> asked(Connection connection, byte[] id, int moderator) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT t.number, t.practice, t.settled_at IS NOT NULL,"
                        + " t.answers, t.needed, COALESCE(l.ends_at, 0) FROM audit_task t LEFT JOIN audit_lease l"
                        + " ON l.task = t.number AND l.moderator = ? WHERE t.id = ?")) {
            select.setInt(1, moderator);
            select.setBytes(2, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new Asked(
                        row.getInt(1),
                        Practice.of(row.getString(2)).orElseThrow(),
                        row.getBoolean(3),
                        row.getInt(4),
                        row.getInt(5),
                        row.getLong(6)));
            }
        }
    }

    static Optional<Audits.Given> given(Connection connection, int task, int moderator) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT answer, cause, note FROM audit_answer WHERE task = ? AND moderator = ?")) {
            select.setInt(1, task);
            select.setInt(2, moderator);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String cause = row.getString(2);
                return Optional.of(new Audits.Given(
                        Answer.of(row.getString(1)).orElseThrow(),
                        cause == null ? null : Cause.of(cause).orElseThrow(),
                        row.getString(3)));
            }
        }
    }

    static void answer(Connection connection, int task, int moderator, int nth, Audits.Given given, long now)
            throws SQLException {
        Cause cause = given.cause();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO audit_answer (task, moderator, nth,"
                + " answer, cause, note, answered_at) VALUES (?,?,?,?,?,?,?)")) {
            insert.setInt(1, task);
            insert.setInt(2, moderator);
            insert.setInt(3, nth);
            insert.setString(4, given.answer().id());
            insert.setString(5, cause == null ? null : cause.id());
            insert.setString(6, given.note());
            insert.setLong(7, now);
            insert.executeUpdate();
        }
    }

    static int yesses(Connection connection, int task) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT COUNT(*) FROM audit_answer WHERE answer = 'practises' AND task = " + task)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** @param right null while it is open */
    static void update(Connection connection, int task, int answers, int needed, @Nullable Boolean right, long now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE audit_task SET answers = ?, needed = ?,"
                        + " is_right = ?, answered_at = ?, settled_at = ?, evidence = IF(?, NULL, evidence) WHERE number = ?")) {
            update.setInt(1, answers);
            update.setInt(2, needed);
            update.setObject(3, right, Types.BOOLEAN);
            update.setLong(4, now);
            update.setObject(5, right == null ? null : now, Types.BIGINT);
            update.setBoolean(6, right != null);
            update.setInt(7, task);
            update.executeUpdate();
        }
    }

    /** What two could not agree on and no third looked at in time counts as not right. */
    static void settleWithoutThird(Connection connection, long answeredBefore, long now) throws SQLException {
        update(
                connection,
                "UPDATE audit_task SET is_right = FALSE, settled_at = " + now + ", evidence = NULL"
                        + " WHERE settled_at IS NULL AND answers = 2 AND answered_at < " + answeredBefore);
    }

    /** Tasks nobody finished make way for others. */
    static void dropUnanswered(Connection connection, long drawnBefore) throws SQLException {
        drop(connection, "t.drawn_at < " + drawnBefore);
    }

    /** Until then whoever had it in hand is told that it was too long. */
    static void dropLeases(Connection connection, long endedBefore) throws SQLException {
        update(connection, "DELETE FROM audit_lease WHERE ends_at < " + endedBefore);
    }

    /** The account can no longer be told from its tasks; what was settled still counts. */
    static void erase(Connection connection, int accountId) throws SQLException {
        String account = Integer.toUnsignedString(accountId);
        drop(connection, "t.account_id = " + account);
        update(
                connection,
                "UPDATE audit_task t LEFT JOIN audit_answer a ON a.task = t.number"
                        + " SET t.account_id = NULL, a.note = NULL WHERE t.account_id = " + account);
    }

    private static void drop(Connection connection, String which) throws SQLException {
        update(
                connection,
                "DELETE t, a, l FROM audit_task t LEFT JOIN audit_answer a ON a.task = t.number"
                        + " LEFT JOIN audit_lease l ON l.task = t.number WHERE t.settled_at IS NULL AND " + which);
    }

    private static void update(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    static Tally tally(Connection connection, PracticeDescription rule, Looks.Look look) throws SQLException {
        int[] n = new int[Stratum.values().length];
        int[] right = new int[n.length];
        int controls = 0;
        int controlsPractise = 0;
        try (PreparedStatement select = connection.prepareStatement("SELECT stratum, COUNT(*), SUM(is_right)"
                + " FROM audit_task WHERE practice = ? AND detector = ? AND settled_at IS NOT NULL GROUP BY stratum")) {
            rule(select, 1, rule);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Integer stratum = row.getObject(1, Integer.class);
                    if (stratum == null) {
                        controls = row.getInt(2);
                        controlsPractise = row.getInt(3);
                    } else {
                        n[stratum] = row.getInt(2);
                        right[stratum] = row.getInt(3);
                    }
                }
            }
        }
        int[] held = held(connection, rule);
        List<Tally.Audited> strata = new ArrayList<>();
        for (int i = 0; i < n.length; i++) {
            strata.add(new Tally.Audited(held[i], n[i], right[i]));
        }
        return Tally.of(
                look,
                strata,
                new Tally.Controls(controls, controlsPractise),
                agreement(connection, rule),
                causes(connection, rule));
    }

    private static Agreement agreement(Connection connection, PracticeDescription rule) throws SQLException {
        int[][] counts = new int[Answer.values().length][Answer.values().length];
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT f.answer, s.answer, COUNT(*)"
                        + " FROM audit_task t JOIN audit_answer f ON f.task = t.number AND f.nth = 1"
                        + " JOIN audit_answer s ON s.task = t.number AND s.nth = 2"
                        + " WHERE t.practice = ? AND t.detector = ? AND t.settled_at IS NOT NULL GROUP BY f.answer, s.answer")) {
            rule(select, 1, rule);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts[Answer.of(row.getString(1)).orElseThrow().ordinal()][
                                    Answer.of(row.getString(2)).orElseThrow().ordinal()] =
                            row.getInt(3);
                }
            }
        }
        return Agreement.of(counts);
    }

    private static Map<String, Integer> causes(Connection connection, PracticeDescription rule) throws SQLException {
        Map<String, Integer> causes = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT a.cause, COUNT(*) FROM audit_task t"
                + " JOIN audit_answer a ON a.task = t.number WHERE t.practice = ? AND t.detector = ?"
                + " AND t.is_right = FALSE AND t.stratum IS NOT NULL AND a.cause IS NOT NULL GROUP BY a.cause")) {
            rule(select, 1, rule);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    causes.put(row.getString(1), row.getInt(2));
                }
            }
        }
        return causes;
    }

    /** @param resumedBecause why an operator let the practice go on after it; null if none did */
    record Looked(
            Practice practice,
            String detector,
            Tally tally,
            long madeAt,
            @Nullable String resumedBecause) {}

    static void look(Connection connection, PracticeDescription rule, Tally tally, long now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO audit_look (practice, detector, n, tally, made_at) VALUES (?,?,?,?,?)")) {
            rule(insert, 1, rule);
            insert.setInt(3, tally.n());
            insert.setString(4, written(tally));
            insert.setLong(5, now);
            insert.executeUpdate();
        }
    }

    /** All looks, of all versions of the rules, the oldest first. */
    static List<Looked> looks(Connection connection) throws SQLException {
        List<Looked> looks = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT l.practice, l.detector, l.tally, l.made_at,"
                        + " r.reason FROM audit_look l LEFT JOIN practice_resumption r"
                        + " USING (practice, detector, n) ORDER BY l.made_at, l.n")) {
            while (row.next()) {
                Optional<Practice> practice = Practice.of(row.getString(1));
                if (practice.isPresent()) {
                    looks.add(new Looked(
                            practice.get(),
                            row.getString(2),
                            read(row.getString(3), Tally.class),
                            row.getLong(4),
                            row.getString(5)));
                }
            }
        }
        return looks;
    }

    static void resume(Connection connection, Looked look, String reason, @Nullable Integer moderator, long now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO practice_resumption"
                + " (practice, detector, n, reason, moderator, resumed_at) VALUES (?,?,?,?,?,?)")) {
            insert.setString(1, look.practice().id());
            insert.setString(2, look.detector());
            insert.setInt(3, look.tally().n());
            insert.setString(4, reason);
            insert.setObject(5, moderator, Types.INTEGER);
            insert.setLong(6, now);
            insert.executeUpdate();
        }
    }

    private static void rule(PreparedStatement statement, int first, PracticeDescription rule) throws SQLException {
        statement.setString(first, rule.practice().id());
        statement.setString(first + 1, rule.detector());
    }

    private static String written(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
