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
import java.util.stream.IntStream;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Detectors;
import org.fairfollow.evidence.Observation.RelationTold;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Seed;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.Told;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ObservationsApiTest {
    private static final long DAY = 86_400;

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

    private final Random random = Seed.random("observations");
    private final Told told = new Told(random);
    private final AccountName alice = Facts.did();
    private final AccountName bob = Facts.did();
    private final List<Evidence> facts = new ArrayList<>();
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
    void everyKindIsLoadedAsItWasTold() {
        Observation.ProfileCounters profile = told.profile(now - DAY, "crawler");
        Observation.MessageTold message = told.message(now - DAY, "carol");
        Observation.FollowerSample followers = told.followers(now - DAY, "crawler", 1_000);
        Observation.PostSample posts = told.posts(now - DAY, "crawler", 1_000);
        Observation.OwnerStatement statement =
                new Observation.OwnerStatement(now - DAY, "owner", true, Observation.OwnerClaim.FOLLOWERS_NOT_ORDERED);
        for (Observation fact : List.of(profile, message, followers, posts, statement)) {
            tell(alice, fact);
        }
        tellFollow(alice, bob, true, now - DAY, "dave");
        tellFollow(bob, alice, false, now - 2 * DAY, "erin");
        assertThat(log.append(facts)).containsOnly(Appended.ACCEPTED);
        assertThat(observations(alice, now))
                .isEqualTo(new Observations(
                        List.of(profile),
                        List.of(
                                new RelationTold(now - 2 * DAY, "erin", false, false, id(bob), false),
                                new RelationTold(now - DAY, "dave", false, true, id(bob), true)),
                        List.of(message),
                        List.of(followers),
                        List.of(posts),
                        List.of(statement),
                        Map.of("erin", List.of(id(bob)))));
        assertThat(observations(bob, now).relations())
                .as("the other side sees the same from there")
                .containsExactly(
                        new RelationTold(now - 2 * DAY, "erin", false, false, id(alice), true),
                        new RelationTold(now - DAY, "dave", false, true, id(alice), false));
        assertThat(observations(Facts.did(), now)).isEqualTo(Observations.NONE);
    }

    @Test
    void whatIsToldTwiceIsOneFactAndWhatTwoTellIsTwo() {
        Observation.MessageTold message = told.message(now - DAY, "carol");
        tell(alice, message);
        tell(alice, message);
        tellFollow(alice, bob, true, now - DAY, "carol");
        tellFollow(alice, bob, true, now - DAY, "carol");
        tellFollow(alice, bob, true, now - DAY, "dave");
        tellFollow(alice, bob, false, now - DAY, "carol");
        tellFollow(alice, Facts.did(), true, now - DAY, "carol");
        facts.add(new Evidence.RelationSeen(alice, bob, true, "carol", true, now - DAY));
        assertThat(log.append(facts))
                .containsExactly(
                        Appended.ACCEPTED,
                        Appended.DUPLICATE,
                        Appended.ACCEPTED,
                        Appended.DUPLICATE,
                        Appended.ACCEPTED,
                        Appended.ACCEPTED,
                        Appended.ACCEPTED,
                        Appended.ACCEPTED);
        assertThat(log.append(facts)).containsOnly(Appended.DUPLICATE);
        assertThat(claimAll()).hasSize(3).contains(id(alice), id(bob));
    }

    @Test
    void whatIsKnownMarksNobody() {
        tell(alice, told.message(now - DAY, "carol"));
        log.append(facts);
        assertThat(claimAll()).containsExactly(id(alice));
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("DELETE FROM due");
            }
        });
        log.append(facts);
        assertThat(claimAll()).isEmpty();
    }

    @Test
    void inAnyOrderAndTornAnyhowTheDossierIsTheSame() {
        List<AccountName> named = List.of(alice, bob, Facts.did(), Facts.handle("carol"), Facts.handle("dave"));
        for (int i = 0; i < 120; i++) {
            AccountName account = named.get(random.nextInt(named.size()));
            // Few seconds and observers, so that many facts have both in common.
            long at = now - DAY - random.nextInt(4);
            String observer = "observer-" + random.nextInt(3);
            if (random.nextInt(3) > 0) {
                tell(account, told.any(at, observer));
            } else {
                AccountName other = named.get((named.indexOf(account) + 1 + random.nextInt(4)) % named.size());
                tellFollow(account, other, random.nextBoolean(), at, observer);
            }
        }
        log.append(facts);
        Map<Integer, Dossier> expected = dossiers(named, now);
        assertThat(expected.get(id(alice)).observations().relations()).isNotEmpty();
        for (int order = 0; order < 5; order++) {
            tables.empty();
            List<Evidence> shuffled = new ArrayList<>(facts);
            shuffled.addAll(facts.subList(0, 20));
            Collections.shuffle(shuffled, random);
            for (int from = 0; from < shuffled.size(); ) {
                int to = Math.min(shuffled.size(), from + 1 + random.nextInt(40));
                log.append(shuffled.subList(from, to));
                from = to;
            }
            assertThat(dossiers(named, now)).isEqualTo(expected);
        }
    }

    @Test
    void aDossierKnowsNothingLaterThanItsInstantAndNothingOlderThan400Days() {
        for (long at : new long[] {now - 401 * DAY, now - 400 * DAY, now - DAY, now - 1, now}) {
            tell(alice, told.message(at, "carol"));
            tellFollow(alice, bob, true, at, "carol");
        }
        tell(bob, told.message(now, "carol"));
        log.append(facts);
        assertThat(observations(alice, now).messages())
                .extracting(Observation::at)
                .containsExactly(now - 400 * DAY, now - DAY, now - 1, now);
        Observations earlier = observations(alice, now - 1);
        assertThat(earlier.messages()).hasSize(3);
        assertThat(earlier.relations()).hasSize(3);
        assertThat(earlier.alsoObserved()).as("that she told of bob came later").isEmpty();
        assertThat(observations(alice, now).alsoObserved()).isEqualTo(Map.of("carol", List.of(id(bob))));
    }

    @Test
    void ofEachKindTheNewestAreKept() {
        for (int i = 0; i < 1_500; i++) {
            tellFollow(alice, bob, i % 2 == 0, now - DAY - i, "carol");
            tellFollow(bob, alice, true, now - DAY - i, "carol");
        }
        for (int i = 0; i < 1_003; i++) {
            tell(alice, told.message(now - DAY - i, "carol"));
        }
        for (int i = 0; i < 503; i++) {
            tell(alice, told.profile(now - DAY - i, "carol"));
        }
        for (int i = 0; i < 23; i++) {
            tell(alice, told.followers(now - DAY - i, "carol", 1));
            tell(alice, told.posts(now - DAY - i, "carol", 1));
        }
        log.append(facts);
        Observations known = observations(alice, now);
        assertThat(known.relations()).hasSize(2_000).allSatisfy(relation -> assertThat(relation.at())
                .isGreaterThan(now - DAY - 1_000));
        assertThat(known.messages()).hasSize(1_000);
        assertThat(known.messages().getLast().at()).isEqualTo(now - DAY);
        assertThat(known.profiles()).hasSize(500);
        assertThat(known.followerSamples())
                .extracting(Observation::at)
                .containsExactly(now - DAY - 4, now - DAY - 3, now - DAY - 2, now - DAY - 1, now - DAY);
        assertThat(known.postSamples()).hasSize(20);
    }

    @Test
    void whomElseAnObserverToldOfIsKnownUpToAHundred() {
        tell(alice, told.message(now - DAY, "carol"));
        tellFollow(alice, bob, true, now - DAY, "dave");
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            AccountName other = Facts.did();
            others.add(id(other));
            if (i % 2 == 0) {
                tell(other, told.message(now - DAY, "carol"));
            } else {
                tellFollow(other, bob, false, now - DAY, "carol");
            }
            tell(other, told.profile(now - DAY, "dave"));
        }
        log.append(facts);
        assertThat(observations(alice, now).alsoObserved())
                .as("profiles are not what they are asked about")
                .isEqualTo(Map.of("carol", others.stream().sorted().limit(100).toList()));
    }

    /** A quote, a backslash: whatever wrote it, it is a name and not a part of a statement. */
    @Test
    void observersNamesAreQuoted() {
        tell(alice, told.message(now - DAY, "o' OR 1=1 -- \\"));
        tell(bob, told.message(now - DAY, "somebody"));
        log.append(facts);
        assertThat(observations(alice, now).messages()).hasSize(1);
        assertThat(observations(alice, now).alsoObserved()).isEmpty();
    }

    @Test
    void whatWasToldUnderAHandleIsTheAccountsOnceItsIdIsKnown() {
        AccountName handle = Facts.handle("later");
        tell(handle, told.message(now - DAY, "carol"));
        tell(alice, told.message(now - 2 * DAY, "carol"));
        tellFollow(bob, handle, true, now - DAY, "dave");
        log.append(facts);
        int provisional = known(handle);
        assertThat(observations(alice, now).messages()).hasSize(1);
        settleAll();

        log.append(List.of(new Evidence.IdentitySeen(alice, 1, handle, now - 3 * DAY)));
        assertThat(known(handle)).isEqualTo(id(alice));
        assertThat(claimAll()).contains(id(alice), provisional);
        Observations merged = observations(alice, now);
        assertThat(merged.messages()).extracting(Observation::at).containsExactly(now - 2 * DAY, now - DAY);
        assertThat(merged.relations()).extracting(RelationTold::other).containsExactly(id(bob));
        assertThat(merged.alsoObserved()).isEqualTo(Map.of("dave", List.of(id(bob))));
        assertThat(observations(bob, now).relations())
                .extracting(RelationTold::other)
                .containsExactly(id(alice));
        assertThat(load(provisional, now).observations())
                .as("nothing is left to hold against the former")
                .isEqualTo(Observations.NONE);
        assertThat(log.append(facts)).as("and told again it is known").containsOnly(Appended.DUPLICATE);
    }

    @Test
    void whatWasToldOfBothBeforeTheyWereOneIsOneFact() {
        AccountName handle = Facts.handle("twice");
        AccountName carol = Facts.handle("carol");
        Observation.MessageTold message = told.message(now - DAY, "dave");
        tell(handle, message);
        tell(alice, message);
        tellFollow(handle, bob, true, now - DAY, "dave");
        tellFollow(alice, bob, true, now - DAY, "dave");
        tellFollow(carol, bob, true, now - DAY, "dave");
        tellFollow(handle, alice, true, now - DAY, "dave");
        assertThat(log.append(facts)).containsOnly(Appended.ACCEPTED);
        int known = known(carol);
        store.inTransaction(connection -> directory.learn(connection, handle, alice, now));
        Observations merged = observations(alice, now);
        assertThat(merged.messages()).containsExactly(message);
        assertThat(merged.relations())
                .as("and nobody follows himself")
                .containsExactly(new RelationTold(now - DAY, "dave", false, true, id(bob), true));
        assertThat(observations(bob, now).relations())
                .as("one of each who followed, though an observer saw both in one second")
                .extracting(RelationTold::other)
                .containsExactlyInAnyOrder(id(alice), known);
    }

    @Test
    void aHandleSeenMoreThanAWeekApartMayHaveChangedHands() {
        AccountName handle = Facts.handle("parted");
        tell(handle, told.message(now - 10 * DAY, "carol"));
        log.append(facts);
        log.append(List.of(new Evidence.IdentitySeen(alice, 1, handle, now - 3 * DAY + 1)));
        assertThat(observations(alice, now).messages()).isEmpty();
    }

    @Test
    void observationsAreForgottenAfter400Days() {
        tell(alice, told.message(now - 395 * DAY, "carol"));
        tell(alice, told.message(now - DAY, "carol"));
        log.append(facts);
        clock.advance(Duration.ofDays(5).plusSeconds(60));
        retention.forget();
        assertThat(tables.rows("SELECT seen_at FROM observation")).containsExactly(List.of(String.valueOf(now - DAY)));
    }

    @Test
    void aRelationIsToldByItsTwoNames() {
        RelationTold resolved = new RelationTold(now, "carol", false, true, 1, true);
        assertThatThrownBy(() -> new Evidence.Observed(alice, resolved)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void observationsAreNoSignThatTheStreamWasWatched() {
        tell(alice, told.message(now - DAY, "carol"));
        tellFollow(alice, bob, true, now - DAY, "carol");
        log.append(facts);
        assertThat(tables.rows("SELECT * FROM stream_hour")).isEmpty();
    }

    @Test
    void whoeverArrivedIsKnownAlsoOfAnAccountThatFollowsNobody() {
        Facts stream = new Facts();
        AccountName carol = Facts.did();
        long at = (now / DAY - 10) * DAY + 3_600;
        stream.unfollow(bob, stream.follow(bob, alice, at), at + 2 * DAY);
        stream.follow(carol, alice, at + 60);
        stream.follow(bob, alice, at + 3 * DAY);
        stream.block(Facts.did(), alice, at);
        stream.activity(carol, at + DAY);
        log.append(stream.all);
        tell(carol, told.profile(at, "crawler"));
        Observation.ProfileCounters newer = told.profile(at + DAY, "crawler");
        tell(carol, newer);
        log.append(facts);
        int day = (int) (at / DAY);
        Arrivals.Arrival first = new Arrivals.Arrival(id(bob), new Span(at, at + 2 * DAY), null, List.of());
        Arrivals.Arrival second =
                new Arrivals.Arrival(id(carol), new Span(at + 60, Span.OPEN), newer.counters(), List.of(day + 1));
        Arrivals.Arrival third = new Arrivals.Arrival(id(bob), new Span(at + 3 * DAY, Span.OPEN), null, List.of());
        assertThat(load(id(alice), now).arrivals())
                .isEqualTo(new Arrivals(
                        List.of(first, second, third),
                        List.of(
                                new Arrivals.Day(day, 2, 0),
                                new Arrivals.Day(day + 2, 0, 1),
                                new Arrivals.Day(day + 3, 1, 0)),
                        List.of()));
        Arrivals earlier = load(id(alice), at + 60).arrivals();
        assertThat(earlier.days()).containsExactly(new Arrivals.Day(day, 2, 0));
        assertThat(earlier.newest()).allSatisfy(arrival -> {
            assertThat(arrival.span().to()).isEqualTo(Span.OPEN);
            assertThat(arrival.activeDays()).isEmpty();
        });
        assertThat(earlier.newest().getLast().counters())
                .as("as they were then")
                .isNotEqualTo(newer.counters());
        assertThat(load(id(bob), now).arrivals()).isEqualTo(Arrivals.NONE);
    }

    @Test
    void theNewestThousandArrivalsAreKeptAndAllAreCounted() {
        Facts stream = new Facts();
        for (int i = 0; i < 1_100; i++) {
            stream.follow(Facts.did(), alice, now - 5 * DAY + i * 300L);
        }
        Collections.shuffle(stream.all, random);
        log.append(stream.all);
        Arrivals arrivals = load(id(alice), now).arrivals();
        assertThat(arrivals.newest()).hasSize(Arrivals.KEPT);
        assertThat(arrivals.newest().getFirst().span().from()).isEqualTo(now - 5 * DAY + 100 * 300L);
        assertThat(arrivals.newest().getLast().span().from()).isEqualTo(now - 5 * DAY + 1_099 * 300L);
        assertThat(arrivals.days().stream().mapToInt(Arrivals.Day::followed).sum())
                .isEqualTo(1_100);
    }

    @Test
    void accountsAtWhichTheSameFollowersArriveInTheSameHoursAreCompanions() {
        long hour = 3_600;
        long at = (now / hour - 24 * 20) * hour;
        AccountName companion = Facts.did();
        AccountName almost = Facts.did();
        AccountName later = Facts.did();
        Facts stream = new Facts();
        for (int i = 0; i < 200; i++) {
            AccountName follower = Facts.did();
            long arrives = at + i * 72 * hour / 200;
            stream.follow(follower, alice, arrives);
            stream.follow(follower, bob, arrives + 10);
            if (i < 20) {
                stream.follow(follower, companion, arrives - hour);
                stream.follow(follower, later, arrives + hour + 1);
            }
            if (i < 19) {
                stream.follow(follower, almost, arrives + hour);
            }
            if (i == 50) {
                stream.follow(follower, almost, arrives + 2 * hour);
            }
            if (i == 0) {
                stream.follow(follower, almost, arrives + hour - 60); // Twice is no second follower.
            }
        }
        log.append(stream.all);
        assertThat(load(id(alice), now).arrivals().companions())
                .containsExactly(new Arrivals.Companion(id(bob), 200), new Arrivals.Companion(id(companion), 20));
        assertThat(load(id(companion), now).arrivals().companions())
                .as("no burst")
                .isEmpty();
        assertThat(load(id(alice), at + 71 * hour - 1).arrivals().companions())
                .as("a burst of 198 by then")
                .isEmpty();
    }

    @Test
    void fewerThan200In72HoursAreNoBurst() {
        long hour = 3_600;
        long at = (now / hour - 24 * 20) * hour;
        Facts stream = new Facts();
        for (int i = 0; i < 200; i++) {
            AccountName follower = Facts.did();
            stream.follow(follower, alice, i == 0 ? at - 1 : at + 72 * hour - 200 + i);
            stream.follow(follower, bob, at + 72 * hour - 200 + i);
        }
        log.append(stream.all);
        assertThat(load(id(alice), now).arrivals().companions()).isEmpty();
        assertThat(load(id(bob), now).arrivals().companions()).containsExactly(new Arrivals.Companion(id(alice), 199));
    }

    @Test
    void everyDetectorJudgesWhateverWasTold() {
        List<AccountName> named =
                IntStream.range(0, 6).mapToObj(i -> Facts.did()).toList();
        for (int i = 0; i < 300; i++) {
            AccountName account = named.get(random.nextInt(named.size()));
            long at = now - random.nextLong(390 * DAY);
            tell(account, told.any(at, "observer-" + random.nextInt(8)));
            AccountName other = named.get((named.indexOf(account) + 1) % named.size());
            tellFollow(account, other, random.nextBoolean(), at, "observer-" + random.nextInt(8));
        }
        log.append(facts);
        dossiers(named, now).values().forEach(dossier -> Detectors.all()
                .forEach(detector -> assertThat(detector.judge(dossier)).isNotNull()));
    }

    private void tell(AccountName account, Observation fact) {
        facts.add(new Evidence.Observed(account, fact));
    }

    private void tellFollow(AccountName actor, AccountName target, boolean follows, long at, String observer) {
        facts.add(new Evidence.RelationSeen(actor, target, follows, observer, false, at));
    }

    private Set<Integer> claimAll() {
        return queue.claim(1_000, Duration.ZERO).accounts();
    }

    private void settleAll() {
        DueQueue.Claim claim = queue.claim(1_000, Duration.ZERO);
        store.inTransaction(connection -> {
            queue.settle(connection, claim);
            return null;
        });
    }

    private int id(AccountName nativeId) {
        return store.inTransaction(connection -> directory.resolve(connection, List.of(nativeId), now))
                .get(nativeId);
    }

    private int known(AccountName name) {
        return store.read(connection -> directory.find(connection, name))
                .orElseThrow()
                .id();
    }

    private Observations observations(AccountName account, long asOf) {
        return load(id(account), asOf).observations();
    }

    private Dossier load(int account, long asOf) {
        return store.read(connection -> dossiers.load(connection, List.of(account), asOf))
                .get(account);
    }

    private Map<Integer, Dossier> dossiers(List<AccountName> accounts, long asOf) {
        List<Integer> ids = accounts.stream()
                .map(name -> name.isHandle() ? known(name) : id(name))
                .toList();
        return store.read(connection -> dossiers.load(connection, ids, asOf));
    }
}
