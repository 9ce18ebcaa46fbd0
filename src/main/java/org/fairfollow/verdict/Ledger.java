package org.fairfollow.verdict;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fairfollow.account.Account;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.DueQueue;
import org.jspecify.annotations.Nullable;

/** The verdicts held now and every change of them. Its methods work in the caller's transaction. */
@ApplicationScoped
public class Ledger {
    private static final long DAY = 86_400;
    private static final long WEEK = 7 * DAY;
    /** 5 January 1970. */
    private static final long FIRST_MONDAY = 4 * DAY;
    /** Verdicts lapse so long after their last evidence. */
    static final long LAPSE_SECONDS = 90 * DAY;
    /**
     * Every week an account is looked at again, the spacing its bounds are corrected for: its follows were watched for
     * longer, and what others did since (follow back, be active) does not make it due by itself.
     */
    private static final long LOOK_AGAIN_SECONDS = 7 * DAY;
    /** A handle is listed only while it was verified within so long. */
    private static final long HANDLE_VERIFIED_SECONDS = 7 * DAY;
    /** Time to answer and appeal after a verdict has lapsed, before its dossier goes. */
    private static final long APPEAL_SECONDS = 30 * DAY;

    /** Share of accounts that practise something, before any evidence. */
    private static final double PRIOR = .01;
    /** Practices are not independent: together they weigh less than their sum. */
    private static final double DEPENDENCE = .6;
    /** No single practice moves an account further: e^3 at this prior makes .17. */
    private static final double LARGEST_WEIGHT = 3;

    private final DueQueue dueQueue;

    Ledger(DueQueue dueQueue) {
        this.dueQueue = dueQueue;
    }

    /** The verdicts on one account. */
    public List<Verdict> of(Connection connection, int accountId) throws SQLException {
        return select(connection, "account_id = " + Integer.toUnsignedString(accountId));
    }

    /** The verdicts on these accounts, by account. */
    public Map<Integer, List<Verdict>> of(Connection connection, Collection<Integer> accountIds) throws SQLException {
        if (accountIds.isEmpty()) {
            return Map.of();
        }
        String ids = accountIds.stream().map(Integer::toUnsignedString).collect(Collectors.joining(","));
        return select(connection, "account_id IN (" + ids + ")").stream()
                .collect(Collectors.groupingBy(Verdict::accountId));
    }

