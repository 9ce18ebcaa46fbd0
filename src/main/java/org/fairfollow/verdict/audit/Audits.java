package org.fairfollow.verdict.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.Gate;
import org.fairfollow.verdict.Gates;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.audit.AuditRows.Drawn;
import org.fairfollow.verdict.audit.AuditRows.Looked;
import org.fairfollow.verdict.audit.AuditRows.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Draws verdicts by lot, hands each to two people who do not know what the rule made of it, counts at looks fixed in advance,
 * and lets the practice's gate follow. The gate is made anew from what was found at each {@link #look}, so a kill at any
 * point loses nothing.
 */
@ApplicationScoped
public class Audits {
    /** Nobody else gets a task so long after somebody took it in hand. */
    public static final Duration LEASE = Duration.ofHours(1);
    /** A third person is waited for so long. */
    private static final Duration THIRD_WITHIN = Duration.ofDays(14);
    /** The evidence of verdicts lapses as well. */
    private static final Duration KEPT = Duration.ofDays(90);

    private static final Duration DAY = Duration.ofDays(1);
    /** For so many verdicts one control is shown. */
    private static final int VERDICTS_A_CONTROL = 4;
    /** Controls lie on the far side of the threshold by no more than half of it. */
    private static final double CONTROLS_FROM = -.5;

    private final Store store;
    private final Ledger ledger;
    private final Decisions decisions;
    private final Gates gates;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Audits(Store store, Ledger ledger, Decisions decisions, Gates gates, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.decisions = decisions;
        this.gates = gates;
        this.clock = clock;
    }

    /**
     * Something to look at.
     *
     * @param id opaque; says nothing of what the rule made of it
     * @param answerBy when somebody else may get it
     */
    public record Task(String id, Practice practice, int accountId, Blinded evidence, Instant answerBy) {}

    /** @param cause why not; null for a yes */
    public record Given(
            Answer answer, @Nullable Cause cause, @Nullable String note) {}

    /** What became of an answer. */
    public enum Taken {
        TAKEN,
        /** The same was answered before. */
        REPEATED,
        /** Something else was answered before, and stays. */
        CHANGED,
        LEASE_ENDED,
        /** There is no such task, or it is somebody else's. */
        UNKNOWN
    }

    /**
     * What anybody may know of a practice's audits.
     *
     * @param tally of the last look at the rule in force; null before the first
     * @param overturned listed verdicts that people took back, by how
     * @param stoppedAt since when nothing of it is published, Unix epoch seconds; 0: it is
     */
    public record Published(@Nullable Tally tally, Map<String, Integer> overturned, long stoppedAt) {}

    /** What this moderator is to look at: the same until it is answered or somebody else got it. */
    public Optional<Task> next(Connection connection, int moderator) throws SQLException {
        AuditRows.lock(connection);
        long now = now();
        Optional<AuditRows.Task> task = AuditRows.next(connection, moderator, now);
        if (task.isEmpty()) {
            return Optional.empty();
        }
        long until = now + LEASE.toSeconds();
        AuditRows.lease(connection, moderator, task.get().number(), until);
        return task.map(one -> new Task(
                HexFormat.of().formatHex(one.id()),
                one.practice(),
                one.accountId(),
                one.evidence(),
                Instant.ofEpochSecond(until)));
    }

    /** @param id whatever somebody sent */
    public Taken answer(Connection connection, int moderator, String id, Given given) throws SQLException {
        AuditRows.lock(connection);
        long now = now();
        byte[] opaque = opaque(id);
        AuditRows.Asked asked = opaque == null
                ? null
                : AuditRows.asked(connection, opaque, moderator).orElse(null);
        if (asked == null) {
            return Taken.UNKNOWN;
        }
        Given before = AuditRows.given(connection, asked.number(), moderator).orElse(null);
        if (before != null) {
            return before.equals(given) ? Taken.REPEATED : Taken.CHANGED;
        }
        if (asked.leaseEndsAt() == 0) {
            return Taken.UNKNOWN;
        }
        if (asked.settled() || asked.leaseEndsAt() <= now) {
            return Taken.LEASE_ENDED;
        }
        int answers = asked.answers() + 1;
        AuditRows.answer(connection, asked.number(), moderator, answers, given, now);
        AuditRows.release(connection, moderator);
        int yesses = AuditRows.yesses(connection, asked.number());
        // Two who said no for different reasons need no third: it cannot be right any more.
        boolean disputed = answers == 2 && yesses == 1;
        boolean open = answers < 2 || disputed;
        AuditRows.update(
                connection, asked.number(), answers, disputed ? 3 : asked.needed(), open ? null : yesses >= 2, now);
        return Taken.TAKEN;
    }

