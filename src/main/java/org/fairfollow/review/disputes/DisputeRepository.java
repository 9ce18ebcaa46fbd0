package org.fairfollow.review.disputes;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.jspecify.annotations.Nullable;

/** The tables {@code dispute}, {@code dispute_practice} and {@code dispute_key}. */
@ApplicationScoped
class DisputeRepository {
    private static final String SELECT =
            "SELECT number, id, token_hash, network, native_id, name, account_id, kind, state,"
                    + " code, rebuttal, rewritten, opened_at, expires_at, proven_at, prior_ruling FROM dispute WHERE ";

    byte[] key(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT secret FROM dispute_key WHERE id = 1")) {
            row.next();
            return row.getBytes(1);
        }
    }

    /** False when there is one with this token already. */
    boolean insert(Connection connection, Dispute dispute) throws SQLException {
        int number;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT IGNORE INTO dispute (id, token_hash, network, native_id, name, kind, state, code, rebuttal,"
                        + " opened_at, expires_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, dispute.id());
            insert.setBytes(2, dispute.tokenHash());
            insert.setInt(3, dispute.account().network().code());
            insert.setBoolean(4, !dispute.account().isHandle());
            insert.setString(5, dispute.account().value());
            insert.setString(6, dispute.kind().id());
            insert.setString(7, dispute.stored().id());
            insert.setString(8, dispute.code());
            insert.setString(9, dispute.rebuttal());
            insert.setLong(10, dispute.openedAt());
            insert.setLong(11, dispute.expiresAt());
            if (insert.executeUpdate() == 0) {
                return false;
            }
            try (ResultSet made = insert.getGeneratedKeys()) {
                made.next();
                number = made.getInt(1);
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO dispute_practice (dispute, practice) VALUES (?,?)")) {
            for (Practice practice : dispute.practices()) {
                insert.setInt(1, number);
                insert.setString(2, practice.id());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return true;
    }

    Optional<Dispute> find(Connection connection, String id) throws SQLException {
        return first(connection, SELECT + "id = ?", statement -> statement.setString(1, id));
    }

    Optional<Dispute> findByToken(Connection connection, byte[] tokenHash) throws SQLException {
        return first(connection, SELECT + "token_hash = ?", statement -> statement.setBytes(1, tokenHash));
    }

    /** Nobody else does anything with it until the transaction ends. */
    Optional<Dispute> lock(Connection connection, String id) throws SQLException {
        return first(connection, SELECT + "id = ? FOR UPDATE", statement -> statement.setString(1, id));
    }

    List<Dispute> waiting(Connection connection, long now, int limit) throws SQLException {
        return all(
                connection,
                SELECT + "state = 'awaiting-moderator' AND expires_at > ? ORDER BY expires_at, number LIMIT " + limit,
                statement -> statement.setLong(1, now));
    }

    int countWaiting(Connection connection, long now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT COUNT(*) FROM dispute WHERE state = 'awaiting-moderator' AND expires_at > ?")) {
            select.setLong(1, now);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    void set(Connection connection, Dispute dispute, DisputeState state, long expiresAt) throws SQLException {
        update(
                connection,
                "UPDATE dispute SET state = ?, expires_at = ? WHERE number = ?",
                state.id(),
                expiresAt,
                dispute.number());
    }

    void prove(
            Connection connection,
            Dispute dispute,
            AccountName account,
            @Nullable Integer accountId,
            long priorRuling,
            long now)
            throws SQLException {
        update(
                connection,
                "UPDATE dispute SET state = 'proven', native_id = ?, name = ?, account_id = ?, prior_ruling = ?,"
                        + " proven_at = ? WHERE number = ?",
                !account.isHandle(),
                account.value(),
                accountId,
                priorRuling,
                now,
                dispute.number());
    }

    /** Whether no later proof of the same kind is about this practice. */
    boolean isNewest(Connection connection, Dispute dispute, Practice practice) throws SQLException {
        return isThere(
                connection,
                "SELECT NOT EXISTS (SELECT 1 FROM dispute d JOIN dispute_practice p ON p.dispute = d.number"
                        + " WHERE d.account_id = ? AND d.kind = ? AND d.state = 'proven' AND d.number > ? AND p.practice = ?)",
                dispute.accountId(),
                dispute.kind().id(),
                dispute.number(),
                practice.id());
    }

    /** Whether the owner had objected by then, and proven that it was the owner. */
    boolean wasObjectedTo(Connection connection, int accountId, Practice practice, long by) throws SQLException {
        return isThere(
                connection,
                "SELECT EXISTS (SELECT 1 FROM dispute d JOIN dispute_practice p ON p.dispute = d.number"
                        + " WHERE d.account_id = ? AND d.kind = 'objection' AND d.proven_at <= ? AND p.practice = ?)",
                accountId,
                by,
                practice.id());
    }

    void rewrite(Connection connection, Dispute dispute, String rebuttal) throws SQLException {
        update(
                connection,
                "UPDATE dispute SET rebuttal = ?, rewritten = TRUE WHERE number = ?",
                rebuttal,
                dispute.number());
    }

    void end(Connection connection, Dispute dispute, DisputeState state, long now) throws SQLException {
        update(
                connection,
                "UPDATE dispute SET state = ?, rebuttal = NULL, ended_at = ? WHERE number = ?",
                state.id(),
                now,
                dispute.number());
    }

    /** Nothing in any dispute of the account names it any more; only the one that asked for it stays. */
    void erase(Connection connection, Dispute dispute, Collection<Integer> accountIds, long now) throws SQLException {
        for (int account : accountIds) {
            update(
                    connection,
                    "DELETE p FROM dispute_practice p JOIN dispute d ON d.number = p.dispute"
                            + " WHERE d.account_id = ? AND d.number <> ?",
                    account,
                    dispute.number());
            update(connection, "DELETE FROM dispute WHERE account_id = ? AND number <> ?", account, dispute.number());
        }
        update(
                connection,
                "UPDATE dispute SET state = 'erased', native_id = FALSE, name = '', account_id = NULL, rebuttal = NULL,"
                        + " ended_at = ? WHERE number = ?",
                now,
                dispute.number());
    }

    /** Others that were opened on the same name and prove nothing any more. */
    void eraseUnproven(Connection connection, AccountName name) throws SQLException {
        update(
                connection,
                "DELETE p FROM dispute_practice p JOIN dispute d ON d.number = p.dispute"
                        + " WHERE d.network = ? AND d.native_id = ? AND d.name = ? AND d.proven_at IS NULL",
                name.network().code(),
                !name.isHandle(),
                name.value());
        update(
                connection,
                "DELETE FROM dispute WHERE network = ? AND native_id = ? AND name = ? AND proven_at IS NULL",
                name.network().code(),
                !name.isHandle(),
                name.value());
    }

    /** @return how many were deleted */
    int forget(Connection connection, long expiredBefore, long endedBefore, long provenBefore, int limit)
            throws SQLException {
        List<Long> gone = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT number FROM dispute"
                + " WHERE (proven_at IS NULL AND ended_at IS NULL AND expires_at < ?) OR ended_at < ? OR proven_at < ?"
                + " LIMIT " + limit)) {
            select.setLong(1, expiredBefore);
            select.setLong(2, endedBefore);
            select.setLong(3, provenBefore);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    gone.add(rows.getLong(1));
                }
            }
        }
        for (long number : gone) {
            update(connection, "DELETE FROM dispute_practice WHERE dispute = ?", number);
            update(connection, "DELETE FROM dispute WHERE number = ?", number);
        }
        return gone.size();
    }

    private interface Binding {
        void on(PreparedStatement statement) throws SQLException;
    }

    private static Optional<Dispute> first(Connection connection, String sql, Binding binding) throws SQLException {
        return all(connection, sql, binding).stream().findFirst();
    }

    private static List<Dispute> all(Connection connection, String sql, Binding binding) throws SQLException {
        List<Dispute> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            binding.on(select);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(read(connection, row));
                }
            }
        }
        return found;
    }

    private static Dispute read(Connection connection, ResultSet row) throws SQLException {
        int number = row.getInt(1);
        return new Dispute(
                number,
                row.getString(2),
                row.getBytes(3),
                new AccountName(
                        Network.ofCode(row.getInt(4)),
                        row.getBoolean(5) ? AccountName.Kind.NATIVE_ID : AccountName.Kind.HANDLE,
                        row.getString(6)),
                row.getObject(7, Integer.class),
                DisputeKind.of(row.getString(8)).orElseThrow(),
                DisputeState.of(row.getString(9)),
                row.getString(10),
                row.getString(11),
                row.getBoolean(12),
                row.getLong(13),
                row.getLong(14),
                row.getLong(15),
                row.getLong(16),
                practices(connection, number));
    }

    private static List<Practice> practices(Connection connection, int number) throws SQLException {
        List<Practice> practices = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT practice FROM dispute_practice WHERE dispute = ?")) {
            select.setInt(1, number);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Practice.of(row.getString(1)).ifPresent(practices::add);
                }
            }
        }
        practices.sort(null);
        return practices;
    }

    private static boolean isThere(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static void update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            update.executeUpdate();
        }
    }
}
