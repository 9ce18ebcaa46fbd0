package org.fairfollow.reporter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.fairfollow.account.AccountHash;
import org.fairfollow.account.AccountName;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What reporters tell, each fact once. It is kept apart from evidence and bears on nobody: it is read by nothing that
 * judges, and names in it are not looked up, for a lookup would teach the directory who was seen under which handle.
 */
@ApplicationScoped
public class Hearsay {
    /** Until reporters are trusted nothing comes of it; then the newest is what matters. */
    private static final Duration KEPT = Duration.ofDays(90);
    /** As long as an observation may be told again. */
    private static final Duration ANSWERS_KEPT = Duration.ofHours(48);
    /** Rows in one transaction. */
    private static final int ROWS_AT_ONCE = 5_000;

    /** Fields in the order of the alphabet: the same fact is always the same text, for it is part of its natural key. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private final Store store;
    private final Clock clock;

    Hearsay(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What can be told; {@link #code} is how rows say it, as those of evidence do. */
    public enum Kind {
        PROFILE_COUNTERS(0),
        /** The account followed the reporter. */
        FOLLOW(1),
        /** The account follows the reporter no longer. */
        UNFOLLOW(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /**
     * One thing told.
     *
     * @param toldAt when it was seen, as told: Unix epoch seconds, which may be a little ahead of our clock
     * @param counters null unless that is the kind
     */
    public record Fact(
            Kind kind,
            AccountName account,
            long toldAt,
            @Nullable ProfileCounters counters) {}

    /** How many facts were new, and how many had been told before. */
    public record Tally(int accepted, int duplicates) {}

    /** 32 bytes that are the same for calls with the same {@code Idempotency-Key} and body, and for no others. */
    public static byte[] sameCall(String idempotencyKey, String body) {
        // No header holds a line feed.
        return Token.hash(idempotencyKey + "\n" + body);
    }

    /**
     * Keeps what is new, in one transaction. Calls of one reporter wait for each other.
     *
     * @param retry {@link #sameCall}; null if it is not said which call it is
     * @param answer what to say to the call, in ASCII; kept, and said again to the same call
     * @return the answer
     */
    public String tell(
            Reporter reporter, byte @Nullable [] retry, Collection<Fact> facts, Function<Tally, String> answer) {
        long now = clock.instant().getEpochSecond();
        Map<String, Fact> byKey = new LinkedHashMap<>();
        facts.forEach(fact -> byKey.putIfAbsent(naturalKey(fact), fact));
        return store.inTransaction(connection -> {
            Reporters.lock(connection, reporter);
            String first = retry == null ? null : firstAnswer(connection, reporter, retry);
            if (first != null) {
                return first;
            }
            Map<String, Fact> fresh = new LinkedHashMap<>(byKey);
            fresh.keySet().removeAll(known(connection, reporter, byKey.keySet()));
            write(connection, reporter, fresh, now);
            String said = answer.apply(new Tally(fresh.size(), facts.size() - fresh.size()));
            if (retry != null) {
                remember(connection, reporter, retry, said, now);
            }
            return said;
        });
    }

    /** Deletes what was told past keeping. */
    public void forget() {
        long now = clock.instant().getEpochSecond();
        forget("hearsay", "arrived_at", now - KEPT.toSeconds());
        forget("hearsay_answer", "answered_at", now - ANSWERS_KEPT.toSeconds());
    }

    private void forget(String table, String time, long before) {
        String sql = "DELETE FROM " + table + " WHERE " + time + " < ? ORDER BY " + time + " LIMIT " + ROWS_AT_ONCE;
        int deleted;
        do {
            deleted = store.inTransaction(connection -> Reporters.delete(connection, sql, before));
        } while (deleted == ROWS_AT_ONCE);
    }

    /** By the time as told: told again it is the same fact, whenever it arrives. */
    private static String naturalKey(Fact fact) {
        String rest = fact.counters == null ? "" : json(fact.counters);
        return AccountHash.ofKey(fact.kind.code + " " + fact.toldAt + " " + fact.account.key() + " " + rest)
                .hex();
    }

    private static Set<String> known(Connection connection, Reporter reporter, Set<String> keys) throws SQLException {
        Set<String> known = new HashSet<>();
        if (keys.isEmpty()) {
            return known;
        }
        String list = keys.stream().map(key -> "x'" + key + "'").collect(Collectors.joining(","));
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT natural_key FROM hearsay WHERE reporter = "
                        + reporter.number() + " AND natural_key IN (" + list + ")")) {
            while (rows.next()) {
                known.add(HexFormat.of().formatHex(rows.getBytes(1)));
            }
        }
        return known;
    }

    private static void write(Connection connection, Reporter reporter, Map<String, Fact> facts, long now)
            throws SQLException {
        if (facts.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO hearsay (reporter, natural_key, kind, account, seen_at,"
                        + " arrived_at, body) VALUES (?,?,?,?,?,?,?)")) {
            for (var one : facts.entrySet()) {
                Fact fact = one.getValue();
                // Nobody chooses a time that has not come.
                long seenAt = Math.min(fact.toldAt, now);
                insert.setLong(1, reporter.number());
                insert.setBytes(2, HexFormat.of().parseHex(one.getKey()));
                insert.setInt(3, fact.kind.code);
                insert.setString(4, fact.account.key());
                insert.setLong(5, seenAt);
                insert.setLong(6, now);
                insert.setString(7, fact.counters == null ? "" : json(at(seenAt, fact.counters)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static @Nullable String firstAnswer(Connection connection, Reporter reporter, byte[] retry)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT answer FROM hearsay_answer WHERE reporter = ? AND call_hash = ?")) {
            select.setLong(1, reporter.number());
            select.setBytes(2, retry);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static void remember(Connection connection, Reporter reporter, byte[] retry, String answer, long now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO hearsay_answer (reporter, call_hash, answered_at, answer) VALUES (?,?,?,?)")) {
            insert.setLong(1, reporter.number());
            insert.setBytes(2, retry);
            insert.setLong(3, now);
            insert.setString(4, answer);
            insert.executeUpdate();
        }
    }

    private static ProfileCounters at(long seenAt, ProfileCounters told) {
        return new ProfileCounters(
                seenAt,
                told.observer(),
                false,
                told.followers(),
                told.following(),
                told.posts(),
                told.createdAt(),
                told.hasAvatar(),
                told.bioLength(),
                told.lastPostAt());
    }

    private static String json(ProfileCounters counters) {
        try {
            return JSON.writeValueAsString(counters);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
