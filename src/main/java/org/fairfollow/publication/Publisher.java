package org.fairfollow.publication;

import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.fairfollow.account.Account;
import org.fairfollow.account.Directory;
import org.fairfollow.account.ErasedAccounts;
import org.fairfollow.detection.Practice;
import org.fairfollow.publication.Change.Kind;
import org.fairfollow.publication.Index.Slot;
import org.fairfollow.publication.PublishedAccount.Told;
import org.fairfollow.store.Latch;
import org.fairfollow.store.Store;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.fairfollow.store.StoreIdentity;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Ledger.Head;
import org.fairfollow.verdict.Placebo;
import org.fairfollow.verdict.Rulebook;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Releases what changed in the ledger and keeps the snapshot of the newest release: built aside, swapped in whole, kept on disk.
 * Any number of instances may do so over one database; one at a time decides, the others build the same from its rows.
 * Readers keep the last snapshot whatever happens.
 */
@ApplicationScoped
public class Publisher {
    private static final String FILE = "snapshot.log";
    private static final byte[] FORMAT = {'F', 'F', 'S', 1};
    /** Entries of the ledger in one release: more make several. */
    private static final int ENTRIES_AT_ONCE = 20_000;
    /** Accounts that are looked at in one go. */
    private static final int ACCOUNTS_AT_ONCE = 1_000;
    /** Over so long the circuit breaker adds up what changed. */
    private static final Duration WATCHED = Duration.ofHours(1);
    /** A replica that is further behind reads everything anew. */
    private static final int CATCH_UP = Snapshot.DELTAS;
    /** A log is written anew when it is this much larger than twice what it has to hold. */
    private static final long SLACK_BYTES = 16 << 20;

    private final Store store;
    private final StoreIdentity identity;
    private final Releases releases;
    private final Ledger ledger;
    private final Directory directory;
    private final ErasedAccounts erased;
    private final Clock clock;
    private final PublicationSettings settings;
    private final @Nullable Path file;

    private volatile @Nullable Snapshot current;
    private volatile CompletableFuture<Void> swapped = new CompletableFuture<>();
    private volatile @Nullable Held held;
    private volatile boolean inStep;
    private volatile long inStepAt = System.nanoTime();

    /** What follows is used by whoever publishes, one thread at a time. */
    private long cut;

    private long consideredCut = -1;
    private long approvedCut;
    private long sizeWhenWritten;
    private long erasedForgotten;

    /**
     * A release that waits for an operator, because more changed than is plausible.
     *
     * @param accounts whose verdicts wait
     */
    public record Held(Instant since, int accounts) {}

    Publisher(
            Store store,
            StoreIdentity identity,
            Releases releases,
            Ledger ledger,
            Directory directory,
            ErasedAccounts erased,
            Clock clock,
            PublicationSettings settings) {
        this.store = store;
        this.identity = identity;
        this.releases = releases;
        this.ledger = ledger;
        this.directory = directory;
        this.erased = erased;
        this.clock = clock;
        this.settings = settings;
        file = settings.folder().map(folder -> Path.of(folder, FILE)).orElse(null);
        long began = System.nanoTime();
        current = file == null ? null : new Reopening().open(file);
        Snapshot opened = current;
        if (opened != null && opened.release().demo() != identity.isDemo()) {
            // What is invented is never told as if it were not.
            opened.log().close();
            current = null;
        } else if (opened != null) {
            sizeWhenWritten = opened.log().size();
            Log.infof(
                    "Version %d of the list, %d accounts, was kept on disk; opened in %d ms",
                    opened.version(), opened.index().accounts(), millisSince(began));
        }
    }

    /** The newest release; empty until the first is built or found on disk. */
    public Optional<Snapshot> current() {
        return Optional.ofNullable(current);
    }

    /** Whether there may be a newer release than the current one: the database could not be asked of late. */
    public boolean isStale() {
        return !inStep
                || store.isAway()
                || System.nanoTime() - inStepAt > settings.staleAfter().toNanos();
    }

    /** The release that waits for an operator, if one does. */
    public Optional<Held> held() {
        return Optional.ofNullable(held);
    }

    /** Completes when there is another snapshot than {@code than}. */
    public CompletionStage<Void> whenOtherThan(Snapshot than) {
        CompletableFuture<Void> next = swapped;
        return current == than ? next : CompletableFuture.completedFuture(null);
    }

