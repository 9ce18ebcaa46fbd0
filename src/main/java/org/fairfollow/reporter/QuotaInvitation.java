package org.fairfollow.reporter;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * How one instance hands another the secret under the eyes of whoever reads the database: with keys (X25519) that each draws
 * at its start and keeps in memory alone. When the two have ended nobody can open what passed between them, not from a back-up
 * of the database either.
 */
final class QuotaInvitation {
    private static final String X25519 = "X25519";
    private static final byte[] PURPOSE = "fairfollow quotas: invitation".getBytes(StandardCharsets.US_ASCII);

    private final KeyPair own;

    QuotaInvitation() {
        try {
            own = KeyPairGenerator.getInstance(X25519).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has X25519", e);
        }
    }

    /** In X.509's encoding. */
    byte[] publicKey() {
        return own.getPublic().getEncoded();
    }

    /**
     * The secret, for the holder of {@code guestKey} alone; null if that is no key.
     *
     * @param about must be the same to accept it
     */
    byte @Nullable [] invite(QuotaSecret secret, byte[] guestKey, byte[] about) {
        SecretKey between = keyWith(guestKey);
        return between == null ? null : QuotaSecret.seal(between, secret.bytes(), about);
    }

    /** The secret; null if it was not meant for this instance. */
    @Nullable
    QuotaSecret accept(byte[] invitation, byte[] hostKey, byte[] about) {
        SecretKey between = keyWith(hostKey);
        byte[] secret = between == null ? null : QuotaSecret.open(between, invitation, about);
        return secret == null || secret.length != QuotaSecret.BYTES ? null : new QuotaSecret(secret);
    }

    private @Nullable SecretKey keyWith(byte[] theirKey) {
        try {
            PublicKey theirs = KeyFactory.getInstance(X25519).generatePublic(new X509EncodedKeySpec(theirKey));
            KeyAgreement agreement = KeyAgreement.getInstance(X25519);
            agreement.init(own.getPrivate());
            agreement.doPhase(theirs, true);
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(agreement.generateSecret())
                                    .thenExpand(PURPOSE, QuotaSecret.BYTES));
        } catch (GeneralSecurityException e) {
            // What stands in the row is no key, or one that agrees on nothing.
            return null;
        }
    }
}
