package org.fairfollow.publication;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The published list as bytes: distinct unsigned 32-bit values in rising order, their gaps Rice coded. The format is
 * written down in docs/list-format.md; the extension reads it too.
 */
public final class ListCodec {
    private static final byte[] MAGIC = {'F', 'F', 'L', 1};
    private static final int HEADER_BYTES = 20;
    private static final int CHECKSUM_BYTES = 4;
    private static final int MAX_PARAMETER = 31;

    private ListCodec() {}

    /**
     * @param version of the list
     * @param values distinct, rising as unsigned numbers
     */
    public static byte[] encode(long version, int[] values) {
        for (int i = 1; i < values.length; i++) {
            if (Integer.compareUnsigned(values[i - 1], values[i]) >= 0) {
                throw new IllegalArgumentException("the values must be distinct and rising");
            }
        }
        int parameter = bestParameter(values);
        BitWriter payload = new BitWriter();
        long previous = -1;
        for (int value : values) {
            long unsigned = Integer.toUnsignedLong(value);
            long gap = unsigned - previous - 1;
            payload.unary(gap >>> parameter);
            payload.bits(gap, parameter);
            previous = unsigned;
        }
        byte[] coded = payload.toBytes();
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + coded.length + CHECKSUM_BYTES);
        out.put(MAGIC)
                .put((byte) parameter)
                .put(new byte[3])
                .putLong(version)
                .putInt(values.length)
                .put(coded);
        CRC32 checksum = new CRC32();
        checksum.update(out.array(), 0, out.position());
        return out.putInt((int) checksum.getValue()).array();
    }

    /**
     * The values of an encoded list.
     *
     * @throws IllegalArgumentException when the bytes are not exactly such a list
     */
    public static int[] decode(byte[] list) {
        require(list.length >= HEADER_BYTES + CHECKSUM_BYTES, "too short");
        ByteBuffer in = ByteBuffer.wrap(list);
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        require(Arrays.equals(magic, MAGIC), "another format");
        int parameter = in.get();
        require(parameter >= 0 && parameter <= MAX_PARAMETER, "impossible parameter");
        require(in.get() == 0 && in.getShort() == 0, "reserved bytes are not zero");
        in.getLong();
        long count = Integer.toUnsignedLong(in.getInt());
        CRC32 checksum = new CRC32();
        checksum.update(list, 0, list.length - CHECKSUM_BYTES);
        require(in.getInt(list.length - CHECKSUM_BYTES) == (int) checksum.getValue(), "wrong checksum");
        int payloadBytes = list.length - HEADER_BYTES - CHECKSUM_BYTES;
        require(count * (parameter + 1L) <= payloadBytes * 8L, "more values than bits");
        require(count > 0 || parameter == 0, "a parameter for nothing");
        BitReader bits = new BitReader(list, HEADER_BYTES, payloadBytes);
        int[] values = new int[(int) count];
        long previous = -1;
        for (int i = 0; i < values.length; i++) {
            long gap = bits.unary() << parameter | bits.bits(parameter);
            previous += gap + 1;
            require(previous <= 0xffff_ffffL, "a value beyond 32 bits");
            values[i] = (int) previous;
        }
        require(bits.isAtPaddedEnd(), "bits left over");
        return values;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("not a list: " + what);
        }
    }

    /** The parameter that makes the payload shortest; the smaller of two that do. */
    private static int bestParameter(int[] values) {
        int best = 0;
        long fewest = Long.MAX_VALUE;
        for (int parameter = 0; parameter <= MAX_PARAMETER && values.length > 0; parameter++) {
            long bits = 0;
            long previous = -1;
            for (int value : values) {
                long unsigned = Integer.toUnsignedLong(value);
                bits += ((unsigned - previous - 1) >>> parameter) + 1 + parameter;
                previous = unsigned;
            }
            if (bits < fewest) {
                fewest = bits;
                best = parameter;
            }
        }
        return best;
    }

    private static final class BitWriter {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int current;
        private int used;

        void unary(long ones) {
            for (long i = 0; i < ones; i++) {
                bit(1);
            }
            bit(0);
        }

        void bits(long value, int count) {
            for (int i = count - 1; i >= 0; i--) {
                bit((int) (value >>> i) & 1);
            }
        }

        private void bit(int bit) {
            current = current << 1 | bit;
            if (++used == 8) {
                out.write(current);
                current = 0;
                used = 0;
            }
        }

        byte[] toBytes() {
            while (used != 0) {
                bit(0);
            }
            return out.toByteArray();
        }
    }

    private static final class BitReader {
        private final byte[] bytes;
        private final long end;
        private long position;

        BitReader(byte[] bytes, int from, int length) {
            this.bytes = bytes;
            position = from * 8L;
            end = position + length * 8L;
        }

        private int bit() {
            require(position < end, "torn");
            int bit = bytes[(int) (position >>> 3)] >>> (7 - (int) (position & 7)) & 1;
            position++;
            return bit;
        }

        long unary() {
            long ones = 0;
            while (bit() == 1) {
                ones++;
            }
            return ones;
        }

        long bits(int count) {
            long value = 0;
            for (int i = 0; i < count; i++) {
                value = value << 1 | bit();
            }
            return value;
        }

        boolean isAtPaddedEnd() {
            if (end - position >= 8) {
                return false;
            }
            while (position < end) {
                if (bit() == 1) {
                    return false;
                }
            }
            return true;
        }
    }
}
