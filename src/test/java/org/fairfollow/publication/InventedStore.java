package org.fairfollow.publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fairfollow.account.Account;
import org.fairfollow.detection.Practice;
import org.fairfollow.publication.Change.Kind;
import org.fairfollow.publication.Index.Slot;
import org.fairfollow.store.EmbeddedMariaDb;
import org.fairfollow.verdict.Placebo;
import org.fairfollow.verdict.Verdict;
import org.flywaydb.core.Flyway;

/**
 * A store of a service with one release of {@link InventedListing}s, for benchmarks.
 *
 * <pre>
 * fill FOLDER ACCOUNTS    makes it; writes FOLDER/names, some listed names a line
 * change FOLDER ACCOUNTS  changes verdicts under a running service: half are said anew, a quarter withdrawn, a quarter new
 * leap FOLDER             makes a running service read all of the release from the database again
 * </pre>
 */
final class InventedStore {
    private static final int AT_ONCE = 20_000;
    private static final int NAMES = 10_000;
    private static final String PRACTICE = Practice.FOLLOW_CHURN.id();

    private final InventedListing listing = new InventedListing();

    private InventedStore() {}

    public static void main(String... arguments) throws IOException, SQLException {
        Path folder = Path.of(arguments[1]);
        InventedStore store = new InventedStore();
        switch (arguments[0]) {
            case "fill" -> store.fill(folder, Integer.parseInt(arguments[2]));
            case "change" -> {
                try (Connection connection = connect(folder)) {
                    store.change(connection, Integer.parseInt(arguments[2]), new Random());
                }
            }
            case "leap" -> {
                try (Connection connection = connect(folder)) {
                    leap(connection);
                }
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    static InventedStore open() {
        return new InventedStore();
    }

    /** To the database a service started on {@code folder}; it outlives a service that is killed. */
    static Connection connect(Path folder) throws IOException, SQLException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(folder.resolve("connection.properties"))) {
            properties.load(in);
        }
        return connect(new EmbeddedMariaDb.Connection(
                properties.getProperty("url"), properties.getProperty("username"), properties.getProperty("password")));
    }

    private static Connection connect(EmbeddedMariaDb.Connection to) throws SQLException {
        Connection connection =
                DriverManager.getConnection(to.jdbcUrl() + "?useBulkStmts=true", to.username(), to.password());
        connection.setAutoCommit(false);
        return connection;
    }

    void fill(Path folder, int accounts) throws IOException, SQLException {
        try (EmbeddedMariaDb database = EmbeddedMariaDb.start(folder, true)) {
            Flyway.configure()
                    .dataSource(
                            database.connection().jdbcUrl(),
                            database.connection().username(),
                            database.connection().password())
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            Path log = folder.resolve("filling.log");
            try (Connection connection = connect(database.connection());
                    SnapshotLog records = SnapshotLog.create(log)) {
                fill(connection, records, accounts);
            } finally {
                Files.deleteIfExists(log);
            }
        }
        Files.write(
                folder.resolve("names"),
                new Random(1)
                        .ints(NAMES, 1, accounts + 1)
                        .mapToObj(listing::account)
                        .map(account -> account.id() % 2 == 0 ? account.handle() : account.nativeId())
                        .toList());
    }

    /** As the publisher would leave it after one release of everything. */
    private void fill(Connection connection, SnapshotLog records, int accounts) throws SQLException {
        // Neither asks what store it is.
        Releases releases = new Releases(null);
        List<Slot> slots = new ArrayList<>();
        long kept = Math.max(0, (long) accounts - Snapshot.CHANGES);
        for (int from = 1; from <= accounts; from += AT_ONCE) {
            List<Verdict> verdicts = IntStream.range(from, Math.min(from + AT_ONCE, accounts + 1))
                    .parallel()
                    .mapToObj(listing::account)
                    .map(account -> listing.verdict(account, 0))
                    .toList();
            List<Account> named = verdicts.stream()
                    .map(verdict -> listing.account(verdict.accountId()))
                    .toList();
            insert(connection, named);
            hold(connection, verdicts);
            List<PublishedAccount> said = new ArrayList<>();
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < verdicts.size(); i++) {
                PublishedAccount account = PublishedAccount.of(named.get(i), List.of(verdicts.get(i)), 1);
                said.add(account);
                slots.add(new Slot(account.accountId(), records.append(SnapshotLog.Kind.ACCOUNT, account.toBytes())));
                if (account.accountId() > kept) {
                    changes.add(Change.of(
                            account.accountId(), 1, Instant.now(), Kind.PUBLISHED, Practice.FOLLOW_CHURN, account));
                }
            }
            releases.write(connection, 1, said, List.of());
            releases.write(connection, changes);
            connection.commit();
        }
        Index index = Index.of(records, slots);
        int[] entries = index.listEntries();
        int prefixLength = PrefixLength.of(index.keys().length, 1);
        Release release = new Release(
                1,
                0,
                Instant.now(),
                "",
                false,
                new Placebo(0, accounts),
                accounts,
                prefixLength,
                prefixLength,
                Instant.EPOCH,
                "",
                Snapshot.contentSha256(records, index));
        byte[] delta = ListDelta.between(0, 1, new int[0], entries).encode();
        releases.insert(connection, release, entries.length, accounts, delta);
        connection.commit();
    }

