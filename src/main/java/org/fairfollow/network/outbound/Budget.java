package org.fairfollow.network.outbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Duration;

/**
 * How often others are called, so that nobody makes a weapon of this service. It is counted by the address that is called, not by
 * its name: whoever owns a domain has as many names for somebody else's machine as they like.
 */
final class Budget {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int perAddress;
    private final Bucket chosen;
    private final Bucket all;
    /** At most one entry for each call that {@code all} lets through. */
    private final Cache<InetAddress, Bucket> byAddress;

    private final TimeMeter time;

    /**
     * @param perAddress calls a minute of one address, all of which may come at once
     * @param chosen calls a minute of the service that the operator chose
     * @param all calls a minute of anybody else
     */
    Budget(int perAddress, int chosen, int all, Ticker ticker) {
        this.perAddress = perAddress;
        time = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return ticker.read();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
        this.chosen = perMinute(chosen);
        this.all = perMinute(all);
        byAddress =
                Caffeine.newBuilder().expireAfterAccess(WINDOW).ticker(ticker).build();
    }

    /** Takes a call of the chosen service; returns how long to wait when there is none left, else zero. */
    Duration takeChosen() {
        return take(chosen);
    }

    /** Takes a call of anybody. */
    Duration take() {
        return take(all);
    }

    /** Takes a call of this address. */
    Duration take(InetAddress address) {
        return take(byAddress.get(address, called -> perMinute(perAddress)));
    }

    private static Duration take(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    private Bucket perMinute(int calls) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(calls).refillGreedy(calls, WINDOW))
                .withCustomTimePrecision(time)
                .build();
    }
}
