package org.fairfollow.reporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.fairfollow.reporter.Caller.KeyHolder;
import org.fairfollow.store.Store;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.Seed;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.TestTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several instances of what counts, each with buckets of its own, over one database. */
@QuarkusTest
class SharedQuotasApiTest {
    private static final int QUOTA = 600;
    /** Units that come back in a second. */
    private static final int REFILL = QUOTA / 60;
    /** What was spent is told a second later at most, and read a second after that. */
    private static final int UNSEEN_SECONDS = 2;

    /** Longer than anybody is waited for. */
    private static final int SILENT_SECONDS = 15;

    @Inject
    Store store;

    @Inject
    TestStore tables;

    DatabaseLine line;

    private final TestTicker ticker = new TestTicker();

    @BeforeEach
    void empty() {
        tables.empty();
    }

    @AfterEach
    void bringTheDatabaseBack() {
        line.restore();
        until(false);
    }

    /** One instance of the service. */
    private final class Instance {
        private final Quotas quotas;
        private final SharedQuotas shared;

        Instance() {
            this(QuotasTest.ADDRESSES);
        }

        Instance(int addresses) {
            quotas = new Quotas(QuotasTest.settings(QUOTA, 6_000, 100, addresses), ticker);
            shared = new SharedQuotas(quotas, store, ticker);
        }

        boolean letsPass(String address, int units) {
            return passes(quotas.allowance(Caller.ANONYMOUS, () -> address(address)), units);
        }

        /** As many as it lets pass of so many, one after the other. */
        int spend(String address, int most) {
            int passed = 0;
            while (passed < most && letsPass(address, 1)) {
                passed++;
            }
            return passed;
        }
    }

    @Test
    void twoThatAreAskedInTurnLetPassOneQuotaTogether() {
        Instance one = new Instance();
        Instance other = new Instance();
        exchange(one, other);
        assertThat(one.shared.replicas()).isEqualTo(2);
        assertThat(other.shared.replicas()).isEqualTo(2);
        int minutes = 3;
        int perSecond = 10 * REFILL;

        int passed = 0;
        for (int second = 0; second < minutes * 60; second++) {
            for (int i = 0; i < perSecond; i++) {
                passed += (i % 2 == 0 ? one : other).letsPass("192.0.2.1", 1) ? 1 : 0;
                ticker.advance(Duration.ofSeconds(1).dividedBy(perSecond));
            }
            one.shared.exchange();
            other.shared.exchange();
        }

        int quota = QUOTA + minutes * QUOTA;
        int unseen = UNSEEN_SECONDS * perSecond / 2;
        assertThat(passed).isBetween(quota - UNSEEN_SECONDS * REFILL, quota + unseen);
    }

    /** Nothing tells anybody of what all spend within a second; it is paid back, so that it is gained once and not each minute. */
    @Test
    void whatWasSpentEverywhereAtOnceIsPaidBack() {
        List<Instance> all = List.of(new Instance(), new Instance(), new Instance());
        exchange(all);

        int passed =
                all.stream().mapToInt(each -> each.spend("192.0.2.1", QUOTA)).sum();
        assertThat(passed).isEqualTo(3 * QUOTA);
        exchange(all);
        for (int second = 0; second < 115; second++) {
            ticker.advance(Duration.ofSeconds(1));
            all.forEach(each -> each.shared.exchange());
            for (Instance each : all) {
                assertThat(each.letsPass("192.0.2.1", 1))
                        .as("after %d s", second)
                        .isFalse();
            }
        }
        ticker.advance(Duration.ofSeconds(10));
        assertThat(all).allMatch(each -> each.letsPass("192.0.2.1", 1));
    }

    /** A debt is kept for as long as it lasts, also if nobody asks. */
    @Test
    void whoWaitsAWindowWithADebtDoesNotStartAnew() {
        List<Instance> all = List.of(new Instance(), new Instance(), new Instance());
        exchange(all);
        all.forEach(each -> each.spend("192.0.2.1", QUOTA));
        exchange(all);

        ticker.advance(Duration.ofSeconds(110));
        assertThat(all).noneMatch(each -> each.letsPass("192.0.2.1", 1));
        ticker.advance(Duration.ofSeconds(70));
        assertThat(all).allMatch(each -> each.letsPass("192.0.2.1", QUOTA - UNSEEN_SECONDS * REFILL));
    }

