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
 * <p>Counted in memory, by all instances together ({@link SharedQuotas}) but for where somebody signed in before, and a start
 * forgets. What must not be forgotten, wrong codes after the right password, is counted in the database ({@link SignIn}).
 */
@ApplicationScoped
class Attempts {
    private static final int PER_ADDRESS = 10;
    private static final int PER_ACCOUNT = 20;
    private static final Duration WINDOW = Counted.SIGN_IN_ACCOUNT.window();
    private static final Duration KNOWN_FOR = Duration.ofDays(1);
    /** Who comes from more is not counted apart; each takes about 300 bytes. */
    private static final int MOST_COUNTED = 10_000;

    private final Quotas quotas;
    /** Another one at each start; what is hashed with it is forgotten within a day. */
    private final byte[] salt = Quotas.fresh();

    private final Cache<Known, Bucket> byKnown;

    Attempts(Quotas quotas, Ticker ticker) {
        this.quotas = quotas;
        // Nothing that comes of an address is kept for longer than a day.
        byKnown = Caffeine.newBuilder()
                .expireAfterWrite(KNOWN_FOR)
                .scheduler(Scheduler.systemScheduler())
                .maximumSize(MOST_COUNTED)
                .ticker(ticker)
                .build();
    }

    /** Where somebody signed in to an account. */
    private record Known(String name, long from) {}

    /** Throws {@link Problem#QUOTA_EXCEEDED} when too many were made; says so whether or not there is such an account. */
    void spend(String name, InetAddress address) {
        Bucket known = byKnown.getIfPresent(new Known(name, Quotas.hash(address, salt)));
        if (known != null) {
            require(known.tryConsumeAndReturnRemaining(1));
            return;
        }
        spend(address);
        require(quotas.named(Counted.SIGN_IN_ACCOUNT, Quotas.hash(name), PER_ACCOUNT)
                .spend(1));
    }

    /** The same where no account is named. */
    void spend(InetAddress address) {
        require(quotas.of(Counted.SIGN_IN_ADDRESS, address, PER_ADDRESS).spend(1));
    }

    void succeeded(String name, InetAddress address) {
        byKnown.put(new Known(name, Quotas.hash(address, salt)), quotas.bucket(PER_ACCOUNT, WINDOW));
    }

    private static void require(ConsumptionProbe probe) {
        if (!probe.isConsumed()) {
            long seconds = Math.ceilDiv(
                    probe.getNanosToWaitForRefill(), Duration.ofSeconds(1).toNanos());
            throw Problem.QUOTA_EXCEEDED.with("Try again in " + seconds + " s: too many tried to sign in.", seconds);
        }
    }
}
