package org.fairfollow.review;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.jspecify.annotations.Nullable;

/** The tables {@code moderation_case} and {@code case_position}. */
final class CaseRepository {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 12;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{16}");

    private CaseRepository() {}

    /** @param waitingSince 0 while nothing waits */
    record Case(int accountId, String id, long waitingSince) {}

    /** @param at {@link Place#at}, and where the page after it begins */
    record Line(int accountId, String id, long waitingSince, long at) {}

    /** @param overdue those of them whose owner has waited too long */
    record Counted(long waiting, long overdue) {}

    /** What is null is not filtered by. */
    record Filter(@Nullable Practice practice, @Nullable Network network, Place.@Nullable State state) {}

    static byte[] randomId() {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        return id;
    }

    static String text(byte[] id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    /** Null when the text is no id. */
    static byte @Nullable [] bytes(String id) {
        return ID.matcher(id).matches() ? Base64.getUrlDecoder().decode(id) : null;
    }

    static Optional<Case> byId(Connection connection, String id) throws SQLException {
        byte[] bytes = bytes(id);
        if (bytes == null) {
            return Optional.empty();
        }
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT account_id, IF(place IS NULL, 0, waiting_since) FROM moderation_case WHERE id = ?")) {
            select.setBytes(1, bytes);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new Case(row.getInt(1), id, row.getLong(2))) : Optional.empty();
            }
        }
    }

    static Map<Integer, Case> byAccount(Connection connection, Collection<Integer> accounts) throws SQLException {
        Map<Integer, Case> cases = new HashMap<>();
        if (accounts.isEmpty()) {
            return cases;
        }
        String list = accounts.stream().map(Integer::toUnsignedString).collect(Collectors.joining(","));
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT account_id, id, IF(place IS NULL, 0, waiting_since)"
                        + " FROM moderation_case WHERE account_id IN (" + list + ")")) {
            while (row.next()) {
                cases.put(row.getInt(1), new Case(row.getInt(1), text(row.getBytes(2)), row.getLong(3)));
            }
        }
        return cases;
    }

    /** Makes the case if there is none; one that exists keeps its id. */
    static void write(Connection connection, int account, Network network, @Nullable Place place, long since)
            throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(
                "INSERT INTO moderation_case (account_id, id, place, network, state, practices, waiting_since)"
                        + " VALUES (?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE place = VALUES(place),"
                        + " network = VALUES(network), state = VALUES(state), practices = VALUES(practices),"
                        + " waiting_since = VALUES(waiting_since)")) {
            write.setInt(1, account);
            write.setBytes(2, randomId());
            write.setInt(4, network.code());
            if (place == null) {
                write.setNull(3, Types.BIGINT);
                write.setNull(5, Types.VARCHAR);
                write.setString(6, "");
                write.setNull(7, Types.INTEGER);
            } else {
                write.setLong(3, place.at());
                write.setString(5, place.state().id());
                write.setString(6, place.practices().stream().map(Practice::id).collect(Collectors.joining(",")));
                write.setLong(7, since);
            }
            write.executeUpdate();
        }
    }

    static void erase(Connection connection, int account) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM moderation_case WHERE account_id = ?")) {
            delete.setInt(1, account);
            delete.executeUpdate();
        }
    }

    /** What waits, in order, after {@code after}. Left to itself the database would rather sort all of it than walk the index. */
    static List<Line> waiting(Connection connection, Filter filter, QueueCursor after, int limit) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT account_id, id, waiting_since, place FROM moderation_case"
                + " FORCE INDEX (by_place) WHERE place >= ? AND (place > ?"
                + " OR account_id > COALESCE((SELECT account_id FROM moderation_case WHERE id = ?), 0))");
        byte[] last = Objects.requireNonNull(bytes(after.caseId()));
        List<Object> values = new ArrayList<>(List.of(after.at(), after.at(), last));
        if (filter.network() != null) {
            sql.append(" AND network = ?");
            values.add(filter.network().code());
        }
        if (filter.state() != null) {
            sql.append(" AND state = ?");
            values.add(filter.state().id());
        }
        if (filter.practice() != null) {
            sql.append(" AND FIND_IN_SET(?, practices)");
            values.add(filter.practice().id());
        }
        try (PreparedStatement select = connection.prepareStatement(
                sql.append(" ORDER BY place, account_id LIMIT ?").toString())) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            select.setInt(values.size() + 1, limit);
            List<Line> lines = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    lines.add(new Line(row.getInt(1), text(row.getBytes(2)), row.getLong(3), row.getLong(4)));
                }
            }
            return lines;
        }
    }

    /** How many wait in each state, and with a deadline before {@code now}; states nothing is in are left out. */
    static Map<Place.State, Counted> counts(Connection connection, long now) throws SQLException {
        Map<Place.State, Counted> counts = new EnumMap<>(Place.State.class);
        try (PreparedStatement select = connection.prepareStatement("SELECT state, COUNT(*), SUM(place < ?)"
                + " FROM moderation_case FORCE INDEX (by_place) WHERE place IS NOT NULL GROUP BY state")) {
            select.setLong(1, Place.endingAt(now));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts.put(
                            Place.State.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                            new Counted(row.getLong(2), row.getLong(3)));
                }
            }
        }
        return counts;
    }

    /** Who stands behind this case; from the beginning where it does not wait, or is the last. Null when nobody else waits. */
    static @Nullable Line after(Connection connection, String caseId) throws SQLException {
        Filter all = new Filter(null, null, null);
        QueueCursor cursor = QueueCursor.BEGINNING;
        try (PreparedStatement select =
                connection.prepareStatement("SELECT place FROM moderation_case WHERE id = ? AND place IS NOT NULL")) {
            select.setBytes(1, bytes(caseId));
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    cursor = new QueueCursor(row.getLong(1), caseId);
                }
            }
        }
        for (QueueCursor from : List.of(cursor, QueueCursor.BEGINNING)) {
            for (Line line : waiting(connection, all, from, 2)) {
                if (!line.id().equals(caseId)) {
                    return line;
                }
            }
        }
        return null;
    }

    /** Those that are looked at next, whatever their place is by now. */
    static Set<Integer> first(Connection connection, int limit) throws SQLException {
        return accounts(
                connection,
                "SELECT account_id FROM moderation_case FORCE INDEX (by_place) WHERE place IS NOT NULL"
                        + " ORDER BY place LIMIT " + limit);
    }

    private static Set<Integer> accounts(Connection connection, String sql) throws SQLException {
        Set<Integer> accounts = new TreeSet<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                accounts.add(row.getInt(1));
            }
        }
        return accounts;
    }

    /** Up to which change of the ledger the queue has followed; nobody else follows until the transaction ends. */
    static long lockPosition(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT entry FROM case_position WHERE id = 1 FOR UPDATE")) {
            row.next();
            return row.getLong(1);
        }
    }

    static void setPosition(Connection connection, long entry) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE case_position SET entry = ? WHERE id = 1")) {
            update.setLong(1, entry);
            update.executeUpdate();
        }
    }
}
