package org.fairfollow.verdict;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Practice;
import org.jspecify.annotations.Nullable;

/**
 * What people decide and say about verdicts: moderators rule, owners contest and object. The verdict follows in the same
 * transaction, which is the caller's; who decides waits for those who judge, and they for them.
 */
@ApplicationScoped
public class Decisions {
    /** Within so long somebody rules on what was contested, or it is withdrawn. */
    public static final Duration REVIEWED_WITHIN = Duration.ofDays(14);
    /** Deadlines that are acted on in one transaction. */
    private static final int AT_ONCE = 500;

    private static final String UNREVIEWED = "Nobody ruled on it within " + REVIEWED_WITHIN.toDays()
            + " days after its owner contested it, so it is withdrawn.";

    private final Ledger ledger;
    private final Directory directory;
    private final Clock clock;

    Decisions(Ledger ledger, Directory directory, Clock clock) {
        this.ledger = ledger;
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * A ruling as it was made.
     *
     * @param moderator number of who ruled; null where a deadline did
     * @param second number of who agreed, where two were needed; else null
     * @param onStanding what the verdict was until then
     */
    public record RulingMade(
            long id,
            Practice practice,
            Ruling outcome,
            String reasons,
            @Nullable Integer moderator,
            @Nullable Integer second,
            Standing onStanding,
            Instant ruledAt) {}

    public Decision of(Connection connection, int accountId, Practice practice) throws SQLException {
        return of(connection, accountId).getOrDefault(practice, Decision.NONE);
    }

    /** By practice; those nobody said anything about are left out. */
    public Map<Practice, Decision> of(Connection connection, int accountId) throws SQLException {
        return DecisionRows.of(connection, List.of(accountId)).getOrDefault(accountId, Map.of());
    }

    /** By account and practice; those nobody said anything about are left out. */
    public Map<Integer, Map<Practice, Decision>> of(Connection connection, Collection<Integer> accountIds)
            throws SQLException {
        return DecisionRows.of(connection, accountIds);
    }

    /**
     * A ruling. It need not find a verdict: what is cleared cannot be held later.
     *
     * @param second who agreed, where two are needed; null else
     * @return its number
     */
    public long rule(
            Connection connection,
            int accountId,
            Practice practice,
            Ruling outcome,
            String reasons,
            @Nullable Integer moderator,
            @Nullable Integer second)
            throws SQLException {
        ledger.lockAlone(connection);
        return rule(connection, accountId, practice, outcome, reasons, moderator, second, "ruled");
    }

    /**
     * The owner's words, once control of the account is proven. They stand beside the verdict, which is off the list at once
     * unless it was before for its owner, or a moderator confirmed it since.
     *
     * @return whether that took it off the list
     */
    public boolean contest(Connection connection, int accountId, Practice practice, String rebuttal)
            throws SQLException {
        ledger.lockAlone(connection);
        long now = now();
        Decision before = of(connection, accountId, practice);
        Decision after = before.contested(rebuttal, now, now + REVIEWED_WITHIN.toSeconds());
        DecisionRows.write(connection, accountId, practice, after);
        follow(connection, accountId, practice, "contested", now);
        return after.isWithheld() && !before.isWithheld();
    }

    /** An objection under privacy law: nothing of the verdict is shown until somebody rules. */
    public void object(Connection connection, int accountId, Practice practice) throws SQLException {
        ledger.lockAlone(connection);
        long now = now();
        DecisionRows.write(
                connection,
                accountId,
                practice,
                of(connection, accountId, practice).objected(now));
        follow(connection, accountId, practice, "objected", now);
    }

    /** Withdraws for good what nobody ruled on in time. */
    public void withdrawUnreviewed(Connection connection) throws SQLException {
        ledger.lockAlone(connection);
        for (DecisionRows.Due due : DecisionRows.due(connection, now(), AT_ONCE)) {
            rule(connection, due.accountId(), due.practice(), Ruling.EXPIRE, UNREVIEWED, null, null, "unreviewed");
        }
    }

    /** All rulings on an account, the newest first. */
    public List<RulingMade> rulings(Connection connection, int accountId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id, practice, outcome, reasons, moderator,"
                + " second, on_standing, ruled_at FROM ruling WHERE account_id = ? ORDER BY id DESC")) {
            select.setInt(1, accountId);
            List<RulingMade> made = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Optional<Practice> practice = Practice.of(row.getString(2));
                    if (practice.isPresent()) {
                        made.add(new RulingMade(
                                row.getLong(1),
                                practice.get(),
                                Ruling.of(row.getString(3)).orElseThrow(),
                                row.getString(4),
                                row.getObject(5, Integer.class),
                                row.getObject(6, Integer.class),
                                Standing.of(row.getString(7)),
                                Instant.ofEpochSecond(row.getLong(8))));
                    }
                }
            }
            return made;
        }
    }

    /**
     * Verdicts that were listed and that people took back, by practice and by how: the ruling's id, or {@code unreviewed}
     * where nobody ruled in time. What was ruled last counts.
     */
    public Map<Practice, Map<String, Integer>> overturned(Connection connection) throws SQLException {
        Map<Practice, Map<String, Integer>> overturned = new EnumMap<>(Practice.class);
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT r.practice,"
                        + " IF(r.moderator IS NULL, 'unreviewed', r.outcome) AS cause, COUNT(*) FROM ruling r"
                        + " WHERE r.outcome <> 'confirm' AND r.id = (SELECT MAX(last.id) FROM ruling last"
                        + " WHERE last.account_id = r.account_id AND last.practice = r.practice)"
                        + " AND EXISTS (SELECT 1 FROM verdict_entry e WHERE e.account_id = r.account_id"
                        + " AND e.practice = r.practice AND e.standing IN ('likely', 'confirmed')"
                        + " AND e.written_at <= r.ruled_at) GROUP BY r.practice, cause")) {
            while (rows.next()) {
                String cause = rows.getString(2);
                int verdicts = rows.getInt(3);
                Practice.of(rows.getString(1)).ifPresent(practice -> overturned
                        .computeIfAbsent(practice, key -> new TreeMap<>())
                        .put(cause, verdicts));
            }
        }
        return overturned;
    }

    /** The owner takes the words back: the verdict is what it would be without them. */
    public void takeBackContest(Connection connection, int accountId, Practice practice) throws SQLException {
        ledger.lockAlone(connection);
        Decision before = of(connection, accountId, practice);
        if (before.rebuttal() != null || before.isWithheld()) {
            DecisionRows.write(connection, accountId, practice, before.uncontested());
            follow(connection, accountId, practice, "contest-withdrawn", now());
        }
    }

    /** The owner takes the objection back. */
    public void takeBackObjection(Connection connection, int accountId, Practice practice) throws SQLException {
        ledger.lockAlone(connection);
        Decision before = of(connection, accountId, practice);
        if (before.isHidden()) {
            DecisionRows.write(connection, accountId, practice, before.unobjected());
            follow(connection, accountId, practice, "objection-withdrawn", now());
        }
    }

    /**
     * Nothing is held of the account any more, nor what anybody said or wrote about it. Of rulings stays that they were made,
     * without reasons: the log of moderators and the audits of a practice count them.
     *
     * @return the newest change of the ledger; once it is released nothing of the account is published
     */
    public long erase(Connection connection, int accountId) throws SQLException {
        ledger.lockAlone(connection);
        for (String sql : new String[] {
            "UPDATE ruling SET reasons = '' WHERE account_id = ?", "DELETE FROM decision WHERE account_id = ?"
        }) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setInt(1, accountId);
                statement.executeUpdate();
            }
        }
        return ledger.erase(connection, accountId, now());
    }

    private long rule(
            Connection connection,
            int accountId,
            Practice practice,
            Ruling outcome,
            String reasons,
            @Nullable Integer moderator,
            @Nullable Integer second,
            String cause)
            throws SQLException {
        long now = now();
        Standing before = ledger.standing(connection, accountId, practice);
        long id;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ruling (account_id, practice, outcome, reasons, moderator, second, on_standing, ruled_at)"
                        + " VALUES (?,?,?,?,?,?,?,?)",
                Statement.RETURN_GENERATED_KEYS)) {
            insert.setInt(1, accountId);
            insert.setString(2, practice.id());
            insert.setString(3, outcome.id());
            insert.setString(4, reasons);
            insert.setObject(5, moderator, Types.INTEGER);
            insert.setObject(6, second, Types.INTEGER);
            insert.setString(7, before.id());
            insert.setLong(8, now);
            insert.executeUpdate();
            try (ResultSet key = insert.getGeneratedKeys()) {
                key.next();
                id = key.getLong(1);
            }
        }
        Decision decision = of(connection, accountId, practice).ruled(outcome, now);
        DecisionRows.write(connection, accountId, practice, decision);
        follow(connection, accountId, practice, cause, now);
        return id;
    }

    private void follow(Connection connection, int accountId, Practice practice, String cause, long now)
            throws SQLException {
        ledger.decided(connection, accountId, practice, directory.load(connection, List.of(accountId)), cause, now);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
