package org.fairfollow.publication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.fairfollow.account.AccountHash;
import org.fairfollow.account.AccountName;
import org.fairfollow.publication.Index.Key;
import org.fairfollow.publication.Index.Slot;
import org.jspecify.annotations.Nullable;

/**
 * One immutable release: everything that is published. Verdicts are bytes ready to be sent and lie in the {@link SnapshotLog};
 * what is asked for often is put together once and kept.
 */
public final class Snapshot {
    /** Steps from version to version that are kept: a day's and some hours', of one every ten seconds. */
    static final int DELTAS = 10_000;
    /** The kept ones tell no more changes than this together, some 300 kB: whoever is further behind takes the whole list. */
    private static final int MOST_CHANGES = 100_000;
    /** A list of a few entries changes as a whole. */
    private static final int LEAST_CHANGES = 1_000;
    /**
     * The newest versions of the list that are served. Instances are moments apart: who read the manifest of one may ask another
     * one that is further.
     */
    static final int VERSIONS = 3;
    /** Changes that are kept for the feed; whoever is further behind starts from the dump. */
    static final int CHANGES = 100_000;
    /** Of ranges, put together; the next release starts anew. */
    private static final long CACHED_BYTES = 64 << 20;
    /** Of deltas, put together. */
    private static final long CACHED_DELTA_BYTES = 16 << 20;

    private static final int DIGIT_BITS = 4;
    private static final int HASHED_AT_ONCE = 256;
    private static final byte[] HASH = "{\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMA = {','};

    private final Release release;
    private final SnapshotLog log;
    private final Index index;
    private final List<ListDelta> deltas;
    private final List<Change> changes;
    private final Payload list;
    private final ListManifest manifest;
    private final Payload manifestPayload;
    private final Cache<String, Payload> ranges = Caffeine.newBuilder()
            .maximumWeight(CACHED_BYTES)
            .weigher((String prefix, Payload range) -> range.bytes().length)
            .build();
    /**
     * Only where all of them can be kept. Else those kept would be replaced without end, each after it has become old, and collecting
     * them stops the readers for longer than putting ranges together takes.
     */
    private final boolean keepsRanges;

    private final Map<Long, Payload> formerLists = new ConcurrentHashMap<>();

    /** Which versions a delta leads between. */
    private record Way(long from, long to) {}

    private final Cache<Way, Payload> deltaPayloads = Caffeine.newBuilder()
            .maximumWeight(CACHED_DELTA_BYTES)
            .weigher((Way way, Payload delta) -> delta.bytes().length)
            .build();

    /**
     * @param log holds all records the index refers to
     * @param deltas from version to version; those that do not lead to this one, step by step, are left out
     * @param changes the newest of the feed, in order
     */
    Snapshot(Release release, SnapshotLog log, Index index, List<ListDelta> deltas, List<Change> changes) {
        this.release = release;
        this.log = log;
        this.index = index;
        int[] entries = index.listEntries();
        this.deltas = leadingTo(release.version(), deltas, mostChanges(entries.length));
        this.changes = newest(changes, CHANGES);
        // The log holds once what stands in the ranges of two hashes.
        keepsRanges = 2 * log.size() <= CACHED_BYTES;
        list = Payload.of(ListCodec.encode(release.version(), entries));
        manifest = new ListManifest(
                release.version(),
                entries.length,
                index.accounts(),
                release.prefixLength(),
                list.sha256(),
                list.bytes().length,
                release.publishedAt(),
                ListManifest.POLL_AFTER_SECONDS,
                release.epoch(),
                release.demo(),
                release.placebo(),
                release.rules());
        manifestPayload = Payload.json(manifest);
    }

    private static <T> List<T> newest(List<T> all, int count) {
        return List.copyOf(all.subList(Math.max(0, all.size() - count), all.size()));
    }

    public ListManifest manifest() {
        return manifest;
    }

    public Payload manifestPayload() {
        return manifestPayload;
    }

