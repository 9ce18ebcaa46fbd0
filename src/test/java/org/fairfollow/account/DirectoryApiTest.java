package org.fairfollow.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.fairfollow.account.Directory.Sighting;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DirectoryApiTest {
    private static final long DAY = 86_400;
    private static final long T = 1_790_000_000;

    @Inject
    Directory directory;

    @Inject
    Store store;

    private final AccountName alice = did();
    private final AccountName bob = did();
    private final AccountName blue = handle("blue");
    private final AccountName green = handle("green");

    @Test
    void nobodyIsKnownByAnUnheardName() {
        assertThat(holder(blue)).isNull();
        assertThat(holder(alice)).isNull();
    }

    @Test
    void anAccountAnswersToItsIdAndItsHandle() {
        see(alice, blue, T);
        assertThat(holder(blue)).isEqualTo(alice.value());
        assertThat(account(alice).handle()).isEqualTo(blue.value());
        assertThat(account(alice).handleVerifiedAt()).isEqualTo(T);
    }

    @Test
    void aRenamedAccountAnswersToItsNewHandleOnly() {
        see(alice, blue, T);
        see(alice, green, T + 5);
        assertThat(holder(green)).isEqualTo(alice.value());
        assertThat(holder(blue)).as("the old handle is nobody's").isNull();
    }

    @Test
    void aHandleTakenByAnotherIsTheOthersAndNotTheFormers() {
        see(alice, blue, T);
        see(bob, blue, T + 5);
        assertThat(holder(blue)).isEqualTo(bob.value());
        assertThat(account(alice).handle()).isNull();
    }

    @Test
    void handlesCanBeSwapped() {
        see(alice, blue, T);
        see(bob, green, T);
        see(alice, green, T + 5);
        see(bob, blue, T + 5);
        assertThat(holder(blue)).isEqualTo(bob.value());
        assertThat(holder(green)).isEqualTo(alice.value());
    }

    @Test
    void aHandleTakenBackIsTheFormersAgain() {
        see(alice, blue, T);
        see(bob, blue, T + 5);
        see(alice, blue, T + 9);
        assertThat(holder(blue)).isEqualTo(alice.value());
    }

    @Test
    void oneHandleSeenOfTwoInTheSameSecondIsNobodys() {
        see(alice, blue, T);
        see(bob, blue, T);
        assertThat(holder(blue)).isNull();
        assertThat(account(alice).handle()).isNull();
        assertThat(account(bob).handle()).isNull();
    }

    @Test
    void aDoubtedHandleHoldsAgainWhenItIsSeenAgain() {
        see(alice, blue, T);
        doubt(alice, T + 5);
        assertThat(holder(blue)).isNull();
        see(alice, blue, T + 6);
        assertThat(holder(blue)).isEqualTo(alice.value());
    }

    @Test
    void whoeverHeldTheHandleIsNamedWhenAnotherIsSeenUnderIt() {
        see(alice, blue, T);
        int a = account(alice).id();
        var affected = store.inTransaction(
                connection -> directory.sight(connection, List.of(new Sighting(id(bob), blue, T + 5))));
        assertThat(affected).containsExactly(a);
    }

    /** Whatever order they are told in, and however often, sightings lead to the same answer. */
    @Test
    void sightingsCommute() {
        record Told(AccountName who, AccountName handle, long at) {}
        Random random = Seed.random("sightings");
        List<AccountName> people = List.of(alice, bob, did());
        List<AccountName> handles = List.of(blue, green, handle("red"));
        AccountName doubt = handle("doubt");
        for (int round = 0; round < 8; round++) {
            List<Told> story = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                AccountName handle = random.nextInt(6) == 0 ? doubt : handles.get(random.nextInt(3));
                story.add(new Told(people.get(random.nextInt(3)), handle, T + random.nextInt(6)));
            }
            List<String> expected = null;
            for (int order = 0; order < 5; order++) {
                forgetSightings(people);
                List<Told> told = new ArrayList<>(story);
                if (order > 0) {
                    told.addAll(story.subList(0, random.nextInt(story.size())));
                    Collections.shuffle(told, random);
                }
                for (Told one : told) {
                    if (one.handle.equals(doubt)) {
                        doubt(one.who, one.at);
                    } else {
                        see(one.who, one.handle, one.at);
                    }
                }
                List<String> holders = handles.stream().map(this::holder).toList();
                expected = expected == null ? holders : expected;
                assertThat(holders).as("%s told as %s", story, told).isEqualTo(expected);
            }
        }
    }

    private void forgetSightings(List<AccountName> people) {
        String ids = people.stream().map(this::id).map(String::valueOf).collect(Collectors.joining(","));
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("DELETE FROM handle_sighting WHERE account_id IN (" + ids + ")");
                return statement.executeUpdate("UPDATE account SET handle_doubted_at = 0 WHERE id IN (" + ids + ")");
            }
        });
    }

    @Test
    void aProvisionalAccountIsTheOneWhoseIdIsLearnedWithinAWeek() {
        int provisional = store.inTransaction(connection -> directory.resolveHandle(connection, blue, T));
        assertThat(account(blue).nativeId()).isNull();
        int learned = store.inTransaction(connection -> directory.learn(connection, blue, alice, T + 7 * DAY));
        assertThat(holder(blue)).isEqualTo(alice.value());
        assertThat(mergedInto(provisional)).isEqualTo(String.valueOf(learned));
    }

    @Test
    void aHandleLastSeenLongerAgoMayHaveHadAnotherOwner() {
        int provisional = store.inTransaction(connection -> directory.resolveHandle(connection, blue, T));
        store.inTransaction(connection -> directory.learn(connection, blue, alice, T + 7 * DAY + 1));
        assertThat(holder(blue)).isEqualTo(alice.value());
        Account former = store.read(connection -> directory.load(connection, List.of(provisional)))
                .get(provisional);
        assertThat(former.nativeId()).isNull();
        assertThat(former.handle()).isNull();
        assertThat(mergedInto(provisional)).isNull();
    }

    @Test
    void oneNativeIdIsOneAccountHoweverOftenItIsResolved() {
        int first = id(alice);
        assertThat(id(alice)).isEqualTo(first);
        Map<AccountName, Integer> both =
                store.inTransaction(connection -> directory.resolve(connection, List.of(alice, bob, alice), T));
        assertThat(both).hasSize(2).containsEntry(alice, first);
    }

    private String mergedInto(int account) {
        return store.read(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT merged_into FROM account WHERE id = " + account)) {
                row.next();
                return row.getString(1);
            }
        });
    }

    private void see(AccountName who, AccountName handle, long at) {
        store.inTransaction(connection -> directory.sight(connection, List.of(new Sighting(id(who), handle, at))));
    }

    private void doubt(AccountName who, long at) {
        store.inTransaction(connection -> {
            directory.doubtHandle(connection, id(who), at);
            return null;
        });
    }

    private int id(AccountName nativeId) {
        return store.inTransaction(connection -> directory.resolve(connection, List.of(nativeId), T))
                .get(nativeId);
    }

    private Account account(AccountName name) {
        return store.read(connection -> directory.find(connection, name)).orElseThrow();
    }

    /** Native id of whoever is called so now. */
    private String holder(AccountName name) {
        return store.read(connection -> directory.find(connection, name))
                .map(Account::nativeId)
                .orElse(null);
    }

    private static AccountName did() {
        return new AccountName(Network.BLUESKY, AccountName.Kind.NATIVE_ID, Names.did());
    }

    private static AccountName handle(String what) {
        return new AccountName(Network.BLUESKY, AccountName.Kind.HANDLE, Names.handle(what));
    }
}
