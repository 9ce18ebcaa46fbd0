package org.fairfollow.reporter;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What moderators did, in one chain: each entry's hash covers the entry before, so that one that was changed or taken out
 * shows. Entries are written in the transaction of what they tell of: neither is there without the other.
 */
@ApplicationScoped
public class AuditLog {
    /** Longer ones are cut. */
    public static final int LONGEST_SUBJECT = 200;

    public static final int LONGEST_DETAIL = 4_000;
    private static final int AT_ONCE = 1_000;
    private static final String ENTRIES =
            "SELECT l.number, l.written_at, m.name, l.action, l.subject, l.detail, l.hash FROM audit_log l"
                    + " LEFT JOIN moderator m ON m.number = l.moderator";

    private final Store store;
    private final Clock clock;

    AuditLog(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * @param number from 1, without gaps
     * @param moderator null for the operator token, for commands and for those who did not get in
     * @param hash in hex
     */
    public record Entry(
            long number,
            Instant at,
            @Nullable String moderator,
            String action,
            String subject,
            String detail,
            String hash) {}

    /** @param broken number of the first entry that is not as it was written, or missing; 0 if all are */
    public record Check(long entries, String lastHash, long broken) {}

    private record End(long number, byte[] hash) {}

    /** An entry as it is stored, with what its hash is made from. */
    private record Row(
            long number, long at, @Nullable Integer moderator, String action, String subject, String detail) {

        /** Lengths stand before texts: nothing can be moved from one to the next under the same hash. */
        byte[] hashAfter(byte[] former) {
            MessageDigest sha256 = Token.sha256();
            sha256.update(former);
            sha256.update(ByteBuffer.allocate(20)
                    .putLong(number)
                    .putLong(at)
                    .putInt(moderator == null ? 0 : moderator)
                    .flip());
            for (String text : List.of(action, subject, detail)) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                sha256.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
                sha256.update(bytes);
            }
            return sha256.digest();
        }
    }

