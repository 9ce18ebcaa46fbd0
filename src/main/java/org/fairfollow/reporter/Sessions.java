package org.fairfollow.reporter;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.fairfollow.store.Deletion;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in. Sessions are looked up in the database at each call, not held in memory like keys: there are few, what
 * they open takes the database anyway, and one that was ended opens nothing anywhere from that moment on.
 */
@ApplicationScoped
public class Sessions {
    static final String PREFIX = "ffm_";
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofHours(12);
    /** A session is not written at each call: it may end as much sooner than it should. */
    private static final Duration RENEWED_EVERY = Duration.ofMinutes(1);

    private final Store store;
    private final Clock clock;

    Sessions(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * @param secretToken known only now
     * @param endsAt at the latest; sooner if nothing is done for half an hour
     */
    public record Opened(Moderator moderator, String secretToken, Instant endsAt) {}

    private record Kept(byte[] hash, Moderator moderator, long seenAt) {}

    /** Begins a session in the caller's transaction; whatever token the caller brought is no part of it. */
    Opened open(Connection connection, Moderator moderator) throws SQLException {
        String token = Token.random(PREFIX);
        long now = now();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO moderator_session (hash, moderator, made_at, seen_at) VALUES (?, ?, ?, ?)")) {
            insert.setBytes(1, Token.hash(token));
            insert.setInt(2, moderator.number());
            insert.setLong(3, now);
            insert.setLong(4, now);
            insert.executeUpdate();
        }
        return new Opened(moderator, token, Instant.ofEpochSecond(now).plus(LONGEST));
    }

    /** Who signed in with this; empty for anything that is no session, or one that ended. */
    Optional<Moderator> find(String token) {
        byte[] hash = Token.hash(token);
        long now = now();
        Kept kept = store.<@Nullable Kept>readPromptly(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT s.hash, m.number, m.name, m.role, s.seen_at FROM moderator_session s"
                            + " JOIN moderator m ON m.number = s.moderator"
                            + " WHERE s.hash = ? AND m.closed_at IS NULL AND s.made_at > ? AND s.seen_at > ?")) {
                select.setBytes(1, hash);
                select.setLong(2, now - LONGEST.toSeconds());
                select.setLong(3, now - IDLE.toSeconds());
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? new Kept(row.getBytes(1), ModeratorRepository.moderator(row, 2), row.getLong(5))
                            : null;
                }
            }
        });
        if (kept == null || !MessageDigest.isEqual(kept.hash(), hash)) {
            return Optional.empty();
        }
        if (kept.seenAt() < now - RENEWED_EVERY.toSeconds()) {
            store.inTransaction(connection -> seen(connection, hash, now));
        }
        return Optional.of(kept.moderator());
    }

    /** Ends the session; doing it again changes nothing. */
    public void end(String token) {
        byte[] hash = Token.hash(token);
        store.inTransaction(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM moderator_session WHERE hash = ?")) {
                delete.setBytes(1, hash);
                return delete.executeUpdate();
            }
        });
    }

    /** Ends all sessions of a moderator, in the caller's transaction. */
    static void endAll(Connection connection, int moderator) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM moderator_session WHERE moderator = ?")) {
            delete.setInt(1, moderator);
            delete.executeUpdate();
        }
    }

    /** Deletes sessions that ended by their age. */
    public void forget() {
        long before = now() - LONGEST.toSeconds();
        Deletion.of(store, "moderator_session WHERE made_at <= " + before + " ORDER BY made_at");
    }

    /**
     * What forms of this session carry: a page of another origin cannot know it. It is no more than a hash, and says nothing
     * of the token, nor of the hash that is stored.
     */
    static String formToken(String secretToken) {
        byte[] hash = Token.sha256().digest(("form\n" + secretToken).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private static int seen(Connection connection, byte[] hash, long now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE moderator_session SET seen_at = GREATEST(seen_at, ?) WHERE hash = ?")) {
            update.setLong(1, now);
            update.setBytes(2, hash);
            return update.executeUpdate();
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
