package org.fairfollow.reporter;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.store.Store;
import org.fairfollow.store.StoreIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The operator's token: set by configuration, or made and told once when the store is first served. Only its hash is
 * stored.
 */
@ApplicationScoped
public class OperatorToken {
    private static final String PREFIX = "ffo_";
    /** A configured token that can be guessed would open the door to everybody. */
    private static final int SHORTEST = 16;

    private static final byte[] NO_HASH = new byte[32];

    private final Store store;
    private final StoreIdentity identity;
    /** Null until it could be read. */
    private volatile byte @Nullable [] hash;

    private volatile @Nullable String made;

    OperatorToken(
            Store store,
            StoreIdentity identity,
            @ConfigProperty(name = "fairfollow.operator-token") Optional<String> configured) {
        this.store = store;
        this.identity = identity;
        if (configured.isPresent()) {
            if (configured.get().length() < SHORTEST) {
                throw new IllegalArgumentException(
                        "FAIRFOLLOW_OPERATOR_TOKEN must have at least " + SHORTEST + " characters");
            }
            hash = Token.hash(configured.get());
        }
    }

    /**
     * The token, if it was made by this start: to be shown once.
     *
     * @throws Store.DatabaseAwayException when it cannot be told whether there is one
     */
    public Optional<String> made() {
        if (hash == null) {
            // The token's hash stands in the store's row, which is made with its identity.
            identity.epoch();
            String candidate = Token.random(PREFIX);
            byte[] candidateHash = Token.hash(candidate);
            byte[] stored = store.inTransaction(connection -> {
                try (PreparedStatement update = connection.prepareStatement(
                        "UPDATE store SET operator_token_hash = ? WHERE id = 1 AND operator_token_hash IS NULL")) {
                    update.setBytes(1, candidateHash);
                    update.executeUpdate();
                }
                return stored(connection);
            });
            made = MessageDigest.isEqual(stored, candidateHash) ? candidate : null;
            hash = stored;
        }
        return Optional.ofNullable(made);
    }

    /** Reads the hash if it is not known yet; makes none, for whoever makes one must show it. */
    void renew() {
        if (hash == null) {
            hash = store.<byte @Nullable []>readPromptly(OperatorToken::stored);
        }
    }

    boolean isKnown() {
        return hash != null;
    }

    /** Takes the same time whatever the hash is. */
    boolean hasHash(byte[] tokenHash) {
        byte[] known = hash;
        return MessageDigest.isEqual(known == null ? NO_HASH : known, tokenHash);
    }

    private static byte @Nullable [] stored(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT operator_token_hash FROM store WHERE id = 1")) {
            return row.next() ? row.getBytes(1) : null;
        }
    }
}
