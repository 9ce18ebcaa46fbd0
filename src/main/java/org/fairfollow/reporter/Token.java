package org.fairfollow.reporter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Secrets that say who calls; only their hashes are kept. */
final class Token {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 24;
    private static final String SCHEME = "Bearer ";

    private Token() {}

    /** {@code prefix} and 192 random bits in base64url. */
    static String random(String prefix) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Random bits need no slow hash: nobody can try them all. */
    static byte[] hash(String token) {
        return sha256().digest(token.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of the token in an {@code Authorization} header; of no token at all if there is none in it. */
    static byte[] hashIn(String authorization) {
        return hash(in(authorization));
    }

    /** The token in an {@code Authorization} header; empty if there is none in it. */
    static String in(String authorization) {
        boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return bearer ? authorization.substring(SCHEME.length()).strip() : "";
    }

    /** Takes the same time whatever is given. */
    static boolean isSame(String ours, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(ours.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
