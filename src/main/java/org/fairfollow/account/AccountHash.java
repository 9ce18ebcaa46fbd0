package org.fairfollow.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The first 16 bytes of SHA-256 of an account key (UTF-8): what lists and ranges are made of. */
public final class AccountHash implements Comparable<AccountHash> {
    public static final int BYTES = 16;

    private final byte[] bytes;

    private AccountHash(byte[] bytes) {
        this.bytes = bytes;
    }

    public static AccountHash ofKey(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return new AccountHash(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The hash with these 16 bytes. */
    public static AccountHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("an account hash has " + BYTES + " bytes, not " + bytes.length);
        }
        return new AccountHash(bytes.clone());
    }

    /** A copy of the 16 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** 32 lower-case hex digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** The first 4 bytes as an unsigned number: an entry of the published list. */
    public int listEntry() {
        return (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    }

    @Override
    public int compareTo(AccountHash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccountHash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return listEntry();
    }

    @Override
    public String toString() {
        return hex();
    }
}
