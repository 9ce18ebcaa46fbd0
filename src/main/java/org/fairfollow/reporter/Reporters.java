package org.fairfollow.reporter;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import org.fairfollow.http.Problem;
import org.fairfollow.store.Deletion;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * People who tell what they saw, each known by a token alone. There may be very many, and whatever they do takes the
 * database: their tokens are looked up there, not held in memory like keys.
 */
@ApplicationScoped
public class Reporters {
    private static final String PREFIX = "ffr_";
    static final String PUBLIC_PREFIX = "reporter-";
    /** Clocks of instances may differ; none may forget a challenge that lasts on another. */
    private static final Duration SPENT_KEPT = Duration.ofDays(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;
    private final Clock clock;

    Reporters(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * @param publicId to name the reporter by; drawn apart from the token
     * @param secretToken known only now
     */
    record Made(String publicId, String secretToken) {}

    /** Makes a reporter of whoever solved the challenge; throws {@link Problem#CHALLENGE_USED} when somebody is one by it. */
    Made make(Challenges.Solved solved) {
        String secretToken = Token.random(PREFIX);
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        String publicId = HexFormat.of().formatHex(random);
        store.inTransaction(connection -> {
            spend(connection, solved);
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO reporter (public_id, hash, made_on) VALUES (?, ?, ?)")) {
                insert.setString(1, publicId);
                insert.setBytes(2, Token.hash(secretToken));
                insert.setLong(3, clock.instant().getEpochSecond() / 86_400);
                return insert.executeUpdate();
            }
        });
        return new Made(PUBLIC_PREFIX + publicId, secretToken);
    }

    /** Throws {@link Problem#UNAUTHORIZED} unless there is something like a reporter's token in the header. */
    static void requireToken(@Nullable String authorization) {
        if (authorization == null || !Token.in(authorization).startsWith(PREFIX)) {
            throw unauthorized();
        }
    }

    /** Whose token that is; throws {@link Problem#UNAUTHORIZED} when it is nobody's. */
    public Reporter of(@Nullable String authorization) {
        requireToken(authorization);
        byte[] hash = Token.hashIn(String.valueOf(authorization));
        Reporter reporter = store.<@Nullable Reporter>readPromptly(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT number, hash FROM reporter WHERE hash = ?")) {
                select.setBytes(1, hash);
                try (ResultSet row = select.executeQuery()) {
                    boolean known = row.next() && MessageDigest.isEqual(row.getBytes(2), hash);
                    return known ? new Reporter(row.getLong(1)) : null;
                }
            }
        });
        if (reporter == null) {
            throw unauthorized();
        }
        return reporter;
    }

    /** Deletes the reporter with all it told. */
    void erase(Reporter reporter) {
        store.inTransaction(connection -> {
            lock(connection, reporter);
            ReportsRepository.dueOf(connection, reporter);
            for (String table : new String[] {"hearsay", "hearsay_answer", "report"}) {
                delete(connection, "DELETE FROM " + table + " WHERE reporter = ?", reporter.number());
            }
            return delete(connection, "DELETE FROM reporter WHERE number = ?", reporter.number());
        });
    }

    /** Forgets challenges that ended. */
    public void forget() {
        long before = clock.instant().minus(SPENT_KEPT).getEpochSecond();
        Deletion.of(store, "spent_challenge WHERE ends_at < " + before + " ORDER BY ends_at");
    }

    /** Lets nobody else do anything for the reporter until the transaction ends, nor for one that was erased meanwhile. */
    static void lock(Connection connection, Reporter reporter) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT number FROM reporter WHERE number = ? FOR UPDATE")) {
            select.setLong(1, reporter.number());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw unauthorized();
                }
            }
        }
    }

    /** Of several who use the same challenge at once, one inserts the row and the others find it. */
    private static void spend(Connection connection, Challenges.Solved solved) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT IGNORE INTO spent_challenge (challenge, ends_at) VALUES (?, ?)")) {
            insert.setBytes(1, solved.challenge());
            insert.setLong(2, solved.endsAt());
            if (insert.executeUpdate() == 0) {
                throw Problem.CHALLENGE_USED.with("Take another one from GET /v1/reporters/challenge.");
            }
        }
    }

    static int delete(Connection connection, String sql, long which) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, which);
            return delete.executeUpdate();
        }
    }

    static RuntimeException unauthorized() {
        return Problem.UNAUTHORIZED.with("Send a reporter's token as \"Authorization: Bearer ffr_…\".");
    }
}
