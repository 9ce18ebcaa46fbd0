package org.fairfollow.publication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Ranges as bytes: {@code {"entries":[…],"padding":"…"}}, filled up to a size class so that the length of an answer on the wire
 * tells little of what was asked for. The padding is text that does not compress, the same for the same range everywhere. The
 * scheme is written down in docs/list-format.md.
 */
final class RangeBytes {
    /** Another way to write ranges must be another number: what is equal under one ETag is equal in every byte. */
    static final byte SCHEME = 1;

    private static final byte[] BEGIN = ascii("{\"entries\":[");
    private static final byte[] PADDING = ascii("],\"padding\":\"");
    private static final byte[] END = ascii("\"}");
    private static final byte[] LETTERS = ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    private static final int SMALLEST_CLASS = 1_024;
    /** Ten letters of 6 bits are taken of each random number of 64. */
    private static final int LETTERS_A_NUMBER = 10;

    private final byte[] bytes;
    private int at;

    /** @param entriesLength bytes of all entries with the commas between them */
    RangeBytes(int entriesLength) {
        bytes = new byte[sizeClass(BEGIN.length + entriesLength + PADDING.length + END.length)];
        put(BEGIN);
    }

    void put(byte[] some) {
        System.arraycopy(some, 0, bytes, at, some.length);
        at += some.length;
    }

    /** The array and where to go on, for who copies into it. */
    byte[] array() {
        return bytes;
    }

    int position() {
        return at;
    }

    void skip(int length) {
        at += length;
    }

    /** The finished range. {@code sha256} is that of prefix and content. */
    Payload finish(byte[] sha256) {
        put(PADDING);
        long state = ByteBuffer.wrap(sha256).getLong();
        int end = bytes.length - END.length;
        while (at < end) {
            state += 0x9e3779b97f4a7c15L;
            long random = mixed(state);
            for (int i = 0; i < LETTERS_A_NUMBER && at < end; i++) {
                bytes[at++] = LETTERS[(int) (random & 63)];
                random >>>= 6;
            }
        }
        put(END);
        return Payload.determinedBy(HexFormat.of().formatHex(sha256), bytes);
    }

    /** The smallest of 1, 1.5, 2, 3, 4, 6, 8, 12 … KiB that holds {@code length} bytes. */
    static int sizeClass(int length) {
        int size = SMALLEST_CLASS;
        while (size < length) {
            // From a power of two to one and a half of it, and from there to the next power.
            size += Integer.bitCount(size) == 1 ? size / 2 : size / 3;
        }
        return size;
    }

    /** SplitMix64's output function (Steele, Lea and Flood 2014). */
    private static long mixed(long state) {
        long z = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
