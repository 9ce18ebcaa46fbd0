package org.fairfollow.reporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fairfollow.reporter.Caller.KeyHolder;
import org.fairfollow.testing.TestTicker;
import org.junit.jupiter.api.Test;

class QuotasTest {
    static final int ADDRESSES = 1_000;

    private final TestTicker ticker = new TestTicker();
    private final Quotas quotas = new Quotas(settings(60, 600, 100, ADDRESSES), ticker);

    @Test
    void aMinutesQuotaMayBeSpentAtOnceAndComesBackEvenly() {
        for (int i = 0; i < 60; i++) {
            anonymous("192.0.2.1").spend(1);
        }
        assertRefused(anonymous("192.0.2.1"), 1, 1);
        ticker.advance(Duration.ofMillis(999));
        assertRefused(anonymous("192.0.2.1"), 1, 1);
        ticker.advance(Duration.ofMillis(1));
        anonymous("192.0.2.1").spend(1);
        assertRefused(anonymous("192.0.2.1"), 1, 1);
        ticker.advance(Duration.ofDays(3));
        anonymous("192.0.2.1").spend(60);
        assertRefused(anonymous("192.0.2.1"), 1, 1);
    }

    @Test
    void whatCostsMoreThanIsLeftCostsNothing() {
        anonymous("192.0.2.1").spend(20);
        assertRefused(anonymous("192.0.2.1"), 41, 1);
        assertRefused(anonymous("192.0.2.1"), 60, 20);
        anonymous("192.0.2.1").spend(40);
    }

    @Test
    void theHeadersTellWhatIsLeftAndWhenThereIsMore() {
        Allowance allowance = anonymous("192.0.2.1");
        assertThat(headers(allowance)).isEmpty();
        allowance.spend(1);
        assertThat(headers(allowance))
                .containsEntry("RateLimit-Policy", List.of("\"default\";q=60;w=60"))
                .containsEntry("RateLimit", List.of("\"default\";r=59;t=1"));
        Allowance refused = anonymous("192.0.2.1");
        assertRefused(refused, 60, 1);
        assertThat(headers(refused)).containsEntry("RateLimit", List.of("\"default\";r=59;t=1"));
        anonymous("192.0.2.1").spend(59);
        Allowance later = anonymous("192.0.2.1");
        assertRefused(later, 30, 30);
        assertThat(headers(later)).containsEntry("RateLimit", List.of("\"default\";r=0;t=30"));
    }

    /** More was spent elsewhere than there was. */
    @Test
    void whoIsInDebtHasNothingLeftAndIsToldHowLong() {
        quotas.of(Counted.ADDRESS, address("192.0.2.1"), 60).charge(90);
        Allowance refused = anonymous("192.0.2.1");
        assertRefused(refused, 1, 31);
        assertThat(headers(refused)).containsEntry("RateLimit", List.of("\"default\";r=0;t=31"));
    }

    @Test
    void anAddressIsWholeInIpv4AndANetworkInIpv6() {
        anonymous("192.0.2.1").spend(60);
        anonymous("192.0.2.2").spend(60);
        assertRefused(anonymous("::ffff:192.0.2.1"), 1, 1);
        anonymous("2001:db8:0:1::1").spend(30);
        anonymous("2001:db8:0:1:ffff:ffff:ffff:ffff").spend(30);
        assertRefused(anonymous("2001:db8:0:1:8000::"), 1, 1);
        anonymous("2001:db8:0:2::1").spend(60);
    }

    @Test
    void eachKeyIsCountedByItselfWhereverItIsUsed() {
        KeyHolder one = new KeyHolder("one", null);
        KeyHolder other = new KeyHolder("other", null);
        KeyHolder small = new KeyHolder("small", 5);
        anonymous("192.0.2.1").spend(60);
        with(one).spend(600);
        assertRefused(with(one), 1, 1);
        with(other).spend(600);
        with(small).spend(5);
        assertRefused(with(small), 1, 12);
    }

    @Test
    void theOperatorIsNotCounted() {
        Allowance operator = with(Caller.OPERATOR);
        for (int i = 0; i < 1_000; i++) {
            operator.spend(1_000);
        }
        assertThat(headers(operator)).isEmpty();
    }

    @Test
    void aBatchHasNoMoreItemsThanItsCallerMaySendOrEverCouldSpend() {
        assertTooMany(anonymous("192.0.2.1"), 11, "Send at most 10 items at once, or with a key at most 100.");
        assertTooMany(with(new KeyHolder("one", null)), 101, "Send at most 100 items at once.");
        assertTooMany(with(new KeyHolder("small", 7)), 8, "Send at most 7 items at once.");
        assertTooMany(with(Caller.OPERATOR), 101, "Send at most 100 items at once.");
        anonymous("192.0.2.1").spendOnItems(10);
        with(new KeyHolder("small", 7)).spendOnItems(7);
    }

