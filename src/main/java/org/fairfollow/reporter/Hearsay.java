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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.fairfollow.account.AccountHash;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.ErasedAccounts;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.http.Problem;
import org.fairfollow.store.Deletion;
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
    /** Some 40 MB. The extension tells at most 200 a day. */
    private static final int MOST_OF_ONE = 50_000;

    /** Fields in the order of the alphabet: the same fact is always the same text, for it is part of its natural key. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private final Store store;
    private final ErasedAccounts erased;
    private final Clock clock;

    Hearsay(Store store, ErasedAccounts erased, Clock clock) {
        this.store = store;
        this.erased = erased;
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

    /** How many facts were new, and how many had been told before, or of accounts that were erased. */
    public record Tally(int accepted, int duplicates) {}

    /**
     * Keeps what is new, in one transaction. Calls of one reporter wait for each other.
     *
     * @param retry {@link FirstAnswers#sameCall}; null if it is not said which call it is
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
            String first = retry == null ? null : FirstAnswers.find(connection, reporter, retry);
            if (first != null) {
                return first;
            }
            Map<String, Fact> fresh = new LinkedHashMap<>(byKey);
            Predicate<AccountName> isErased = erased.known(connection);
            fresh.values().removeIf(fact -> isErased.test(fact.account));
            fresh.keySet().removeAll(known(connection, reporter, byKey.keySet()));
            if (!fresh.isEmpty() && count(connection, reporter) + fresh.size() > MOST_OF_ONE) {
                throw Problem.QUOTA_EXCEEDED.with(
                        "Of one reporter " + MOST_OF_ONE + " observations are kept; old ones go after 90 days.",
                        Duration.ofDays(1).toSeconds());
            }
            write(connection, reporter, fresh, now);
            String said = answer.apply(new Tally(fresh.size(), facts.size() - fresh.size()));
            if (retry != null) {
                FirstAnswers.remember(connection, reporter, retry, said, null, now);
            }
            return said;
        });
    }

    /** Deletes what was told past keeping. */
    public void forget() {
        long before = clock.instant().minus(KEPT).getEpochSecond();
        Deletion.of(store, "hearsay WHERE arrived_at < " + before + " ORDER BY arrived_at");
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

    private static int count(Connection connection, Reporter reporter) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT COUNT(*) FROM hearsay WHERE reporter = " + reporter.number())) {
            row.next();
            return row.getInt(1);
        }
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