    /** Settles what waited too long, looks where a look is due, and lets the gates follow. */
    public void look() {
        for (Detector detector : Detectors.all()) {
            PracticeDescription rule = detector.describe();
            store.inTransaction(connection -> {
                AuditRows.lock(connection);
                AuditRows.settleWithoutThird(connection, now() - THIRD_WITHIN.toSeconds(), now());
                AuditRows.dropUnanswered(connection, now() - KEPT.toSeconds());
                AuditRows.dropLeases(connection, now() - DAY.toSeconds());
                Progress progress = AuditRows.progress(connection, rule);
                Looks.Look look = Looks.after(progress.looked()).orElse(null);
                if (look != null && progress.settled() >= look.n() && progress.settled() == progress.drawn()) {
                    AuditRows.look(connection, rule, AuditRows.tally(connection, rule, look), now());
                }
                follow(connection, rule);
                return null;
            });
        }
    }

    /** Draws what the next look of each practice lacks, as far as there are verdicts; reads all the rule holds. */
    public void draw() {
        for (Detector detector : Detectors.all()) {
            PracticeDescription rule = detector.describe();
            Progress progress = store.read(connection -> AuditRows.progress(connection, rule));
            Looks.after(progress.looked())
                    .filter(look -> progress.drawn() < look.n())
                    .ifPresent(look -> draw(rule, look, progress));
        }
    }

    /**
     * How far the audit of a practice is; nothing of what was answered.
     *
     * @param nextLook verdicts the next look needs; 0 after the last
     */
    public record Underway(int nextLook, int drawn, int settled) {}

    public Underway underway(Connection connection, Practice practice) throws SQLException {
        Progress progress = AuditRows.progress(connection, rule(practice));
        int next = Looks.after(progress.looked()).map(Looks.Look::n).orElse(0);
        return new Underway(next, progress.drawn(), progress.settled());
    }

    /** What is known of all practices. */
    public Map<Practice, Published> published(Connection connection) throws SQLException {
        List<Looked> looks = AuditRows.looks(connection);
        Map<Practice, Map<String, Integer>> overturned = decisions.overturned(connection);
        Map<Practice, Published> published = new EnumMap<>(Practice.class);
        for (Detector detector : Detectors.all()) {
            PracticeDescription rule = detector.describe();
            published.put(
                    rule.practice(),
                    new Published(
                            last(looks, rule).map(Looked::tally).orElse(null),
                            overturned.getOrDefault(rule.practice(), Map.of()),
                            stoppedAt(ofPractice(looks, rule.practice()))));
        }
        return published;
    }

    /** What became of the wish to let a practice go on. */
    public enum Resumed {
        RESUMED,
        /** The same was said before. */
        REPEATED,
        NOT_STOPPED
    }

    /**
     * Publishes a stopped practice again; the next look may stop it again.
     *
     * @param moderator who says so; null for the operator token
     */
    public Resumed resume(Connection connection, Practice practice, String reason, @Nullable Integer moderator)
            throws SQLException {
        AuditRows.lock(connection);
        List<Looked> looks = ofPractice(AuditRows.looks(connection), practice);
        if (!looks.isEmpty() && reason.equals(looks.getLast().resumedBecause())) {
            return Resumed.REPEATED;
        }
        if (stoppedAt(looks) == 0) {
            return Resumed.NOT_STOPPED;
        }
        AuditRows.resume(connection, looks.getLast(), reason, moderator, now());
        follow(connection, rule(practice));
        return Resumed.RESUMED;
    }

    /** Nothing of the account is left in tasks; what was settled still counts. */
    public void erase(Connection connection, int accountId) throws SQLException {
        AuditRows.lock(connection);
        AuditRows.erase(connection, accountId);
    }

