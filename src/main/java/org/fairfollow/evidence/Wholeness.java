package org.fairfollow.evidence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairfollow.account.Directory;
import org.fairfollow.account.Network;

/**
 * From when on all edges of an account are kept, where days were rolled up.
 *
 * @param firstWholeDay by account the first day from which on no edge of its own was left out; 0: none ever was
 */
record Wholeness(Map<Integer, Integer> firstWholeDay) {
    private static final long DAY = 86_400;

    static Wholeness load(Connection connection, Directory directory, Collection<Integer> accounts)
            throws SQLException {
        RolledDays rolled = RolledDays.load(connection);
        if (!rolled.any()) {
            return new Wholeness(Map.of());
        }
        Map<Integer, Integer> days = new HashMap<>(tracked(connection, accounts));
        List<Integer> others = new ArrayList<>(accounts);
        others.removeAll(days.keySet());
        days.putAll(ofUntracked(connection, directory, rolled, others));
        return new Wholeness(days);
    }

    /** What {@code tracked} would say of these accounts if they were from now on. */
    static Map<Integer, Integer> ofUntracked(
            Connection connection, Directory directory, RolledDays rolled, Collection<Integer> accounts)
            throws SQLException {
        Map<Integer, Integer> days = new HashMap<>();
        // Edges come from Bluesky's stream alone; of accounts elsewhere there are none to be left out.
        Map<Integer, Long> firstSeen =
                rolled.any() ? directory.firstSeen(connection, Network.BLUESKY, accounts) : Map.of();
        for (int account : accounts) {
            // Whoever was first heard of when nothing was filed under those days any more has no edges there.
            boolean leftOut = firstSeen.getOrDefault(account, Long.MAX_VALUE) <= rolled.filedUntil();
            days.put(account, leftOut ? rolled.last() + 1 : 0);
        }
        return days;
    }

    static Map<Integer, Integer> tracked(Connection connection, Collection<Integer> accounts) throws SQLException {
        Map<Integer, Integer> days = new HashMap<>();
        for (List<Integer> part : EvidenceBatch.parts(accounts, Dossiers.ACCOUNTS_A_STATEMENT)) {
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT account_id, first_whole_day FROM tracked WHERE account_id IN ("
                                    + EvidenceBatch.list(part) + ")")) {
                while (rows.next()) {
                    days.put(rows.getInt(1), rows.getInt(2));
                }
            }
        }
        return days;
    }

    /** The first second from which on all that an account did and all that was done to it is kept; 0: all ever was. */
    long from(int account, long asOf) {
        int day = firstWholeDay.getOrDefault(account, 0);
        // A key may name the day before its event's.
        long from = day == 0 ? 0 : (day + 1) * DAY;
        return from <= asOf - EdgePartitions.KEPT_DAYS * DAY ? 0 : from;
    }
}
