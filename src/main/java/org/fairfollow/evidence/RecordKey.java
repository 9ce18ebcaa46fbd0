package org.fairfollow.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * The name of a record within its collection. Clients make keys from the clock (TIDs: 13 characters of base32-sortable,
 * 53 bits of microseconds and 10 of a clock id, atproto.com/specs/tid), but may write what they like.
 *
 * @param number the TID's 63 bits, or a negative number made from the key's hash when it is no TID
 */
public record RecordKey(long number) {
    private static final String BASE32_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz";
    private static final int TID_LENGTH = 13;
    private static final int CLOCK_ID_BITS = 10;
    /** atproto.com/specs/record-key. */
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._:~-]{1,512}");

    /** Whether {@code key} may stand in a repository at all. */
    public static boolean isWellFormed(String key) {
        return SYNTAX.matcher(key).matches() && !key.equals(".") && !key.equals("..");
    }

    public static RecordKey of(String key) {
        long tid = tid(key);
        return new RecordKey(tid >= 0 ? tid : hashed(key));
    }

    /** The key a client with an honest clock writes at this time; for tests and simulation. */
    public static String tidAt(long epochMicros, int clockId) {
        long number = epochMicros << CLOCK_ID_BITS | clockId;
        char[] text = new char[TID_LENGTH];
        for (int i = TID_LENGTH - 1; i >= 0; i--) {
            text[i] = BASE32_SORTABLE.charAt((int) (number & 31));
            number >>>= 5;
        }
        return new String(text);
    }

    /** When the key says the record was made, Unix epoch seconds; -1 when it tells no time. */
    public long claimedSecond() {
        return number < 0 ? -1 : (number >>> CLOCK_ID_BITS) / 1_000_000;
    }

    private static long tid(String key) {
        if (key.length() != TID_LENGTH) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < TID_LENGTH; i++) {
            int digit = BASE32_SORTABLE.indexOf(key.charAt(i));
            // 13 digits hold 65 bits: the first may only be 2 to b, then bit 63 stays clear.
            if (digit < 0 || (i == 0 && digit > 7)) {
                return -1;
            }
            number = number << 5 | digit;
        }
        return number;
    }

    private static long hashed(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() | Long.MIN_VALUE;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
