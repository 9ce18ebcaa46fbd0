package org.fairfollow.publication;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Distinct unsigned 32-bit numbers in rising order as the Rice codes of their gaps, see docs/list-format.md. */
final class GapCode {
    private static final int MAX_PARAMETER = 31;
    private static final long MAX_VALUE = 0xffff_ffffL;

    private GapCode() {}

    static boolean isRising(int[] values) {
        for (int i = 1; i < values.length; i++) {
            if (Integer.compareUnsigned(values[i - 1], values[i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** The parameter that makes the codes shortest; the smallest of several that do. */
    static int bestParameter(int[] values) {
        // One more bit of parameter costs a bit an entry and saves ⌈⌊gap / 2^k⌋ / 2⌉, which never grows with k. So the
        // length
        // falls while a step saves more than it costs and never falls again: the first k from which no step pays is the
        // one.
        int low = 0;
        int high = values.length == 0 ? 0 : MAX_PARAMETER;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (savedByNextBit(values, middle) > values.length) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long savedByNextBit(int[] values, int parameter) {
        long saved = 0;
        int previous = -1;
        for (int value : values) {
            long quotient = Integer.toUnsignedLong(value - previous - 1) >>> parameter;
            saved += (quotient + 1) >>> 1;
            previous = value;
        }
        return saved;
    }

    /** What {@link Writer#write} takes. */
    static long bits(int[] values, int parameter) {
        long bits = values.length * (parameter + 1L);
        int previous = -1;
        for (int value : values) {
            bits += Integer.toUnsignedLong(value - previous - 1) >>> parameter;
            previous = value;
        }
        return bits;
    }

    /** Writes codes one behind the other, 64 bits at a time. */
    static final class Writer {
        private final ByteBuffer out;
        // The lowest 64 - free bits are waiting; what is above them is left over from before and is shifted out.
        private long word;
        private int free = Long.SIZE;

        Writer(ByteBuffer out) {
            this.out = out;
        }

        void write(int[] values, int parameter) {
            int previous = -1;
            for (int value : values) {
                long gap = Integer.toUnsignedLong(value - previous - 1);
                long ones = gap >>> parameter;
                for (; ones >= 32; ones -= 32) {
                    put(MAX_VALUE, 32);
                }
                long unary = ((1L << ones) - 1) << 1;
                put(unary << parameter | gap & ((1L << parameter) - 1), (int) ones + 1 + parameter);
                previous = value;
            }
        }

        /** The lowest bits of {@code bits}, 1 to 63 of them; those above are 0. */
        private void put(long bits, int count) {
            if (count < free) {
                word = word << count | bits;
                free -= count;
            } else {
                int left = count - free;
                out.putLong(word << free | bits >>> left);
                word = bits;
                free = Long.SIZE - left;
            }
        }

        /** Writes what is waiting, with zeros up to a whole byte. */
        void finish() {
            long rest = word << free;
            for (int waiting = Long.SIZE - free; waiting > 0; waiting -= Byte.SIZE) {
                out.put((byte) (rest >>> (Long.SIZE - Byte.SIZE)));
                rest <<= Byte.SIZE;
            }
        }
    }

    /** Reads codes one behind the other, and refuses what is none. */
    static final class Reader {
        private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
        /** A long that begins at any bit of its first byte holds so many more, at least. */
        private static final int WINDOW = 57;

        private final Frame frame;
        private final byte[] bytes;
        private final long end;
        private long position;

        Reader(Frame frame, byte[] bytes, int from, int to) {
            this.frame = frame;
            // With room behind it, so that a window may begin at its last bit.
            this.bytes = Arrays.copyOfRange(bytes, from, to + Long.BYTES);
            end = (to - from) * 8L;
        }

        /** Whether so many codes could be there: each takes its parameter's bits and one more. */
        boolean hasRoomFor(long count, int parameter, long otherCount, int otherParameter) {
            return count * (parameter + 1L) + otherCount * (otherParameter + 1L) <= end;
        }

        int parameter(byte parameter, long count) {
            frame.require(parameter >= 0 && parameter <= MAX_PARAMETER, "impossible parameter");
            frame.require(count > 0 || parameter == 0, "a parameter for nothing");
            return parameter;
        }

        int[] read(int count, int parameter) {
            int[] values = new int[count];
            long at = position;
            long previous = -1;
            for (int i = 0; i < count; i++) {
                long quotient = 0;
                int ones = ones(at);
                while (ones >= WINDOW) {
                    quotient += WINDOW;
                    at += WINDOW;
                    frame.require(at < end, "torn");
                    ones = ones(at);
                }
                quotient += ones;
                at += ones + 1L;
                frame.require(at + parameter <= end, "torn");
                frame.require(quotient <= MAX_VALUE >>> parameter, "a value beyond 32 bits");
                long low = window(at) >>> 1 >>> (63 - parameter);
                at += parameter;
                previous += (quotient << parameter | low) + 1;
                frame.require(previous <= MAX_VALUE, "a value beyond 32 bits");
                values[i] = (int) previous;
            }
            position = at;
            return values;
        }

        void finish() {
            long left = end - position;
            frame.require(left < 8 && (left == 0 || window(position) >>> (Long.SIZE - left) == 0), "bits left over");
        }

        private int ones(long at) {
            return Long.numberOfLeadingZeros(~window(at));
        }

        /** The bits from {@code at} on, the first one highest; {@link #WINDOW} of them are valid. */
        private long window(long at) {
            return (long) LONGS.get(bytes, (int) (at >>> 3)) << (at & 7);
        }
    }
}
