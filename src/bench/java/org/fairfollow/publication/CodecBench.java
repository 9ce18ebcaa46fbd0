package org.fairfollow.publication;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Lists of random entries, and deltas that remove 500 of them and add 500 others. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CodecBench {
    private static final int CHANGES = 500;

    @Param({"10000", "100000", "1000000", "2000000"})
    public int entries;

    private int[] former = {};
    private int[] next = {};
    private byte[] list = {};
    private byte[] deltaBytes = {};

    @Setup
    public void draw() {
        int[] drawn =
                new Random(7).ints().distinct().limit(entries + (long) CHANGES).toArray();
        former = rising(Arrays.copyOf(drawn, entries));
        next = rising(Arrays.copyOfRange(drawn, CHANGES, drawn.length));
        list = ListCodec.encode(1, former);
        deltaBytes = ListDelta.between(1, 2, former, next).encode();
        System.out.printf(
                "%n%,d entries: list %,d bytes, %.3f bits an entry; delta of %,d changes %,d bytes%n",
                entries, list.length, list.length * 8.0 / entries, 2 * CHANGES, deltaBytes.length);
    }

    private static int[] rising(int[] values) {
        return Arrays.stream(values)
                .mapToLong(Integer::toUnsignedLong)
                .sorted()
                .mapToInt(value -> (int) value)
                .toArray();
    }

    @Benchmark
    public byte[] encodeList() {
        return ListCodec.encode(1, former);
    }

    @Benchmark
    public int[] decodeList() {
        return ListCodec.decode(list);
    }

    /** From two versions to the bytes that lead from one to the other. */
    @Benchmark
    public byte[] makeDelta() {
        return ListDelta.between(1, 2, former, next).encode();
    }

    /** From the bytes to the next version, its SHA-256 compared. */
    @Benchmark
    public int[] applyDelta() {
        return ListDelta.decode(deltaBytes).apply(former);
    }
}