    /**
     * Brings the snapshot up to date, and publishes what changed in the ledger since the last release unless an operator has to
     * look at it first. Withdrawals never wait for the operator.
     *
     * @return whether there is a new snapshot
     * @throws DatabaseAwayException when there is no database to be had; the snapshot stays
     */
    public boolean publish() {
        return publish(Duration.ZERO);
    }

    /** Like {@link #publish()}, but makes no release soon after the last one: many small changes become one. */
    public boolean publishNowAndThen() {
        return publish(settings.interval());
    }

    private synchronized boolean publish(Duration interval) {
        Snapshot before = current;
        try {
            catchUp();
            for (boolean more = !isYounger(interval) && publishNext(); more; more = publishNext()) {
                catchUp();
            }
            forgetErased();
            inStepAt = System.nanoTime();
            inStep = true;
        } catch (RuntimeException e) {
            inStep = false;
            throw e;
        }
        return current != before;
    }

    /** Lets what waits pass, as far as it has come until now. */
    public void approve() {
        store.inTransaction(connection -> {
            Latch.PUBLICATION.takeAlone(connection);
            releases.approve(connection, ledger.newest(connection));
            return null;
        });
        held = null;
    }

    private record Step(@Nullable Release newest, Releases.Hold hold) {}

    private void catchUp() {
        Step step = store.read(connection -> new Step(releases.newest(connection), releases.hold(connection)));
        Release newest = step.newest;
        held = step.hold.held();
        if (approvedCut != step.hold.approvedCut()) {
            approvedCut = step.hold.approvedCut();
            consideredCut = -1;
        }
        Snapshot mine = current;
        if (newest == null) {
            if (mine != null) {
                Log.warn("The snapshot on disk is of another store and is given up");
                mine.log().close();
                current = null;
            }
            return;
        }
        cut = newest.cut();
        boolean follows = mine != null
                && mine.release().epoch().equals(newest.epoch())
                && mine.version() <= newest.version()
                && mine.version() + CATCH_UP >= newest.version();
        if (mine == null || !follows) {
            readAll();
        } else if (mine.version() < newest.version()) {
            readNewer(mine);
        }
    }

    /**
     * Accounts that were erased are named nowhere once they are withdrawn: not in the feed, not in memory, not on disk. Every
     * instance does it for itself.
     */
    private void forgetErased() {
        if (current == null) {
            return;
        }
        ErasedAccounts.Some some = store.read(connection -> erased.since(connection, erasedForgotten, cut));
        if (some.hashes().isEmpty()) {
            return;
        }
        store.inTransaction(connection -> {
            Latch.PUBLICATION.takeAlone(connection);
            releases.forgetNames(connection, some.hashes());
            return null;
        });
        readAll();
        erasedForgotten = some.newest();
    }

