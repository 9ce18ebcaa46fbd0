package org.fairfollow.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Seed;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EvidenceLogApiTest {
    private static final long DAY = 86_400;
    private static final List<String> TABLES = List.of(
            "SELECT * FROM edge ORDER BY 1, 2, 3, 4",
            "SELECT * FROM tally ORDER BY 1, 2",
            "SELECT * FROM activity ORDER BY 1, 2",
            "SELECT * FROM account_event ORDER BY 1, 2, 3",
            "SELECT * FROM stream_hour ORDER BY 1",
            "SELECT * FROM stream_day WHERE paired <> 0 OR orphaned <> 0 ORDER BY 1",
            "SELECT account_id FROM due ORDER BY 1");

    @Inject
    EvidenceLog log;

    @Inject
    Dossiers dossiers;

    @Inject
    DueQueue queue;

    @Inject
    Retention retention;

    @Inject
    Directory directory;

    @Inject
    Store store;

    @Inject
    TestStore tables;

    @Inject
    TestClock clock;

    private final Facts facts = new Facts();
    private final AccountName alice = Facts.did();
    private final AccountName bob = Facts.did();
    private long now;

    @BeforeEach
    void startAfresh() {
        tables.empty();
        now = clock.instant().getEpochSecond();
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void aFollowAndItsEndAreOneEpisode() {
        long at = now - 10 * DAY;
        facts.unfollow(alice, facts.follow(alice, bob, at), at + 5 * DAY);
        facts.follow(bob, alice, at + 60);
        facts.activity(bob, at + 2 * DAY);
        facts.unblock(bob, facts.block(bob, alice, at + 6 * DAY), at + 7 * DAY);
        facts.status(bob, false, at + 8 * DAY);
        facts.status(bob, true, at + 9 * DAY);
        assertThat(log.append(facts.all))
                .containsExactly(
                        Appended.ACCEPTED,
                        Appended.ACCEPTED,
                        Appended.ACCEPTED,
                        Appended.ACTIVITY,
                        Appended.ACCEPTED,
                        Appended.ACCEPTED,
                        Appended.ACCEPTED,
                        Appended.ACCEPTED);
        Dossier dossier = dossier(alice, now);
        int b = id(bob);
        assertThat(dossier.follows()).containsExactly(new FollowEpisode(b, new Span(at, at + 5 * DAY)));
        assertThat(dossier.targets())
                .isEqualTo(Map.of(
                        b,
                        new Target(
                                List.of(new Span(at + 60, Span.OPEN)),
                                List.of((int) ((at + 2 * DAY) / DAY)),
                                List.of(new Span(at + 8 * DAY, at + 9 * DAY)),
                                List.of(new Span(at + 6 * DAY, at + 7 * DAY)))));
        assertThat(dossier.coverage().ownPaired()).isEqualTo(1);
        assertThat(dossier.coverage().ownOrphaned()).isZero();
    }

    @Test
    void aDossierKnowsNothingLaterThanItsInstant() {
        long at = now - 10 * DAY;
        facts.unfollow(alice, facts.follow(alice, bob, at), at + 5 * DAY);
        facts.follow(bob, alice, at + 2 * DAY);
        log.append(facts.all);
        assertThat(dossier(alice, at - 1).follows()).isEmpty();
        Dossier early = dossier(alice, at + DAY);
        assertThat(early.follows()).containsExactly(new FollowEpisode(id(bob), new Span(at, Span.OPEN)));
        assertThat(early.targets().get(id(bob)).followedBack()).isEmpty();
        assertThat(early.coverage().ownPaired()).isZero();
    }

    @Test
    void followingTheSameAccountAgainIsAnEpisodeOfItsOwn() {
        long at = now - 10 * DAY;
        facts.unfollow(alice, facts.follow(alice, bob, at), at + 60);
        facts.follow(alice, bob, at + 120);
        log.append(facts.all);
        assertThat(dossier(alice, now).follows())
                .extracting(FollowEpisode::span)
                .containsExactly(new Span(at, at + 60), new Span(at + 120, Span.OPEN));
    }

    /** Events of every kind, in any order, torn into any batches, some of them twice: always the same is known. */
    @Test
    void factsCommuteAndRepeat() {
        Random random = Seed.random("batches of facts");
        List<Evidence> story = story(random);
        log.append(story);
        List<List<List<String>>> rows = rows();
        Dossier expected = dossier(alice, now);
        assertThat(expected.follows()).hasSizeGreaterThan(10);
        for (int order = 0; order < 6; order++) {
            tables.empty();
            List<Evidence> told = new ArrayList<>(story);
            for (int i = 0; i < 10; i++) {
                told.add(story.get(random.nextInt(story.size())));
            }
            Collections.shuffle(told, random);
            for (int from = 0; from < told.size(); ) {
                int to = Math.min(told.size(), from + 1 + random.nextInt(25));
                log.append(told.subList(from, to));
                from = to;
            }
            assertThat(dossier(alice, now)).isEqualTo(expected);
            assertThat(rows()).isEqualTo(rows);
        }
    }

    @Test
    void manyAtOnceAreLikeOneAfterTheOther() throws Exception {
        Random random = Seed.random("concurrent batches");
        List<Evidence> story = story(random);
        log.append(story);
        List<List<List<String>>> rows = rows();
        Dossier expected = dossier(alice, now);
        tables.empty();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                List<Evidence> mine = new ArrayList<>(story);
                Collections.shuffle(mine, random);
                int batch = 7 + random.nextInt(20);
                running.add(threads.submit(() -> {
                    for (int from = 0; from < mine.size(); from += batch) {
                        log.append(mine.subList(from, Math.min(mine.size(), from + batch)));
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertThat(dossier(alice, now)).isEqualTo(expected);
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void twiceInOneBatchIsOnce() {
        RecordKey key = facts.follow(alice, bob, now - DAY);
        facts.follow(alice, bob, key, now - DAY);
        facts.identity(alice, Facts.handle("twice"), now);
        facts.all.add(facts.all.getLast());
        assertThat(log.append(facts.all))
                .containsExactly(Appended.ACCEPTED, Appended.DUPLICATE, Appended.ACCEPTED, Appended.DUPLICATE);
    }

    @Test
    void anUnfollowFromBeforeTheStreamWasWatchedIsOfAnOlderFollow() {
        facts.watched(now - 10 * DAY, now);
        facts.unfollow(alice, facts.keyAt(now - 20 * DAY), now - DAY);
        assertThat(log.append(facts.all)).last().isEqualTo(Appended.OLDER_FOLLOW);
        assertThat(dossier(alice, now).coverage().ownOrphaned()).isZero();
    }

    @Test
    void anUnfollowOfAYearOldFollowLeavesNoRow() {
        facts.unfollow(alice, facts.keyAt(now - 400 * DAY), now - DAY);
        assertThat(log.append(facts.all)).containsExactly(Appended.OLDER_FOLLOW);
        assertThat(tables.rows("SELECT * FROM edge")).isEmpty();
    }

    @Test
    void anUnfollowInCoveredTimeWithoutItsFollowIsALossOfCoverage() {
        facts.watched(now - 10 * DAY, now);
        RecordKey key = facts.keyAt(now - 5 * DAY);
        facts.unfollow(alice, key, now - DAY);
        assertThat(log.append(facts.all)).last().isEqualTo(Appended.COVERAGE_LOSS);
        Coverage lost = dossier(alice, now).coverage();
        assertThat(List.of(lost.ownOrphaned(), lost.deletesOrphaned(), lost.deletesPaired()))
                .containsExactly(1L, 1L, 0L);

        Facts late = new Facts();
        late.follow(alice, bob, key, now - 5 * DAY);
        assertThat(log.append(late.all)).containsExactly(Appended.ACCEPTED);
        Coverage found = dossier(alice, now).coverage();
        assertThat(List.of(found.ownOrphaned(), found.deletesOrphaned(), found.ownPaired(), found.deletesPaired()))
                .as("the follow came late and nothing is lost")
                .containsExactly(0L, 0L, 1L, 1L);
    }

    @Test
    void anUnfollowUnderAKeyFromAfterItTellsNothing() {
        facts.unfollow(alice, facts.keyAt(now + 300 * DAY), now - DAY);
        facts.unfollow(alice, RecordKey.of("self"), now - DAY);
        assertThat(log.append(facts.all)).containsExactly(Appended.IMPLAUSIBLE_KEY, Appended.IMPLAUSIBLE_KEY);
        assertThat(dossier(alice, now).follows()).isEmpty();
    }

    /** Times come from the event: whatever time a key claims, the follow began when it was seen. */
    @Test
    void forgedKeysMoveNoFollowInTime() {
        long at = now - 10 * DAY;
        List<RecordKey> forged = List.of(
                facts.keyAt(now + 3 * DAY), facts.keyAt(at - 300 * DAY), RecordKey.of("made-up"), facts.keyAt(0));
        forged.forEach(key -> facts.follow(alice, Facts.did(), key, at));
        forged.forEach(key -> facts.unfollow(alice, key, at + 2 * DAY));
        log.append(facts.all);
        assertThat(dossier(alice, now).follows())
                .hasSize(4)
                .allSatisfy(follow -> assertThat(follow.span().from()).isEqualTo(at));
    }

    @Test
    void whatEndsBeforeItBeginsIsRefusedAndTheHalfThatCameFirstStands() {
        long at = now - 10 * DAY;
        RecordKey first = facts.follow(alice, bob, at);
        facts.unfollow(alice, first, at - 60);
        RecordKey second = facts.keyAt(at);
        facts.unfollow(alice, second, at);
        facts.follow(alice, bob, second, at + 60);
        assertThat(log.append(facts.all).get(1)).isEqualTo(Appended.IMPOSSIBLE_LIFETIME);
        assertThat(log.append(facts.all).getLast()).isEqualTo(Appended.IMPOSSIBLE_LIFETIME);
        assertThat(dossier(alice, now).follows()).containsExactly(new FollowEpisode(id(bob), new Span(at, Span.OPEN)));
    }

    @Test
    void aDaysPartitionIsMadeWhenTheDayIsFirstSeen() {
        long at = now - 33 * DAY;
        facts.follow(alice, bob, at);
        log.append(facts.all);
        assertThat(tables.rows("SELECT partition_name FROM information_schema.partitions"
                        + " WHERE table_schema = DATABASE() AND table_name = 'edge'"))
                .contains(List.of("d" + at / DAY));
        assertThat(tables.count("SELECT COUNT(*) FROM edge PARTITION (d" + at / DAY + ")"))
                .isEqualTo(1);
    }

    @Test
    void whatIsPastKeepingIsForgottenAndTheRestStays() {
        RecordKey old = facts.follow(alice, bob, now - 100 * DAY);
        RecordKey young = facts.follow(alice, Facts.did(), now - DAY);
        facts.follow(bob, alice, RecordKey.of("keyless"), now - 100 * DAY);
        facts.activity(bob, now - 100 * DAY);
        facts.activity(bob, now - DAY);
        for (int i = 0; i < 25; i++) {
            facts.follow(bob, Facts.did(), now - 99 * DAY);
        }
        log.append(facts.all);
        clock.advance(Duration.ofDays(10));
        retention.forget();
        long later = clock.instant().getEpochSecond();
        assertThat(tables.rows("SELECT record_key FROM edge")).containsExactly(List.of(String.valueOf(young.number())));
        assertThat(dossier(alice, later).follows()).hasSize(1);
        assertThat(tables.rows("SELECT day, followed FROM tally WHERE account_id = " + id(alice)))
                .as("single follows of old days bear on nobody")
                .containsExactly(List.of(String.valueOf((now - DAY) / DAY), "1"));
        assertThat(tables.rows("SELECT followed FROM tally WHERE account_id = " + id(bob)))
                .as("many on one day are kept for five years")
                .containsExactly(List.of("25"));
        retention.forget();
        assertThat(tables.count("SELECT COUNT(*) FROM edge")).isEqualTo(1);
        assertThat(old).isNotEqualTo(young);
        // A day that was dropped is made again when it is needed.
        assertThat(log.append(facts.all)).hasSize(facts.all.size());
    }

    @Test
    void appendingMarksWhomItConcerns() {
        facts.follow(alice, bob, now - DAY);
        log.append(facts.all);
        assertThat(claimAll()).containsExactly(id(alice));
    }

    /** Facts and marks are one transaction: what fails at the last fact leaves nothing of the first. */
    @Test
    void anAppendThatFailsLeavesNothing() {
        facts.follow(alice, bob, now - DAY);
        facts.activity(bob, now - DAY);
        facts.identity(bob, Facts.handle("torn"), now - DAY);
        List<Evidence> torn = new ArrayList<>(facts.all);
        torn.add(new Evidence.StatusSeen(alice, 1, true, 1L << 33)); // later than a row holds
        assertThatThrownBy(() -> log.append(torn)).isInstanceOf(RuntimeException.class);
        for (String table : TABLES) {
            assertThat(tables.rows(table)).as(table).isEmpty();
        }
        assertThat(log.append(facts.all))
                .as("and what is right is taken afterwards")
                .containsExactly(Appended.ACCEPTED, Appended.ACTIVITY, Appended.ACCEPTED);
        assertThat(claimAll()).containsExactlyInAnyOrder(id(alice), id(bob));
        assertThat(dossier(alice, now).follows()).hasSize(1);
    }

    @Test
    void whatOthersDoMarksAnAccountOnlyWhileItIsWatched() {
        int a = id(alice);
        facts.follow(bob, alice, now - DAY);
        log.append(facts.all);
        assertThat(claimAll()).containsExactly(id(bob));
        tables.empty();
        store.inTransaction(connection -> {
            queue.watch(connection, List.of(a), List.of());
            return null;
        });
        log.append(facts.all);
        assertThat(claimAll()).containsExactlyInAnyOrder(id(bob), a);
    }

    @Test
    void twoClaimersGetDisjointParts() throws Exception {
        List<Integer> all = markMany(40);
        List<DueQueue.Claim> claims = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<DueQueue.Claim>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(threads.submit(() -> queue.claim(10, Duration.ZERO)));
            }
            for (Future<DueQueue.Claim> one : running) {
                claims.add(one.get());
            }
        }
        List<Integer> claimed = new ArrayList<>();
        claims.forEach(claim -> claimed.addAll(claim.accounts()));
        for (Set<Integer> some = claimAll(); !some.isEmpty(); some = claimAll()) {
            claimed.addAll(some);
        }
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void theLongestWaitingComeFirstAndNobodyBeforeItHasSettled() {
        List<Integer> first = markMany(2);
        clock.advance(Duration.ofSeconds(60));
        markMany(2);
        assertThat(queue.claim(10, Duration.ofSeconds(30)).accounts()).containsExactlyInAnyOrderElementsOf(first);
        assertThat(queue.claim(10, Duration.ofSeconds(30)).accounts()).isEmpty();
        clock.advance(Duration.ofSeconds(29));
        first.forEach(account ->
                assertThat(queue.claim(10, Duration.ofDays(1)).accounts()).isEmpty());
    }

    /** What an instance that was killed had claimed is claimed again. */
    @Test
    void aClaimLapses() {
        List<Integer> all = markMany(3);
        assertThat(claimAll()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(claimAll()).isEmpty();
        clock.advance(Duration.ofSeconds(31));
        assertThat(claimAll()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void evidenceThatComesWhileAnAccountIsJudgedKeepsItDue() {
        facts.follow(alice, bob, now - DAY);
        facts.follow(bob, alice, now - DAY);
        log.append(facts.all);
        DueQueue.Claim claim = queue.claim(10, Duration.ZERO);
        Facts more = new Facts();
        more.follow(alice, Facts.did(), now);
        log.append(more.all);
        store.inTransaction(connection -> {
            queue.settle(connection, claim);
            return null;
        });
        assertThat(claimAll()).containsExactly(id(alice));
    }

    private Set<Integer> claimAll() {
        return queue.claim(1_000, Duration.ZERO).accounts();
    }

    private List<Integer> markMany(int count) {
        List<Integer> accounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            accounts.add(id(Facts.did()));
        }
        store.inTransaction(connection -> {
            queue.mark(connection, accounts);
            return null;
        });
        return accounts;
    }

    /** A month of one account's life with some of the pitfalls, all of possible lifetimes. */
    private List<Evidence> story(Random random) {
        Facts told = new Facts();
        long start = now - 30 * DAY;
        told.watched(start, now);
        List<AccountName> others = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            others.add(Facts.did());
        }
        for (int i = 0; i < 30; i++) {
            AccountName other = others.get(random.nextInt(others.size()));
            long at = start + random.nextLong(20 * DAY);
            RecordKey key =
                    switch (random.nextInt(8)) {
                        case 0 -> RecordKey.of("custom-" + random.nextInt(1 << 30));
                        case 1 -> told.keyAt(at + 30 * DAY);
                        default -> told.keyAt(at);
                    };
            if (random.nextInt(10) > 0) {
                told.follow(alice, other, key, at);
            }
            if (random.nextInt(3) > 0) {
                told.unfollow(alice, key, at + 1 + random.nextLong(9 * DAY));
            }
            if (random.nextInt(3) == 0) {
                told.follow(other, alice, at + random.nextLong(DAY));
            }
            told.activity(other, start + random.nextLong(29 * DAY));
        }
        told.unblock(alice, told.block(alice, others.getFirst(), start + DAY), start + 3 * DAY);
        told.block(others.get(1), alice, start + DAY);
        told.status(others.get(2), false, start + 4 * DAY);
        told.status(others.get(2), true, start + 6 * DAY);
        told.status(others.get(3), false, start + 5 * DAY);
        told.identity(alice, Facts.handle("story"), start);
        return told.all;
    }

    private List<List<List<String>>> rows() {
        return TABLES.stream().map(tables::rows).toList();
    }

    private int id(AccountName name) {
        return store.inTransaction(connection -> directory.resolve(connection, List.of(name), now))
                .get(name);
    }

    private Dossier dossier(AccountName account, long asOf) {
        return store.read(connection -> dossiers.load(connection, List.of(id(account)), asOf))
                .get(id(account));
    }
}
