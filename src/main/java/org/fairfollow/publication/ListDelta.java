package org.fairfollow.publication;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * What makes a newer version of the published list of an older one. The format is written down in docs/list-format.md; the
 * extension reads it too.
 */
public final class ListDelta {
    private static final int SHA256_BYTES = 32;
    private static final Frame FRAME = new Frame("delta", "FFD", 1, 64);

    private final long from;
    private final long to;
    private final int[] removed;
    private final int[] added;
    private final byte[] resultSha256;

    private ListDelta(long from, long to, int[] removed, int[] added, byte[] resultSha256) {
        this.from = from;
        this.to = to;
        this.removed = removed;
        this.added = added;
        this.resultSha256 = resultSha256;
    }

    /**
     * @param from version it applies to
     * @param to version it leads to, a later one
     * @param removed distinct, rising as unsigned numbers
     * @param added likewise, none of them removed
     * @param resultSha256 SHA-256 of the entries it leads to, each as four bytes, the highest first
     */
    public static byte[] encode(long from, long to, int[] removed, int[] added, byte[] resultSha256) {
        if (Long.compareUnsigned(from, to) >= 0) {
            throw new IllegalArgumentException("a delta leads to a later version");
        }
        if (!GapCode.isRising(removed) || !GapCode.isRising(added) || meet(removed, added)) {
            throw new IllegalArgumentException("the values must be distinct and rising");
        }
        if (resultSha256.length != SHA256_BYTES) {
            throw new IllegalArgumentException("a SHA-256 has 32 bytes");
        }
        int removedParameter = GapCode.bestParameter(removed);
        int addedParameter = GapCode.bestParameter(added);
        ByteBuffer out = FRAME.begin(GapCode.bits(removed, removedParameter) + GapCode.bits(added, addedParameter))
                .put((byte) removedParameter)
                .put((byte) addedParameter)
                .putShort((short) 0)
                .putLong(from)
                .putLong(to)
                .putInt(removed.length)
                .putInt(added.length)
                .put(resultSha256);
        GapCode.Writer payload = new GapCode.Writer(out);
        payload.write(removed, removedParameter);
        payload.write(added, addedParameter);
        payload.finish();
        return Frame.seal(out);
    }

    public byte[] encode() {
        return encode(from, to, removed, added, resultSha256);
    }

    /**
     * The delta that was encoded.
     *
     * @throws IllegalArgumentException when the bytes are not exactly such a delta
     */
    public static ListDelta decode(byte[] delta) {
        ByteBuffer in = FRAME.open(delta);
        byte removedParameterByte = in.get();
        byte addedParameterByte = in.get();
        FRAME.require(in.getShort() == 0, "reserved bytes are not zero");
        long from = in.getLong();
        long to = in.getLong();
        FRAME.require(Long.compareUnsigned(from, to) < 0, "it leads to no later version");
        long removedCount = Integer.toUnsignedLong(in.getInt());
        long addedCount = Integer.toUnsignedLong(in.getInt());
        byte[] resultSha256 = new byte[SHA256_BYTES];
        in.get(resultSha256);
        GapCode.Reader payload = FRAME.payload(delta);
        int removedParameter = payload.parameter(removedParameterByte, removedCount);
        int addedParameter = payload.parameter(addedParameterByte, addedCount);
        FRAME.require(
                payload.hasRoomFor(removedCount, removedParameter, addedCount, addedParameter),
                "more values than bits");
        int[] removed = payload.read((int) removedCount, removedParameter);
        int[] added = payload.read((int) addedCount, addedParameter);
        payload.finish();
        FRAME.require(!meet(removed, added), "a value is removed and added");
        return new ListDelta(from, to, removed, added, resultSha256);
    }

    /** The delta from one version's entries to another's, both distinct and rising as unsigned numbers. */
    public static ListDelta between(long from, long to, int[] former, int[] next) {
        if (Long.compareUnsigned(from, to) >= 0) {
            throw new IllegalArgumentException("a delta leads to a later version");
        }
        return new ListDelta(from, to, without(former, next), without(next, former), sha256(next));
    }

    /**
     * The entries of {@link #to}.
     *
     * @param former the entries of {@link #from}
     * @throws IllegalArgumentException when they are not the ones this delta was made for
     */
    public int[] apply(int[] former) {
        int[] kept = without(former, removed);
        require(kept.length == former.length - removed.length, "an entry to be removed is not there");
        int[] result = union(kept, added);
        require(result.length == kept.length + added.length, "an entry to be added is there");
        require(Arrays.equals(sha256(result), resultSha256), "the result is another");
        return result;
    }

