package org.fairfollow.publication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * What lists and deltas have around their numbers: a magic at the beginning, a CRC-32 at the end. Bytes that are anything
 * else are refused under the name of what they claim to be.
 */
final class Frame {
    static final int CHECKSUM_BYTES = 4;

    private final String kind;
    private final byte[] magic;
    private final int headerBytes;

    /**
     * @param kind what a refusal calls it
     * @param magic ASCII; the format's number follows it
     * @param headerBytes before the payload, the magic included
     */
    Frame(String kind, String magic, int format, int headerBytes) {
        this.kind = kind;
        byte[] letters = magic.getBytes(StandardCharsets.US_ASCII);
        this.magic = Arrays.copyOf(letters, letters.length + 1);
        this.magic[letters.length] = (byte) format;
        this.headerBytes = headerBytes;
    }

    /** Room for header, payload and checksum, the magic written. */
    ByteBuffer begin(long payloadBits) {
        int payloadBytes = Math.toIntExact((payloadBits + 7) / 8);
        return ByteBuffer.allocate(headerBytes + payloadBytes + CHECKSUM_BYTES).put(magic);
    }

    /** The bytes, once everything but the checksum is written. */
    static byte[] seal(ByteBuffer out) {
        return out.putInt(checksum(out.array())).array();
    }

    /** The bytes behind the magic, found whole. */
    ByteBuffer open(byte[] bytes) {
        require(bytes.length >= headerBytes + CHECKSUM_BYTES, "too short");
        require(Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length), "another format");
        ByteBuffer in = ByteBuffer.wrap(bytes);
        require(in.getInt(bytes.length - CHECKSUM_BYTES) == checksum(bytes), "wrong checksum");
        return in.position(magic.length);
    }

    /** The payload of what {@link #open} accepted. */
    GapCode.Reader payload(byte[] bytes) {
        return new GapCode.Reader(this, bytes, headerBytes, bytes.length - CHECKSUM_BYTES);
    }

    void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("not a " + kind + ": " + what);
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, bytes.length - CHECKSUM_BYTES);
        return (int) checksum.getValue();
    }
}