    /**
     * Adds an entry in the caller's transaction; best as its last step, for others who write wait until it ends.
     *
     * @param moderator null for the operator token, for commands and for those who did not get in
     * @param action in kebab-case, at most 40 characters
     * @param subject what it was done to: an account, practice, case or moderator
     * @param detail whatever somebody wrote is cut and marked where it is not printable
     */
    public void write(
            Connection connection, @Nullable Moderator moderator, String action, String subject, String detail)
            throws SQLException {
        End end = end(connection, " FOR UPDATE");
        Row row = new Row(
                end.number() + 1,
                clock.instant().getEpochSecond(),
                moderator == null ? null : moderator.number(),
                action,
                Printable.only(subject, LONGEST_SUBJECT),
                Printable.only(detail, LONGEST_DETAIL));
        byte[] hash = row.hashAfter(end.hash());
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO audit_log (number, written_at, moderator, action, subject, detail, hash)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, row.number());
            insert.setLong(2, row.at());
            insert.setObject(3, row.moderator(), Types.INTEGER);
            insert.setString(4, row.action());
            insert.setString(5, row.subject());
            insert.setString(6, row.detail());
            insert.setBytes(7, hash);
            insert.executeUpdate();
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE audit_log_end SET number = ?, hash = ? WHERE id = 1")) {
            update.setLong(1, row.number());
            update.setBytes(2, hash);
            update.executeUpdate();
        }
    }

    /** The same in a transaction of its own, for what has none: written before, so that nothing is done untold. */
    public void write(@Nullable Moderator moderator, String action, String subject, String detail) {
        store.inTransaction(connection -> {
            write(connection, moderator, action, subject, detail);
            return null;
        });
    }

    /** Entries after the one with this number, the oldest first. */
    public List<Entry> after(long number, int limit) {
        return store.readPromptly(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement(ENTRIES + " WHERE l.number > ? ORDER BY l.number LIMIT ?")) {
                select.setLong(1, number);
                select.setInt(2, limit);
                return entries(select);
            }
        });
    }

    /**
     * Which entries are asked for; null: all of them.
     *
     * @param moderator name of who did it; empty for what nobody did by name
     * @param from the first day, by UTC
     * @param to the last day, by UTC
     */
    public record Filter(
            @Nullable String moderator,
            @Nullable String action,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {
        private String sql() {
            return (moderator == null ? "" : moderator.isEmpty() ? " AND l.moderator IS NULL" : " AND m.name = ?")
                    + (action == null ? "" : " AND l.action = ?")
                    + (from == null ? "" : " AND l.written_at >= ?")
                    + (to == null ? "" : " AND l.written_at < ?");
        }

        private List<Object> values() {
            List<Object> values = new ArrayList<>();
            if (moderator != null && !moderator.isEmpty()) {
                values.add(moderator);
            }
            if (action != null) {
                values.add(action);
            }
            if (from != null) {
                values.add(from.atStartOfDay(ZoneOffset.UTC).toEpochSecond());
            }
            if (to != null) {
                values.add(to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond());
            }
            return values;
        }
    }

    /** What there is to filter by: who did something, and what was done. */
    public record Index(List<String> moderators, List<String> actions) {}

    /** Entries before the one with this number, the newest first. */
    public List<Entry> before(long number, Filter filter, int limit) {
        return store.readPromptly(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    ENTRIES + " WHERE l.number < ?" + filter.sql() + " ORDER BY l.number DESC LIMIT ?")) {
                int place = 1;
                select.setLong(place++, number);
                for (Object value : filter.values()) {
                    select.setObject(place++, value);
                }
                select.setInt(place, limit);
                return entries(select);
            }
        });
    }

    public Index index() {
        return store.readPromptly(connection -> new Index(
                texts(
                        connection,
                        "SELECT m.name FROM moderator m WHERE EXISTS (SELECT 1 FROM audit_log l"
                                + " WHERE l.moderator = m.number) ORDER BY m.name"),
                texts(connection, "SELECT DISTINCT action FROM audit_log ORDER BY action")));
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    /** Entries on one subject, the newest first; at most {@code limit}. */
    public List<Entry> about(Connection connection, String subject, int limit) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(ENTRIES + " WHERE l.subject = ? ORDER BY l.number DESC LIMIT ?")) {
            select.setString(1, subject);
            select.setInt(2, limit);
            return entries(select);
        }
    }

    private static List<Entry> entries(PreparedStatement select) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                entries.add(new Entry(
                        row.getLong(1),
                        Instant.ofEpochSecond(row.getLong(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        HexFormat.of().formatHex(row.getBytes(7))));
            }
        }
        return entries;
    }

    /** Reads the whole log and computes its chain anew. What is written meanwhile is left out. */
    public Check check() {
        return store.read(connection -> {
            End end = end(connection, "");
            long next = 1;
            byte[] hash = new byte[32];
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT number, written_at, moderator, action, subject, detail, hash FROM audit_log"
                            + " WHERE number <= ? ORDER BY number")) {
                select.setFetchSize(AT_ONCE);
                select.setLong(1, end.number());
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        Row entry = new Row(
                                row.getLong(1),
                                row.getLong(2),
                                row.getObject(3, Integer.class),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6));
                        hash = entry.hashAfter(hash);
                        if (entry.number() != next || !MessageDigest.isEqual(hash, row.getBytes(7))) {
                            return new Check(end.number(), HexFormat.of().formatHex(end.hash()), next);
                        }
                        next++;
                    }
                }
            }
            boolean whole = next == end.number() + 1 && MessageDigest.isEqual(hash, end.hash());
            return new Check(end.number(), HexFormat.of().formatHex(end.hash()), whole ? 0 : next);
        });
    }

    private static End end(Connection connection, String locking) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT number, hash FROM audit_log_end WHERE id = 1" + locking)) {
            row.next();
            return new End(row.getLong(1), row.getBytes(2));
        }
    }
}
