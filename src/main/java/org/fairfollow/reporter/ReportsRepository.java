package org.fairfollow.reporter;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fairfollow.account.AccountName;
import org.fairfollow.evidence.Observation.MessageKind;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.reporter.Reports.Adjudication;
import org.fairfollow.reporter.Trust.Rulings;
import org.fairfollow.store.Latch;
import org.jspecify.annotations.Nullable;

/** The tables of reports. All methods work in the caller's transaction. */
final class ReportsRepository {
    private static final int NUMBERS_AT_ONCE = 5_000;
    private static final int BAND_DIGITS = 8;
    private static final String SEEN_BY_REPORTER =
            "SELECT id, account, practice, note, fingerprint IS NOT NULL, sent_at,"
                    + " updated_at, outcome, ruled_on FROM report WHERE reporter = ?";

    private ReportsRepository() {}

    /** A report as it is weighed. */
    record Told(
            long reporter,
            String publicId,
            int accountId,
            String practice,
            long sentAt,
            @Nullable String note,
            @Nullable MessageTold message,
            @Nullable Integer keptFor,
            @Nullable Adjudication ruled,
            Rulings rulings) {}

    /** Reports of one practice of an account, as they were weighed. */
    record Weighed(
            int accountId,
            String practice,
            int reports,
            int clusters,
            int messages,
            double weightThen,
            long first,
            long last) {}

    // One's own