    /** Whoever has as much left of a single bucket as comes back while letters are under way is let pass everywhere. */
    @Test
    void whoKeepsWithinTheQuotaIsRefusedNowhere() {
        Random random = Seed.random("callers within their quota");
        List<Instance> all = List.of(new Instance(), new Instance(), new Instance());
        exchange(all);
        Quotas single = new Quotas(QuotasTest.settings(QUOTA, 6_000, 100, 1_000), ticker);
        int margin = UNSEEN_SECONDS * REFILL;
        int calls = 0;
        for (int step = 0; step < 240 * 4; step++) {
            for (int caller = 0; caller < 5; caller++) {
                String address = "192.0.2." + caller;
                int units = 1 + random.nextInt(caller < 2 ? 6 : 200);
                Tally bucket = single.of(Counted.ADDRESS, address(address), QUOTA);
                if (QUOTA - bucket.lacking() >= units + margin) {
                    bucket.charge(units);
                    assertThat(all.get(random.nextInt(3)).letsPass(address, units))
                            .as("step %d, %d units", step, units)
                            .isTrue();
                    calls++;
                }
            }
            ticker.advance(Duration.ofMillis(250));
            if (step % 4 == 3) {
                all.forEach(each -> each.shared.exchange());
            }
        }
        assertThat(calls).isGreaterThan(1_000);
    }

    @Test
    void aLetterCountsOnceHoweverOftenItIsRead() {
        Instance one = new Instance();
        Instance other = new Instance();
        exchange(one, other);
        one.spend("192.0.2.1", 100);
        one.shared.exchange();

        for (int i = 0; i < 5; i++) {
            other.shared.exchange();
        }

        assertThat(other.spend("192.0.2.1", QUOTA)).isEqualTo(QUOTA - 100);
    }

    @Test
    void whoMissedALetterReadsItWithTheNext() {
        Instance one = new Instance();
        Instance other = new Instance();
        exchange(one, other);
        for (int i = 0; i < 5; i++) {
            one.spend("192.0.2.1", 40);
            ticker.advance(Duration.ofMillis(1));
            one.shared.exchange();
        }

        other.shared.exchange();

        assertThat(other.spend("192.0.2.1", QUOTA)).isEqualTo(QUOTA - 200);
    }

