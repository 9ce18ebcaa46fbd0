package org.fairfollow.evidence;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import org.fairfollow.account.AccountHash;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;

/**
 * How often the hosts of accounts are read, by all instances together: so many measurements a day, of a Mastodon server one at a
 * time, and none while it asked to be left in peace. How fast a single measurement may ask is decided where it asks.
 */
final class MeasuredHosts {
    /** A sixth of what Bluesky lets one address ask, at thirty requests each. */
    static final int BLUESKY_A_DAY = 5_000;
    /** Four requests a minute: less than somebody asks who reads there. */
    static final int SERVER_A_DAY = 200;

    /** Longer than a measurement takes: one that was killed keeps nobody out for longer. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private static final int DAY = 86_400;

    private MeasuredHosts() {}

    /**
     * @param at from when on somebody may come in, Unix epoch seconds; who may now is in
     * @param isSpent whether it is because of the day's budget
     */
    record Entry(long at, boolean isSpent) {}

    /** Takes one measurement of today's budget of the account's host, if there is one left and the host is open. */
    static Entry enter(Connection connection, AccountName account, long now) throws SQLException {
        byte[] host = host(account);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT IGNORE INTO measurement_host (host, day, measured, open_at) VALUES (?,?,0,0)")) {
            insert.setBytes(1, host);
            insert.setLong(2, now / DAY);
            insert.executeUpdate();
        }
        long day;
        int measured;
        long openAt;
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT day, measured, open_at FROM measurement_host WHERE host = ? FOR UPDATE")) {
            select.setBytes(1, host);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                // A clock that goes back gives no day a second budget.
                day = Math.max(row.getLong(1), now / DAY);
                measured = row.getLong(1) < day ? 0 : row.getInt(2);
                openAt = row.getLong(3);
            }
        }
        if (measured >= (isServer(account) ? SERVER_A_DAY : BLUESKY_A_DAY)) {
            return new Entry((day + 1) * DAY + later(account, 1 << 10), true);
        }
        if (openAt > now) {
            return new Entry(openAt + later(account, 1 << 5), false);
        }
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE measurement_host SET day = ?, measured = ?, open_at = ? WHERE host = ?")) {
            update.setLong(1, day);
            update.setInt(2, measured + 1);
            update.setLong(3, isServer(account) ? now + LONGEST.toSeconds() : openAt);
            update.setBytes(4, host);
            update.executeUpdate();
        }
        return new Entry(now, false);
    }

    /** Nobody is read there any more, and nobody is to be before {@code openAt}. */
    static void leave(Connection connection, AccountName account, long openAt) throws SQLException {
        // At Bluesky others are under way, and one of them may have been told to wait for longer.
        String at = isServer(account) ? "?" : "GREATEST(open_at, ?)";
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE measurement_host SET open_at = " + at + " WHERE host = ?")) {
            update.setLong(1, openAt);
            update.setBytes(2, host(account));
            update.executeUpdate();
        }
    }

    static boolean isSame(AccountName one, AccountName other) {
        return Arrays.equals(host(one), host(other));
    }

    /** Hosts whose day has passed, as SQL. */
    static String past(long now) {
        return "measurement_host WHERE day < " + now / DAY + " AND open_at < " + now;
    }

    /** Seconds, so that those who wait for the same do not all come at once. */
    private static int later(AccountName account, int range) {
        return account.hash().listEntry() & (range - 1);
    }

    private static boolean isServer(AccountName account) {
        return account.network() == Network.MASTODON;
    }

    /** All of Bluesky is read at one place. */
    private static byte[] host(AccountName account) {
        String host = account.network().id();
        if (isServer(account)) {
            host = account.isHandle()
                    ? account.value().substring(account.value().indexOf('@') + 1)
                    : URI.create(account.value()).getHost();
        }
        return AccountHash.ofKey("host " + host).bytes();
    }
}