    static @Nullable Report find(Connection connection, Reporter reporter, byte[] id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SEEN_BY_REPORTER + " AND id = ?")) {
            select.setLong(1, reporter.number());
            select.setBytes(2, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? report(row) : null;
            }
        }
    }

    /** The newest first, from those on that were sent before {@code sentAt}, or then under a lesser id. */
    static List<Report> list(Connection connection, Reporter reporter, long sentAt, byte[] id, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SEEN_BY_REPORTER
                + " AND (sent_at < ? OR (sent_at = ? AND id < ?)) ORDER BY sent_at DESC, id DESC LIMIT ?")) {
            select.setLong(1, reporter.number());
            select.setLong(2, sentAt);
            select.setLong(3, sentAt);
            select.setBytes(4, id);
            select.setInt(5, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<Report> reports = new ArrayList<>();
                while (rows.next()) {
                    reports.add(report(rows));
                }
                return reports;
            }
        }
    }

    private static Report report(ResultSet row) throws SQLException {
        String outcome = row.getString(8);
        return new Report(
                HexFormat.of().formatHex(row.getBytes(1)),
                AccountName.ofKey(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5),
                row.getLong(6),
                row.getLong(7),
                outcome == null ? null : Adjudication.values()[Integer.parseInt(outcome)],
                outcome == null ? null : LocalDate.ofEpochDay(row.getLong(9)));
    }

    /** The id of what the reporter reported of this practice of the account before, under this name or another; null: nothing. */
    static byte @Nullable [] sameCase(
            Connection connection, Reporter reporter, AccountName account, @Nullable Integer accountId, String practice)
            throws SQLException {
        String sql = "SELECT id FROM report WHERE reporter = ? AND account_hash = ? AND practice = ?";
        if (accountId != null) {
            sql += " UNION SELECT id FROM report WHERE account_id = ? AND practice = ? AND reporter = ?";
        }
        try (PreparedStatement select = connection.prepareStatement(sql + " LIMIT 1")) {
            select.setLong(1, reporter.number());
            select.setBytes(2, account.hash().bytes());
            select.setString(3, practice);
            if (accountId != null) {
                select.setInt(4, accountId);
                select.setString(5, practice);
                select.setLong(6, reporter.number());
            }
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    static int count(Connection connection, Reporter reporter) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT COUNT(*) FROM report WHERE reporter = " + reporter.number())) {
            row.next();
            return row.getInt(1);
        }
    }

    /** How many of the reporter's nobody ruled on, and what rulings said of the others, also of those that are gone. */
    static Reports.Merits merits(Connection connection, Reporter reporter) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT r.public_id, r.upheld, r.not_upheld, r.set_aside, (SELECT COUNT(*) FROM report p"
                                + " WHERE p.reporter = r.number AND p.outcome IS NULL) FROM reporter r WHERE r.number = "
                                + reporter.number())) {
            if (!row.next()) {
                throw Reporters.unauthorized();
            }
            Rulings own = new Rulings(row.getInt(2), row.getInt(3));
            return new Reports.Merits(
                    Reporters.PUBLIC_PREFIX + row.getString(1),
                    row.getInt(5),
                    own.upheld(),
                    own.notUpheld(),
                    row.getInt(4),
                    Trust.of(own, rulings(connection)));
        }
    }

    static void insert(
            Connection connection, Reporter reporter, byte[] id, Claim claim, @Nullable Integer accountId, long now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO report (note, fingerprint, bands,"
                + " message_kind, delay_seconds, has_link, followed_on, left_on, account_id, updated_at, reporter, id,"
                + " account_hash, account, practice, sent_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
            setContent(insert, claim, accountId, now);
            insert.setLong(11, reporter.number());
            insert.setBytes(12, id);
            insert.setBytes(13, claim.account().hash().bytes());
            insert.setString(14, claim.account().key());
            insert.setString(15, claim.practice());
            insert.setLong(16, now);
            insert.executeUpdate();
        }
    }

    /** Takes what it says now in place of what it said. Said again as it was, it stays as it is. */
    static void update(
            Connection connection, Reporter reporter, byte[] id, Claim claim, @Nullable Integer accountId, long now)
            throws SQLException {
        String[] content = {
            "note", "fingerprint", "bands", "message_kind", "delay_seconds", "has_link", "followed_on", "left_on"
        };
        String changed = IntStream.range(0, content.length)
                .mapToObj(i -> "NOT " + content[i] + " <=> ?")
                .collect(Collectors.joining(" OR "));
        String set = String.join(" = ?, ", content) + " = ?";
        try (PreparedStatement update = connection.prepareStatement("UPDATE report SET " + set
                + ", account_id = COALESCE(account_id, ?), updated_at = ? WHERE reporter = ? AND id = ? AND (" + changed
                + " OR (account_id IS NULL AND ? IS NOT NULL))")) {
            setContent(update, claim, accountId, now);
            update.setLong(11, reporter.number());
            update.setBytes(12, id);
            setSaid(update, 12, claim);
            update.setObject(21, accountId, Types.INTEGER);
            update.executeUpdate();
        }
    }

    private static void setContent(PreparedStatement statement, Claim claim, @Nullable Integer accountId, long now)
            throws SQLException {
        setSaid(statement, 0, claim);
        statement.setObject(9, accountId, Types.INTEGER);
        statement.setLong(10, now);
    }

    private static void setSaid(PreparedStatement statement, int before, Claim claim) throws SQLException {
        MessageTold message = claim.message();
        statement.setString(before + 1, claim.note());
        statement.setBytes(before + 2, message == null ? null : HexFormat.of().parseHex(message.fingerprint()));
        statement.setBytes(
                before + 3, message == null ? null : HexFormat.of().parseHex(String.join("", message.bands())));
        statement.setString(
                before + 4, message == null ? null : message.kind().name().toLowerCase(Locale.ROOT));
        statement.setObject(before + 5, message == null ? null : message.delaySeconds(), Types.INTEGER);
        statement.setObject(before + 6, message == null ? null : message.hasLink(), Types.BOOLEAN);
        statement.setObject(before + 7, claim.followedOn(), Types.INTEGER);
        statement.setObject(before + 8, claim.leftOn(), Types.INTEGER);
    }

    /** False if there is none. */
    static boolean delete(Connection connection, Reporter reporter, byte[] id) throws SQLException {
        try (PreparedStatement due = connection.prepareStatement("INSERT INTO reported_due (account_id)"
                        + " SELECT account_id FROM report WHERE reporter = ? AND id = ? AND account_id IS NOT NULL");
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM report WHERE reporter = ? AND id = ?")) {
            due.setLong(1, reporter.number());
            due.setBytes(2, id);
            due.executeUpdate();
            delete.setLong(1, reporter.number());
            delete.setBytes(2, id);
            return delete.executeUpdate() > 0;
        }
    }

    // Weighing

    /** The accounts are to be weighed again. */
    static void due(Connection connection, Collection<Integer> accounts) throws SQLException {
        if (!accounts.isEmpty()) {
            String rows = accounts.stream().map(id -> "(" + id + ")").collect(Collectors.joining(","));
            execute(connection, "INSERT INTO reported_due (account_id) VALUES " + rows);
        }
    }

    /** All accounts somebody reported are. */
    static void dueOf(Connection connection, Reporter reporter) throws SQLException {
        execute(
                connection,
                "INSERT INTO reported_due (account_id) SELECT DISTINCT account_id FROM report WHERE reporter = "
                        + reporter.number() + " AND account_id IS NOT NULL");
    }

    /** Until the transaction ends nobody else weighs; false if somebody does. */
    static boolean latch(Connection connection) throws SQLException {
        return Latch.REPORTS.takeAloneIfFree(connection);
    }

    /** What waits, by the number of the change. */
    static Map<Long, Integer> waiting(Connection connection, int limit) throws SQLException {
        Map<Long, Integer> waiting = new TreeMap<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT number, account_id FROM reported_due ORDER BY number LIMIT " + limit)) {
            while (rows.next()) {
                waiting.put(rows.getLong(1), rows.getInt(2));
            }
        }
        return waiting;
    }

    /** Of these accounts, those that wait. */
    static Set<Integer> waiting(Connection connection, Collection<Integer> accounts) throws SQLException {
        Set<Integer> waiting = new HashSet<>();
        for (String list : lists(accounts)) {
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT DISTINCT account_id FROM reported_due WHERE account_id IN (" + list + ")")) {
                while (rows.next()) {
                    waiting.add(rows.getInt(1));
                }
            }
        }
        return waiting;
    }

    static void settle(Connection connection, Collection<Long> changes) throws SQLException {
        for (String list : lists(changes)) {
            execute(connection, "DELETE FROM reported_due WHERE number IN (" + list + ")");
        }
    }

    /** @param open only those nobody ruled on, without what they say beside */
    static List<Told> told(Connection connection, Collection<Integer> accounts, boolean open) throws SQLException {
        List<Told> told = new ArrayList<>();
        for (String list : lists(accounts)) {
            String sql = "SELECT p.reporter, p.account_id, p.practice, p.sent_at, r.upheld, r.not_upheld, p.outcome,"
                    + " p.fingerprint, p.bands, p.message_kind, p.delay_seconds, p.has_link, p.note,"
                    + " CAST(p.left_on AS SIGNED) - CAST(p.followed_on AS SIGNED), r.public_id"
                    + " FROM report p JOIN reporter r ON r.number = p.reporter WHERE p.account_id IN (" + list + ")"
                    + (open ? " AND p.outcome IS NULL" : "");
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    String outcome = rows.getString(7);
                    String keptFor = rows.getString(14);
                    told.add(new Told(
                            rows.getLong(1),
                            rows.getString(15),
                            rows.getInt(2),
                            rows.getString(3),
                            rows.getLong(4),
                            rows.getString(13),
                            message(rows),
                            keptFor == null ? null : Integer.valueOf(keptFor),
                            outcome == null ? null : Adjudication.values()[Integer.parseInt(outcome)],
                            new Rulings(rows.getInt(5), rows.getInt(6))));
                }
            }
        }
        return told;
    }

    private static @Nullable MessageTold message(ResultSet row) throws SQLException {
        byte[] fingerprint = row.getBytes(8);
        if (fingerprint == null) {
            return null;
        }
        String bands = HexFormat.of().formatHex(row.getBytes(9));
        String delay = row.getString(11);
        return new MessageTold(
                row.getLong(4),
                row.getString(1),
                false,
                HexFormat.of().formatHex(fingerprint),
                IntStream.range(0, bands.length() / BAND_DIGITS)
                        .mapToObj(i -> bands.substring(i * BAND_DIGITS, (i + 1) * BAND_DIGITS))
                        .toList(),
                MessageKind.valueOf(row.getString(10).toUpperCase(Locale.ROOT)),
                delay == null ? null : Long.valueOf(delay),
                row.getBoolean(12));
    }

    /** The accounts each of these reporters reported: their number, or less than 0 for one nobody knows. */
    static Map<Long, List<Integer>> subjects(Connection connection, Collection<Long> reporters) throws SQLException {
        Map<Long, List<Integer>> subjects = new HashMap<>();
        for (String list : lists(reporters)) {
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT reporter, account_id, account_hash FROM report WHERE reporter IN (" + list + ")")) {
                while (rows.next()) {
                    int known = rows.getInt(2);
                    int subject = known != 0
                            ? known
                            : ByteBuffer.wrap(rows.getBytes(3)).getInt() | Integer.MIN_VALUE;
                    subjects.computeIfAbsent(rows.getLong(1), reporter -> new ArrayList<>())
                            .add(subject);
                }
            }
        }
        return subjects;
    }

    static List<Weighed> weighed(Connection connection, Collection<Integer> accounts) throws SQLException {
        List<Weighed> weighed = new ArrayList<>();
        for (String list : lists(accounts)) {
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT account_id, practice, reports, clusters, messages,"
                            + " weight_then, first_at, last_at FROM reported WHERE account_id IN (" + list
                            + ") ORDER BY account_id, practice")) {
                while (rows.next()) {
                    weighed.add(new Weighed(
                            rows.getInt(1),
                            rows.getString(2),
                            rows.getInt(3),
                            rows.getInt(4),
                            rows.getInt(5),
                            rows.getDouble(6),
                            rows.getLong(7),
                            rows.getLong(8)));
                }
            }
        }
        return weighed;
    }

    /** @param accounts all that was held of them goes */
    static void replace(Connection connection, Collection<Integer> accounts, List<Weighed> weighed)
            throws SQLException {
        for (String list : lists(accounts)) {
            execute(connection, "DELETE FROM reported WHERE account_id IN (" + list + ")");
        }
        if (weighed.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO reported (account_id, practice, reports,"
                        + " clusters, messages, weight_then, first_at, last_at) VALUES (?,?,?,?,?,?,?,?)")) {
            for (Weighed one : weighed) {
                insert.setInt(1, one.accountId);
                insert.setString(2, one.practice);
                insert.setInt(3, one.reports);
                insert.setInt(4, one.clusters);
                insert.setInt(5, one.messages);
                insert.setDouble(6, one.weightThen);
                insert.setLong(7, one.first);
                insert.setLong(8, one.last);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The accounts of the heaviest cases; an account may be there more than once. */
    static List<Integer> heaviest(Connection connection, int cases) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT account_id FROM reported ORDER BY weight_then DESC, account_id LIMIT " + cases)) {
            List<Integer> accounts = new ArrayList<>();
            while (rows.next()) {
                accounts.add(rows.getInt(1));
            }
            return accounts;
        }
    }

    // Rulings

    /** Rulings on cases that were reported. */
    static Rulings rulings(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT upheld, not_upheld FROM reported_rulings WHERE id = 1")) {
            row.next();
            return new Rulings(row.getInt(1), row.getInt(2));
        }
    }

    /** Writes what a ruling said to the reports of a case, to the counts of those who sent them, and to the count of rulings. */
    static void rule(Connection connection, Collection<Integer> accounts, String practice, Adjudication ruled, long day)
            throws SQLException {
        String ofCase = " WHERE account_id IN (" + list(accounts) + ") AND practice = ?";
        Set<Long> reporters = new TreeSet<>();
        Set<Integer> former = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT reporter FROM report" + ofCase)) {
            select.setString(1, practice);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    reporters.add(rows.getLong(1));
                }
            }
        }
        if (reporters.isEmpty()) {
            return;
        }
        // Reporters before their reports, as those who write them do.
        for (String list : lists(reporters)) {
            execute(
                    connection,
                    "SELECT number FROM reporter WHERE number IN (" + list + ") ORDER BY number FOR UPDATE");
        }
        String counted = ofCase + " AND reporter IN (" + list(reporters) + ")";
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT DISTINCT outcome FROM report" + counted + " AND outcome IS NOT NULL")) {
            select.setString(1, practice);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    former.add(rows.getInt(1));
                }
            }
        }
        int outcome = ruled.ordinal();
        // What was ruled otherwise before is taken back, so that no case counts twice, under whatever names it was
        // reported.
        try (PreparedStatement count = connection.prepareStatement(
                "UPDATE reporter r JOIN (SELECT reporter, MAX(outcome) AS former FROM report" + counted
                        + " GROUP BY reporter) p ON p.reporter = r.number SET"
                        + " r.upheld = r.upheld + " + change("0", outcome)
                        + ", r.not_upheld = r.not_upheld + " + change("1", outcome)
                        + ", r.set_aside = r.set_aside + " + change("2", outcome))) {
            count.setString(1, practice);
            count.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE report SET outcome = " + outcome + ", ruled_on = " + day + counted)) {
            update.setString(1, practice);
            update.executeUpdate();
        }
        execute(
                connection,
                "UPDATE reported_rulings SET upheld = upheld + " + change(former, 0, outcome)
                        + ", not_upheld = not_upheld + " + change(former, 1, outcome) + " WHERE id = 1");
        for (String list : lists(reporters)) {
            execute(
                    connection,
                    "INSERT INTO reported_due (account_id) SELECT DISTINCT account_id FROM report WHERE reporter IN ("
                            + list + ") AND account_id IS NOT NULL");
        }
    }

    /** By how much the count of {@code which} changes, in SQL: one more if it is the outcome, one less if it was. */
    private static String change(String which, int outcome) {
        return (which.equals(String.valueOf(outcome)) ? "1" : "0") + " - COALESCE(p.former = " + which + ", 0)";
    }

    private static int change(Set<Integer> former, int which, int outcome) {
        return (which == outcome ? 1 : 0) - (former.contains(which) ? 1 : 0);
    }

    // Accounts that become known

    /** Names nobody was known by when they were reported, by hash, from the one after {@code after} on. */
    static List<AccountName> unknown(Connection connection, byte[] after, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT MIN(account) FROM report"
                        + " WHERE account_id IS NULL AND account_hash > ? GROUP BY account_hash ORDER BY account_hash LIMIT ?")) {
            select.setBytes(1, after);
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<AccountName> names = new ArrayList<>();
                while (rows.next()) {
                    names.add(AccountName.ofKey(rows.getString(1)));
                }
                return names;
            }
        }
    }

    /** The account that was called so from {@code from} to {@code to} is this one; whether any report was of it. */
    static boolean recognise(Connection connection, AccountName name, int accountId, long from, long to)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE report SET account_id = ?"
                + " WHERE account_id IS NULL AND account_hash = ? AND account = ? AND sent_at BETWEEN ? AND ?")) {
            update.setInt(1, accountId);
            update.setBytes(2, name.hash().bytes());
            update.setString(3, name.key());
            update.setLong(4, from);
            update.setLong(5, to);
            return update.executeUpdate() > 0;
        }
    }

    // Forgetting

    /** At most {@code limit}; how many it was. */
    static int deleteOpen(Connection connection, long updatedBefore, int limit) throws SQLException {
        Set<Integer> accounts = new TreeSet<>();
        int deleted = 0;
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("DELETE FROM report WHERE outcome IS NULL AND updated_at < "
                        + updatedBefore + " ORDER BY updated_at LIMIT " + limit + " RETURNING account_id")) {
            while (rows.next()) {
                deleted++;
                int account = rows.getInt(1);
                if (account != 0) {
                    accounts.add(account);
                }
            }
        }
        due(connection, accounts);
        return deleted;
    }

    static int deleteRuled(Connection connection, long ruledBefore, int limit) throws SQLException {
        return execute(
                connection, "DELETE FROM report WHERE ruled_on < " + ruledBefore + " ORDER BY ruled_on LIMIT " + limit);
    }

    /** Leaves of those ruled on before that day nothing but that they were sent. */
    static int emptyRuled(Connection connection, long ruledBefore, int limit) throws SQLException {
        return execute(
                connection,
                "UPDATE report SET note = NULL, fingerprint = NULL, bands = NULL, message_kind = NULL,"
                        + " delay_seconds = NULL, has_link = NULL, followed_on = NULL, left_on = NULL WHERE ruled_on < "
                        + ruledBefore + " AND (note IS NOT NULL OR fingerprint IS NOT NULL OR followed_on IS NOT NULL)"
                        + " LIMIT " + limit);
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }

    private static String list(Collection<? extends Number> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** For as many statements, none of them too long. */
    private static List<String> lists(Collection<? extends Number> numbers) {
        List<? extends Number> all = List.copyOf(numbers);
        List<String> lists = new ArrayList<>();
        for (int from = 0; from < all.size(); from += NUMBERS_AT_ONCE) {
            lists.add(list(all.subList(from, Math.min(all.size(), from + NUMBERS_AT_ONCE))));
        }
        return lists;
    }
}
