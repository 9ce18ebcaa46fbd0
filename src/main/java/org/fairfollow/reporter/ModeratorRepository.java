package org.fairfollow.reporter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of moderators; every method runs in its caller's transaction. */
final class ModeratorRepository {
    private static final String COLUMNS =
            "number, name, role, password, totp_secret, totp_step, wrong_codes, wait_until,"
                    + " invited_until, made_at, closed_at";

    private ModeratorRepository() {}

    /**
     * An account as it is kept.
     *
     * @param password its hash; null until an invitation was used
     * @param totpSecret null until an invitation was opened
     * @param totpStep the newest step whose code was used
     * @param waitUntil nobody signs in before; Unix epoch seconds, as all times here
     * @param invitedUntil null while no invitation is open
     */
    record Account(
            Moderator moderator,
            @Nullable String password,
            byte @Nullable [] totpSecret,
            long totpStep,
            int wrongCodes,
            long waitUntil,
            @Nullable Long invitedUntil,
            long madeAt,
            @Nullable Long closedAt) {}

    static Optional<Account> byName(Connection connection, String name) throws SQLException {
        return one(connection, "name = ?", name);
    }

    static Optional<Account> lockByName(Connection connection, String name) throws SQLException {
        return one(connection, "name = ? FOR UPDATE", name);
    }

    /** Nobody else changes the account until the transaction ends. */
    static Optional<Account> lock(Connection connection, int number) throws SQLException {
        return one(connection, "number = ? FOR UPDATE", number);
    }

    static Optional<Account> lockByInvitation(Connection connection, byte[] hash) throws SQLException {
        return one(connection, "invitation = ? FOR UPDATE", hash);
    }

    static List<Account> all(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + COLUMNS + " FROM moderator ORDER BY name")) {
            List<Account> all = new ArrayList<>();
            while (row.next()) {
                all.add(read(row));
            }
            return all;
        }
    }

    /** False if there is or was somebody of that name. */
    static boolean insert(Connection connection, String name, Role role, long now) throws SQLException {
        return change(
                        connection,
                        "INSERT IGNORE INTO moderator (name, role, made_at) VALUES (?, ?, ?)",
                        name,
                        role.id(),
                        now)
                > 0;
    }

    /** Password and secret open nothing any more; the code with this hash sets new ones. */
    static void invite(Connection connection, int number, byte[] hash, long until) throws SQLException {
        change(
                connection,
                "UPDATE moderator SET password = NULL, totp_secret = NULL, wrong_codes = 0, wait_until = 0,"
                        + " invitation = ?, invited_until = ? WHERE number = ?",
                hash,
                until,
                number);
    }

    static void setSecret(Connection connection, int number, byte[] secret) throws SQLException {
        change(connection, "UPDATE moderator SET totp_secret = ? WHERE number = ?", secret, number);
    }

    /** Uses up the invitation. */
    static void enrol(Connection connection, int number, String password, long totpStep) throws SQLException {
        change(
                connection,
                "UPDATE moderator SET password = ?, totp_step = ?, invitation = NULL, invited_until = NULL"
                        + " WHERE number = ?",
                password,
                totpStep,
                number);
    }

    static void setPassword(Connection connection, int number, String password) throws SQLException {
        change(connection, "UPDATE moderator SET password = ? WHERE number = ?", password, number);
    }

    static void setRole(Connection connection, int number, Role role) throws SQLException {
        change(connection, "UPDATE moderator SET role = ? WHERE number = ?", role.id(), number);
    }

    static void codeUsed(Connection connection, int number, long totpStep) throws SQLException {
        change(
                connection,
                "UPDATE moderator SET totp_step = ?, wrong_codes = 0, wait_until = 0 WHERE number = ?",
                totpStep,
                number);
    }

    static void codeWrong(Connection connection, int number, long waitUntil) throws SQLException {
        change(
                connection,
                "UPDATE moderator SET wrong_codes = wrong_codes + 1, wait_until = ? WHERE number = ?",
                waitUntil,
                number);
    }

    /** What opened the account is deleted; its name stays. */
    static void close(Connection connection, int number, long now) throws SQLException {
        change(
                connection,
                "UPDATE moderator SET closed_at = ?, password = NULL, totp_secret = NULL, invitation = NULL,"
                        + " invited_until = NULL WHERE number = ?",
                now,
                number);
    }

    private static Optional<Account> one(Connection connection, String condition, Object parameter)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM moderator WHERE " + condition)) {
            select.setObject(1, parameter);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    private static int change(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** Number, name and role from three columns in this order. */
    static Moderator moderator(ResultSet row, int firstColumn) throws SQLException {
        return new Moderator(
                row.getInt(firstColumn),
                row.getString(firstColumn + 1),
                Role.valueOf(row.getString(firstColumn + 2).toUpperCase(Locale.ROOT)));
    }

    private static Account read(ResultSet row) throws SQLException {
        return new Account(
                moderator(row, 1),
                row.getString(4),
                row.getBytes(5),
                row.getLong(6),
                row.getInt(7),
                row.getLong(8),
                row.getObject(9, Long.class),
                row.getLong(10),
                row.getObject(11, Long.class));
    }
}
