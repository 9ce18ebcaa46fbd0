package org.fairfollow.evidence;

import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.fairfollow.account.Directory;
import org.fairfollow.evidence.Evidence.Relation;
import org.fairfollow.store.Store;

/**
 * Leaves out of older days the edges that bear on nothing: those of which neither side is tracked. Whoever meets a floor is
 * tracked from then on, while all its edges of the last {@link #WHOLE_DAYS} are still there.
 *
 * <p>A day is copied aside, in the order of its key, so that its pages are full, and then takes the old one's place. It counts as
 * rolled up before the first edge is missing, and is copied anew after whatever ended the copying: killed at any point, twice, or
 * by several instances, the outcome is the same.
 */
@ApplicationScoped
public class RollUp {
    /** Edges of so many days are kept whole, counted also from when they were last told: history may come late. */
    public static final int WHOLE_DAYS = 14;
    /**
     * Floors are counted over the day that is rolled up and those after it. A week's follows lie under the keys of nine days, and
     * two more let somebody who begins on an unrolled day be found before the day is rolled up that its keys may name.
     */
    public static final int WINDOW_DAYS = 11;
    /** A chunk takes a fraction of this. */
    private static final Duration CLAIM = Duration.ofMinutes(2);

    /** Edges copied in one transaction. */
    private static final int EDGES_A_CHUNK = 20_000;
    /** Accounts counted by one statement. */
    private static final int ACCOUNTS_A_COUNT = 50_000;

    private final Store store;
    private final Directory directory;
    private final EvidenceLog log;
    private final Clock clock;

    RollUp(Store store, Directory directory, EvidenceLog log, Clock clock) {
        this.store = store;
        this.directory = directory;
        this.log = log;
        this.clock = clock;
    }

    /** Another instance took over; it does the rest. */
    private static final class ClaimLostException extends RuntimeException {
        ClaimLostException() {
            super("another instance rolls up");
        }
    }

    /**
     * Rolls up a day that is old enough, unless another instance does.
     *
     * @return whether there may be more
     */
    public boolean rollUp(Floors floors) {
        OptionalInt day = next();
        long holder = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        if (day.isEmpty() || !claim(holder)) {
            return false;
        }
        try {
            // Asked again: whoever had the claim before may have done that one.
            day = next();
            if (day.isPresent()) {
                roll(day.getAsInt(), floors, holder);
            }
            giveBack(holder);
            return day.isPresent();
        } catch (ClaimLostException e) {
            return false;
        }
    }