    @Test
    void keysReportersMeasurementsAndTriesToSignInAreCountedTogetherToo() {
        Instance one = new Instance();
        Instance other = new Instance();
        exchange(one, other);
        InetAddress address = address("2001:db8::1");
        KeyHolder key = new KeyHolder("key", 50);
        one.quotas.allowance(key, () -> address).spend(50);
        Allowance told = one.quotas.reporters(address);
        one.quotas.alsoOf(new Reporter(7), told);
        told.spend(100);
        Allowance reported = one.quotas.reporters(address);
        one.quotas.alsoReportsOf(new Reporter(8), reported);
        reported.spend(100);
        Allowance wished = one.quotas.reporters(address);
        one.quotas.alsoMeasurementsOf(address, wished);
        wished.spend(10);
        Attempts tries = new Attempts(one.quotas, ticker);
        for (int i = 0; i < 10; i++) {
            tries.spend("moderator", address);
        }

        exchange(one, other);

        assertThat(passes(other.quotas.allowance(key, () -> address), 1)).isFalse();
        InetAddress elsewhere = address("192.0.2.1");
        Allowance telling = other.quotas.reporters(elsewhere);
        other.quotas.alsoOf(new Reporter(7), telling);
        assertThat(passes(telling, 1)).isFalse();
        Allowance reporting = other.quotas.reporters(elsewhere);
        other.quotas.alsoReportsOf(new Reporter(8), reporting);
        assertThat(passes(reporting, 1)).isFalse();
        Allowance wishing = other.quotas.reporters(address);
        other.quotas.alsoMeasurementsOf(address, wishing);
        assertThat(passes(wishing, 1)).isFalse();
        Attempts elsewhereTried = new Attempts(other.quotas, ticker);
        assertThatExceptionOfType(HttpProblem.class).isThrownBy(() -> elsewhereTried.spend(address));
        for (int i = 0; i < 10; i++) {
            elsewhereTried.spend("moderator", elsewhere);
        }
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> elsewhereTried.spend("moderator", address("192.0.2.2")));
    }

    @Test
    void anInstanceThatDiesTakesNothingAlongThatWasSpentThere() {
        Instance one = new Instance();
        Instance other = new Instance();
        exchange(one, other);
        one.spend("192.0.2.1", QUOTA);
        exchange(one, other);

        die();
        exchange(other);

        assertThat(other.shared.replicas()).isEqualTo(1);
        assertThat(other.spend("192.0.2.1", QUOTA)).isEqualTo(SILENT_SECONDS * REFILL);
        assertThat(tables.count("SELECT COUNT(*) FROM quota_replica")).isEqualTo(1);
    }

    /** Also whoever led them: another one does from then on, with the same secret. */
    @Test
    void whoComesInThePlaceOfOneThatDiedStartsWithWhatIsLeft() {
        Instance first = new Instance();
        Instance second = new Instance();
        exchange(first, second);
        first.spend("192.0.2.1", QUOTA / 2);
        exchange(first, second);
        die();
        Instance third = new Instance();

        exchange(second, third);
        assertThat(third.shared.replicas()).isEqualTo(2);
        second.spend("192.0.2.1", 1);
        exchange(second, third);

        assertThat(third.spend("192.0.2.1", QUOTA)).isEqualTo(QUOTA / 2 + SILENT_SECONDS * REFILL - 1);
        exchange(second, third);
        assertThat(second.spend("192.0.2.1", QUOTA)).isZero();
    }

    @Test
    void whoIsStoppedTellsItsLastAndLeadsNobody() {
        Instance one = new Instance();
        Instance other = new Instance();
        exchange(one, other);
        one.spend("192.0.2.1", QUOTA);

        one.shared.stop(new ShutdownEvent());
        one.shared.exchange();
        Instance third = new Instance();
        exchange(other, third);

        assertThat(other.spend("192.0.2.1", QUOTA)).isZero();
        assertThat(third.quotas.secret().isSame(other.quotas.secret())).isTrue();
        assertThat(other.shared.replicas()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void whileTheDatabaseIsAwayEachCountsAloneAndSaysSo() {
        Instance one = new Instance();
        Instance other = new Instance();
        exchange(one, other);
        line.cut();
        until(true);

        int passed = 0;
        for (int second = 0; second < 60; second++) {
            passed += one.spend("192.0.2.1", QUOTA) + other.spend("192.0.2.1", QUOTA);
            ticker.advance(Duration.ofSeconds(1));
            for (Instance each : List.of(one, other)) {
                assertThatExceptionOfType(DatabaseAwayException.class).isThrownBy(each.shared::exchange);
            }
        }
        assertThat(passed).isEqualTo(2 * (QUOTA + 59 * REFILL));
        assertThat(one.shared.replicas()).isEqualTo(1);
        assertThat(other.shared.replicas()).isEqualTo(1);

        line.restore();
        until(false);
        exchange(one, other);
        assertThat(one.shared.replicas()).isEqualTo(2);
        // Ten seconds of letters are told; what is older came back meanwhile, or nobody knows.
        assertThat(one.letsPass("192.0.2.1", 1)).isFalse();
        ticker.advance(Duration.ofSeconds(12));
        assertThat(one.letsPass("192.0.2.1", 1)).isTrue();
    }

    @Test
    void aNewSaltGivesNobodyAFullBucketAnywhere() {
        Instance one = new Instance();
        Instance other = new Instance();
        exchange(one, other);
        for (int turn = 0; turn < 3; turn++) {
            one.spend("192.0.2.1", QUOTA);
            exchange(one, other);
            QuotaSecret before = other.quotas.secret();
            // One of the two leads, and draws for both.
            one.quotas.forget();
            other.quotas.forget();
            exchange(one, other);
            assertThat(other.quotas.secret().isSame(one.quotas.secret())).isTrue();
            assertThat(other.quotas.secret().isSame(before)).isFalse();
            assertThat(other.quotas.formerSecret().isSame(before)).isTrue();
            assertThat(other.letsPass("192.0.2.1", 5 * REFILL)).isFalse();
            assertThat(one.letsPass("192.0.2.1", 5 * REFILL)).isFalse();
            assertThat(other.letsPass("192.0.2.200", QUOTA)).isEqualTo(turn == 0);
        }
    }

    /** Whoever reads the table, and knows the program, has nothing to try addresses with. */
    @Test
    void theTableTellsNothingToWhoeverReadsIt() {
        Instance one = new Instance();
        Instance other = new Instance();
        exchange(one, other);
        one.spend("192.0.2.1", 100);
        one.quotas
                .allowance(new KeyHolder("somebodys-key", 50), () -> address("192.0.2.1"))
                .spend(50);
        exchange(one, other);
        assertThat(other.spend("192.0.2.1", QUOTA)).isLessThan(QUOTA);

        String cells = tables.rows(
                        "SELECT HEX(replica), HEX(public_key), HEX(invitations), HEX(letters) FROM quota_replica")
                .toString()
                .toLowerCase(Locale.ROOT);

        assertThat(cells).hasSizeGreaterThan(500);
        for (QuotaSecret secret : List.of(
                one.quotas.secret(), one.quotas.formerSecret(), other.quotas.secret(), other.quotas.formerSecret())) {
            assertThat(cells)
                    .doesNotContain(HexFormat.of().formatHex(secret.bytes()))
                    .doesNotContain(HexFormat.of().formatHex(secret.salt()))
                    .doesNotContain(HexFormat.of().toHexDigits(Quotas.hash(address("192.0.2.1"), secret.salt())));
        }
        assertThat(cells)
                .doesNotContain(HexFormat.of().formatHex(address("192.0.2.1").getAddress()))
                .doesNotContain(HexFormat.of().formatHex("192.0.2.1".getBytes(StandardCharsets.US_ASCII)))
                .doesNotContain(HexFormat.of().toHexDigits(Quotas.hash("somebodys-key")));
    }

    @Test
    void anInvitationIsForItsGuestAlone() {
        QuotaInvitation host = new QuotaInvitation();
        QuotaInvitation guest = new QuotaInvitation();
        QuotaSecret secret = QuotaSecret.fresh();
        byte[] about = {1};
        byte[] sealed = host.invite(secret, guest.publicKey(), about);

        assertThat(guest.accept(sealed, host.publicKey(), about).isSame(secret)).isTrue();
        assertThat(new QuotaInvitation().accept(sealed, host.publicKey(), about))
                .isNull();
        assertThat(guest.accept(sealed, new QuotaInvitation().publicKey(), about))
                .isNull();
        assertThat(guest.accept(sealed, host.publicKey(), new byte[] {2})).isNull();
        assertThat(guest.accept(new byte[3], host.publicKey(), about)).isNull();
        assertThat(host.invite(secret, new byte[44], about)).isNull();
    }

    @Test
    void whatAnotherVersionWritesAndWhatIsTornIsPassedOver() {
        Instance one = new Instance();
        Instance other = new Instance();
        exchange(one, other);
        byte[] letter =
                ByteBuffer.allocate(24).putLong(1L << 40).putInt(1 << 30).array();
        row((byte) 1, 200, "0, ", new byte[] {1}, new byte[] {1}, letter);
        row((byte) 2, 1, "1, ", new byte[] {1}, new byte[] {7, 7, 7}, letter);
        row((byte) 3, 1, "NULL, ", new byte[0], new byte[0], new byte[0]);

        one.spend("192.0.2.1", 100);
        exchange(one, other);

        assertThat(one.shared.replicas()).isEqualTo(2);
        assertThat(other.spend("192.0.2.1", QUOTA)).isEqualTo(QUOTA - 100);
    }

    @Test
    void aFloodOfAddressesMakesNoLongLettersAndWhoSpendsMostIsToldOfAllTheSame() {
        int counted = 5_000;
        Instance one = new Instance(counted);
        Instance other = new Instance(counted);
        exchange(one, other);
        for (int round = 0; round < 12; round++) {
            for (int i = 0; i < 4_000; i++) {
                one.letsPass("10." + round + "." + (i >> 8) + "." + (i & 255), 3);
            }
            one.spend("192.0.2.1", QUOTA);
            exchange(one, other);
            ticker.advance(Duration.ofMillis(500));
        }

        assertThat(tables.count("SELECT MAX(LENGTH(letters)) FROM quota_replica"))
                .isBetween(100_000L, 260_000L);
        assertThat(other.quotas.addresses()).isBetween(1_000L, (long) counted);
        assertThat(other.spend("192.0.2.1", QUOTA)).isLessThanOrEqualTo(REFILL);
    }

    @Test
    void whoAsksNowAndThenIsNotTalkedAbout() {
        Instance one = new Instance();
        for (int second = 0; second < 30; second++) {
            one.letsPass("192.0.2.1", 1);
            one.letsPass("192.0.2.2", 2);
            ticker.advance(Duration.ofSeconds(1));
            assertThat(one.quotas.spent()).extracting(Spent::units).containsExactly(2);
        }
    }

    /** So often that whoever came last is known to all; it takes no time. */
    private void exchange(Instance... some) {
        exchange(List.of(some));
    }

    private void exchange(List<Instance> all) {
        for (int i = 0; i < 4; i++) {
            all.forEach(each -> each.shared.exchange());
        }
    }

    /** Whoever does not write from now on has been silent for long, to the database and to those who listen. */
    private void die() {
        ticker.advance(Duration.ofSeconds(SILENT_SECONDS));
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE quota_replica SET written_at = written_at - 60");
            }
        });
    }

    private void row(byte id, int format, String joinedAt, byte[] key, byte[] invitations, byte[] letters) {
        store.inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO quota_replica"
                    + " (replica, format, joined_at, written_at, public_key, invitations, letters) VALUES (?,?,"
                    + joinedAt + "UNIX_TIMESTAMP(),?,?,?)")) {
                insert.setBytes(1, ByteBuffer.allocate(16).put(id).array());
                insert.setInt(2, format);
                insert.setBytes(3, key);
                insert.setBytes(4, invitations);
                insert.setBytes(5, letters);
                return insert.executeUpdate();
            }
        });
    }

    private static boolean passes(Allowance allowance, int units) {
        try {
            allowance.spend(units);
            return true;
        } catch (HttpProblem e) {
            assertThat(e.getStatusCode()).isEqualTo(429);
            return false;
        }
    }

    private void until(boolean away) {
        while (store.isAway() != away) {
            Thread.onSpinWait();
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
