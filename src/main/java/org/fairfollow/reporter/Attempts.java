package org.fairfollow.reporter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Duration;
import org.fairfollow.http.Problem;

/**
 * How often somebody may try to sign in: by address, and by account. Where somebody signed in within a day is counted apart
 * for that account, so that strangers who try use up nothing of its owner's.
 *
 * <p>Counted in memory by each instance alone: of N behind a balancer one may try N times as often, and a start forgets. What
 * must not be forgotten, wrong codes after the right password, is counted in the database ({@link SignIn}).
 */
@ApplicationScoped
class Attempts {
    private static final int PER_ADDRESS = 10;
    private static final int PER_ACCOUNT = 20;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration KNOWN_FOR = Duration.ofDays(1);
    /** Who comes from more is not counted apart; each takes about 300 bytes. */
    private static final int MOST_COUNTED = 10_000;

    private final Quotas quotas;
    /** Another one at each start; what is hashed with it is forgotten within a day. */
    private final byte[] salt = Quotas.fresh();

    private final Cache<Quotas.Origin, Bucket> byAddress;
    private final Cache<String, Bucket> byAccount;
    private final Cache<Known, Bucket> byKnown;

    Attempts(Quotas quotas, Ticker ticker) {
        this.quotas = quotas;
        byAddress = cache(ticker, WINDOW);
        byAccount = cache(ticker, WINDOW);
        byKnown = cache(ticker, KNOWN_FOR);
    }

    /** Where somebody signed in to an account. */
    private record Known(String name, Quotas.Origin origin) {}

    /** Throws {@link Problem#QUOTA_EXCEEDED} when too many were made; says so whether or not there is such an account. */
    void spend(String name, InetAddress address) {
        Quotas.Origin origin = origin(address);
        Bucket known = byKnown.getIfPresent(new Known(name, origin));
        if (known != null) {
            spend(known);
            return;
        }
        spend(address);
        spend(byAccount.get(name, any -> quotas.bucket(PER_ACCOUNT, WINDOW)));
    }

    /** The same where no account is named. */
    void spend(InetAddress address) {
        spend(byAddress.get(origin(address), any -> quotas.bucket(PER_ADDRESS, WINDOW)));
    }

    void succeeded(String name, InetAddress address) {
        byKnown.put(new Known(name, origin(address)), quotas.bucket(PER_ACCOUNT, WINDOW));
    }

    private Quotas.Origin origin(InetAddress address) {
        return Quotas.origin(address, salt);
    }

    private static void spend(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long seconds = Math.ceilDiv(
                    probe.getNanosToWaitForRefill(), Duration.ofSeconds(1).toNanos());
            throw Problem.QUOTA_EXCEEDED.with("Try again in " + seconds + " s: too many tried to sign in.", seconds);
        }
    }

    /** A bucket nobody took from for its window is full again; and nothing that comes of an address is kept for longer than a day. */
    private static <K> Cache<K, Bucket> cache(Ticker ticker, Duration unused) {
        return Caffeine.newBuilder()
                .expireAfterAccess(unused)
                .expireAfterWrite(KNOWN_FOR)
                .scheduler(Scheduler.systemScheduler())
                .maximumSize(MOST_COUNTED)
                .ticker(ticker)
                .build();
    }
}
