package org.fairfollow.reporter;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.fairfollow.http.Problem;
import org.fairfollow.reporter.Caller.KeyHolder;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The keys of tools that ask for much. Those that open are held in memory, so that a call with a key never waits for the
 * database.
 */
@ApplicationScoped
public class ApiKeys {
    public static final int LONGEST_LABEL = 100;
    public static final int MOST_PER_MINUTE = 1_000_000;
    /** Keys told of at once. */
    static final int MOST_LISTED = 500;

    private static final String PREFIX = "ffk_";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
    private static final byte[] NO_HASH = new byte[32];
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;
    private final AuditLog log;
    private final Clock clock;
    /** Held while {@link #open} is changed: what was read before a revocation must not replace what was known after it. */
    private final Lock changing = new ReentrantLock();
    /** Null until it could be read; replaced whole. */
    private volatile @Nullable Map<ByteBuffer, Open> open;

    ApiKeys(Store store, AuditLog log, Clock clock) {
        this.store = store;
        this.log = log;
        this.clock = clock;
    }

    private record Open(byte[] hash, KeyHolder holder) {}

    /** @param secret the key itself, known only now */
    public record Issued(ApiKey key, String secret) {}

    /** @param next the id after which the list goes on; null at its end */
    public record Listing(List<ApiKey> keys, @Nullable String next) {}

    /**
     * Makes a key. If the answer is lost so is the key: it shows in the list and can be revoked.
     *
     * @param requestsPerMinute null for what all keys have
     * @param by null for the operator token and for commands
     */
    public Issued issue(@Nullable String label, @Nullable Integer requestsPerMinute, @Nullable Moderator by) {
        String name = label(label);
        if (requestsPerMinute != null && (requestsPerMinute < 1 || requestsPerMinute > MOST_PER_MINUTE)) {
            throw Problem.INVALID_QUOTA.with("Give 1 to " + MOST_PER_MINUTE + " requests a minute, or leave it out.");
        }
        String secret = Token.random(PREFIX);
        byte[] hash = Token.hash(secret);
        ApiKey key = new ApiKey(
                randomId(), name, Instant.ofEpochSecond(clock.instant().getEpochSecond()), requestsPerMinute, null);
        store.inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO api_key (id, label, hash, requests_per_minute, created_at) VALUES (?, ?, ?, ?, ?)")) {
                insert.setString(1, key.id());
                insert.setString(2, key.label());
                insert.setBytes(3, hash);
                insert.setObject(4, requestsPerMinute, Types.INTEGER);
                insert.setLong(5, key.createdAt().getEpochSecond());
                insert.executeUpdate();
            }
            log.write(connection, by, "key-issued", key.id(), key.label());
            return null;
        });
        change(keys -> keys.put(ByteBuffer.wrap(hash), new Open(hash, new KeyHolder(key.id(), requestsPerMinute))));
        return new Issued(key, secret);
    }

    /**
     * Keys, the newest first, revoked ones too.
     *
     * @param after go on after the key with this id; null to begin
     * @param limit 1 to {@link #MOST_LISTED}
     * @return empty if there is no key with the id {@code after}
     */
    public Optional<Listing> list(@Nullable String after, int limit) {
        List<ApiKey> keys = store.<@Nullable List<ApiKey>>readPromptly(connection -> {
            long before = after == null ? Long.MAX_VALUE : number(connection, after);
            if (before == 0) {
                return null;
            }
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT id, label, created_at, requests_per_minute, revoked_at FROM api_key"
                            + " WHERE number < ? ORDER BY number DESC LIMIT ?")) {
                select.setLong(1, before);
                // One more tells whether the list goes on.
                select.setInt(2, limit + 1);
                List<ApiKey> found = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.add(read(row));
                    }
                }
                return found;
            }
        });
        if (keys == null) {
            return Optional.empty();
        }
        return Optional.of(
                keys.size() <= limit
                        ? new Listing(keys, null)
                        : new Listing(
                                keys.subList(0, limit), keys.get(limit - 1).id()));
    }

    /** The key no longer opens: here from now on, at other instances within seconds. False if there is no such key. */
    public boolean revoke(String id, @Nullable Moderator by) {
        boolean known = store.inTransaction(connection -> {
            long number = number(connection, id);
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE api_key SET revoked_at = ? WHERE number = ? AND revoked_at IS NULL")) {
                update.setLong(1, clock.instant().getEpochSecond());
                update.setLong(2, number);
                if (update.executeUpdate() > 0) {
                    log.write(connection, by, "key-revoked", id, "");
                }
            }
            return number > 0;
        });
        change(keys -> keys.values().removeIf(key -> key.holder.keyId().equals(id)));
        return known;
    }

    /** Reads which keys open; those of before stay when it throws. */
    void renew() {
        changing.lock();
        try {
            open = store.readPromptly(connection -> {
                Map<ByteBuffer, Open> read = new HashMap<>();
                try (var statement = connection.createStatement();
                        ResultSet row = statement.executeQuery(
                                "SELECT hash, id, requests_per_minute FROM api_key WHERE revoked_at IS NULL")) {
                    while (row.next()) {
                        byte[] hash = row.getBytes(1);
                        KeyHolder holder = new KeyHolder(row.getString(2), row.getObject(3, Integer.class));
                        read.put(ByteBuffer.wrap(hash), new Open(hash, holder));
                    }
                }
                return read;
            });
        } finally {
            changing.unlock();
        }
    }

    boolean isKnown() {
        return open != null;
    }

    /**
     * Whom a token's hash belongs to. How long the map takes depends on hashes alone, of which nobody can find a token;
     * what decides is compared in the same time whatever it is.
     */
    Optional<KeyHolder> find(byte[] tokenHash) {
        Map<ByteBuffer, Open> keys = open;
        Open found = keys == null ? null : keys.get(ByteBuffer.wrap(tokenHash));
        boolean same = MessageDigest.isEqual(found == null ? NO_HASH : found.hash, tokenHash);
        return found != null && same ? Optional.of(found.holder) : Optional.empty();
    }

    private void change(Consumer<Map<ByteBuffer, Open>> change) {
        changing.lock();
        try {
            Map<ByteBuffer, Open> before = open;
            if (before != null) {
                Map<ByteBuffer, Open> after = new HashMap<>(before);
                change.accept(after);
                open = after;
            }
        } finally {
            changing.unlock();
        }
    }

    /** In the order of issuing, from 1; 0 if there is no such key. */
    private static long number(Connection connection, String id) throws SQLException {
        if (!ID.matcher(id).matches()) {
            return 0;
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT number FROM api_key WHERE id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private static ApiKey read(ResultSet row) throws SQLException {
        Long revokedAt = row.getObject(5, Long.class);
        return new ApiKey(
                row.getString(1),
                row.getString(2),
                Instant.ofEpochSecond(row.getLong(3)),
                row.getObject(4, Integer.class),
                revokedAt == null ? null : Instant.ofEpochSecond(revokedAt));
    }

    /** Labels are printed in terminals: nothing in them may move the cursor or turn the writing round. */
    private static String label(@Nullable String label) {
        String stripped = label == null ? "" : label.strip();
        if (stripped.isEmpty()
                || !Printable.is(stripped)
                || stripped.codePointCount(0, stripped.length()) > LONGEST_LABEL) {
            throw Problem.INVALID_LABEL.with("Say in 1 to " + LONGEST_LABEL + " printable characters whose key it is.");
        }
        return stripped;
    }

    private static String randomId() {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
