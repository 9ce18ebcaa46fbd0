package org.fairfollow.verdict;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.fairfollow.account.Account;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.store.Latch;
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

    /** Verdicts taken off the list in one transaction when their practice is stopped. */
    private static final int STOPPED_AT_ONCE = 500;

    /** Rows held in memory where all of a practice are read. */
    private static final int READ_AT_ONCE = 500;

    private final DueQueue dueQueue;

    Ledger(DueQueue dueQueue) {
        this.dueQueue = dueQueue;
    }

    /** The verdicts on one account. */
    public List<Verdict> of(Connection connection, int accountId) throws SQLException {
        return select(connection, "v.account_id = " + Integer.toUnsignedString(accountId));
    }

    /** The verdicts on these accounts, by account. */
    public Map<Integer, List<Verdict>> of(Connection connection, Collection<Integer> accountIds) throws SQLException {
        if (accountIds.isEmpty()) {
            return Map.of();
        }
        String ids = accountIds.stream().map(Integer::toUnsignedString).collect(Collectors.joining(","));
        return select(connection, "v.account_id IN (" + ids + ")").stream()
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

    /** Verdicts of one practice and standing, in the order of their accounts; at most {@code limit}. */
    public List<Verdict> of(Connection connection, Practice practice, Standing standing, int limit)
            throws SQLException {
        return select(
                connection,
                "v.practice = '" + practice.id() + "' AND v.standing = '" + standing.id()
                        + "' ORDER BY v.account_id LIMIT " + limit);
    }

    /** Asked for every look-up, so it goes past entities and their session. */
    private static List<Verdict> select(Connection connection, String which) throws SQLException {
        List<Verdict> verdicts = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT v.account_id, v.standing, v.handle, v.finding, v.as_of,"
                        + " v.review_at, v.confidence, " + DecisionRows.COLUMNS + " FROM verdict v"
                        + " LEFT JOIN decision d USING (account_id, practice) WHERE " + which)) {
            while (rows.next()) {
                verdicts.add(new Verdict(
                        rows.getInt(1),
                        Standing.of(rows.getString(2)),
                        rows.getString(3),
                        Stored.finding(rows.getBytes(4)),
                        rows.getLong(5),
                        rows.getLong(6),
                        DecisionRows.read(rows, 8),
                        rows.getObject(7, Double.class)));
            }
        }
        return verdicts;
    }

    /**
     * The log odds that an account practises something: from {@link #PRIOR}, by the capped weights of its evidence. They order
     * who is looked at and decide nothing else.
     */
    public static double logOdds(Collection<Verdict> verdicts) {
        return Math.log(PRIOR / (1 - PRIOR))
                + verdicts.stream()
                        .mapToDouble(verdict -> DEPENDENCE * verdict.finding().weight())
                        .map(weight -> Math.clamp(weight, -LARGEST_WEIGHT, LARGEST_WEIGHT))
                        .sum();
    }

    /**
     * A change of a verdict as it was written.
     *
     * @param former null where nothing was held before
     * @param statement what the rules said then, whatever people decided; empty where the finding is not kept
     */
    public record Changed(
            long id,
            Practice practice,
            Standing standing,
            @Nullable Standing former,
            String cause,
            String statement,
            Instant at) {}

    /** Number of the newest change of a verdict; 0 when there never was one. */
    public long lastChange(Connection connection, int accountId, Practice practice) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT COALESCE(MAX(id), 0) FROM verdict_entry WHERE account_id = ? AND practice = ?")) {
            select.setInt(1, accountId);
            select.setString(2, practice.id());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** The changes of the verdicts on an account, the newest first; at most {@code limit}. */
    public List<Changed> history(Connection connection, int accountId, int limit) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, practice, standing, former, cause, finding,"
                        + " written_at FROM verdict_entry WHERE account_id = ? ORDER BY id DESC LIMIT ?")) {
            select.setInt(1, accountId);
            select.setInt(2, limit);
            List<Changed> changes = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Optional<Practice> practice = Practice.of(row.getString(2));
                    if (practice.isPresent()) {
                        String former = row.getString(4);
                        byte[] finding = row.getBytes(6);
                        changes.add(new Changed(
                                row.getLong(1),
                                practice.get(),
                                Standing.of(row.getString(3)),
                                former == null ? null : Standing.of(former),
                                row.getString(5),
                                finding.length == 0
                                        ? ""
                                        : Stored.finding(finding).statement(),
                                Instant.ofEpochSecond(row.getLong(7))));
                    }
                }
            }
            return changes;
        }
    }

    /**
     * What a rule holds against somebody, whatever people decided of it.
     *
     * @param listed whether the rule alone would list it; else it sees signs
     */
    public record Adverse(int accountId, boolean listed, Finding finding) {}

    /** All that this version of a rule holds against anybody, one by one in the order of accounts; may take minutes. */
    public void eachAdverse(Connection connection, Practice practice, String detector, Consumer<Adverse> each)
            throws SQLException {
        // What people took off the list stands as signs, is withdrawn or cleared: then a decision says so.
        try (PreparedStatement select = connection.prepareStatement("SELECT v.account_id, v.finding FROM verdict v"
                + " LEFT JOIN decision d USING (account_id, practice) WHERE v.practice = ? AND v.detector = ?"
                + " AND (v.standing IN ('signs', 'likely', 'confirmed') OR d.account_id IS NOT NULL)"
                + " ORDER BY v.account_id")) {
            select.setFetchSize(READ_AT_ONCE);
            select.setString(1, practice.id());
            select.setString(2, detector);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Finding finding = Stored.finding(rows.getBytes(2));
                    Standing found = Policy.standing(finding);
                    if (found.isAdverse()) {
                        each.accept(new Adverse(rows.getInt(1), found.isListed(), finding));
                    }
                }
            }
        }
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

    /** Accounts of which something could be said, counted; reads an index over all verdicts. */
    public long countAccounts(Connection connection, Duration atMost) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout((int) atMost.toSeconds());
            try (ResultSet row = statement.executeQuery(
                    "SELECT COUNT(DISTINCT account_id) FROM verdict WHERE standing <> 'unknown'")) {
                row.next();
                return row.getLong(1);
            }
        }
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
     * How far the ledger goes. Nothing below it is still being written.
     *
     * @param entry of the newest change
     * @param turns of the latch under which changes are written
     */
    public record Head(long entry, long turns) {}

    /** The head once all who write changes now have committed them; nobody writes any until the transaction ends. */
    public Head head(Connection connection) throws SQLException {
        Latch.RELEASE.takeAlone(connection);
        return new Head(newest(connection), Latch.RELEASE.turns(connection));
    }

    /** Whether all up to a head can be seen here: another node of a cluster may not have come so far. */
    public boolean isSeen(Connection connection, Head head) throws SQLException {
        return Latch.RELEASE.turns(connection) >= head.turns();
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

    /** Those of these accounts against which something is held that lapses within a week, or has, unless there is newer evidence. */
    public List<Integer> lapsing(Connection connection, Collection<Integer> accountIds, long now) throws SQLException {
        List<Integer> lapsing = new ArrayList<>();
        if (accountIds.isEmpty()) {
            return lapsing;
        }
        String ids = accountIds.stream().map(Integer::toUnsignedString).collect(Collectors.joining(","));
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT account_id FROM verdict WHERE account_id IN ("
                        + ids + ") AND standing IN ('signs', 'likely', 'confirmed') AND review_at <= "
                        + (now + WEEK))) {
            while (rows.next()) {
                lapsing.add(rows.getInt(1));
            }
        }
        return lapsing;
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

    /** Shared among writers; who locks alone waits for them: the publisher, so that it sees no gaps, and whoever decides. */
    void lockShared(Connection connection) throws SQLException {
        Latch.RELEASE.share(connection);
    }

    /** Under {@link #lockShared}; {@code accounts} were read under it too. */
    void write(Connection connection, List<Judged> judged, Map<Integer, Account> accounts) throws SQLException {
        Map<String, VerdictRow> held = new HashMap<>();
        for (VerdictRow row : VerdictRow.of(accounts.keySet())) {
            held.put(row.accountId + row.practice, row);
        }
        DecisionRows.adopt(connection, accounts.keySet());
        Map<Integer, Map<Practice, Decision>> decisions = DecisionRows.of(connection, accounts.keySet());
        Map<Practice, Gate> gates = Gates.all(connection);
        Set<Integer> watched = new TreeSet<>();
        Set<Integer> others = new TreeSet<>();
        for (Judged one : judged) {
            Practice practice = one.finding().practice();
            if (!accounts.containsKey(one.accountId())) {
                continue; // It was erased while it was judged.
            }
            VerdictRow former = held.get(one.accountId() + practice.id());
            if (former == null && one.finding().lastEvidenceAt() == 0) {
                continue; // Nothing was ever seen of it, nothing is held.
            }
            Decision decision =
                    decisions.getOrDefault(one.accountId(), Map.of()).getOrDefault(practice, Decision.NONE);
            // What is withheld is watched like what is held: what others do can still clear it.
            boolean adverse = Policy.standing(one.finding()).isAdverse();
            (adverse ? watched : others).add(one.accountId());
            if (!adverse && decision != Decision.NONE && decision.endsWithItsVerdict()) {
                DecisionRows.delete(connection, one.accountId(), practice);
                decision = Decision.NONE;
            }
            long asOf = one.dossier().asOf();
            Standing standing = Policy.standing(one.finding(), decision, gates.getOrDefault(practice, Gate.OPEN), asOf);
            Double confidence = gates.getOrDefault(practice, Gate.OPEN).precision();
            write(one, standing, confidence, former, accounts.get(one.accountId()));
        }
        others.removeAll(watched);
        dueQueue.watch(connection, watched, others);
    }

    private static void write(
            Judged judged,
            Standing standing,
            @Nullable Double confidence,
            @Nullable VerdictRow former,
            @Nullable Account account) {
        Finding finding = judged.finding();
        long asOf = judged.dossier().asOf();
        long reviewAt = lapsesAt(finding);
        String handle = standing.isListed() ? freshHandle(account, asOf) : null;
        byte[] stored = Stored.write(finding);
        boolean moved = former == null ? standing != Standing.UNKNOWN : !former.standing.equals(standing.id());
        boolean republished = former != null
                && standing.isListed()
                && !(Arrays.equals(former.finding, stored)
                        && Objects.equals(former.handle, handle)
                        && Objects.equals(former.confidence, confidence));
        VerdictRow row = former == null ? new VerdictRow() : former;
        String before = former == null ? null : former.standing;
        row.accountId = judged.accountId();
        row.practice = finding.practice().id();
        row.standing = standing.id();
        row.handle = handle;
        row.finding = stored;
        row.detector = finding.detector();
        row.weight = finding.weight();
        row.placebo = judged.placebo();
        row.confidence = confidence;
        row.asOf = asOf;
        row.reviewAt = standing.lapses() ? Long.valueOf(reviewAt) : null;
        row.judgeAgainAt = judgeAgainAt(asOf, reviewAt, handle == null || account == null ? null : account);
        if (moved || republished) {
            long entry = enter(row, before, moved ? "judged" : "judged-again", asOf);
            if (standing.isAdverse()) {
                keep(judged, entry, reviewAt + APPEAL_SECONDS);
            }
        }
        if (former == null) {
            row.persist();
        }
    }

    /** A change of a verdict, as the verdict is now. */
    private static long enter(VerdictRow row, @Nullable String former, String cause, long writtenAt) {
        VerdictEntryRow entry = new VerdictEntryRow();
        entry.accountId = row.accountId;
        entry.practice = row.practice;
        entry.standing = row.standing;
        entry.former = former;
        entry.cause = cause;
        entry.finding = row.finding;
        entry.detector = row.detector;
        entry.writtenAt = writtenAt;
        entry.persist();
        return Objects.requireNonNull(entry.id);
    }

    /**
     * Lets nobody else write or publish until the transaction ends: those who judge must not write what they judged before
     * somebody decided. To be asked for before what is decided on is read.
     */
    void lockAlone(Connection connection) throws SQLException {
        Latch.RELEASE.takeAlone(connection);
    }

    /**
     * Deletes all verdicts on an account with their history and dossiers, under {@link #lockAlone}; what is left says only that
     * something changed, so that it is withdrawn.
     *
     * @return the newest change
     */
    long erase(Connection connection, int accountId, long now) throws SQLException {
        long before = newest(connection);
        for (String sql : List.of(
                "INSERT INTO verdict_entry (account_id, practice, standing, former, cause, finding, detector, written_at)"
                        + " SELECT account_id, practice, 'unknown', standing, 'erased', '', '', " + now
                        + " FROM verdict WHERE account_id = ?",
                "DELETE FROM verdict_entry WHERE id <= " + before + " AND account_id = ?",
                "DELETE FROM kept_dossier WHERE account_id = ?",
                "DELETE FROM verdict WHERE account_id = ?")) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setInt(1, accountId);
                statement.executeUpdate();
            }
        }
        return newest(connection);
    }

    /** What is held of an account now. */
    Standing standing(Connection connection, int accountId, Practice practice) throws SQLException {
        return of(connection, accountId).stream()
                .filter(verdict -> verdict.finding().practice() == practice)
                .map(Verdict::standing)
                .findFirst()
                .orElse(Standing.UNKNOWN);
    }

    /** The verdict follows what was decided, which is written already; under {@link #lockAlone}. */
    void decided(
            Connection connection,
            int accountId,
            Practice practice,
            Map<Integer, Account> accounts,
            String cause,
            long now)
            throws SQLException {
        for (VerdictRow row : VerdictRow.of(List.of(accountId))) {
            if (row.practice.equals(practice.id())) {
                Decision decision = DecisionRows.of(connection, List.of(accountId))
                        .getOrDefault(accountId, Map.of())
                        .getOrDefault(practice, Decision.NONE);
                Gate gate = Gates.all(connection).getOrDefault(practice, Gate.OPEN);
                decide(row, decision, gate, accounts.get(accountId), cause, now);
            }
        }
    }

    private static void decide(
            VerdictRow row, Decision decision, Gate gate, @Nullable Account account, String cause, long now) {
        Finding finding = Stored.finding(row.finding);
        Standing standing = Policy.standing(finding, decision, gate, now);
        String former = row.standing;
        row.standing = standing.id();
        row.handle = standing.isListed() ? freshHandle(account, now) : null;
        row.reviewAt = standing.lapses() ? Long.valueOf(lapsesAt(finding)) : null;
        row.confidence = gate.precision();
        row.judgeAgainAt = judgeAgainAt(now, lapsesAt(finding), row.handle == null ? null : account);
        KeptDossierRow kept = standing.isAdverse() ? KeptDossierRow.newest(row.accountId, row.practice) : null;
        long entry = enter(row, former, cause, now);
        if (kept != null) {
            // It rests on the same evidence as before.
            KeptDossierRow copy = new KeptDossierRow();
            copy.entryId = entry;
            copy.accountId = kept.accountId;
            copy.body = kept.body;
            copy.keepUntil = kept.keepUntil;
            copy.persist();
        }
    }

    /**
     * Takes some of the verdicts off the list whose practice was stopped since they were written.
     *
     * @return whether there may be more
     */
    public boolean obeyStops(Connection connection, long now) throws SQLException {
        List<VerdictRow.Key> listed = listedThoughStopped(connection);
        if (listed.isEmpty()) {
            return false;
        }
        lockAlone(connection);
        Map<Practice, Gate> gates = Gates.all(connection);
        Set<Integer> accounts = listed.stream().map(key -> key.accountId).collect(Collectors.toSet());
        Map<Integer, Map<Practice, Decision>> decisions = DecisionRows.of(connection, accounts);
        for (VerdictRow row : VerdictRow.of(accounts)) {
            Practice practice = Practice.of(row.practice).orElse(null);
            Gate gate = practice == null ? Gate.OPEN : gates.getOrDefault(practice, Gate.OPEN);
            if (practice != null
                    && gate.isStopped()
                    && Standing.of(row.standing).isListed()) {
                Decision decision =
                        decisions.getOrDefault(row.accountId, Map.of()).getOrDefault(practice, Decision.NONE);
                decide(row, decision, gate, null, "practice-stopped", now);
            }
        }
        return true;
    }

    private static List<VerdictRow.Key> listedThoughStopped(Connection connection) throws SQLException {
        List<VerdictRow.Key> listed = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT v.account_id, v.practice FROM practice_gate g"
                        + " JOIN verdict v USING (practice) WHERE g.stopped_at IS NOT NULL"
                        + " AND v.standing IN ('likely', 'confirmed') LIMIT " + STOPPED_AT_ONCE)) {
            while (rows.next()) {
                listed.add(new VerdictRow.Key(rows.getInt(1), rows.getString(2)));
            }
        }
        return listed;
    }

    /** Everybody against whom the practice is held is judged again: another gate may let another standing through. */
    void judgeAgain(Connection connection, Practice practice) throws SQLException {
        List<Integer> accounts = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT account_id FROM verdict WHERE practice = ? AND standing IN ('signs', 'likely', 'confirmed')")) {
            select.setString(1, practice.id());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    accounts.add(rows.getInt(1));
                }
            }
        }
        dueQueue.mark(connection, accounts);
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
}
