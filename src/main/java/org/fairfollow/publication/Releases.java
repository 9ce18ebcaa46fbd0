package org.fairfollow.publication;

import com.github.luben.zstd.Zstd;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.fairfollow.account.AccountHash;
import org.fairfollow.publication.Publisher.Held;
import org.fairfollow.store.StoreIdentity;
import org.fairfollow.verdict.Placebo;
import org.jspecify.annotations.Nullable;

/** The tables of what was released. Its methods work in the caller's transaction. */
@ApplicationScoped
class Releases {
    private static final int ROWS_AT_ONCE = 1_000;

    private final StoreIdentity identity;

    Releases(StoreIdentity identity) {
        this.identity = identity;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The newest release; null before the first. */
    @Nullable
    Release newest(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT version, cut, published_at, placebo_listed, placebo_judged, last_sequence,"
                                + " prefix_length, former_prefix_length, prefix_changed_at, rules, content_sha256"
                                + " FROM list_release ORDER BY version DESC LIMIT 1")) {
            if (!row.next()) {
                return null;
            }
            return new Release(
                    row.getLong(1),
                    row.getLong(2),
                    Instant.ofEpochSecond(row.getLong(3)),
                    identity.epoch(),
                    identity.isDemo(),
                    new Placebo(row.getInt(4), row.getInt(5)),
                    row.getLong(6),
                    row.getInt(7),
                    row.getInt(8),
                    Instant.ofEpochSecond(row.getLong(9)),
                    row.getBytes(10) == null ? "" : HexFormat.of().formatHex(row.getBytes(10)),
                    HexFormat.of().formatHex(row.getBytes(11)));
        }
    }

    void insert(Connection connection, Release release, int entries, int changes, byte[] delta) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO list_release"
                + " (version, cut, entries, content_sha256, published_at, placebo_listed, placebo_judged, changes,"
                + " last_sequence, delta, rules, prefix_length, former_prefix_length, prefix_changed_at)"
                + " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
            insert.setLong(1, release.version());
            insert.setLong(2, release.cut());
            insert.setInt(3, entries);
            insert.setBytes(4, HexFormat.of().parseHex(release.contentSha256()));
            insert.setLong(5, release.publishedAt().getEpochSecond());
            insert.setInt(6, release.placebo().listed());
            insert.setInt(7, release.placebo().judged());
            insert.setInt(8, changes);
            insert.setLong(9, release.lastSequence());
            insert.setBytes(10, delta);
            insert.setBytes(
                    11, release.rules().isEmpty() ? null : HexFormat.of().parseHex(release.rules()));
            insert.setInt(12, release.prefixLength());
            insert.setInt(13, release.formerPrefixLength());
            insert.setLong(14, release.prefixChangedAt().getEpochSecond());
            insert.executeUpdate();
        }
        // What nobody can ask for any more is not kept. All releases there ever were are ever more: the last ones are
        // looked at.
        long old = release.version() - Snapshot.DELTAS;
        execute(
                connection,
                "UPDATE list_release SET delta = NULL WHERE version BETWEEN " + (old - ROWS_AT_ONCE) + " AND " + old
                        + " AND delta IS NOT NULL");
        execute(
                connection,
                "DELETE FROM release_change WHERE sequence <= " + (release.lastSequence() - Snapshot.CHANGES));
    }

    /** The feed goes on saying that something was withdrawn, under its hash, but no longer whose it was. */
    void forgetNames(Connection connection, Collection<AccountHash> hashes) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE release_change SET account ="
                + " JSON_OBJECT('network', JSON_VALUE(account, '$.network'), 'handle', NULL, 'nativeId', NULL,"
                + " 'profileUrl', '') WHERE hash = ?")) {
            for (AccountHash hash : hashes) {
                update.setBytes(1, hash.bytes());
                update.executeUpdate();
            }
        }
    }

    /** What was written since shows nowhere: the newest release holds for it too. */
    void moveCut(Connection connection, long version, long cut) throws SQLException {
        execute(connection, "UPDATE list_release SET cut = " + cut + " WHERE version = " + version);
    }

    void write(Connection connection, long version, Collection<PublishedAccount> said, Collection<Integer> gone)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("INSERT INTO released (account_id, version, record)"
                + " VALUES (?,?,?) ON DUPLICATE KEY UPDATE version = VALUES(version), record = VALUES(record)")) {
            int rows = 0;
            for (PublishedAccount account : said) {
                upsert.setInt(1, account.accountId());
                upsert.setLong(2, version);
                upsert.setBytes(3, Zstd.compress(account.toBytes()));
                upsert.addBatch();
                if (++rows % ROWS_AT_ONCE == 0) {
                    upsert.executeBatch();
                }
            }
            for (int account : gone) {
                upsert.setInt(1, account);
                upsert.setLong(2, version);
                upsert.setBytes(3, null);
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    void write(Connection connection, List<Change> changes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO release_change"
                + " (sequence, version, kind, practice, hash, account) VALUES (?,?,?,?,?,?)")) {
            int rows = 0;
            for (Change change : changes) {
                insert.setLong(1, change.sequence());
                insert.setLong(2, change.version());
                insert.setInt(3, change.kind().ordinal());
                insert.setString(4, change.practice());
                insert.setBytes(5, change.hash().bytes());
                insert.setString(6, new String(change.account(), StandardCharsets.UTF_8));
                insert.addBatch();
                if (++rows % ROWS_AT_ONCE == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /** What is listed of these accounts, by account. */
    Map<Integer, PublishedAccount> records(Connection connection, Collection<Integer> accounts) throws SQLException {
        Map<Integer, PublishedAccount> records = new HashMap<>();
        if (accounts.isEmpty()) {
            return records;
        }
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT account_id, record FROM released"
                        + " WHERE record IS NOT NULL AND account_id IN ("
                        + accounts.stream().map(String::valueOf).collect(Collectors.joining(",")) + ")")) {
            while (rows.next()) {
                records.put(rows.getInt(1), PublishedAccount.of(ByteBuffer.wrap(decompress(rows.getBytes(2)))));
            }
        }
        return records;
    }

    /** Accounts that are listed and of which the ledger has entries in ({@code after}, {@code upTo}]. */
    Set<Integer> listedWithNews(Connection connection, Collection<Integer> changed) throws SQLException {
        Set<Integer> listed = new TreeSet<>();
        if (changed.isEmpty()) {
            return listed;
        }
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT account_id FROM released WHERE record IS NOT NULL"
                        + " AND account_id IN ("
                        + changed.stream().map(String::valueOf).collect(Collectors.joining(",")) + ")")) {
            while (rows.next()) {
                listed.add(rows.getInt(1));
            }
        }
        return listed;
    }

    /** Is told what the releases after some version left of each account. */
    interface Reader {
        /** @param record null when nothing of it is listed any more */
        void account(int account, byte @Nullable [] record);
    }

    private record Row(int account, byte @Nullable [] record) {
        void tell(Reader reader) {
            reader.account(account, record == null ? null : decompress(record));
        }
    }

    /** While some rows are told to {@code reader}, on another thread, the next are read. */
    void read(Connection connection, long after, Reader reader) throws SQLException {
        try (ExecutorService teller = Executors.newVirtualThreadPerTaskExecutor();
                var statement = connection.createStatement()) {
            // Some at a time: all of them at once may be more than the heap holds.
            statement.setFetchSize(ROWS_AT_ONCE);
            String which = after == 0 ? " WHERE record IS NOT NULL" : " WHERE version > " + after;
            Future<?> told = CompletableFuture.completedFuture(null);
            try (ResultSet rows = statement.executeQuery("SELECT account_id, record FROM released" + which)) {
                for (boolean more = true; more; ) {
                    List<Row> some = new ArrayList<>(ROWS_AT_ONCE);
                    while (some.size() < ROWS_AT_ONCE && (more = rows.next())) {
                        some.add(new Row(rows.getInt(1), rows.getBytes(2)));
                    }
                    told.get();
                    told = teller.submit(() -> some.forEach(row -> row.tell(reader)));
                }
            }
            told.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading releases", e);
        }
    }

    /** The newest deltas to releases after some version that tell no more changes together, in order. */
    List<ListDelta> deltas(Connection connection, long after, int mostChanges) throws SQLException {
        List<ListDelta> deltas = new ArrayList<>();
        try (var statement = connection.createStatement()) {
            // Some at a time: a day on which very much changed is not held whole to be cut short.
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery("SELECT delta FROM list_release WHERE version > " + after
                    + " AND delta IS NOT NULL ORDER BY version DESC")) {
                for (long changes = 0; changes <= mostChanges && rows.next(); ) {
                    ListDelta delta = ListDelta.decode(rows.getBytes(1));
                    changes += delta.changes();
                    deltas.add(delta);
                }
            }
        }
        return deltas.reversed();
    }

    List<Change> changes(Connection connection, long after) throws SQLException {
        List<Change> changes = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT c.sequence, c.version, r.published_at, c.kind, c.practice, c.hash, c.account"
                                + " FROM release_change c JOIN list_release r ON r.version = c.version"
                                + " WHERE c.sequence > " + after + " ORDER BY c.sequence")) {
            while (rows.next()) {
                changes.add(new Change(
                        rows.getLong(1),
                        rows.getLong(2),
                        Instant.ofEpochSecond(rows.getLong(3)),
                        Change.Kind.of(rows.getInt(4)),
                        rows.getString(5),
                        AccountHash.of(rows.getBytes(6)),
                        rows.getString(7).getBytes(StandardCharsets.UTF_8)));
            }
        }
        return changes;
    }

    /** Changes released since some time that no operator had to approve. */
    long changesSince(Connection connection, Instant since, long approvedCut) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COALESCE(SUM(changes), 0) FROM list_release"
                        + " WHERE published_at > " + since.getEpochSecond() + " AND cut > " + approvedCut)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** @param approvedCut changes up to this entry of the ledger may pass */
    record Hold(@Nullable Held held, long approvedCut) {}

    Hold hold(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT since, accounts, approved_cut FROM release_hold")) {
            row.next();
            long since = row.getLong(1);
            Held held = row.wasNull() ? null : new Held(Instant.ofEpochSecond(since), row.getInt(2));
            return new Hold(held, row.getLong(3));
        }
    }

    void hold(Connection connection, @Nullable Held held) throws SQLException {
        execute(
                connection,
                held == null
                        ? "UPDATE release_hold SET since = NULL, accounts = 0"
                        : "UPDATE release_hold SET since = " + held.since().getEpochSecond() + ", accounts = "
                                + held.accounts());
    }

    void approve(Connection connection, long cut) throws SQLException {
        execute(connection, "UPDATE release_hold SET since = NULL, accounts = 0, approved_cut = " + cut);
    }

    private static byte[] decompress(byte[] record) {
        long size = Zstd.getFrameContentSize(record);
        if (size < 0 || size > SnapshotLog.CHUNK_BYTES) {
            throw new UncheckedIOException(new java.io.IOException("a record that is none"));
        }
        return Zstd.decompress(record, (int) size);
    }
}
