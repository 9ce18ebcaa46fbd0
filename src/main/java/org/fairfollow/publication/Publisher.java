package org.fairfollow.publication;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.fairfollow.account.Account;
import org.fairfollow.account.Directory;
import org.fairfollow.publication.Snapshot.Release;
import org.fairfollow.store.Store;
import org.fairfollow.store.StoreIdentity;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Placebo;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/** Builds the snapshot from the ledger, aside, and swaps it in whole. Readers keep the last one whatever happens. */
@ApplicationScoped
public class Publisher {
    private final Store store;
    private final StoreIdentity identity;
    private final Ledger ledger;
    private final Directory directory;
    private final Clock clock;
    private final AtomicReference<@Nullable Published> current = new AtomicReference<>();

    private record Published(Snapshot snapshot, long cut) {}

    Publisher(Store store, StoreIdentity identity, Ledger ledger, Directory directory, Clock clock) {
        this.store = store;
        this.identity = identity;
        this.ledger = ledger;
        this.directory = directory;
        this.clock = clock;
    }

    /** The newest release; empty until the first is built. */
    public Optional<Snapshot> current() {
        return Optional.ofNullable(current.get()).map(Published::snapshot);
    }

    /**
     * Publishes what changed in the ledger since the last release.
     *
     * @return whether there is a new snapshot
     */
    public synchronized boolean publish() {
        Published former = current.get();
        Published next = store.inTransaction(connection -> {
            long cut = ledger.head(connection);
            return former != null && former.cut == cut ? former : build(connection, cut);
        });
        current.set(next);
        return next != former;
    }

    /**
     * Runs under the latch that {@link Ledger#head} took: one instance at a time gives out versions. A change that shows
     * nowhere in the release needs no new version.
     */
    private Published build(Connection connection, long cut) throws SQLException {
        List<Listed> listed = listed(connection);
        Recorded last = lastRelease(connection);
        Snapshot same = Snapshot.build(last.release, listed);
        if (last.release.version() > 0 && same.contentSha256().equals(last.contentSha256)) {
            return new Published(same, cut);
        }
        Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        Release next = new Release(
                last.release.version() + 1, now, identity.epoch(), identity.isDemo(), ledger.placebo(connection));
        Snapshot snapshot = Snapshot.build(next, listed);
        record(connection, next, cut, snapshot);
        return new Published(snapshot, cut);
    }

    private record Recorded(Release release, String contentSha256) {}

    private List<Listed> listed(Connection connection) throws SQLException {
        Map<Integer, List<Verdict>> byAccount = new TreeMap<>();
        for (Verdict verdict : ledger.listed()) {
            byAccount
                    .computeIfAbsent(verdict.accountId(), id -> new ArrayList<>())
                    .add(verdict);
        }
        Map<Integer, Account> accounts = directory.load(connection, byAccount.keySet());
        List<Listed> listed = new ArrayList<>();
        byAccount.forEach((id, verdicts) -> {
            Account account = accounts.get(id);
            if (account != null) {
                verdicts.sort(Comparator.comparing(verdict -> verdict.finding().practice()));
                // The handle of the ledger, not the newest: a replica that builds later must build the same.
                Account asListed = new Account(
                        id,
                        account.network(),
                        account.nativeId(),
                        verdicts.getFirst().handle(),
                        account.handleVerifiedAt());
                listed.add(new Listed(asListed, verdicts));
            }
        });
        return listed;
    }

    private Recorded lastRelease(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT version, published_at, content_sha256, placebo_listed, placebo_judged"
                                + " FROM list_release ORDER BY version DESC LIMIT 1")) {
            boolean any = row.next();
            Release release = new Release(
                    any ? row.getLong(1) : 0,
                    any ? Instant.ofEpochSecond(row.getLong(2)) : Instant.EPOCH,
                    identity.epoch(),
                    identity.isDemo(),
                    any ? new Placebo(row.getInt(4), row.getInt(5)) : new Placebo(0, 0));
            return new Recorded(release, any ? HexFormat.of().formatHex(row.getBytes(3)) : "");
        }
    }

    private static void record(Connection connection, Release release, long cut, Snapshot snapshot)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO list_release"
                + " (version, cut, entries, content_sha256, published_at, placebo_listed, placebo_judged)"
                + " VALUES (?,?,?,?,?,?,?)")) {
            insert.setLong(1, release.version());
            insert.setLong(2, cut);
            insert.setInt(3, snapshot.manifest().entries());
            insert.setBytes(4, HexFormat.of().parseHex(snapshot.contentSha256()));
            insert.setLong(5, release.publishedAt().getEpochSecond());
            insert.setInt(6, release.placebo().listed());
            insert.setInt(7, release.placebo().judged());
            insert.executeUpdate();
        }
    }
}
