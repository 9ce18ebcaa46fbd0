package org.fairfollow.reporter;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/** What instances that count together know and nobody else does: it salts addresses and seals what they tell each other. */
final class QuotaSecret {
    static final int BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] secret;
    private final byte[] salt;
    private final SecretKey key;

    QuotaSecret(byte[] secret) {
        this.secret = secret.clone();
        try {
            KDF hkdf = KDF.getInstance("HKDF-SHA256");
            salt = hkdf.deriveData(expanded(secret, "fairfollow quotas: addresses"));
            key = hkdf.deriveKey("AES", expanded(secret, "fairfollow quotas: letters"));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Java 25 has HKDF", e);
        }
    }

    static QuotaSecret fresh() {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return new QuotaSecret(secret);
    }

    private static HKDFParameterSpec expanded(byte[] secret, String purpose) {
        return HKDFParameterSpec.ofExtract()
                .addIKM(secret)
                .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), BYTES);
    }

    byte[] bytes() {
        return secret.clone();
    }

    /** Not a copy: it is read with every call. */
    byte[] salt() {
        return salt;
    }

    boolean isSame(QuotaSecret other) {
        return Arrays.equals(secret, other.secret);
    }

    byte[] seal(byte[] plain, byte[] about) {
        return seal(key, plain, about);
    }

    byte @Nullable [] open(byte[] sealed, byte[] about) {
        return open(key, sealed, about);
    }

    /**
     * A nonce and what AES-GCM makes of {@code plain}.
     *
     * @param about must be the same to open it
     */
    static byte[] seal(SecretKey key, byte[] plain, byte[] about) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, about).doFinal(plain);
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has AES-GCM", e);
        }
    }

    /** Null for what was not sealed with this key and about this. */
    static byte @Nullable [] open(SecretKey key, byte[] sealed, byte[] about) {
        if (sealed.length < NONCE_BYTES) {
            return null;
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE_BYTES), about)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            // Sealed by somebody who does not count with us, or torn.
            return null;
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] about) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(about);
        return cipher;
    }
}