    /** Changes that steps to a list of so many entries may tell together; of more the whole list is shorter. */
    static int mostChanges(int entries) {
        return Math.clamp(entries / 2, LEAST_CHANGES, MOST_CHANGES);
    }

    /** Those at the end of {@code deltas} that lead to {@code version} without a break, as many as are worth keeping. */
    private static List<ListDelta> leadingTo(long version, List<ListDelta> deltas, int mostChanges) {
        int first = deltas.size();
        long to = version;
        long changes = 0;
        while (first > 0 && deltas.size() - first < DELTAS) {
            ListDelta before = deltas.get(first - 1);
            changes += before.changes();
            if (before.to() != to || changes > mostChanges) {
                break;
            }
            to = before.from();
            first--;
        }
        return List.copyOf(deltas.subList(first, deltas.size()));
    }

    /** The whole list, as {@link ListCodec} writes it. */
    public Payload list() {
        return list;
    }

    /** The list as it was at {@code version}, one of the newest few; empty for any other. The same bytes on every instance. */
    public Optional<Payload> list(long version) {
        long back = release.version() - version;
        if (back == 0) {
            return Optional.of(list);
        }
        return isServed(version)
                ? Optional.of(formerLists.computeIfAbsent(version, former -> buildFormer((int) back)))
                : Optional.empty();
    }

    private Payload buildFormer(int back) {
        int[] entries = index.listEntries();
        for (ListDelta last :
                deltas.subList(deltas.size() - back, deltas.size()).reversed()) {
            entries = last.undo(entries);
        }
        return Payload.of(ListCodec.encode(release.version() - back, entries));
    }

    /** Whether it is one of the newest versions, and can be told. */
    private boolean isServed(long version) {
        long back = release.version() - version;
        return version > 0 && back >= 0 && back < VERSIONS && back <= deltas.size();
    }

    /** The delta that leads from version {@code older} to the newest; empty when not all of its steps are kept. */
    public Optional<Payload> delta(long older) {
        return delta(older, release.version());
    }

    /** The delta that leads from version {@code older} to {@code version}, one of the newest few; empty when it cannot be told. */
    public Optional<Payload> delta(long older, long version) {
        long oldest = release.version() - deltas.size();
        if (!isServed(version) || older < oldest || older >= version) {
            return Optional.empty();
        }
        return Optional.of(deltaPayloads.get(
                new Way(older, version),
                way -> Payload.of(ListDelta.together(deltas.subList((int) (older - oldest), (int) (version - oldest)))
                        .encode())));
    }

    /** Hex digits a prefix of {@link #range} has. */
    public int prefixLength() {
        return release.prefixLength();
    }

    /** Whether prefixes may have so many digits: as the manifest says, or as it said until a day ago. */
    public boolean takesPrefixLength(int digits, Instant now) {
        return digits == release.prefixLength()
                || (digits == release.formerPrefixLength()
                        && PrefixLength.isFormerValid(release.prefixChangedAt(), now));
    }

    /**
     * The listed accounts whose hash begins with {@code prefix}, as JSON, padded to a size class; mostly none.
     *
     * @param prefix 1 to 8 lower-case hex digits
     */
    public Payload range(String prefix) {
        return keepsRanges ? ranges.get(prefix, this::buildRange) : buildRange(prefix);
    }

    /** A range, not taken from those that are kept. */
    Payload buildRange(String prefix) {
        int bits = DIGIT_BITS * prefix.length();
        List<Key> keys = index.range(Long.parseLong(prefix, 16) << 64 - bits, bits);
        MessageDigest content = Payload.sha256Digest();
        content.update(RangeBytes.SCHEME);
        content.update(prefix.getBytes(StandardCharsets.US_ASCII));
        List<PublishedAccount.Stored> records = new ArrayList<>(keys.size());
        int length = 0;
        for (Key key : keys) {
            PublishedAccount.Stored record = log.stored(key.slot().at());
            records.add(record);
            content.update(hex(key).getBytes(StandardCharsets.US_ASCII));
            content.update(record.digest());
            length += COMMA.length + HASH.length + 2 * 16 + record.entryLength();
        }
        RangeBytes range = new RangeBytes(Math.max(0, length - COMMA.length));
        for (int i = 0; i < keys.size(); i++) {
            if (i > 0) {
                range.put(COMMA);
            }
            range.put(HASH);
            range.put(hex(keys.get(i)).getBytes(StandardCharsets.US_ASCII));
            records.get(i).copyEntry(range.array(), range.position());
            range.skip(records.get(i).entryLength());
        }
        return range.finish(content.digest());
    }