    /**
     * The entries of {@link #from}: what {@link #apply} takes back.
     *
     * @param result the entries of {@link #to}
     * @throws IllegalArgumentException when they are not the ones this delta leads to
     */
    public int[] undo(int[] result) {
        int[] kept = without(result, added);
        require(kept.length == result.length - added.length, "an entry that was added is not there");
        int[] former = union(kept, removed);
        require(former.length == kept.length + removed.length, "an entry that was removed is there");
        return former;
    }

    /**
     * These deltas, of which each goes on where the one before ends, in one: what was added and removed again between them is not in
     * it. Takes n log n for n changes, however many deltas tell them.
     *
     * @param steps at least one
     * @throws IllegalArgumentException when they do not follow each other
     */
    public static ListDelta together(List<ListDelta> steps) {
        ListDelta last = steps.getLast();
        long[] changes = new long
                [Math.toIntExact(steps.stream().mapToLong(ListDelta::changes).sum())];
        int count = 0;
        for (int step = 0; step < steps.size(); step++) {
            ListDelta delta = steps.get(step);
            delta.require(step == 0 || steps.get(step - 1).to == delta.from, "the versions do not follow each other");
            for (int entry : delta.removed) {
                changes[count++] = change(entry, step, false);
            }
            for (int entry : delta.added) {
                changes[count++] = change(entry, step, true);
            }
        }
        // By entry, and of each entry what happened to it in order.
        Arrays.sort(changes);
        int[] removed = new int[count];
        int[] added = new int[count];
        int removedCount = 0;
        int addedCount = 0;
        for (int first = 0, end; first < count; first = end) {
            for (end = first + 1; end < count && entry(changes[end]) == entry(changes[first]); end++) {
                last.require(isAdded(changes[end]) != isAdded(changes[end - 1]), "an entry changes the same way twice");
            }
            // Where the first and the last change are opposite ones, all is as it was.
            if (isAdded(changes[first]) != isAdded(changes[end - 1])) {
                continue;
            }
            if (isAdded(changes[first])) {
                added[addedCount++] = entry(changes[first]);
            } else {
                removed[removedCount++] = entry(changes[first]);
            }
        }
        return new ListDelta(
                steps.getFirst().from,
                last.to,
                Arrays.copyOf(removed, removedCount),
                Arrays.copyOf(added, addedCount),
                last.resultSha256);
    }

    /** In the order of entries as unsigned numbers, then of steps. */
    private static long change(int entry, int step, boolean added) {
        return (long) (entry ^ Integer.MIN_VALUE) << Integer.SIZE | (long) step << 1 | (added ? 1 : 0);
    }

    private static int entry(long change) {
        return (int) (change >> Integer.SIZE) ^ Integer.MIN_VALUE;
    }

    private static boolean isAdded(long change) {
        return (change & 1) != 0;
    }

    /** How many entries it removes and adds. */
    public long changes() {
        return (long) removed.length + added.length;
    }

    public long from() {
        return from;
    }

    public long to() {
        return to;
    }

    /** Not to be changed. */
    public int[] removed() {
        return removed;
    }

    /** Not to be changed. */
    public int[] added() {
        return added;
    }

    /** Not to be changed. */
    public byte[] resultSha256() {
        return resultSha256;
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("the delta from " + from + " to " + to + " does not fit: " + what);
        }
    }

    private static boolean meet(int[] some, int[] others) {
        return without(some, others).length < some.length;
    }

    /** Those of {@code values} that are not among {@code others}. */
    private static int[] without(int[] values, int[] others) {
        int[] left = new int[values.length];
        int count = 0;
        int other = 0;
        for (int value : values) {
            while (other < others.length && Integer.compareUnsigned(others[other], value) < 0) {
                other++;
            }
            if (other == others.length || others[other] != value) {
                left[count++] = value;
            }
        }
        return Arrays.copyOf(left, count);
    }

    /** What is among {@code some} or among {@code others}, once. */
    private static int[] union(int[] some, int[] others) {
        int[] all = new int[some.length + others.length];
        int count = 0;
        int other = 0;
        for (int value : some) {
            while (other < others.length && Integer.compareUnsigned(others[other], value) < 0) {
                all[count++] = others[other++];
            }
            if (other < others.length && others[other] == value) {
                other++;
            }
            all[count++] = value;
        }
        while (other < others.length) {
            all[count++] = others[other++];
        }
        return Arrays.copyOf(all, count);
    }

    private static byte[] sha256(int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Integer.BYTES));
        bytes.asIntBuffer().put(values);
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes.array());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
