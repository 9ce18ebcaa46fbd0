package org.fairfollow.publication;

/** Placeholder until the codec lands. */
public record ListDelta(long from, long to, int[] removed, int[] added, byte[] resultSha256) {
    static byte[] encode(long from, long to, int[] removed, int[] added, byte[] resultSha256) {
        java.nio.ByteBuffer out = java.nio.ByteBuffer.allocate(24 + 32 + 4 * (removed.length + added.length));
        out.putLong(from)
                .putLong(to)
                .putInt(removed.length)
                .putInt(added.length)
                .put(resultSha256);
        for (int v : removed) out.putInt(v);
        for (int v : added) out.putInt(v);
        return out.array();
    }

    static ListDelta decode(byte[] bytes) {
        java.nio.ByteBuffer in = java.nio.ByteBuffer.wrap(bytes);
        long from = in.getLong();
        long to = in.getLong();
        int[] removed = new int[in.getInt()];
        int[] added = new int[in.getInt()];
        byte[] sha = new byte[32];
        in.get(sha);
        for (int i = 0; i < removed.length; i++) removed[i] = in.getInt();
        for (int i = 0; i < added.length; i++) added[i] = in.getInt();
        return new ListDelta(from, to, removed, added, sha);
    }

    static ListDelta between(long from, long to, int[] former, int[] next) {
        java.util.TreeSet<Integer> a = new java.util.TreeSet<>(Integer::compareUnsigned);
        java.util.TreeSet<Integer> b = new java.util.TreeSet<>(Integer::compareUnsigned);
        for (int v : former) a.add(v);
        for (int v : next) b.add(v);
        var removed = a.stream().filter(v -> !b.contains(v)).mapToInt(v -> v).toArray();
        var added = b.stream().filter(v -> !a.contains(v)).mapToInt(v -> v).toArray();
        java.nio.ByteBuffer all = java.nio.ByteBuffer.allocate(4 * next.length);
        for (int v : next) all.putInt(v);
        return new ListDelta(from, to, removed, added, Payload.sha256Digest().digest(all.array()));
    }

    ListDelta then(ListDelta next) {
        java.util.TreeSet<Integer> r = new java.util.TreeSet<>(Integer::compareUnsigned);
        java.util.TreeSet<Integer> a = new java.util.TreeSet<>(Integer::compareUnsigned);
        for (int v : removed) r.add(v);
        for (int v : added) a.add(v);
        for (int v : next.removed) if (!a.remove(v)) r.add(v);
        for (int v : next.added) if (!r.remove(v)) a.add(v);
        return new ListDelta(
                from,
                next.to,
                r.stream().mapToInt(v -> v).toArray(),
                a.stream().mapToInt(v -> v).toArray(),
                next.resultSha256);
    }

    int[] apply(int[] former) {
        java.util.TreeSet<Integer> a = new java.util.TreeSet<>(Integer::compareUnsigned);
        for (int v : former) a.add(v);
        for (int v : removed) a.remove(v);
        for (int v : added) a.add(v);
        return a.stream().mapToInt(v -> v).toArray();
    }

    byte[] toBytes() {
        return encode(from, to, removed, added, resultSha256);
    }
}
