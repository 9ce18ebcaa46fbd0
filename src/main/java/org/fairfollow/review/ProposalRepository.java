package org.fairfollow.review;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairfollow.detection.Practice;
import org.fairfollow.verdict.Ruling;

/** The table {@code proposal}: rulings that wait for a second person. */
final class ProposalRepository {
    /** Nobody is to find an old proposal and agree to what has long changed. */
    static final Duration OPEN_FOR = Duration.ofDays(7);

    private ProposalRepository() {}

    /**
     * @param moderator number of whose it is
     * @param madeAt Unix epoch seconds
     */
    record Proposal(String id, Practice practice, Ruling outcome, String reasons, int moderator, long madeAt) {
        long endsAt() {
            return madeAt + OPEN_FOR.toSeconds();
        }
    }

    /** Those that are open now; one a practice. */
    static List<Proposal> of(Connection connection, int accountId, long now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id, practice, outcome, reasons, moderator,"
                + " made_at FROM proposal WHERE account_id = ? AND made_at > ?")) {
            select.setInt(1, accountId);
            select.setLong(2, now - OPEN_FOR.toSeconds());
            List<Proposal> proposals = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Optional<Practice> practice = Practice.of(row.getString(2));
                    if (practice.isPresent()) {
                        proposals.add(new Proposal(
                                CaseRepository.text(row.getBytes(1)),
                                practice.get(),
                                Ruling.of(row.getString(3)).orElseThrow(),
                                row.getString(4),
                                row.getInt(5),
                                row.getLong(6)));
                    }
                }
            }
            return proposals;
        }
    }

    /** One that waits for a second person, on whatever case. */
    record Open(String caseId, int accountId, Practice practice, Ruling outcome, int moderator, long madeAt) {}

    /** All that are open now, the one that ends first before the others. */
    static List<Open> open(Connection connection, long now, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT c.id, p.account_id, p.practice, p.outcome,"
                + " p.moderator, p.made_at FROM proposal p JOIN moderation_case c ON c.account_id = p.account_id"
                + " WHERE p.made_at > ? ORDER BY p.made_at LIMIT ?")) {
            select.setLong(1, now - OPEN_FOR.toSeconds());
            select.setInt(2, limit);
            List<Open> open = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Optional<Practice> practice = Practice.of(row.getString(3));
                    if (practice.isPresent()) {
                        open.add(new Open(
                                CaseRepository.text(row.getBytes(1)),
                                row.getInt(2),
                                practice.get(),
                                Ruling.of(row.getString(4)).orElseThrow(),
                                row.getInt(5),
                                row.getLong(6)));
                    }
                }
            }
            return open;
        }
    }

    /** Takes the place of one that ended. */
    static Proposal make(
            Connection connection,
            int accountId,
            Practice practice,
            Ruling outcome,
            String reasons,
            int moderator,
            long now)
            throws SQLException {
        byte[] id = CaseRepository.randomId();
        try (PreparedStatement replace = connection.prepareStatement(
                "REPLACE INTO proposal (id, account_id, practice, outcome, reasons, moderator, made_at)"
                        + " VALUES (?,?,?,?,?,?,?)")) {
            replace.setBytes(1, id);
            replace.setInt(2, accountId);
            replace.setString(3, practice.id());
            replace.setString(4, outcome.id());
            replace.setString(5, reasons);
            replace.setInt(6, moderator);
            replace.setLong(7, now);
            replace.executeUpdate();
        }
        return new Proposal(CaseRepository.text(id), practice, outcome, reasons, moderator, now);
    }

    static void end(Connection connection, int accountId, Practice practice) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM proposal WHERE account_id = ? AND practice = ?")) {
            delete.setInt(1, accountId);
            delete.setString(2, practice.id());
            delete.executeUpdate();
        }
    }

    static void erase(Connection connection, int accountId) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM proposal WHERE account_id = ?")) {
            delete.setInt(1, accountId);
            delete.executeUpdate();
        }
    }

    /** Those that ended, as SQL. */
    static String past(long now) {
        return "proposal WHERE made_at <= " + (now - OPEN_FOR.toSeconds()) + " ORDER BY made_at";
    }
}
