package org.fairfollow.publication;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.fairfollow.account.Account;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.publication.Index.Slot;
import org.fairfollow.verdict.Placebo;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/** Releases without a database: what the publisher does with a log once it has decided. */
final class Releasing {
    static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    static final String EPOCH = "0123456789abcdef";

    private final Map<Integer, PublishedAccount> all = new TreeMap<>();
    private final SnapshotLog log;
    private Snapshot current;

    Releasing() {
        this(null);
    }

    Releasing(@Nullable Path file) {
        log = SnapshotLog.create(file);
        current = new Snapshot(release(0, 0), log, Index.EMPTY, List.of(), List.of());
    }

    Snapshot current() {
        return current;
    }

    SnapshotLog log() {
        return log;
    }

    void release(List<PublishedAccount> said, List<Integer> gone) {
        long version = current.version() + 1;
        List<Slot> slots = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        long sequence = current.release().lastSequence();
        for (PublishedAccount account : said) {
            PublishedAccount now = in(version, account);
            all.put(now.accountId(), now);
            slots.add(new Slot(now.accountId(), log.append(SnapshotLog.Kind.ACCOUNT, now.toBytes())));
            changes.add(Change.of(++sequence, version, AT, Change.Kind.PUBLISHED, Practice.FOLLOW_CHURN, now));
        }
        for (int account : gone) {
            all.remove(account);
            log.append(
                    SnapshotLog.Kind.GONE,
                    ByteBuffer.allocate(4).putInt(account).array());
        }
        Index index = current.index().with(log, slots, gone);
        ListDelta delta =
                ListDelta.between(version - 1, version, current.index().listEntries(), index.listEntries());
        log.append(SnapshotLog.Kind.DELTA, delta.encode());
        changes.forEach(change -> log.append(SnapshotLog.Kind.CHANGE, change.toBytes()));
        Release release = release(version, sequence);
        log.append(SnapshotLog.Kind.RELEASE, Payload.jsonBytes(release));
        log.flush();
        List<ListDelta> deltas = new ArrayList<>(current.deltas());
        deltas.add(delta);
        List<Change> feed = new ArrayList<>(current.changes());
        feed.addAll(changes);
        current = new Snapshot(release, log, index, deltas, feed);
    }

    /** The newest release, built as by somebody who never saw the ones before. */
    Snapshot allAtOnce() {
        SnapshotLog other = SnapshotLog.create(null);
        List<Slot> slots = all.values().stream()
                .map(account ->
                        new Slot(account.accountId(), other.append(SnapshotLog.Kind.ACCOUNT, account.toBytes())))
                .toList();
        return new Snapshot(current.release(), other, Index.of(other, slots), current.deltas(), current.changes());
    }

    static Snapshot snapshot(List<PublishedAccount> accounts) {
        Releasing releasing = new Releasing();
        releasing.release(accounts, List.of());
        return releasing.current();
    }

    static Snapshot withPrefixLengths(int length, int former, Instant changedAt) {
        Release release = new Release(1, 0, AT, EPOCH, false, new Placebo(0, 0), 0, length, former, changedAt, "", "");
        return new Snapshot(release, SnapshotLog.create(null), Index.EMPTY, List.of(), List.of());
    }

    private static Release release(long version, long sequence) {
        return new Release(
                version, version, AT, EPOCH, false, new Placebo(0, 12), sequence, 1, 1, Instant.EPOCH, "", "");
    }

    static Release at(long version) {
        return release(version, 0);
    }

    static Release demo() {
        return new Release(1, 1, AT, EPOCH, true, new Placebo(0, 0), 0, 1, 1, Instant.EPOCH, "", "");
    }

    static List<PublishedAccount> accounts(int count) {
        List<PublishedAccount> accounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            accounts.add(account(i, i % 3 == 0 ? null : "user" + i + ".example", "What was observed."));
        }
        return accounts;
    }

    static PublishedAccount account(int id, @Nullable String handle, String statement) {
        Account account = new Account(id, Network.BLUESKY, "did:plc:n" + id, handle, 1_795_000_000);
        PublishedAccount published = PublishedAccount.of(
                account,
                List.of(
                        verdict(id, handle, Practice.FOLLOW_CHURN, Standing.LIKELY, statement),
                        verdict(id, null, Practice.AUTO_DM, Standing.SIGNS, "Not listed.")),
                1);
        return Objects.requireNonNull(published);
    }

    static Verdict verdict(int id, @Nullable String handle, Practice practice, Standing standing, String statement) {
        Finding finding = new Finding(
                practice,
                practice.id() + "/1",
                Opinion.PRESENT,
                false,
                statement,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                new Finding.Sources(1, 0),
                List.of(),
                1_795_000_000,
                0);
        return Verdict.undecided(id, standing, handle, finding, 1_795_000_000, 0);
    }

    private static PublishedAccount in(long version, PublishedAccount account) {
        return new PublishedAccount(
                account.accountId(),
                version,
                account.network(),
                account.handle(),
                account.nativeId(),
                account.asOf(),
                account.verdicts());
    }
}