    /** The gate is what the looks make it; where nobody has looked yet, it is let be. */
    private void follow(Connection connection, PracticeDescription rule) throws SQLException {
        List<Looked> looks = ofPractice(AuditRows.looks(connection), rule.practice());
        if (looks.isEmpty()) {
            return;
        }
        long stoppedAt = stoppedAt(looks);
        // What was found of another version says nothing of this one; only what was stopped stays so until somebody
        // acts.
        Tally tally = last(looks, rule).map(Looked::tally).orElse(null);
        Gate gate = tally == null
                ? new Gate(null, null, false, stoppedAt)
                : new Gate(tally.precision(), tally.lower(), tally.confirms(), stoppedAt);
        if (!gate.equals(gates.of(connection, rule.practice()))) {
            gates.set(connection, rule.practice(), gate);
        }
    }

    /** Since the first look that stopped it and after which no operator let it go on; 0: it is not stopped. */
    private static long stoppedAt(List<Looked> looks) {
        long stoppedAt = 0;
        for (Looked look : looks) {
            if (look.resumedBecause() != null) {
                stoppedAt = 0;
            } else if (look.tally().stops() && stoppedAt == 0) {
                stoppedAt = look.madeAt();
            }
        }
        return stoppedAt;
    }

    private void draw(PracticeDescription rule, Looks.Look look, Progress before) {
        byte[] seed = random(16);
        int[] drawnBefore = new int[Stratum.values().length];
        int[] held = new int[drawnBefore.length];
        Lots<Drawn> controls = new Lots<>(seed, Math.ceilDiv(look.n(), VERDICTS_A_CONTROL));
        List<Lots<Drawn>> strata = new ArrayList<>();
        for (int i = 0; i < held.length; i++) {
            strata.add(new Lots<>(seed, look.n()));
        }
        store.read(connection -> {
            Set<Integer> known = AuditRows.drawn(connection, rule, drawnBefore);
            ledger.eachAdverse(connection, rule.practice(), rule.detector(), one -> {
                boolean decides = Stratum.decides(rule, one.finding());
                double margin = decides ? Stratum.margin(rule, one.finding()) : 0;
                Stratum stratum = one.listed() ? Stratum.of(margin) : null;
                if (stratum != null) {
                    held[stratum.ordinal()]++;
                }
                boolean control = stratum == null && decides && margin >= CONTROLS_FROM;
                if ((stratum != null || control) && !known.contains(one.accountId())) {
                    Drawn drawn = new Drawn(one.accountId(), stratum, Blinded.of(rule, one.finding()));
                    (stratum == null ? controls : strata.get(stratum.ordinal())).offer(one.accountId(), drawn);
                }
            });
            return null;
        });
        List<Drawn> drawn = new ArrayList<>(Lots.fill(look.n() - before.drawn(), held, drawnBefore, strata));
        if (drawn.isEmpty()) {
            return;
        }
        drawn.addAll(controls.draw(
                Math.max(0, Math.ceilDiv(before.drawn() + drawn.size(), VERDICTS_A_CONTROL) - before.controls())));
        Collections.shuffle(drawn, random);
        store.inTransaction(connection -> {
            AuditRows.lock(connection);
            // Somebody else may have drawn meanwhile, or looked.
            if (AuditRows.progress(connection, rule).equals(before)) {
                AuditRows.draw(connection, rule, look.n(), seed, held, now());
                for (Drawn one : drawn) {
                    AuditRows.insert(connection, rule, one, random(16), now());
                }
            }
            return null;
        });
    }

    private static PracticeDescription rule(Practice practice) {
        return Detectors.all().stream()
                .map(Detector::describe)
                .filter(rule -> rule.practice() == practice)
                .findFirst()
                .orElseThrow();
    }

    private static List<Looked> ofPractice(List<Looked> looks, Practice practice) {
        return looks.stream().filter(look -> look.practice() == practice).toList();
    }

    private static Optional<Looked> last(List<Looked> looks, PracticeDescription rule) {
        return looks.stream()
                .filter(look ->
                        look.practice() == rule.practice() && look.detector().equals(rule.detector()))
                .reduce((former, later) -> later);
    }

    private static byte @Nullable [] opaque(String id) {
        return id.matches("[0-9a-f]{32}") ? HexFormat.of().parseHex(id) : null;
    }

    private byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        this.random.nextBytes(random);
        return random;
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