    /**
     * What the adverse verdicts on an account were reached on, by practice; those of which nothing is kept are left out. Of
     * a verdict that was looked at again and stayed what it was, the dossier is that of the day it was reached or last
     * published.
     */
    public List<KeptDossier> kept(Connection connection, int accountId) throws SQLException {
        String newest = "SELECT MAX(e.id) FROM verdict_entry e JOIN kept_dossier k ON k.entry_id = e.id"
                + " WHERE e.account_id = ? GROUP BY e.practice";
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT e.standing, e.written_at, e.finding, k.body FROM verdict_entry e"
                        + " JOIN kept_dossier k ON k.entry_id = e.id JOIN verdict v ON v.account_id = e.account_id"
                        + " AND v.practice = e.practice AND v.standing = e.standing WHERE e.id IN (" + newest
                        + ") ORDER BY e.practice")) {
            statement.setInt(1, accountId);
            List<KeptDossier> kept = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    kept.add(new KeptDossier(
                            Standing.of(rows.getString(1)),
                            rows.getLong(2),
                            Stored.finding(rows.getBytes(3)),
                            rows.getBytes(4)));
                }
            }
            return kept;
        }
    }

    /** Verdicts of one standing, in the order of their accounts; at most {@code limit}. */
    public List<Verdict> of(Connection connection, Standing standing, int limit) throws SQLException {
        return select(connection, "standing = '" + standing.id() + "' ORDER BY account_id LIMIT " + limit);
    }

    /** Asked for every look-up, so it goes past entities and their session. */
    private static List<Verdict> select(Connection connection, String which) throws SQLException {
        List<Verdict> verdicts = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT account_id, standing, handle, finding, as_of, review_at FROM verdict WHERE " + which)) {
            while (rows.next()) {
                verdicts.add(new Verdict(
                        rows.getInt(1),
                        Standing.of(rows.getString(2)),
                        rows.getString(3),
                        Stored.finding(rows.getBytes(4)),
                        rows.getLong(5),
                        rows.getLong(6)));
            }
        }
        return verdicts;
    }

    /**
     * An account that waits for a person to look at it.
     *
     * @param logOdds that it practises something: from {@link #PRIOR}, by the capped weights of its evidence
     */
    public record Waiting(int accountId, double logOdds) {}

    /** Accounts with something held against them, the weightiest first. The order decides nothing but who is looked at. */
    public List<Waiting> waiting(Connection connection, int limit) throws SQLException {
        List<Waiting> waiting = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT account_id, SUM(LEAST(" + LARGEST_WEIGHT
                        + ", GREATEST(-" + LARGEST_WEIGHT + ", " + DEPENDENCE + " * weight))) AS weight FROM verdict"
                        + " WHERE account_id IN (SELECT account_id FROM verdict WHERE standing IN ('signs', 'likely'))"
                        + " GROUP BY account_id ORDER BY weight DESC, account_id LIMIT " + limit)) {
            while (rows.next()) {
                waiting.add(new Waiting(rows.getInt(1), Math.log(PRIOR / (1 - PRIOR)) + rows.getDouble(2)));
            }
        }
        return waiting;
    }

    /** How many verdicts on a practice have a standing. */
    public record Held(Practice practice, Standing standing, long verdicts) {}

    /** The verdicts held now, counted; reads an index over all of them. */
    public List<Held> count(Connection connection, Duration atMost) throws SQLException {
        List<Held> counts = new ArrayList<>();
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout((int) atMost.toSeconds());
            try (ResultSet rows = statement.executeQuery(
                    "SELECT practice, standing, COUNT(*) FROM verdict GROUP BY practice, standing")) {
                while (rows.next()) {
                    Standing standing = Standing.of(rows.getString(2));
                    long verdicts = rows.getLong(3);
                    Practice.of(rows.getString(1))
                            .ifPresent(practice -> counts.add(new Held(practice, standing, verdicts)));
                }
            }
        }
        return counts;
    }

    /** The placebo of the verdicts held now. */
    public Placebo placebo(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(DISTINCT IF(placebo, account_id, NULL)),"
                        + " COUNT(DISTINCT account_id) FROM verdict WHERE placebo IS NOT NULL")) {
            row.next();
            return new Placebo(row.getInt(1), row.getInt(2));
        }
    }

    /**
     * The position of the newest change. Nothing below it is still being written: changes are written under the latch
     * that this takes.
     */
    public long head(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT name FROM latch WHERE name = 'release' FOR UPDATE");
        }
        return newest(connection);
    }

    /** The newest change as far as it can be seen; some before it may still be on their way. */
    public long newest(Connection connection) throws SQLException {
        return number(connection, "SELECT COALESCE(MAX(id), 0) FROM verdict_entry");
    }

    /** The position {@code entries} changes after {@code after}, but not beyond {@code head}. */
    public long stepAfter(Connection connection, long after, int entries, long head) throws SQLException {
        return number(
                connection,
                "SELECT COALESCE((SELECT id FROM verdict_entry WHERE id > " + after + " AND id <= " + head
                        + " ORDER BY id LIMIT 1 OFFSET " + (entries - 1) + "), " + head + ")");
    }

    /** How many accounts the changes in ({@code after}, {@code upTo}] would list, or list anew. */
    public long accountsAccused(Connection connection, long after, long upTo) throws SQLException {
        return number(
                connection,
                "SELECT COUNT(DISTINCT account_id) FROM verdict_entry WHERE id > " + after + " AND id <= " + upTo
                        + " AND standing IN ('likely', 'confirmed')");
    }

    /** Accounts whose verdicts changed in ({@code after}, {@code upTo}]. */
    public Set<Integer> changedAccounts(Connection connection, long after, long upTo) throws SQLException {
        Set<Integer> accounts = new TreeSet<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT DISTINCT account_id FROM verdict_entry WHERE id > " + after + " AND id <= " + upTo)) {
            while (rows.next()) {
                accounts.add(rows.getInt(1));
            }
        }
        return accounts;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Accounts to be judged again by now though nothing new was seen: verdicts lapse, handles go stale. */
    public List<Integer> dueAgain(Connection connection, long now, int limit) throws SQLException {
        List<Integer> due = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT v.account_id FROM verdict v LEFT JOIN due d"
                        + " ON d.account_id = v.account_id WHERE v.judge_again_at <= " + now
                        + " AND d.account_id IS NULL LIMIT " + limit)) {
            while (rows.next()) {
                due.add(rows.getInt(1));
            }
        }
        return due;
    }

    /** Dossiers whose verdict has lapsed and can no longer be appealed are deleted. */
    public void forgetDossiers(Connection connection, long now) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM kept_dossier WHERE keep_until < " + now);
        }
    }

    /** When a verdict on this finding lapses unless there is newer evidence, Unix epoch seconds. */
    static long lapsesAt(Finding finding) {
        long at = finding.lastEvidenceAt() + LAPSE_SECONDS;
        // To the second it would tell whoever is judged when the newest of those who told something did so, and so who
        // it was.
        return finding.sources().reported() == 0 ? at : at - Math.floorMod(at - FIRST_MONDAY, WEEK);
    }

    void write(Connection connection, List<Judged> judged, Map<Integer, Account> accounts) throws SQLException {
        try (var statement = connection.createStatement()) {
            // Shared among writers; the publisher's exclusive lock waits for them, so that it sees no gaps.
            statement.execute("SELECT name FROM latch WHERE name = 'release' LOCK IN SHARE MODE");
        }
        Map<String, VerdictRow> held = new HashMap<>();
        for (VerdictRow row : VerdictRow.of(accounts.keySet())) {
            held.put(row.accountId + row.practice, row);
        }
        Set<Integer> watched = new TreeSet<>();
        Set<Integer> others = new TreeSet<>();
        for (Judged one : judged) {
            Practice practice = one.finding().practice();
            VerdictRow former = held.get(one.accountId() + practice.id());
            if (former == null && one.finding().lastEvidenceAt() == 0) {
                continue; // Nothing was ever seen of it, nothing is held.
            }
            Standing standing = Policy.standing(one.finding());
            (standing.isAdverse() ? watched : others).add(one.accountId());
            write(one, standing, former, accounts.get(one.accountId()));
        }
        others.removeAll(watched);
        dueQueue.watch(connection, watched, others);
    }

    private void write(Judged judged, Standing standing, @Nullable VerdictRow former, @Nullable Account account) {
        Finding finding = judged.finding();
        long asOf = judged.dossier().asOf();
        long reviewAt = lapsesAt(finding);
        String handle = standing.isListed() ? freshHandle(account, asOf) : null;
        byte[] stored = Stored.write(finding);
        boolean moved = former == null ? standing != Standing.UNKNOWN : !former.standing.equals(standing.id());
        boolean republished = former != null
                && standing.isListed()
                && !(Arrays.equals(former.finding, stored) && Objects.equals(former.handle, handle));
        if (moved || republished) {
            VerdictEntryRow entry = new VerdictEntryRow();
            entry.accountId = judged.accountId();
            entry.practice = finding.practice().id();
            entry.standing = standing.id();
            entry.former = former == null ? null : former.standing;
            entry.cause = moved ? "judged" : "judged-again";
            entry.finding = stored;
            entry.detector = finding.detector();
            entry.writtenAt = asOf;
            entry.persist();
            if (standing.isAdverse()) {
                keep(judged, Objects.requireNonNull(entry.id), reviewAt + APPEAL_SECONDS);
            }
        }
        VerdictRow row = former == null ? new VerdictRow() : former;
        row.accountId = judged.accountId();
        row.practice = finding.practice().id();
        row.standing = standing.id();
        row.handle = handle;
        row.finding = stored;
        row.detector = finding.detector();
        row.weight = finding.weight();
        row.placebo = judged.placebo();
        row.asOf = asOf;
        row.reviewAt = standing == Standing.UNKNOWN ? null : Long.valueOf(reviewAt);
        row.judgeAgainAt = judgeAgainAt(asOf, reviewAt, handle == null || account == null ? null : account);
        if (former == null) {
            row.persist();
        }
    }

    private static void keep(Judged judged, long entryId, long until) {
        KeptDossierRow kept = new KeptDossierRow();
        kept.entryId = entryId;
        kept.accountId = judged.accountId();
        kept.body = Stored.write(judged.dossier());
        kept.keepUntil = until;
        kept.persist();
    }

    private static @Nullable String freshHandle(@Nullable Account account, long asOf) {
        return account != null && account.handleVerifiedAt() >= asOf - HANDLE_VERIFIED_SECONDS
                ? account.handle()
                : null;
    }

    /** Null once nothing is left that time could tell more of. */
    private static @Nullable Long judgeAgainAt(long asOf, long reviewAt, @Nullable Account listedByHandle) {
        if (reviewAt <= asOf) {
            return null;
        }
        long next = Math.min(reviewAt, asOf + LOOK_AGAIN_SECONDS);
        if (listedByHandle != null) {
            next = Math.min(next, listedByHandle.handleVerifiedAt() + HANDLE_VERIFIED_SECONDS);
        }
        return Math.max(next, asOf) + 1;
    }

    private static Verdict verdict(VerdictRow row) {
        return new Verdict(
                row.accountId,
                Standing.of(row.standing),
                row.handle,
                Stored.finding(row.finding),
                row.asOf,
                row.reviewAt == null ? 0 : row.reviewAt);
    }
}