    private static void insert(Connection connection, List<Account> accounts) throws SQLException {
        try (PreparedStatement account = connection.prepareStatement(
                        "INSERT INTO account (id, network, native_id, native_hash, first_seen) VALUES (?,?,?,?,?)");
                PreparedStatement sighting = connection.prepareStatement("INSERT INTO handle_sighting"
                        + " (account_id, handle_hash, handle, first_seen, last_seen) VALUES (?,?,?,?,?)")) {
            for (Account one : accounts) {
                account.setInt(1, one.id());
                account.setInt(2, one.network().code());
                account.setString(3, one.nativeId());
                account.setBytes(4, InventedListing.nativeId(one).hash().bytes());
                account.setLong(5, InventedListing.AS_OF);
                account.addBatch();
                sighting.setInt(1, one.id());
                sighting.setBytes(2, InventedListing.handle(one).hash().bytes());
                sighting.setString(3, one.handle());
                sighting.setLong(4, InventedListing.AS_OF);
                sighting.setLong(5, InventedListing.AS_OF);
                sighting.addBatch();
            }
            account.executeBatch();
            sighting.executeBatch();
        }
    }

    private static void hold(Connection connection, List<Verdict> verdicts) throws SQLException {
        try (PreparedStatement held = connection.prepareStatement("REPLACE INTO verdict"
                + " (account_id, practice, standing, handle, finding, detector, as_of, review_at, placebo)"
                + " VALUES (?,?,?,?,?,?,?,?,0)")) {
            for (Verdict verdict : verdicts) {
                held.setInt(1, verdict.accountId());
                held.setString(2, PRACTICE);
                held.setString(3, verdict.standing().id());
                held.setString(4, verdict.handle());
                held.setBytes(5, InventedListing.stored(verdict.finding()));
                held.setString(6, verdict.finding().detector());
                held.setLong(7, verdict.asOf());
                held.setLong(8, verdict.reviewAt());
                held.addBatch();
            }
            held.executeBatch();
        }
    }

    /** Changes what is held of so many accounts, in one transaction. */
    void change(Connection connection, int accounts, Random random) throws SQLException {
        try (var statement = connection.createStatement()) {
            // As whoever writes verdicts does: the publisher waits for it, and so sees no gaps.
            statement.execute("UPDATE latch SET taken = taken + 1 WHERE name = 'release' AND part = 0");
        }
        int newest = number(connection, "SELECT MAX(id) FROM account");
        Set<Integer> held = new TreeSet<>();
        for (int attempt = 0; attempt < 10 && held.size() < accounts * 3 / 4; attempt++) {
            String drawn = random.ints(accounts, 1, newest + 1)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(","));
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT account_id FROM verdict WHERE account_id IN (" + drawn + ")")) {
                while (rows.next() && held.size() < accounts * 3 / 4) {
                    held.add(rows.getInt(1));
                }
            }
        }
        List<Integer> withdrawn = held.stream().limit(accounts / 4).toList();
        List<Account> arrived = IntStream.rangeClosed(newest + 1, newest + accounts - accounts * 3 / 4)
                .mapToObj(listing::account)
                .toList();
        insert(connection, arrived);
        List<Verdict> said = new ArrayList<>();
        int round = random.nextInt(1, 1_000_000);
        held.stream().skip(withdrawn.size()).forEach(id -> said.add(listing.verdict(listing.account(id), round)));
        arrived.forEach(account -> said.add(listing.verdict(account, round)));
        hold(connection, said);
        try (var statement = connection.createStatement();
                PreparedStatement entry = connection.prepareStatement("INSERT INTO verdict_entry"
                        + " (account_id, practice, standing, cause, finding, detector, written_at)"
                        + " VALUES (?,?,?,'judged','',?,?)")) {
            if (!withdrawn.isEmpty()) {
                statement.executeUpdate("DELETE FROM verdict WHERE account_id IN ("
                        + withdrawn.stream().map(String::valueOf).collect(Collectors.joining(",")) + ")");
            }
            for (int id : withdrawn) {
                enter(entry, id, "unknown");
            }
            for (Verdict verdict : said) {
                enter(entry, verdict.accountId(), verdict.standing().id());
            }
            entry.executeBatch();
        }
        connection.commit();
    }

    private static void enter(PreparedStatement entry, int account, String standing) throws SQLException {
        entry.setInt(1, account);
        entry.setString(2, PRACTICE);
        entry.setString(3, standing);
        entry.setString(4, "invented/1");
        entry.setLong(5, InventedListing.AS_OF);
        entry.addBatch();
    }

    /** As if a replica had missed many releases: it is quicker to read all anew then. */
    private static void leap(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            String same = "entries, content_sha256, published_at, placebo_listed, placebo_judged, last_sequence, rules,"
                    + " prefix_length, former_prefix_length, prefix_changed_at";
            statement.executeUpdate("INSERT INTO list_release (version, cut, " + same + ") SELECT version + 10 * "
                    + Snapshot.DELTAS + ", cut, " + same + " FROM list_release ORDER BY version DESC LIMIT 1");
        }
        connection.commit();
    }

    static int number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
