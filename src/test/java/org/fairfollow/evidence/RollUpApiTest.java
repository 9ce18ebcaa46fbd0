package org.fairfollow.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Seed;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Edges that bear on nothing go; whoever is judged is judged on all there were, or not at all. */
@QuarkusTest
class RollUpApiTest {
    private static final long DAY = 86_400;
    private static final Floors FLOORS = new Floors(5, 8, 3, 3);

    @Inject
    EvidenceLog log;

    @Inject
    RollUp rollUp;

    @Inject
    Dossiers dossiers;

    @Inject
    Directory directory;

    @Inject
    Store store;

    @Inject
    TestStore tables;

    @Inject
    TestClock clock;

    private final Facts facts = new Facts();
    private final AccountName heavy = Facts.did();
    private final AccountName alice = Facts.did();
    private final AccountName bob = Facts.did();
    private long start;

    @BeforeEach
    void startAfresh() {
        tables.empty();
        start = clock.instant().getEpochSecond() / DAY * DAY - 2 * DAY;
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
        tables.empty();
    }

    @Test
    void anEdgeStaysIfItsActorOrItsSubjectIsTracked() {
        follows(heavy, 5, start);
        RecordKey back = facts.follow(bob, heavy, start + 60);
        RecordKey leftOut = facts.follow(alice, bob, start + 60);
        log.append(facts.all);
        grow(12);
        Facts later = new Facts();
        RecordKey young = later.follow(alice, bob, start + 13 * DAY);
        log.append(later.all);
        grow(4);
        roll();
        assertThat(keys()).contains(back, young).doesNotContain(leftOut).hasSize(7);
        assertThat(dossier(heavy).coverage().wholeFrom()).isNull();
        assertThat(dossier(alice).coverage().wholeFrom())
                .as("a key may name the day before its event's")
                .isEqualTo(start + 2 * DAY);
    }

    /** Else whoever makes keys of its own would never be tracked, and never judged. */
    @Test
    void keysThatTellNoDayHideNobody() {
        for (int i = 0; i < 5; i++) {
            facts.follow(heavy, Facts.did(), RecordKey.of("own-" + i), start + i);
        }
        RecordKey back = facts.follow(bob, heavy, start + 60);
        facts.follow(alice, bob, start + 60);
        log.append(facts.all);
        grow(16);
        roll();
        assertThat(keys()).hasSize(6).contains(back);
    }

    @Test
    void aDayIsRolledUpNoSoonerThanTwoWeeksAfterSomethingOfItWasLastTold() {
        facts.follow(alice, bob, start - 60 * DAY);
        log.append(facts.all);
        roll();
        assertThat(keys()).as("history that came late").hasSize(1);
        grow(13);
        roll();
        assertThat(keys()).hasSize(1);
        grow(2);
        roll();
        assertThat(keys()).isEmpty();
    }

    @Test
    void whoComesToBeTrackedLaterIsWholeOnlyFromThenOn() {
        facts.watched(start - 20 * DAY, start + 30 * DAY);
        facts.follow(bob, alice, start);
        follows(alice, 2, start);
        log.append(facts.all);
        grow(16);
        roll();
        Facts later = new Facts();
        for (int i = 0; i < 6; i++) {
            later.follow(alice, i == 0 ? bob : Facts.did(), start + 17 * DAY + i);
            later.follow(Facts.did(), alice, start + 17 * DAY + i);
        }
        log.append(later.all);
        grow(17);
        roll();
        Dossier dossier = dossier(alice);
        assertThat(dossier.coverage().wholeFrom()).isEqualTo(start + 2 * DAY);
        assertThat(dossier.coverage().spans().getFirst().from()).isEqualTo(start + 2 * DAY);
        assertThat(dossier.follows()).hasSize(6);
        assertThat(judged(alice, clock.instant().getEpochSecond()).values())
                .as("who followed first is not known")
                .filteredOn(finding ->
                        finding.practice() == Practice.FOLLOW_CHURN || finding.practice() == Practice.AUTO_FOLLOW_BACK)
                .allSatisfy(finding -> assertThat(finding.missing())
                        .extracting(Finding.Missing::code)
                        .contains("whole-days"));
        clock.advance(Duration.ofDays(EdgePartitions.KEPT_DAYS));
        assertThat(dossier(alice).coverage().wholeFrom())
                .as("what was left out would be gone by now")
                .isNull();
    }