    private static String hex(Key key) {
        return HexFormat.of().toHexDigits(key.high()) + HexFormat.of().toHexDigits(key.low());
    }

    /** What is published of an account, by one of the names it is listed under. */
    public Optional<PublishedAccount> find(AccountName name) {
        return Optional.ofNullable(index.find(name.hash())).map(slot -> log.read(slot.at()));
    }

    /**
     * The changes after number {@code after}, at most {@code limit}; empty when older ones than are kept are asked for. A verdict
     * is told as it stands in this release, not as it was: what has been withdrawn since is not told again.
     */
    public Optional<ChangesPage> changesAfter(long after, int limit) {
        long first = release.lastSequence() - changes.size() + 1;
        if (after < first - 1) {
            return Optional.empty();
        }
        int from = (int) Math.min(after - first + 1, changes.size());
        int to = Math.min(changes.size(), from + limit);
        List<ChangesPage.Entry> entries = new ArrayList<>();
        for (Change change : changes.subList(from, to)) {
            entries.add(new ChangesPage.Entry(
                    change.sequence(),
                    change.version(),
                    change.at(),
                    change.kind(),
                    change.practice(),
                    change.hash().hex(),
                    new String(change.account(), StandardCharsets.UTF_8),
                    change.kind() == Change.Kind.WITHDRAWN ? null : verdict(change)));
        }
        long reached = entries.isEmpty()
                ? Math.max(after, first - 1)
                : entries.getLast().sequence();
        return Optional.of(
                new ChangesPage(entries, new Cursor(release.epoch(), reached).text(), to < changes.size(), version()));
    }

    /** Number of the first change that is kept, less one: where a feed without a cursor begins. */
    public long beginningOfChanges() {
        return release.lastSequence() - changes.size();
    }

    private @Nullable String verdict(Change change) {
        Slot slot = index.find(change.hash());
        if (slot == null) {
            return null;
        }
        return log.read(slot.at()).listed().stream()
                .filter(told -> told.practice().id().equals(change.practice()))
                .findFirst()
                .map(told -> new String(told.json(), StandardCharsets.UTF_8))
                .orElse(null);
    }

    /** A cursor at the end of this release's changes. */
    public Cursor end() {
        return new Cursor(release.epoch(), release.lastSequence());
    }

    /** All that is listed, in the order of the accounts' internal numbers. */
    void forEach(Consumer<PublishedAccount> account) {
        index.slots().forEach(slot -> account.accept(log.read(slot.at())));
    }

    long version() {
        return release.version();
    }

    Release release() {
        return release;
    }

    SnapshotLog log() {
        return log;
    }

    Index index() {
        return index;
    }

    List<ListDelta> deltas() {
        return deltas;
    }

    List<Change> changes() {
        return changes;
    }

    /** SHA-256 of all that is listed, whatever the version, lower-case hex. */
    static String contentSha256(SnapshotLog log, Index index) {
        MessageDigest content = Payload.sha256Digest();
        // Hashed by the block: a call for each of millions takes longer than the hash.
        ByteBuffer block = ByteBuffer.allocate(HASHED_AT_ONCE * (AccountHash.BYTES + PublishedAccount.DIGEST_BYTES));
        for (Key key : index.keys()) {
            block.putLong(key.high()).putLong(key.low());
            log.stored(key.slot().at()).putDigest(block);
            if (!block.hasRemaining()) {
                content.update(block.array());
                block.clear();
            }
        }
        content.update(block.array(), 0, block.position());
        return HexFormat.of().formatHex(content.digest());
    }
}
