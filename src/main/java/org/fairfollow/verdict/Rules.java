package org.fairfollow.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Practice;
import org.fairfollow.store.StoreIdentity;
import org.fairfollow.verdict.Stance.Duty;
import org.fairfollow.verdict.Trials.Trial;
import org.jspecify.annotations.Nullable;

/**
 * Which rules are in force, and what an instance that has others may do: nothing while somebody is there who judges by those in
 * force; else it judges everybody aside, and lowers or withdraws what is held, until an operator puts its rules in force.
 */
@ApplicationScoped
public class Rules {
    /** Who has not said for so long that it is there counts as gone. */
    static final Duration ABOUT = Duration.ofSeconds(60);
    /** How often it is said. */
    private static final Duration SAID_EVERY = Duration.ofSeconds(10);
    /** What was judged aside by rules that nobody has any more is kept for so long. */
    private static final Duration KEPT = Duration.ofDays(7);

    private static final int FORGOTTEN_AT_ONCE = 1_000;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MINE = Rulebook.sha256();

    private final StoreIdentity identity;
    private final Ledger ledger;
    private final Clock clock;

    /** Those in force when they were last read, and where this build judges otherwise. */
    private volatile Known known = new Known(new Book(MINE, Rulebook.bytes()), Set.of());

    Rules(StoreIdentity identity, Ledger ledger, Clock clock) {
        this.identity = identity;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A rulebook as JSON in UTF-8, not to be changed, and its SHA-256 in hex. */
    public record Book(String sha256, byte[] bytes) {}

    private record Known(Book book, Set<Practice> untried) {}

    private record InForce(String sha256, long since, long seenAt) {}

    /** @param verdicts how many of a practice differ so */
    public record Count(Practice practice, Difference difference, long verdicts) {}

    /**
     * @param stands what is held now
     * @param statement what is said with it; empty where nothing is held
     */
    public record Change(
            int accountId,
            Practice practice,
            Difference difference,
            Standing stands,
            String statement,
            Standing would,
            String wouldState) {}

    /** How far rules on trial are. */
    public enum Phase {
        /** Instances with the rules in force are there; it begins when they have gone. */
        WAITING,
        JUDGING,
        JUDGED;

        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Rules that some instance has and that are not in force.
     *
     * @param accounts there were to judge when it began
     * @param judged of them until now; it may become more than there were
     */
    public record OnTrial(
            String rules,
            Phase phase,
            @Nullable Instant beganAt,
            long accounts,
            long judged,
            List<Count> differences) {}

    /** @param writing how many verdicts still have to follow them, by what changes; empty when all do */
    public record State(
            String inForce,
            Instant since,
            List<Count> writing,
            @Nullable OnTrial trial) {}

    /** Why rules were not put in force. */
    public enum Adoption {
        ADOPTED,
        /** No instance is there that has them. */
        UNKNOWN,
        /** Instances are there that have the rules in force. */
        OTHERS_ABOUT,
        /** Not every account was judged by them. */
        UNFINISHED
    }

    /** The rules in force when that was last read; before the database was ever there, those of this build. */
    public Book inForce() {
        return known.book();
    }

    /** Says that an instance with the rules of this build is there, unless somebody just did, and reads which are in force. */
    public void sayThere(Connection connection) throws SQLException {
        long now = now();
        if (seenAt(connection, MINE) <= now - SAID_EVERY.toSeconds()) {
            writeMine(connection, now);
        }
        if (identity.isDemo()) {
            // Who was invented is accused by nobody: there is nothing to look at before.
            putInForce(connection, MINE, now);
        }
        know(connection, established(connection).sha256());
    }

    private static void writeMine(Connection connection, long now) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT INTO rulebook (sha256, content, seen_at) VALUES (?,?,?)"
                        + " ON DUPLICATE KEY UPDATE seen_at = VALUES(seen_at)")) {
            upsert.setBytes(1, bytes(MINE));
            upsert.setBytes(2, Rulebook.bytes());
            upsert.setLong(3, now);
            upsert.executeUpdate();
        }
    }

    /** The first start on a store puts its own rules in force. */
    private InForce established(Connection connection) throws SQLException {
        InForce before = inForce(connection);
        if (before != null) {
            return before;
        }
        writeMine(connection, now());
        // Somebody else may be the first at the same time: one row stays.
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT IGNORE INTO rules_in_force (id, sha256, since) VALUES (1,?,?)")) {
            insert.setBytes(1, bytes(MINE));
            insert.setLong(2, now());
            insert.executeUpdate();
        }
        return Objects.requireNonNull(inForce(connection));
    }

    /** What this instance may do now; in the transaction that does it, under {@link Ledger#lockShared}. */
    Stance stance(Connection connection) throws SQLException {
        InForce inForce = established(connection);
        Trial mine = Trials.newest(connection, MINE);
        if (inForce.sha256().equals(MINE)) {
            return new Stance(Duty.JUDGE, Set.of(), mine != null && mine.isBeingWritten() ? mine.number() : 0);
        }
        if (isAbout(inForce.seenAt())) {
            return new Stance(Duty.LEAVE, Set.of(), 0);
        }
        Set<Practice> untried = know(connection, inForce.sha256()).untried();
        int trial = mine != null && isCurrent(mine, inForce)
                ? mine.number()
                : Trials.begin(connection, MINE, inForce.seenAt(), now());
        return new Stance(Duty.TRY, untried, trial);
    }

    /** How it stands, whichever rules this instance has. */
    public State state(Connection connection) throws SQLException {
        InForce inForce = inForce(connection);
        if (inForce == null) {
            return new State(MINE, clock.instant(), List.of(), null);
        }
        Trial adopted = Trials.newest(connection, inForce.sha256());
        return new State(
                inForce.sha256(),
                Instant.ofEpochSecond(inForce.since()),
                adopted != null && adopted.isBeingWritten() ? Trials.counts(connection, adopted.number()) : List.of(),
                onTrial(connection, inForce));
    }

    private @Nullable OnTrial onTrial(Connection connection, InForce inForce) throws SQLException {
        String rules = candidate(connection, inForce.sha256());
        if (rules == null) {
            return null;
        }
        Trial trial = current(connection, rules, inForce);
        if (trial == null) {
            return new OnTrial(rules, Phase.WAITING, null, 0, 0, List.of());
        }
        return new OnTrial(
                rules,
                trial.judgedAt() == 0 ? Phase.JUDGING : Phase.JUDGED,
                Instant.ofEpochSecond(trial.beganAt()),
                trial.accounts(),
                trial.judged(),
                Trials.counts(connection, trial.number()));
    }

    /** Of what the rules on trial say otherwise, one kind of one practice, in the order of accounts; none when none are. */
    public List<Change> changes(
            Connection connection, Difference difference, Practice practice, int afterAccount, int limit)
            throws SQLException {
        InForce inForce = inForce(connection);
        if (inForce == null) {
            return List.of();
        }
        String rules = candidate(connection, inForce.sha256());
        Trial trial = rules == null ? null : current(connection, rules, inForce);
        return trial == null
                ? List.of()
                : Trials.changes(
                        connection, trial.number(), difference, practice, Integer.toUnsignedLong(afterAccount), limit);
    }

    /**
     * Puts rules in force that every account was judged by. Their verdicts follow in the background.
     *
     * @param rules SHA-256, 64 hex digits in lower case
     */
    public Adoption adopt(Connection connection, String rules) throws SQLException {
        ledger.lockAlone(connection);
        InForce inForce = inForce(connection);
        if (inForce == null || inForce.sha256().equals(rules) || !isAbout(seenAt(connection, rules))) {
            return Adoption.UNKNOWN;
        }
        if (isAbout(inForce.seenAt())) {
            return Adoption.OTHERS_ABOUT;
        }
        Trial trial = current(connection, rules, inForce);
        if (trial == null || trial.judgedAt() == 0) {
            return Adoption.UNFINISHED;
        }
        long now = now();
        Trials.adopted(connection, trial.number(), now);
        putInForce(connection, rules, now);
        return Adoption.ADOPTED;
    }

    /** Deletes what was written aside and can no longer be adopted, a part at a time; whether there may be more. */
    public boolean forget(Connection connection) throws SQLException {
        return Trials.forget(connection, now() - KEPT.toSeconds(), FORGOTTEN_AT_ONCE);
    }

    private void putInForce(Connection connection, String rules, long now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE rules_in_force SET sha256 = ?, since = ? WHERE id = 1 AND sha256 <> ?")) {
            update.setBytes(1, bytes(rules));
            update.setLong(2, now);
            update.setBytes(3, bytes(rules));
            update.executeUpdate();
        }
    }

    /** What was judged before somebody with the rules in force was there again is of then. */
    private static @Nullable Trial current(Connection connection, String rules, InForce inForce) throws SQLException {
        Trial newest = Trials.newest(connection, rules);
        return newest != null && isCurrent(newest, inForce) ? newest : null;
    }

    private static boolean isCurrent(Trial trial, InForce inForce) {
        return trial.adoptedAt() == 0 && trial.seenBefore() == inForce.seenAt();
    }

    /** Rules that are not in force and that somebody has; the newest who said so. Null when nobody does. */
    private @Nullable String candidate(Connection connection, String inForce) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT sha256 FROM rulebook WHERE sha256 <> ?"
                + " AND seen_at > ? ORDER BY seen_at DESC, sha256 LIMIT 1")) {
            select.setBytes(1, bytes(inForce));
            select.setLong(2, now() - ABOUT.toSeconds());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? HexFormat.of().formatHex(row.getBytes(1)) : null;
            }
        }
    }

    private @Nullable InForce inForce(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT i.sha256, i.since, COALESCE(b.seen_at, 0)"
                        + " FROM rules_in_force i LEFT JOIN rulebook b USING (sha256) WHERE i.id = 1")) {
            return row.next()
                    ? new InForce(HexFormat.of().formatHex(row.getBytes(1)), row.getLong(2), row.getLong(3))
                    : null;
        }
    }

    private boolean isAbout(long seenAt) {
        return seenAt > now() - ABOUT.toSeconds();
    }

    /** 0 when nobody ever had them. */
    private static long seenAt(Connection connection, String rules) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT seen_at FROM rulebook WHERE sha256 = ?")) {
            select.setBytes(1, bytes(rules));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private Known know(Connection connection, String inForce) throws SQLException {
        Known now = known;
        if (now.book().sha256().equals(inForce)) {
            return now;
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT content FROM rulebook WHERE sha256 = ?")) {
            select.setBytes(1, bytes(inForce));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                byte[] content = row.getBytes(1);
                now = new Known(new Book(inForce, content), untried(content, Rulebook.bytes()));
            }
        }
        known = now;
        return now;
    }

    /** Practices that the one rulebook judges otherwise than the other, as far as rulebooks tell. */
    static Set<Practice> untried(byte[] inForce, byte[] mine) {
        JsonNode then;
        JsonNode now;
        try {
            then = JSON.readTree(inForce);
            now = JSON.readTree(mine);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean sameBase = then.path("format").equals(now.path("format"))
                && then.path("policy").equals(now.path("policy"))
                && then.path("files").equals(now.path("files"));
        Set<Practice> untried = EnumSet.noneOf(Practice.class);
        for (Detector detector : Detectors.all()) {
            Practice practice = detector.practice();
            if (!sameBase || !rule(then, practice).equals(rule(now, practice))) {
                untried.add(practice);
            }
        }
        return untried;
    }

    private static JsonNode rule(JsonNode rulebook, Practice practice) {
        for (JsonNode rule : rulebook.path("detectors")) {
            if (rule.path("practice").asText().equals(practice.id())) {
                return rule;
            }
        }
        return rulebook.path("none");
    }

    private static byte[] bytes(String sha256) {
        return HexFormat.of().parseHex(sha256);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