    /** Of an account that nobody had heard of when the days that were rolled up were told, nothing can be missing. */
    @Test
    void whoIsNewIsWholeFromTheBeginning() {
        facts.follow(alice, bob, start);
        log.append(facts.all);
        grow(16);
        AccountName fresh = Facts.did();
        Facts later = new Facts();
        later.follow(fresh, bob, start + 16 * DAY);
        log.append(later.all);
        roll();
        assertThat(dossier(fresh).coverage().wholeFrom()).isNull();
        assertThat(dossier(alice).coverage().wholeFrom()).isPositive();
    }

    /** Whether it is told the first time or again cannot be known any more: either way nothing changes. */
    @Test
    void whatBelongsToEdgesThatWereLeftOutChangesNothing() {
        facts.watched(start, start + 16 * DAY);
        RecordKey key = facts.follow(alice, bob, start + DAY / 2);
        log.append(facts.all);
        grow(16);
        roll();
        List<List<String>> tally = tables.rows("SELECT * FROM tally");
        Facts again = new Facts();
        again.follow(alice, bob, key, start + DAY / 2);
        again.unfollow(alice, key, start + 15 * DAY);
        assertThat(log.append(again.all)).containsExactly(Appended.ROLLED_UP, Appended.ROLLED_UP);
        assertThat(keys()).isEmpty();
        assertThat(tables.rows("SELECT * FROM tally")).isEqualTo(tally);
        Coverage coverage = dossier(alice).coverage();
        assertThat(List.of(coverage.deletesOrphaned(), coverage.ownOrphaned())).containsExactly(0L, 0L);
    }

    @Test
    void ofTrackedAccountsWhatComesLateIsTakenAndWhatIsLostIsNoticed() {
        facts.watched(start, start + 16 * DAY);
        RecordKey first = follows(heavy, 5, start);
        log.append(facts.all);
        grow(16);
        roll();
        Facts late = new Facts();
        late.unfollow(heavy, first, start + 15 * DAY);
        late.follow(alice, heavy, facts.keyAt(start + 90), start + 90);
        late.unfollow(heavy, facts.keyAt(start + 80), start + 15 * DAY);
        assertThat(log.append(late.all)).containsExactly(Appended.ACCEPTED, Appended.ACCEPTED, Appended.COVERAGE_LOSS);
        assertThat(log.append(late.all)).containsOnly(Appended.DUPLICATE);
        assertThat(dossier(heavy).coverage().ownPaired()).isEqualTo(1);
    }

    @Test
    void killedAnywhereItIsDoneAgainAndNothingAppendedMeanwhileIsLost() {
        RecordKey first = follows(heavy, 6, start);
        follows(alice, 2, start);
        log.append(facts.all);
        grow(16);
        List<String> deaths = List.of(
                // While it copied: some edges are aside already.
                "INSERT INTO edge_aside SELECT * FROM edge WHERE deleted_at IS NULL LIMIT 3",
                // After the exchange, before that was written down.
                "ALTER TABLE edge EXCHANGE PARTITION d" + start / DAY + " WITH TABLE edge_aside");
        for (String death : deaths) {
            tables.empty();
            clock.reset();
            log.append(facts.all);
            grow(16);
            execute("UPDATE edge_day SET state = 1");
            execute("INSERT INTO tracked VALUES (" + id(heavy) + ", 0, " + start / DAY + ")");
            if (death.startsWith("ALTER")) {
                execute("INSERT INTO edge_aside SELECT * FROM edge WHERE actor_id = " + id(heavy));
            }
            execute(death);
            Facts meanwhile = new Facts();
            meanwhile.unfollow(heavy, first, start + 15 * DAY);
            assertThat(log.append(meanwhile.all)).containsExactly(Appended.ACCEPTED);
            roll();
            assertThat(keys()).as(death).hasSize(6);
            assertThat(tables.count("SELECT COUNT(*) FROM edge WHERE deleted_at = " + (start + 15 * DAY)))
                    .isEqualTo(1);
            assertThat(tables.count("SELECT COUNT(*) FROM edge_aside")).isZero();
        }
    }

