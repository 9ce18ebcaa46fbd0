package org.fairfollow.publication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.fairfollow.account.AccountHash;
import org.jspecify.annotations.Nullable;

/** Who is listed and where in the log it is said; immutable. A new one shares what did not change. */
final class Index {
    static final Index EMPTY = new Index(new Slot[0], new Key[0]);
    private static final Comparator<Slot> BY_ACCOUNT = Comparator.comparingInt(Slot::accountId);

    private final Slot[] accounts;
    private final Key[] keys;

    /** @param at where its record lies in the log */
    record Slot(int accountId, long at) {}

    /**
     * A hash under which an account is listed. Of two accounts under one hash (a handle that changed hands) the one that was
     * published later comes first, and the other does not count.
     */
    record Key(long high, long low, long version, Slot slot) implements Comparable<Key> {
        static Key of(AccountHash hash, long version, Slot slot) {
            byte[] bytes = hash.bytes();
            return new Key(bits(bytes, 0), bits(bytes, 8), version, slot);
        }

        private static long bits(byte[] bytes, int from) {
            long bits = 0;
            for (int i = from; i < from + 8; i++) {
                bits = bits << 8 | bytes[i] & 0xff;
            }
            return bits;
        }

        @Override
        public int compareTo(Key other) {
            int order = Long.compareUnsigned(high, other.high);
            if (order == 0) {
                order = Long.compareUnsigned(low, other.low);
            }
            if (order == 0) {
                order = Long.compare(other.version, version);
            }
            return order == 0 ? Integer.compare(other.slot.accountId, slot.accountId) : order;
        }

        boolean hasHashOf(Key other) {
            return high == other.high && low == other.low;
        }

        int listEntry() {
            return (int) (high >>> 32);
        }
    }

    private Index(Slot[] accounts, Key[] keys) {
        this.accounts = accounts;
        this.keys = keys;
    }

    /** The index of these records of {@code log}, one an account. */
    static Index of(SnapshotLog log, Collection<Slot> slots) {
        Slot[] accounts = slots.toArray(Slot[]::new);
        Arrays.parallelSort(accounts, BY_ACCOUNT);
        Key[] keys = keys(log, slots);
        Arrays.parallelSort(keys);
        return new Index(accounts, keys);
    }

    /**
     * This index with some accounts said anew.
     *
     * @param said their new records
     * @param gone numbers of accounts that are no longer listed
     */
    Index with(SnapshotLog log, Collection<Slot> said, Collection<Integer> gone) {
        BitSet former = new BitSet();
        said.forEach(slot -> former.set(slot.accountId));
        gone.forEach(former::set);
        Slot[] newAccounts = said.toArray(Slot[]::new);
        Arrays.sort(newAccounts, BY_ACCOUNT);
        Key[] newKeys = keys(log, said);
        Arrays.sort(newKeys);
        return new Index(
                merge(accounts, newAccounts, former, slot -> slot, BY_ACCOUNT, new Slot[0]),
                merge(keys, newKeys, former, Key::slot, Comparator.naturalOrder(), new Key[0]));
    }

    private static Key[] keys(SnapshotLog log, Collection<Slot> slots) {
        List<Key> keys = new ArrayList<>(2 * slots.size());
        for (Slot slot : slots) {
            PublishedAccount.Stored stored = log.stored(slot.at);
            long version = stored.version();
            stored.hashes().forEach(hash -> keys.add(Key.of(hash, version, slot)));
        }
        return keys.toArray(Key[]::new);
    }

    private static <T> T[] merge(
            T[] old,
            T[] added,
            BitSet dropped,
            java.util.function.Function<T, Slot> slot,
            Comparator<T> order,
            T[] none) {
        T[] merged = Arrays.copyOf(none, old.length + added.length);
        int size = 0;
        int next = 0;
        for (T one : old) {
            while (next < added.length && order.compare(added[next], one) < 0) {
                merged[size++] = added[next++];
            }
            if (!dropped.get(slot.apply(one).accountId)) {
                merged[size++] = one;
            }
        }
        while (next < added.length) {
            merged[size++] = added[next++];
        }
        return size == merged.length ? merged : Arrays.copyOf(merged, size);
    }

    /** Accounts that are listed. */
    int accounts() {
        return accounts.length;
    }

    List<Slot> slots() {
        return List.of(accounts);
    }

    @Nullable
    Slot find(int account) {
        int at = Arrays.binarySearch(accounts, new Slot(account, 0), BY_ACCOUNT);
        return at < 0 ? null : accounts[at];
    }

    @Nullable
    Slot find(AccountHash hash) {
        Key wanted = Key.of(hash, Long.MAX_VALUE, new Slot(Integer.MAX_VALUE, 0));
        int at = firstFrom(wanted);
        return at < keys.length && keys[at].hasHashOf(wanted) ? keys[at].slot : null;
    }

    /** The keys that count and begin with the first {@code bits} bits of {@code prefix}, in order. */
    List<Key> range(long prefix, int bits) {
        long begin = prefix >>> 64 - bits << 64 - bits;
        List<Key> range = new ArrayList<>();
        for (int at = firstFrom(new Key(begin, 0, Long.MAX_VALUE, new Slot(Integer.MAX_VALUE, 0)));
                at < keys.length && keys[at].high >>> 64 - bits == begin >>> 64 - bits;
                at++) {
            if (range.isEmpty() || !range.getLast().hasHashOf(keys[at])) {
                range.add(keys[at]);
            }
        }
        return range;
    }

    private int firstFrom(Key wanted) {
        int at = Arrays.binarySearch(keys, wanted);
        return at < 0 ? -at - 1 : at;
    }

    /** All keys in order; of several with one hash only the first counts. */
    Key[] keys() {
        return keys;
    }

    /** The published list: the distinct first 4 bytes of all hashes, rising as unsigned numbers. */
    int[] listEntries() {
        int[] entries = new int[keys.length];
        int size = 0;
        for (Key key : keys) {
            int entry = key.listEntry();
            if (size == 0 || entries[size - 1] != entry) {
                entries[size++] = entry;
            }
        }
        return Arrays.copyOf(entries, size);
    }
}
