package org.fairfollow.reporter;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.fairfollow.http.Problem;
import org.jspecify.annotations.Nullable;

/** The secret of whoever opened a dispute; it opens that dispute and nothing else. Only its hash is kept. */
public final class DisputeToken {
    private static final String PREFIX = "ffd_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 24;

    private DisputeToken() {}

    /** A new one. */
    public static String random() {
        return Token.random(PREFIX);
    }

    /** One that is the same for the same call, so that whoever lost the answer gets it again; nothing tells it without the key. */
    public static String of(byte[] key, String call) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] bytes = Arrays.copyOf(mac.doFinal(call.getBytes(StandardCharsets.UTF_8)), BYTES);
            return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new AssertionError("every Java platform has HMAC-SHA-256", e);
        }
    }

    /** What the forms of its pages carry, so that nobody else's page can send them: drawn from the secret, which it does not tell. */
    public static String forForms(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Token.hash("form " + token));
    }

    public static byte[] hash(String token) {
        return Token.hash(token);
    }

    /** The hash of the token in the header; throws {@link Problem#UNAUTHORIZED} when there is nothing like one in it. */
    public static byte[] hashIn(@Nullable String authorization) {
        require(authorization);
        return Token.hashIn(String.valueOf(authorization));
    }

    /** Compares in a time that does not tell where they differ. */
    public static boolean isSame(byte[] hash, byte[] other) {
        return MessageDigest.isEqual(hash, other);
    }

    static void require(@Nullable String authorization) {
        if (authorization == null || !Token.in(authorization).startsWith(PREFIX)) {
            throw Problem.UNAUTHORIZED.with("Send the dispute's token as \"Authorization: Bearer ffd_…\".");
        }
    }
}