    /** While one instance rolls up, another tries to, and a third one appends. */
    @Test
    void nothingIsLostBetweenInstances() throws Exception {
        Random random = Seed.random("appends beside a roll-up");
        List<RecordKey> keys = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            keys.add(facts.follow(heavy, Facts.did(), start + random.nextLong(3 * DAY)));
        }
        log.append(facts.all);
        grow(20);
        try (var threads = Executors.newFixedThreadPool(3)) {
            List<Future<?>> running = new ArrayList<>();
            running.add(threads.submit(this::roll));
            running.add(threads.submit(this::roll));
            running.add(threads.submit(() -> {
                for (RecordKey key : keys) {
                    Facts one = new Facts();
                    one.unfollow(heavy, key, start + 19 * DAY);
                    log.append(one.all);
                }
            }));
            for (Future<?> one : running) {
                one.get();
            }
        }
        roll();
        assertThat(tables.count("SELECT COUNT(*) FROM edge WHERE deleted_at IS NOT NULL AND created_at IS NOT NULL"))
                .isEqualTo(keys.size());
        assertThat(tables.count("SELECT COUNT(*) FROM edge_day WHERE state = " + RolledDays.ROLLED))
                .isEqualTo(3);
    }

    /** It froze after it had made sure of its claim and before the statement went out; another took over meanwhile. */
    @Test
    void whoWakesUpAfterAnotherTookOverExchangesAndEmptiesNothing() {
        follows(heavy, 5, start);
        log.append(facts.all);
        List<RecordKey> before = keys();
        int day = (int) (start / DAY);
        execute("UPDATE roll_up_claim SET holder = 2");
        execute("INSERT INTO edge_aside SELECT * FROM edge LIMIT 2");
        assertThatThrownBy(() -> rollUp.exchange(day, 1)).isInstanceOf(RollUp.ClaimLostException.class);
        assertThatThrownBy(() -> rollUp.empty(1)).isInstanceOf(RollUp.ClaimLostException.class);
        assertThat(keys()).isEqualTo(before);
        assertThat(tables.count("SELECT COUNT(*) FROM edge_aside")).isEqualTo(2);
        rollUp.exchange(day, 2);
        assertThat(keys()).hasSize(2);
        rollUp.empty(2);
        assertThat(tables.count("SELECT COUNT(*) FROM edge_aside")).isZero();
        execute("UPDATE roll_up_claim SET held_until = 0");
    }

    @Test
    void whoIsErasedWhileADayIsRolledUpDoesNotComeBack() {
        follows(heavy, 5, start);
        facts.follow(alice, heavy, start);
        log.append(facts.all);
        grow(16);
        execute("UPDATE edge_day SET state = 1");
        execute("INSERT INTO edge_aside SELECT * FROM edge");
        store.inTransaction(connection -> {
            log.lock(connection);
            log.erase(connection, id(heavy));
            return null;
        });
        assertThat(tables.rows("SELECT * FROM edge UNION SELECT * FROM edge_aside"))
                .isEmpty();
    }

    @Test
    void aClaimFromBeforeTheClockWentBackHoldsNobodyUp() {
        facts.follow(alice, bob, start);
        log.append(facts.all);
        grow(16);
        execute("UPDATE roll_up_claim SET holder = 1, held_until = "
                + clock.instant().plus(Duration.ofDays(900)).toEpochMilli());
        roll();
        assertThat(keys()).isEmpty();
    }

    /** Random lives of every kind the floors are there for: each verdict afterwards is the one before, or none. */
    @Test
    void verdictsAreTheSameOrThereAreNone() {
        Random random = Seed.random("lives that are rolled up");
        List<AccountName> judged = lives(random);
        for (int from = 0; from < facts.all.size(); from += 4_000) {
            log.append(facts.all.subList(from, Math.min(facts.all.size(), from + 4_000)));
        }
        grow(15);
        Map<AccountName, Map<String, Finding>> before = new HashMap<>();
        long asOf = clock.instant().getEpochSecond();
        judged.forEach(account -> before.put(account, judged(account, asOf)));
        long edges = tables.count("SELECT COUNT(*) FROM edge");
        while (rollUp.rollUp(Detectors.floors())) {
            // Day by day.
        }
        assertThat(tables.count("SELECT COUNT(*) FROM edge")).isLessThan(edges);
        int accused = 0;
        int unknown = 0;
        for (AccountName account : judged) {
            for (Finding after : judged(account, asOf).values()) {
                Finding was = before.get(account).get(after.practice().id());
                if (after.opinion() == Opinion.TOO_LITTLE_EVIDENCE) {
                    unknown += was.opinion() == after.opinion() ? 0 : 1;
                } else {
                    assertThat(after).isEqualTo(was);
                    accused += after.opinion() == Opinion.PRESENT ? 1 : 0;
                }
            }
        }
        assertThat(accused).as("and those who always did it are still found").isGreaterThanOrEqualTo(2);
        assertThat(unknown).as("and somebody lost a verdict").isPositive();
    }

    /** Six weeks with follows on every third day; those to be judged. */
    private List<AccountName> lives(Random random) {
        List<AccountName> judged = new ArrayList<>();
        List<AccountName> crowd = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            crowd.add(Facts.did());
        }
        start -= 40 * DAY;
        facts.watched(start, start + 42 * DAY);
        for (AccountName one : crowd) {
            for (int day = 0; day < 42; day += 3) {
                facts.activity(one, start + day * DAY);
            }
        }
        for (int life = 0; life < 12; life++) {
            AccountName account = Facts.did();
            judged.add(account);
            List<AccountName> earlier = new ArrayList<>();
            for (int day = 0; day < 42; day += 3) {
                // Churners; the same who begin late; who lets follows come and later follows them back; people; the
                // automatic.
                int many =
                        switch (life % 5) {
                            case 0 -> 30;
                            case 1, 2 -> day < 18 ? 2 : 30;
                            default -> 1 + random.nextInt(3);
                        };
                for (int i = 0; i < many; i++) {
                    long at = start + day * DAY + random.nextLong(DAY / 2);
                    AccountName other = crowd.get(random.nextInt(crowd.size()));
                    if (life % 5 == 2) {
                        if (day < 18) {
                            facts.follow(other, account, at);
                            earlier.add(other);
                            continue;
                        }
                        other = random.nextBoolean() && !earlier.isEmpty() ? earlier.removeFirst() : other;
                    }
                    RecordKey key = facts.follow(account, other, at);
                    boolean returned = random.nextInt(10) < 3;
                    if (returned) {
                        facts.follow(other, account, at + 1 + random.nextLong(DAY));
                    }
                    if (random.nextInt(100) < (returned ? 5 : 80)) {
                        facts.unfollow(account, key, at + 2 * DAY + random.nextLong(6 * DAY));
                    }
                }
                for (int i = 0; life % 5 == 4 && i < 8; i++) {
                    long at = start + day * DAY + i * 5_000L + random.nextLong(4_000);
                    AccountName other = Facts.did();
                    facts.follow(other, account, at);
                    facts.follow(account, other, at + 5);
                    if (random.nextBoolean()) {
                        facts.activity(other, at);
                    }
                }
            }
        }
        for (AccountName one : crowd) {
            facts.follow(one, crowd.get(random.nextInt(crowd.size())), start + random.nextInt(14) * 3 * DAY + 7);
        }
        return judged;
    }

    /** @return the key of the first */
    private RecordKey follows(AccountName actor, int many, long from) {
        RecordKey first = facts.follow(actor, Facts.did(), from);
        for (int i = 1; i < many; i++) {
            facts.follow(actor, Facts.did(), from + i);
        }
        return first;
    }

    private void grow(int days) {
        clock.advance(Duration.ofDays(days));
    }

    private void roll() {
        while (rollUp.rollUp(FLOORS)) {
            // Day by day.
        }
    }

    private List<RecordKey> keys() {
        return tables.rows("SELECT record_key FROM edge").stream()
                .map(row -> new RecordKey(Long.parseLong(row.getFirst())))
                .toList();
    }

    private void execute(String sql) {
        store.read(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private int id(AccountName name) {
        return store.inTransaction(connection -> directory.resolve(connection, List.of(name), start))
                .get(name);
    }

    private Dossier dossier(AccountName account) {
        return dossier(account, clock.instant().getEpochSecond());
    }

    private Dossier dossier(AccountName account, long asOf) {
        return store.read(connection -> dossiers.load(connection, List.of(id(account)), asOf))
                .get(id(account));
    }

    private Map<String, Finding> judged(AccountName account, long asOf) {
        Dossier dossier = dossier(account, asOf);
        Map<String, Finding> findings = new HashMap<>();
        for (Detector detector : Detectors.all()) {
            findings.put(detector.practice().id(), detector.judge(dossier));
        }
        return findings;
    }
}
