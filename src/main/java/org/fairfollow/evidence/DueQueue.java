package org.fairfollow.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Accounts whose evidence changed since they were judged. Instances claim disjoint parts of the queue; a claim that its
 * holder does not settle, because it was killed, lapses and the accounts are claimed again.
 */
@ApplicationScoped
public class DueQueue {
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final Store store;
    private final Clock clock;

    DueQueue(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * A part of the queue.
     *
     * @param generations by account the state of the queue when it was claimed
     */
    public record Claim(Map<Integer, Long> generations) {
        public Set<Integer> accounts() {
            return generations.keySet();
        }

        /** The part of it that is about these accounts. */
        public Claim of(Set<Integer> some) {
            Map<Integer, Long> part = new LinkedHashMap<>(generations);
            part.keySet().retainAll(some);
            return new Claim(part);
        }
    }

    /** Claims up to {@code limit} accounts that have been due for {@code settle}, the longest waiting first. */
    public Claim claim(int limit, Duration settle) {
        long now = clock.millis();
        return store.inTransaction(connection -> {
            Map<Integer, Long> generations = new LinkedHashMap<>();
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT account_id, generation FROM due WHERE due_at <= " + (now - settle.toMillis())
                                    + " AND claimed_until <= " + now + " ORDER BY due_at LIMIT " + limit
                                    + " FOR UPDATE SKIP LOCKED")) {
                while (rows.next()) {
                    generations.put(rows.getInt(1), rows.getLong(2));
                }
            }
            if (!generations.isEmpty()) {
                execute(
                        connection,
                        "UPDATE due SET claimed_until = " + (now + CLAIM.toMillis()) + " WHERE account_id IN ("
                                + EvidenceBatch.list(generations.keySet()) + ")");
            }
            return new Claim(generations);
        });
    }

    /**
     * Takes judged accounts off the queue, in the transaction that writes their verdicts. Those whose evidence changed
     * meanwhile stay due.
     */
    public void settle(Connection connection, Claim claim) throws SQLException {
        if (claim.generations.isEmpty()) {
            return;
        }
        String accounts = EvidenceBatch.list(claim.accounts());
        String unchanged = claim.generations.entrySet().stream()
                .map(entry -> "(" + entry.getKey() + "," + entry.getValue() + ")")
                .collect(Collectors.joining(","));
        // Accounts are named twice: by themselves the pairs would not be looked up in the index.
        execute(
                connection,
                "DELETE FROM due WHERE account_id IN (" + accounts + ") AND (account_id, generation) IN (" + unchanged
                        + ")");
        execute(connection, "UPDATE due SET claimed_until = 0 WHERE account_id IN (" + accounts + ")");
    }

    /** Accounts that wait, claimed ones included. */
    public long size() {
        return store.read(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM due")) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    /**
     * How much waits.
     *
     * @param accounts claimed ones included
     * @param oldestDueAt when the longest waiting became due, Unix epoch milliseconds; null when none waits
     */
    public record Waiting(long accounts, @Nullable Long oldestDueAt) {}

    public Waiting waiting(Connection connection, Duration atMost) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout((int) atMost.toSeconds());
            try (ResultSet row = statement.executeQuery("SELECT COUNT(*), MIN(due_at) FROM due")) {
                row.next();
                long accounts = row.getLong(1);
                return new Waiting(accounts, accounts == 0 ? null : Long.valueOf(row.getLong(2)));
            }
        }
    }

    /** Marks accounts as due at {@code now} (Unix epoch seconds) for a reason other than new evidence. */
    public void mark(Connection connection, Collection<Integer> accounts) throws SQLException {
        mark(connection, new TreeSet<>(accounts), clock.instant().getEpochSecond());
    }

    /** From now on the account becomes due also by what others do to it, or no longer so. */
    public void watch(Connection connection, Collection<Integer> watched, Collection<Integer> others)
            throws SQLException {
        if (!watched.isEmpty()) {
            String rows = watched.stream().map(account -> "(" + account + ")").collect(Collectors.joining(","));
            execute(connection, "INSERT IGNORE INTO watched (account_id) VALUES " + rows);
        }
        if (!others.isEmpty()) {
            execute(connection, "DELETE FROM watched WHERE account_id IN (" + EvidenceBatch.list(others) + ")");
        }
    }

    static Set<Integer> watched(Connection connection, Collection<Integer> accounts) throws SQLException {
        Set<Integer> watched = new TreeSet<>();
        if (accounts.isEmpty()) {
            return watched;
        }
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT account_id FROM watched WHERE account_id IN (" + EvidenceBatch.list(accounts) + ")")) {
            while (rows.next()) {
                watched.add(rows.getInt(1));
            }
        }
        return watched;
    }

    static void mark(Connection connection, Set<Integer> accounts, long now) throws SQLException {
        if (accounts.isEmpty()) {
            return;
        }
        String rows = accounts.stream()
                .map(account -> "(" + account + "," + now * 1_000 + ",1)")
                .collect(Collectors.joining(","));
        execute(
                connection,
                "INSERT INTO due (account_id, due_at, generation) VALUES " + rows
                        + " ON DUPLICATE KEY UPDATE generation = generation + 1");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
