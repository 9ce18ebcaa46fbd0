package org.fairfollow.reporter;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.store.Store;
import org.fairfollow.store.StoreIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The operator's token: set by configuration, or made and told once when the store is first opened. Only its hash is
 * stored.
 */
@ApplicationScoped
public class OperatorToken {
    private static final String PREFIX = "ffo_";
    /** A configured token that can be guessed would open the door to everybody. */
    private static final int SHORTEST = 16;

    private static final int RANDOM_BYTES = 24;

    private final byte[] hash;
    private final @Nullable String made;

    OperatorToken(
            Store store,
            StoreIdentity identity,
            @ConfigProperty(name = "fairfollow.operator-token") Optional<String> configured) {
        if (configured.isPresent()) {
            if (configured.get().length() < SHORTEST) {
                throw new IllegalArgumentException(
                        "FAIRFOLLOW_OPERATOR_TOKEN must have at least " + SHORTEST + " characters");
            }
            hash = sha256(configured.get());
            made = null;
            return;
        }
        // The token's hash stands in the store's row, which is made with its identity.
        identity.epoch();
        String candidate = random();
        byte[] stored = store.inTransaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE store SET operator_token_hash = ? WHERE id = 1 AND operator_token_hash IS NULL")) {
                update.setBytes(1, sha256(candidate));
                update.executeUpdate();
            }
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT operator_token_hash FROM store WHERE id = 1")) {
                row.next();
                return row.getBytes(1);
            }
        });
        hash = stored;
        made = MessageDigest.isEqual(stored, sha256(candidate)) ? candidate : null;
    }

    /** The token, if it was made by this start: to be shown once. */
    public Optional<String> made() {
        return Optional.ofNullable(made);
    }

    /** Whether an {@code Authorization} header carries the token; takes the same time whatever is wrong with it. */
    public boolean isIn(@Nullable String authorization) {
        String header = String.valueOf(authorization);
        boolean bearer = header.regionMatches(true, 0, "Bearer ", 0, 7);
        return MessageDigest.isEqual(hash, sha256(bearer ? header.substring(7).strip() : "")) && bearer;
    }

    private static String random() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
