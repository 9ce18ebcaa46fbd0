package org.fairfollow.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountHash;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.ErasedAccounts;
import org.fairfollow.account.Network;
import org.fairfollow.store.Jobs;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be measured, how far that is, and what became of it. It says nothing of an account: it is no evidence, and whoever
 * measures finds what there is. Each has a durable job, which is there if and only if there is something left to do.
 */
@ApplicationScoped
public class Measurements {
    /** The kind of its jobs; each is called by the account's hash, so that nobody's name stands there. */
    public static final String JOB = "measurement";

    /** An account is not measured again before: else a crowd could have it judged, and its host asked, without end. */
    private static final Duration ONCE = Duration.ofDays(1);
    /** What could not be begun by then is given up: whoever asked has gone, and can ask again. */
    private static final Duration GIVEN_UP = Duration.ofDays(3);

    private static final Duration KEPT = Duration.ofDays(30);
    /** More than can be measured before they are given up: of those beyond, nobody could say that they will be. */
    private static final int MOST_WAITING = 10_000;
    /** While more than these wait to be judged, accounts with new evidence come first: a wish makes nobody wait longer. */
    private static final int MOST_DUE = 1_000;

    /** Nine waits, each twice the one before: four hours and a quarter in all, if the host names no times of its own. */
    private static final int TRIES = 10;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);

    private static final int ROWS_AT_ONCE = 5_000;

    /**
     * The optimiser would rather take the key of {@code since}, and a statement that walks it waits for whoever holds the oldest
     * row: every wish would wait for every other one's transaction.
     */
    private static final String BY_ACCOUNT = " FORCE INDEX (PRIMARY)";

    private static final String NO_PUBLIC_API = "no-public-api";
    private static final String BUDGET = "budget";
    private static final String UNREACHABLE = "unreachable";

    private final Store store;
    private final Jobs jobs;
    private final DueQueue dueQueue;
    private final ErasedAccounts erased;
    private final Clock clock;
    private final Crowd waiting = new Crowd("measurement WHERE state IN ('queued', 'running')", MOST_WAITING);
    private final Crowd due = new Crowd("due", MOST_DUE);

    Measurements(Store store, Jobs jobs, DueQueue dueQueue, ErasedAccounts erased, Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.dueQueue = dueQueue;
        this.erased = erased;
        this.clock = clock;
    }

    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        REFUSED;

        /** The name in answers and rows: {@code queued}. */
        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static State of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }

        boolean isOver() {
            return this == DONE || this == REFUSED;
        }
    }

    /**
     * What anybody may know of a measurement.
     *
     * @param since when the state began
     * @param reason a code: why it was refused, what it waits for, what is to be known of it; null if there is nothing to say
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Status(
            State state, Instant since, @Nullable String reason) {
        /** Whether somebody who asks now starts another one. */
        public boolean isPast(Instant now) {
            return state.isOver() && !since.isAfter(now.minus(ONCE));
        }
    }

    /**
     * A measurement that is under way. What it reads is filed step by step; a step that was filed is not done again.
     *
     * @param askedAt tells it from those of the same account before and after
     * @param step how many steps were filed
     * @param tries in vain, before this one
     * @param profile what the first step left for those after it; null before
     */
    public record Run(
            AccountName account,
            long askedAt,
            int step,
            int tries,
            @Nullable String profile) {
        AccountHash hash() {
            return account.hash();
        }
    }

    /** What is to be done of a measurement whose turn it is. */
    public sealed interface Turn {
        record Now(Run run) implements Turn {}

        record Later(Instant at) implements Turn {}

        /** Nothing is left to do. */
        record Over() implements Turn {}
    }

    /** Somebody else has gone on in place of this run, or the account was erased: nothing of what was read may be filed. */
    public static final class OvertakenException extends RuntimeException {
        private static final long serialVersionUID = 1;

        OvertakenException() {
            super("somebody else measures this account, or nobody may");
        }
    }

    // Asking

    /**
     * Somebody wishes the account were measured. Once a day it is, whoever wishes it; it becomes due as well then, if it is known.
     *
     * @param known who that is, as far as the directory knows: all names of an account are one measurement
     * @return what there is of it now; empty when so many wait that it cannot be promised
     */
    public Optional<Status> ask(Connection connection, AccountName account, @Nullable Account known)
            throws SQLException {
        return ask(connection, nameOf(account, known), known == null ? null : Integer.valueOf(known.id()));
    }

    /** @param name its native id, where it is known */
    Optional<Status> ask(Connection connection, AccountName name, @Nullable Integer accountId) throws SQLException {
        long now = now();
        Status held = find(connection, name.hash());
        if (held != null && !held.isPast(clock.instant())) {
            return Optional.of(held);
        }
        if (waiting.isMore(connection)) {
            return Optional.empty();
        }
        if (start(connection, name, now)) {
            schedule(name);
            if (accountId != null && !due.isMore(connection)) {
                dueQueue.mark(connection, List.of(accountId));
            }
        }
        return Optional.ofNullable(find(connection, name.hash()));
    }

    /** False if somebody else did at this moment. */
    private static boolean start(Connection connection, AccountName name, long now) throws SQLException {
        try (PreparedStatement again = connection.prepareStatement("UPDATE measurement" + BY_ACCOUNT
                + " SET state = 'queued', since = ?, reason = NULL, asked_at = ?, tries = 0, step = 0"
                + " WHERE account_hash = ? AND state IN ('done', 'refused') AND since <= ?")) {
            again.setLong(1, now);
            again.setLong(2, now);
            again.setBytes(3, name.hash().bytes());
            again.setLong(4, now - ONCE.toSeconds());
            if (again.executeUpdate() > 0) {
                return true;
            }
        }
        try (PreparedStatement first = connection.prepareStatement("INSERT IGNORE INTO measurement"
                + " (account_hash, account, state, since, asked_at) VALUES (?,?,'queued',?,?)")) {
            first.setBytes(1, name.hash().bytes());
            first.setString(2, name.key());
            first.setLong(3, now);
            first.setLong(4, now);
            return first.executeUpdate() > 0;
        }
    }

    private void schedule(AccountName name) {
        jobs.client()
                .scheduleIfNotExists(new TaskInstance<Void>(JOB, name.hash().hex()), clock.instant());
    }

    /** What there is of a measurement of the account called so, and known as {@code known}. */
    public Optional<Status> of(Connection connection, AccountName account, @Nullable Account known)
            throws SQLException {
        return Optional.ofNullable(
                find(connection, account.hash(), nameOf(account, known).hash()));
    }

    /** The name an account is measured under. */
    public static AccountName nameOf(AccountName account, @Nullable Account known) {
        AccountName name = known == null || known.nativeId() == null ? null : known.name();
        return name == null ? account : name;
    }

    /** The newest of those under these names. */
    private static @Nullable Status find(Connection connection, AccountHash... hashes) throws SQLException {
        StringBuilder list = new StringBuilder();
        for (AccountHash hash : hashes) {
            list.append(list.isEmpty() ? "x'" : ",x'").append(hash.hex()).append('\'');
        }
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT state, since, reason FROM measurement"
                        + " WHERE account_hash IN (" + list + ") ORDER BY since DESC LIMIT 1")) {
            return row.next()
                    ? new Status(State.of(row.getString(1)), Instant.ofEpochSecond(row.getLong(2)), row.getString(3))
                    : null;
        }
    }

    /**
     * Whether there are more rows than so many. It is counted once a second at most: counting thousands of rows for each of a flood
     * of reports would take longer than all else they need, and nobody depends on the last few rows.
     */
    private final class Crowd {
        private static final long FOR_MILLIS = 1_000;

        private record Count(long at, boolean more) {}

        private final String query;
        private volatile @Nullable Count last;

        Crowd(String rows, int than) {
            query = "SELECT 1 FROM " + rows + " LIMIT 1 OFFSET " + than;
        }

        boolean isMore(Connection connection) throws SQLException {
            long now = clock.millis();
            Count known = last;
            // A clock that was set back must not make an answer last.
            if (known == null || Math.abs(now - known.at) >= FOR_MILLIS) {
                known = new Count(now, count(connection));
                last = known;
            }
            return known.more;
        }

        private boolean count(Connection connection) throws SQLException {
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                return row.next();
            }
        }
    }

    // Measuring

    /**
     * Begins the measurement, or goes on with one that was cut off. Should two do so at once, one of them is overtaken.
     *
     * @param readable whether accounts of a network can be measured at all
     */
    public Turn begin(AccountHash hash, Predicate<Network> readable) {
        return store.inTransaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT account, asked_at, step, tries, profile, state, reason" + " FROM measurement" + BY_ACCOUNT
                            + " WHERE account_hash = ? AND state IN ('queued', 'running') FOR UPDATE")) {
                select.setBytes(1, hash.bytes());
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return new Turn.Over();
                    }
                    Run run = new Run(
                            AccountName.ofKey(row.getString(1)),
                            row.getLong(2),
                            row.getInt(3),
                            row.getInt(4),
                            row.getString(5));
                    boolean goesOn = State.of(row.getString(6)) == State.RUNNING;
                    return begin(connection, run, goesOn, row.getString(7), readable);
                }
            }
        });
    }

    private Turn begin(
            Connection connection, Run run, boolean goesOn, @Nullable String waitedFor, Predicate<Network> readable)
            throws SQLException {
        if (erased.known(connection).test(run.account)) {
            delete(connection, run.hash());
            return new Turn.Over();
        }
        if (goesOn) {
            return new Turn.Now(run);
        }
        long now = now();
        if (!readable.test(run.account.network())) {
            end(connection, run, State.REFUSED, NO_PUBLIC_API);
            return new Turn.Over();
        }
        if (run.askedAt < now - GIVEN_UP.toSeconds()) {
            end(connection, run, State.REFUSED, waitedFor == null ? BUDGET : waitedFor);
            return new Turn.Over();
        }
        MeasuredHosts.Entry entry = MeasuredHosts.enter(connection, run.account, now);
        if (entry.at() > now) {
            set(connection, run, "reason = ?", entry.isSpent() ? BUDGET : waitedFor);
            return new Turn.Later(Instant.ofEpochSecond(entry.at()));
        }
        set(connection, run, "state = 'running', reason = NULL, since = " + now);
        return new Turn.Now(run);
    }

    /**
     * The first step was read and said who it is; in the transaction that files it. Who was asked for by a handle is measured by
     * native id from now on, under a job of that name: as the measurement there is of it, if that is fresh or under way, and else
     * as one that has come this far.
     *
     * @param profile what the later steps need
     * @throws OvertakenException if somebody else has gone on meanwhile
     */
    public void recognised(Connection connection, Run run, AccountName account, String profile) throws SQLException {
        set(connection, run, "step = 1, profile = ?", profile);
        if (account.equals(run.account)) {
            return;
        }
        long now = now();
        Status held = find(connection, account.hash());
        boolean goesOn = held == null || held.isPast(clock.instant());
        boolean stays = goesOn && MeasuredHosts.isSame(run.account, account);
        if (!stays) {
            MeasuredHosts.leave(connection, run.account, now);
        }
        if (goesOn) {
            try (PreparedStatement replace = connection.prepareStatement("REPLACE INTO measurement (account_hash,"
                    + " account, state, since, asked_at, tries, step, profile)"
                    + " SELECT ?, ?, ?, since, asked_at, tries, step, profile FROM measurement"
                    + " WHERE account_hash = ?")) {
                replace.setBytes(1, account.hash().bytes());
                replace.setString(2, account.key());
                replace.setString(3, (stays ? State.RUNNING : State.QUEUED).id());
                replace.setBytes(4, run.hash().bytes());
                replace.executeUpdate();
            }
            schedule(account);
        }
        delete(connection, run.hash());
    }

    /**
     * A step was read; in the transaction that files it.
     *
     * @throws OvertakenException if somebody else has gone on meanwhile
     */
    public void filed(Connection connection, Run run) throws SQLException {
        set(connection, run, "step = step + 1");
    }

    /**
     * The last step was read; in the transaction that files it.
     *
     * @param note a code: what is to be known of it; null if there is nothing to say
     * @throws OvertakenException if somebody else has gone on meanwhile
     */
    public void done(Connection connection, Run run, @Nullable String note) throws SQLException {
        end(connection, run, State.DONE, note);
        MeasuredHosts.leave(connection, run.account, now());
    }

    /** It is over, for a reason. What was filed stays. */
    public void refuse(Run run, String reason) {
        store.inTransaction(connection -> {
            end(connection, run, State.REFUSED, reason);
            MeasuredHosts.leave(connection, run.account, now());
            return null;
        });
    }

    /**
     * Nobody answered: it is tried again, later each time, and given up at last.
     *
     * @param peace how long the host is not to be asked, for anybody
     * @return when; empty when it is given up
     */
    public Optional<Instant> retry(Run run, Duration peace) {
        return store.inTransaction(connection -> {
            long now = now();
            int tries = run.tries + 1;
            Optional<Instant> next = Optional.empty();
            if (tries == TRIES) {
                end(connection, run, State.REFUSED, UNREACHABLE);
            } else {
                String changes = "state = 'queued', since = " + now + ", tries = " + tries + ", reason = ?";
                set(connection, run, changes, UNREACHABLE);
                long wait = Math.max(peace.toSeconds(), FIRST_WAIT.toSeconds() << (tries - 1));
                next = Optional.of(Instant.ofEpochSecond(now + wait));
            }
            MeasuredHosts.leave(connection, run.account, now + peace.toSeconds());
            return next;
        });
    }

    private void end(Connection connection, Run run, State state, @Nullable String reason) throws SQLException {
        set(connection, run, "state = '" + state.id() + "', since = " + now() + ", profile = NULL, reason = ?", reason);
    }

    /** Changes the row if it is still that of this run, as far as it had come. */
    private static void set(Connection connection, Run run, String changes, @Nullable String... texts)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE measurement" + BY_ACCOUNT + " SET " + changes
                        + " WHERE account_hash = ? AND asked_at = ? AND step = ? AND tries = ?"
                        + " AND state IN ('queued', 'running')")) {
            int i = 0;
            for (String text : texts) {
                update.setString(++i, text);
            }
            update.setBytes(++i, run.hash().bytes());
            update.setLong(++i, run.askedAt);
            update.setInt(++i, run.step);
            update.setInt(++i, run.tries);
            if (update.executeUpdate() == 0) {
                throw new OvertakenException();
            }
        }
    }

    // Forgetting

    /** Forgets measurements of which nothing was new for a month, and the budgets of days that have passed. */
    public void forget() {
        long before = clock.instant().minus(KEPT).getEpochSecond();
        String sql = "DELETE FROM measurement WHERE since < " + before + " ORDER BY since LIMIT " + ROWS_AT_ONCE;
        int deleted;
        do {
            deleted = store.inTransaction(connection -> execute(connection, sql));
        } while (deleted == ROWS_AT_ONCE);
        store.inTransaction(connection -> MeasuredHosts.forget(connection, now()));
    }

    /** Those of the accounts that are or were called so. */
    public void erase(Connection connection, Collection<AccountName> names) throws SQLException {
        for (AccountName name : names) {
            delete(connection, name.hash());
        }
    }

    private static void delete(Connection connection, AccountHash hash) throws SQLException {
        execute(connection, "DELETE FROM measurement WHERE account_hash = x'" + hash.hex() + "'");
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