    /** Builds the snapshot from the database, in a new log. */
    private void readAll() {
        long began = System.nanoTime();
        SnapshotLog log = newLog();
        try {
            Snapshot snapshot = store.readAtOneMoment(connection -> readAll(connection, log));
            Log.infof(
                    "Version %d of the list, %d accounts, was read from the database in %d ms",
                    snapshot.version(), snapshot.index().accounts(), millisSince(began));
            finish(log, snapshot);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private Snapshot readAll(Connection connection, SnapshotLog log) throws SQLException {
        log.append(SnapshotLog.Kind.DISCARD, FORMAT);
        Release release = Objects.requireNonNull(releases.newest(connection));
        List<Slot> slots = new ArrayList<>();
        releases.read(
                connection,
                0,
                (account, record) -> slots.add(
                        new Slot(account, log.append(SnapshotLog.Kind.ACCOUNT, Objects.requireNonNull(record)))));
        List<ListDelta> deltas = releases.deltas(connection, release.version() - Snapshot.DELTAS);
        List<Change> changes = releases.changes(connection, release.lastSequence() - Snapshot.CHANGES);
        return new Snapshot(release, log, Index.of(log, slots), deltas, changes);
    }

    private SnapshotLog newLog() {
        SnapshotLog log = SnapshotLog.create(file == null ? null : file.resolveSibling(FILE + ".next"));
        log.append(SnapshotLog.Kind.FORMAT, FORMAT);
        return log;
    }

    /** Writes what is no account into a log that was begun anew, puts it in its place and swaps the snapshot in. */
    private void finish(SnapshotLog log, Snapshot snapshot) {
        Snapshot former = current;
        if (former != null && former.log() != log) {
            former.log().close();
        }
        snapshot.deltas().forEach(delta -> log.append(SnapshotLog.Kind.DELTA, delta.encode()));
        snapshot.changes().forEach(change -> log.append(SnapshotLog.Kind.CHANGE, change.toBytes()));
        log.append(SnapshotLog.Kind.RELEASE, Payload.jsonBytes(snapshot.release()));
        // Readers need not wait for the disk; until it has everything, the file before stays.
        swap(snapshot);
        log.flush();
        if (file != null) {
            log.replace(file);
        }
        sizeWhenWritten = log.size();
    }

    /** Takes the releases another instance made since. */
    private void readNewer(Snapshot mine) {
        SnapshotLog log = mine.log();
        Draft draft = store.readAtOneMoment(connection -> {
            log.append(SnapshotLog.Kind.DISCARD, FORMAT);
            Release release = Objects.requireNonNull(releases.newest(connection));
            List<Slot> said = new ArrayList<>();
            List<Integer> gone = new ArrayList<>();
            releases.read(connection, mine.version(), (account, record) -> {
                if (record == null) {
                    gone.add(account);
                } else {
                    said.add(new Slot(account, log.append(SnapshotLog.Kind.ACCOUNT, record)));
                }
            });
            return new Draft(
                    release,
                    mine.index().with(log, said, gone),
                    gone,
                    releases.deltas(connection, mine.version()),
                    releases.changes(connection, mine.release().lastSequence()));
        });
        if (Snapshot.contentSha256(log, draft.index).equals(draft.release.contentSha256())) {
            adopt(mine, draft);
        } else {
            Log.warnf(
                    "Version %d does not follow from what is kept here; reading all of it anew",
                    draft.release.version());
            readAll();
        }
    }

    private record Draft(
            Release release, Index index, List<Integer> gone, List<ListDelta> deltas, List<Change> changes) {}

    /** The draft's records stand in the log already. */
    private void adopt(Snapshot former, Draft draft) {
        SnapshotLog log = former.log();
        draft.gone.forEach(account -> log.append(
                SnapshotLog.Kind.GONE, ByteBuffer.allocate(4).putInt(account).array()));
        draft.deltas.forEach(delta -> log.append(SnapshotLog.Kind.DELTA, delta.encode()));
        draft.changes.forEach(change -> log.append(SnapshotLog.Kind.CHANGE, change.toBytes()));
        log.append(SnapshotLog.Kind.RELEASE, Payload.jsonBytes(draft.release));
        log.flush();
        swap(new Snapshot(
                draft.release,
                log,
                draft.index,
                joined(former.deltas(), draft.deltas),
                joined(former.changes(), draft.changes)));
        if (log.size() > 2 * sizeWhenWritten + SLACK_BYTES) {
            compact();
        }
    }

    private static <T> List<T> joined(List<T> some, List<T> others) {
        List<T> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** Leaves out of the log what has been said anew since. */
    private void compact() {
        Snapshot mine = Objects.requireNonNull(current);
        SnapshotLog log = newLog();
        List<Slot> slots = new ArrayList<>();
        mine.forEach(account ->
                slots.add(new Slot(account.accountId(), log.append(SnapshotLog.Kind.ACCOUNT, account.toBytes()))));
        finish(log, new Snapshot(mine.release(), log, Index.of(log, slots), mine.deltas(), mine.changes()));
    }

    private void swap(Snapshot next) {
        current = next;
        CompletableFuture<Void> waiting = swapped;
        swapped = new CompletableFuture<>();
        waiting.complete(null);
    }

    /**
     * Makes the next release.
     *
     * @return whether there may be another one to make, or to take, at once
     */
    private boolean publishNext() {
        long began = System.nanoTime();
        Snapshot mine = current;
        long newest = store.read(ledger::newest);
        if (mine != null && (newest <= cut || newest == consideredCut)) {
            return false;
        }
        // Under the latch that writers share: nothing below the head is still being written.
        Head head = store.inTransaction(ledger::head);
        Snapshot base = mine == null ? beginning() : mine;
        Draft draft = null;
        try {
            draft = store.inTransaction(connection -> draft(connection, base, head));
        } finally {
            if (draft == null && mine == null) {
                base.log().close();
            }
        }
        if (draft == null) {
            return false;
        }
        if (draft.release.version() > base.version()) {
            if (mine == null) {
                finish(base.log(), new Snapshot(draft.release, base.log(), draft.index, draft.deltas, draft.changes));
            } else {
                adopt(mine, draft);
            }
            Log.debugf(
                    "Version %d of the list, %d changes, was made in %d ms",
                    draft.release.version(), draft.changes.size(), millisSince(began));
        }
        cut = draft.release.cut();
        return cut < head.entry() && consideredCut != head.entry();
    }

    private static long millisSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1_000_000;
    }

    /** Before the first release there is nothing. */
    private Snapshot beginning() {
        Release none = new Release(
                0,
                0,
                Instant.EPOCH,
                identity.epoch(),
                identity.isDemo(),
                new Placebo(0, 0),
                0,
                1,
                1,
                Instant.EPOCH,
                "",
                "");
        return new Snapshot(none, newLog(), Index.EMPTY, List.of(), List.of());
    }

    private boolean isYounger(Duration interval) {
        Snapshot mine = current;
        if (mine == null) {
            return false;
        }
        Duration age = Duration.between(mine.release().publishedAt(), clock.instant());
        // A clock that went backwards stops nothing.
        return !age.isNegative() && age.compareTo(interval) < 0;
    }

    /**
     * The release that follows {@code base}, written to the database; the same version with a newer cut where nothing of it shows.
     * Null when another instance was quicker, or when the head was read at another node that is ahead of this one.
     */
    private @Nullable Draft draft(Connection connection, Snapshot base, Head seen) throws SQLException {
        Latch.PUBLICATION.takeAlone(connection);
        if (!ledger.isSeen(connection, seen)) {
            return null;
        }
        long head = seen.entry();
        // What an attempt before this one left in the log does not count.
        base.log().append(SnapshotLog.Kind.DISCARD, FORMAT);
        Release last = releases.newest(connection);
        if ((last == null ? 0 : last.version()) != base.version()) {
            return null;
        }
        Releases.Hold hold = releases.hold(connection);
        // What was approved passes by itself: what came after the approval must not make it wait again.
        long end = cut < hold.approvedCut() ? Math.min(head, hold.approvedCut()) : head;
        long to = ledger.stepAfter(connection, cut, ENTRIES_AT_ONCE, end);
        News news = news(connection, base, ledger.changedAccounts(connection, cut, to), false);
        boolean waits = to > hold.approvedCut()
                && news.accusations() > 0
                // What waits goes on waiting until it is approved or gone: not until the hour is over.
                && (hold.held() != null || isImplausible(connection, base, news, to, head, hold.approvedCut()));
        if (waits) {
            Set<Integer> waiting = ledger.changedAccounts(connection, cut, head);
            news = news(connection, base, releases.listedWithNews(connection, waiting), true);
            Instant since = hold.held() == null ? clock.instant() : hold.held().since();
            Held now = new Held(since, waiting.size());
            if (hold.held() == null) {
                Log.warnf(
                        "A release waits for an operator: %d accounts changed. See GET /v1/moderation/release",
                        waiting.size());
            }
            releases.hold(connection, now);
            held = now;
            consideredCut = head;
            to = cut;
        } else if (hold.held() != null) {
            releases.hold(connection, null);
            held = null;
        }
        if (last != null && news.isNothing()) {
            releases.moveCut(connection, last.version(), to);
            return new Draft(withCut(last, to), base.index(), List.of(), List.of(), List.of());
        }
        return write(connection, base, news, to);
    }

    /**
     * What a release says anew: records, accounts that are gone, and the feed's entries.
     *
     * @param at the release's one time: other instances know no other for the entries
     */
    private record News(
            long version, Instant at, List<PublishedAccount> said, List<Integer> gone, List<Change> changes) {
        boolean isNothing() {
            return said.isEmpty() && gone.isEmpty();
        }

        /** Changes that hold something against somebody. */
        long accusations() {
            return changes.stream()
                    .filter(change -> change.kind() != Kind.WITHDRAWN)
                    .count();
        }

        /** @param lastSequence of the release before */
        void add(int account, @Nullable PublishedAccount former, @Nullable PublishedAccount next, long lastSequence) {
            if (next == null && former != null) {
                gone.add(account);
            } else if (next != null && (former == null || !next.saysTheSameAs(former))) {
                said.add(next);
            } else {
                return;
            }
            difference(former, next).forEach((practice, kind) -> {
                PublishedAccount shown = Objects.requireNonNull(kind == Kind.WITHDRAWN ? former : next);
                changes.add(Change.of(lastSequence + changes.size() + 1, version, at, kind, practice, shown));
            });
        }
    }

    /** @param withdrawalsOnly leave what is listed as it is, but for what is no longer held */
    private News news(Connection connection, Snapshot base, Set<Integer> accounts, boolean withdrawalsOnly)
            throws SQLException {
        long version = base.version() + 1;
        News news = new News(version, now(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<Integer> all = List.copyOf(accounts);
        for (int from = 0; from < all.size(); from += ACCOUNTS_AT_ONCE) {
            List<Integer> some = all.subList(from, Math.min(all.size(), from + ACCOUNTS_AT_ONCE));
            Map<Integer, Account> known = directory.load(connection, some);
            Map<Integer, List<Verdict>> verdicts = ledger.of(connection, some);
            Map<Integer, PublishedAccount> released = releases.records(connection, some);
            for (int id : some) {
                Account account = known.get(id);
                PublishedAccount former = released.get(id);
                PublishedAccount next = account == null
                        ? null
                        : PublishedAccount.of(account, verdicts.getOrDefault(id, List.of()), version);
                if (withdrawalsOnly) {
                    next = former == null ? null : former.withdrawnTo(next, version);
                }
                news.add(id, former, next, base.release().lastSequence());
            }
        }
        return news;
    }

    /** What became of each practice that was or is listed. */
    private static Map<Practice, Kind> difference(@Nullable PublishedAccount former, @Nullable PublishedAccount next) {
        Map<Practice, byte[]> before = listed(former);
        Map<Practice, byte[]> after = listed(next);
        boolean renamed = former != null && next != null && !former.account().equals(next.account());
        Map<Practice, Kind> difference = new TreeMap<>();
        before.forEach((practice, json) -> {
            byte[] now = after.get(practice);
            if (now == null) {
                difference.put(practice, Kind.WITHDRAWN);
            } else if (renamed || !Arrays.equals(json, now)) {
                difference.put(practice, Kind.CHANGED);
            }
        });
        after.keySet().stream()
                .filter(practice -> !before.containsKey(practice))
                .forEach(practice -> difference.put(practice, Kind.PUBLISHED));
        return difference;
    }

    private static Map<Practice, byte[]> listed(@Nullable PublishedAccount account) {
        return account == null
                ? Map.of()
                : account.listed().stream().collect(Collectors.toMap(Told::practice, Told::json));
    }

    /** Whether within an hour, or with all that is still to come, more would change than can be right. */
    private boolean isImplausible(Connection connection, Snapshot base, News news, long to, long head, long approvedCut)
            throws SQLException {
        long most = Math.max(settings.plausibleChanges(), (long)
                (settings.plausibleShare() * base.index().accounts()));
        long coming = to < head ? ledger.accountsAccused(connection, to, head) : 0;
        long before = releases.changesSince(connection, clock.instant().minus(WATCHED), approvedCut);
        return news.accusations() + coming + before > most;
    }

    private Draft write(Connection connection, Snapshot base, News news, long to) throws SQLException {
        SnapshotLog log = base.log();
        List<Slot> said = new ArrayList<>();
        for (PublishedAccount account : news.said) {
            said.add(new Slot(account.accountId(), log.append(SnapshotLog.Kind.ACCOUNT, account.toBytes())));
        }
        Index index = base.index().with(log, said, news.gone);
        long version = base.version() + 1;
        int[] entries = index.listEntries();
        ListDelta delta =
                ListDelta.between(base.version(), version, base.index().listEntries(), entries);
        Release last = base.release();
        Instant now = news.at;
        int prefixLength = PrefixLength.next(index.keys().length, last.prefixLength(), last.prefixChangedAt(), now);
        boolean another = prefixLength != last.prefixLength();
        Release release = new Release(
                version,
                to,
                now,
                identity.epoch(),
                identity.isDemo(),
                ledger.placebo(connection),
                last.lastSequence() + news.changes.size(),
                prefixLength,
                another ? last.prefixLength() : last.formerPrefixLength(),
                another && base.version() > 0 ? now : last.prefixChangedAt(),
                Rulebook.sha256(),
                Snapshot.contentSha256(log, index));
        releases.write(connection, version, news.said, news.gone);
        releases.write(connection, news.changes);
        releases.insert(connection, release, entries.length, news.changes.size(), delta.encode());
        return new Draft(release, index, news.gone, List.of(delta), news.changes);
    }

    private Instant now() {
        return Instant.ofEpochSecond(clock.instant().getEpochSecond());
    }

    private static Release withCut(Release release, long cut) {
        return new Release(
                release.version(),
                cut,
                release.publishedAt(),
                release.epoch(),
                release.demo(),
                release.placebo(),
                release.lastSequence(),
                release.prefixLength(),
                release.formerPrefixLength(),
                release.prefixChangedAt(),
                release.rules(),
                release.contentSha256());
    }
}