    /** Whoever comes from millions of addresses fills no memory, shuts nobody out, and washes no busy caller clean. */
    @Test
    void aFloodOfAddressesIsBounded() {
        anonymous("192.0.2.1").spend(60);
        for (int i = 0; i < 50 * ADDRESSES; i++) {
            anonymous("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255))
                    .spend(1);
            if (i % 10 == 0) {
                assertRefused(anonymous("192.0.2.1"), 1, 1);
            }
        }
        assertThat(quotas.addresses()).isLessThanOrEqualTo(ADDRESSES);
        anonymous("203.0.113.7").spend(60);
    }

    @Test
    void aBucketThatIsFullAgainIsForgotten() {
        for (int i = 0; i < 100; i++) {
            anonymous("192.0.2." + i).spend(60);
        }
        assertThat(quotas.addresses()).isEqualTo(100);
        ticker.advance(Duration.ofSeconds(59));
        assertThat(quotas.addresses()).isEqualTo(100);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(quotas.addresses()).isZero();
    }

    @Test
    void aNewSaltGivesNobodyAFullBucket() {
        anonymous("192.0.2.1").spend(50);
        anonymous("2001:db8:0:1::1").spend(60);
        for (int turn = 0; turn < 5; turn++) {
            quotas.forget();
            anonymous("192.0.2.1").spend(2);
            assertRefused(anonymous("2001:db8:0:1::2"), 1, 1);
        }
        assertRefused(anonymous("192.0.2.1"), 1, 1);
    }

    /** The salt before the last is gone, and with it every way from what is still counted back to an address. */
    @Test
    void afterTwoTurnsNothingLeadsFromABucketToItsAddress() {
        anonymous("192.0.2.1").spend(60);
        quotas.forget();
        quotas.forget();
        anonymous("192.0.2.1").spend(60);
    }

    @Test
    void whatIsDerivedFromAnAddressIsGoneAtTheTurnAfterItsLastMinute() {
        anonymous("192.0.2.1").spend(1);
        quotas.forget();
        assertThat(quotas.addresses()).isEqualTo(1);
        ticker.advance(Duration.ofMinutes(1));
        quotas.forget();
        assertThat(quotas.addresses()).isZero();
    }

    @Test
    void manyAtOnceSpendNoMoreThanThereIs() throws Exception {
        List<Future<Integer>> spent = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                spent.add(callers.submit(() -> {
                    int through = 0;
                    for (int n = 0; n < 100; n++) {
                        try {
                            anonymous("192.0.2.1").spend(1);
                            through++;
                        } catch (HttpProblem e) {
                            assertThat(e.getStatusCode()).isEqualTo(429);
                        }
                    }
                    return through;
                }));
            }
        }
        int sum = 0;
        for (Future<Integer> through : spent) {
            sum += through.get();
        }
        assertThat(sum).isEqualTo(60);
    }

    @Test
    void aQuotaOfNothingIsRefusedAtTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Quotas(settings(0, 600, 100, ADDRESSES), ticker))
                .withMessageContaining("fairfollow.quota");
    }

    @Test
    void measurementsHaveAnHoursQuotaOfAnAddressBesideItsMinutes() {
        for (int i = 0; i < 10; i++) {
            measuring(Caller.ANONYMOUS, "192.0.2.1").spend(1);
        }
        assertRefused(measuring(Caller.ANONYMOUS, "192.0.2.1"), 1, 360);
        anonymous("192.0.2.1").spend(40);
        measuring(Caller.ANONYMOUS, "192.0.2.2").spend(1);
        quotas.forget();
        assertRefused(measuring(Caller.ANONYMOUS, "192.0.2.1"), 1, 360);
        ticker.advance(Duration.ofMinutes(6));
        measuring(Caller.ANONYMOUS, "192.0.2.1").spend(1);
        measuring(Caller.OPERATOR, "192.0.2.1").spend(100);
    }

    private Allowance measuring(Caller caller, String address) {
        Allowance allowance = quotas.allowance(caller, () -> address(address));
        quotas.alsoMeasurementsOf(address(address), allowance);
        return allowance;
    }

    private Allowance anonymous(String address) {
        return quotas.allowance(Caller.ANONYMOUS, () -> address(address));
    }

    private Allowance with(Caller caller) {
        return quotas.allowance(caller, () -> {
            throw new AssertionError("whoever has a token is not counted by address");
        });
    }

    private static void assertRefused(Allowance allowance, int units, long retryAfter) {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> allowance.spend(units))
                .satisfies(problem -> {
                    assertThat(problem.getStatusCode()).isEqualTo(429);
                    assertThat(problem.getParameters()).containsEntry("code", "quota-exceeded");
                    assertThat(problem.getHeaders()).containsEntry("Retry-After", retryAfter);
                });
    }

    private static void assertTooMany(Allowance allowance, int items, String sentence) {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> allowance.spendOnItems(items))
                .satisfies(problem -> {
                    assertThat(problem.getParameters()).containsEntry("code", "too-many-items");
                    assertThat(problem.getDetail()).isEqualTo(sentence);
                });
    }

    private static MultivaluedMap<String, Object> headers(Allowance allowance) {
        MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
        allowance.tell(headers);
        return headers;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static QuotaSettings settings(int anonymous, int key, int reporter, int addresses) {
        record Fixed(int perMinute, int batch) implements QuotaSettings.Limit {}
        record Told(int perDay, int reportsPerDay, int batch) implements QuotaSettings.Reporter {}
        return new QuotaSettings() {
            @Override
            public Limit anonymous() {
                return new Fixed(anonymous, 10);
            }

            @Override
            public Reporter reporter() {
                return new Told(reporter, reporter, 50);
            }

            @Override
            public Limit key() {
                return new Fixed(key, 100);
            }

            @Override
            public int measurementsPerHour() {
                return 10;
            }

            @Override
            public int addresses() {
                return addresses;
            }
        };
    }
}
