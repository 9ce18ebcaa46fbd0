package org.fairfollow.reporter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes of authenticator apps (RFC 6238): SHA-1, six digits, 30 seconds, which is what every app understands. */
final class Totp {
    static final int SECRET_BYTES = 20;
    /** No code matches. */
    static final long NONE = -1;

    private static final int STEP_SECONDS = 30;
    /** Steps a clock may be off. */
    private static final int TOLERANCE = 1;

    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Totp() {}

    static byte[] randomSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    /** The newest step whose code this is, of those about now; {@link #NONE} if it is none's. Takes the same time always. */
    static long stepOf(byte[] secret, String code, Instant now) {
        byte[] given = code.getBytes(StandardCharsets.UTF_8);
        long current = step(now);
        long found = NONE;
        for (long step = current - TOLERANCE; step <= current + TOLERANCE; step++) {
            boolean same = MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.UTF_8), given);
            found = same ? step : found;
        }
        return found;
    }

    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
    }

    static String code(byte[] secret, long step) {
        byte[] hash;
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA1", e);
        }
        int at = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash).getInt(at) & Integer.MAX_VALUE;
        return "%06d".formatted(number % 1_000_000);
    }

    /** As apps take it: in base 32, without padding, which 20 bytes do not need. */
    static String written(byte[] secret) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int buffer = 0;
        for (byte next : secret) {
            buffer = buffer << 8 | next & 0xff;
            for (bits += 8; bits >= 5; bits -= 5) {
                text.append(BASE_32.charAt(buffer >> bits - 5 & 31));
            }
            buffer &= (1 << bits) - 1;
        }
        return text.toString();
    }

    /** What an app scans or opens. */
    static String address(String name, byte[] secret) {
        return "otpauth://totp/Fairfollow:" + name + "?secret=" + written(secret) + "&issuer=Fairfollow";
    }
}