    /** The day to be rolled up next: the one that was begun, else the first that is old and that nothing was told of lately. */
    private OptionalInt next() {
        long now = clock.instant().getEpochSecond();
        return store.read(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT day FROM edge_day WHERE state = "
                            + RolledDays.UNDER_WAY + " OR (state = " + RolledDays.WHOLE + " AND day < "
                            + (EdgePartitions.day(now) - WHOLE_DAYS) + " AND filed_at < " + (now - WHOLE_DAYS * 86_400L)
                            + ") ORDER BY state = " + RolledDays.UNDER_WAY + " DESC, day LIMIT 1")) {
                return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
            }
        });
    }

    private void roll(int day, Floors floors, long holder) {
        long began = System.nanoTime();
        boolean begun = store.read(RolledDays::load).contains(day);
        if (!begun) {
            track(day, floors, holder);
        }
        long tracked = System.nanoTime();
        begin(day, holder);
        long kept = copy(day, holder);
        long copied = System.nanoTime();
        swap(day, holder);
        Log.infof(
                "Rolled up %s: %d edges kept; %d ms to see who is tracked, %d to copy, %d to exchange",
                LocalDate.ofEpochDay(day), kept, millis(began, tracked), millis(tracked, copied), millisSince(copied));
        // What it took the place of. Nobody writes to it any more.
        inTransaction(holder, connection -> define("TRUNCATE TABLE edge_aside"));
    }

    /** Tracks whoever meets a floor in the days from {@code day} on, and whoever something is held against. */
    private void track(int day, Floors floors, long holder) {
        // Whoever makes keys that tell no day is found by the events.
        String window = store.read(connection -> EdgePartitions.existing(connection).stream()
                        .filter(other -> day <= other && other < day + WINDOW_DAYS)
                        .map(EdgePartitions::name)
                        .collect(Collectors.joining(",", "edge PARTITION (keyless,", ")")))
                + " WHERE (day <> " + EdgePartitions.KEYLESS + " OR created_at BETWEEN " + day * 86_400L + " AND "
                + (day + WINDOW_DAYS) * 86_400L + ")";
        int last = store.read(directory::lastNumber);
        for (int first = 1; first > 0 && first <= last; first += ACCOUNTS_A_COUNT) {
            String range = " BETWEEN " + first + " AND " + (first + ACCOUNTS_A_COUNT - 1);
            Set<Integer> met = met(floors, window, range);
            met.addAll(store.read(
                    connection -> numbers(connection, "SELECT account_id FROM watched WHERE account_id" + range)));
            inTransaction(holder, connection -> {
                for (List<Integer> part : EvidenceBatch.parts(met, Dossiers.ACCOUNTS_A_STATEMENT)) {
                    track(connection, part, day);
                }
                return met.size();
            });
        }
        int longAgo = day - EdgePartitions.KEPT_DAYS;
        inTransaction(holder, connection -> update(connection, "DELETE FROM tracked WHERE last_met < " + longAgo));
    }

    private Set<Integer> met(Floors floors, String window, String range) {
        String from = " FROM " + window + " AND kind = " + Relation.FOLLOW.code + " AND created_at IS NOT NULL AND ";
        String enough = " HAVING COUNT(*) >= " + floors.least();
        return store.read(connection -> {
            Map<Integer, Integer> follows = counts(
                    connection,
                    "SELECT actor_id, COUNT(*)" + from + "actor_id" + range + " GROUP BY actor_id" + enough);
            Map<Integer, Integer> arrivals = counts(
                    connection,
                    "SELECT target_id, COUNT(*)" + from + "target_id" + range + " GROUP BY target_id" + enough);
            Set<Integer> met = new HashSet<>(follows.keySet());
            met.addAll(arrivals.keySet());
            met.removeIf(account -> !floors.met(follows.getOrDefault(account, 0), arrivals.getOrDefault(account, 0)));
            return met;
        });
    }

    private void track(Connection connection, List<Integer> accounts, int day) throws SQLException {
        RolledDays rolled = RolledDays.load(connection);
        Map<Integer, Integer> wholeFrom = Wholeness.ofUntracked(connection, directory, rolled, accounts);
        StringJoiner rows = new StringJoiner(",");
        wholeFrom.forEach((account, firstWhole) -> rows.add("(" + account + "," + firstWhole + "," + day + ")"));
        update(
                connection,
                "INSERT INTO tracked (account_id, first_whole_day, last_met) VALUES " + rows
                        + " ON DUPLICATE KEY UPDATE last_met = GREATEST(last_met, VALUES(last_met))");
    }

    /** From now on edges of the day may be missing, and whatever is appended to it is written aside as well. */
    private void begin(int day, long holder) {
        whileNobodyAppends(holder, connection -> {
            define("TRUNCATE TABLE edge_aside");
            return update(connection, "UPDATE edge_day SET state = " + RolledDays.UNDER_WAY + " WHERE day = " + day);
        });
    }

    private static long millis(long from, long to) {
        return (to - from) / 1_000_000;
    }

    private static long millisSince(long from) {
        return millis(from, System.nanoTime());
    }

    /** @return how many edges it copied */
    private long copy(int day, long holder) {
        String partition = "edge PARTITION (" + EdgePartitions.name(day) + ")";
        long kept = 0;
        int copied = 0;
        while (true) {
            int from = copied;
            OptionalInt next = store.read(connection -> number(
                    connection,
                    "SELECT actor_id FROM " + partition + " WHERE actor_id > " + from
                            + " ORDER BY actor_id LIMIT 1 OFFSET " + EDGES_A_CHUNK));
            String range = "e.actor_id > " + from + (next.isPresent() ? " AND e.actor_id <= " + next.getAsInt() : "");
            // What was written aside since the beginning is newer, and stays.
            kept += inTransaction(
                    holder,
                    connection -> update(
                            connection,
                            "INSERT IGNORE INTO edge_aside SELECT e.* FROM " + partition + " e"
                                    + " LEFT JOIN tracked actor ON actor.account_id = e.actor_id"
                                    + " LEFT JOIN tracked target ON target.account_id = e.target_id WHERE " + range
                                    + " AND (actor.account_id IS NOT NULL OR target.account_id IS NOT NULL)"));
            if (next.isEmpty()) {
                return kept;
            }
            copied = next.getAsInt();
        }
    }

    /** The exchange is one step of the database's own; what is copied again after it is the same. */
    private void swap(int day, long holder) {
        whileNobodyAppends(holder, connection -> {
            define("ALTER TABLE edge WAIT 5 EXCHANGE PARTITION " + EdgePartitions.name(day)
                    + " WITH TABLE edge_aside /*M!110401 WITHOUT VALIDATION */");
            return update(connection, "UPDATE edge_day SET state = " + RolledDays.ROLLED + " WHERE day = " + day);
        });
    }

    /** Only while nobody else has taken over: the claim is locked until the transaction ends. */
    private int inTransaction(long holder, Store.Work<Integer> step) {
        return store.inTransaction(connection -> {
            keepClaim(connection, holder);
            return step.run(connection);
        });
    }

    /** The same under the latch, which comes first wherever both are locked. */
    private void whileNobodyAppends(long holder, Store.Work<Integer> step) {
        store.inTransaction(connection -> {
            log.lock(connection);
            keepClaim(connection, holder);
            return step.run(connection);
        });
    }

    private void keepClaim(Connection connection, long holder) throws SQLException {
        long until = clock.millis() + CLAIM.toMillis();
        if (update(connection, "UPDATE roll_up_claim SET held_until = " + until + " WHERE holder = " + holder) == 0) {
            throw new ClaimLostException();
        }
    }

    /** Until the transaction ends nothing is copied: what it deletes, also of a day under way, does not come back. */
    static void pause(Connection connection) throws SQLException {
        update(connection, "UPDATE roll_up_claim SET pauses = pauses + 1");
    }

    private boolean claim(long holder) {
        long now = clock.millis();
        // A claim that ends later than any can was made before the clock went back.
        return store.inTransaction(connection -> update(
                        connection,
                        "UPDATE roll_up_claim SET holder = " + holder + ", held_until = " + (now + CLAIM.toMillis())
                                + " WHERE held_until <= " + now + " OR held_until > " + (now + CLAIM.toMillis())))
                == 1;
    }

    private void giveBack(long holder) {
        store.inTransaction(
                connection -> update(connection, "UPDATE roll_up_claim SET held_until = 0 WHERE holder = " + holder));
    }

    /** On a connection of its own: it would end the transaction of any other. */
    private int define(String definition) {
        return store.read(connection -> update(connection, definition));
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static OptionalInt number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
        }
    }

    private static List<Integer> numbers(Connection connection, String sql) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
        }
        return numbers;
    }

    private static Map<Integer, Integer> counts(Connection connection, String sql) throws SQLException {
        Map<Integer, Integer> counts = new HashMap<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                counts.put(rows.getInt(1), rows.getInt(2));
            }
        }
        return counts;
    }
}
