package org.fairfollow.reporter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.fairfollow.reporter.Caller.Anonymous;
import org.fairfollow.reporter.Caller.KeyHolder;
import org.fairfollow.reporter.Caller.Operator;

/**
 * Counts what callers spend, in memory: in a bucket per key, and one per client address for those who have none; what a
 * reporter tells is counted by reporter as well. Each
 * instance counts alone, so that of N behind a balancer a caller may get up to N times its quota.
 *
 * <p>Whoever comes from more addresses than are counted does not fill the memory and shuts nobody out: the addresses that
 * ask least are forgotten first, and who is forgotten starts with a full bucket.
 */
@ApplicationScoped
public class Quotas {
    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);
    /** Whoever holds an IPv6 network holds at least its 64 lower bits. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private final QuotaSettings settings;
    private final TimeMeter time;
    private final Cache<Origin, Bucket> byOrigin;
    private final Cache<String, Bucket> byKey;
    private final Cache<Long, Bucket> byReporter;
    private final byte[] salt = new byte[16];

    Quotas(QuotaSettings settings, Ticker ticker) {
        this.settings = settings;
        if (settings.anonymous().perMinute() < 1
                || settings.key().perMinute() < 1
                || settings.anonymous().batch() < 1
                || settings.key().batch() < 1
                || settings.reporter().perDay() < 1
                || settings.reporter().batch() < 1
                || settings.addresses() < 1) {
            throw new IllegalArgumentException("every fairfollow.quota.… must be at least 1");
        }
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
        // A bucket that nobody took from for a whole window is full again, so there is nothing to remember.
        byKey = Caffeine.newBuilder().expireAfterAccess(WINDOW).ticker(ticker).build();
        byOrigin = Caffeine.newBuilder()
                .expireAfterAccess(WINDOW)
                .ticker(ticker)
                .maximumSize(settings.addresses())
                .build();
        byReporter = Caffeine.newBuilder()
                .expireAfterAccess(DAY)
                .ticker(ticker)
                .maximumSize(settings.addresses())
                .build();
        new SecureRandom().nextBytes(salt);
    }

    /** Where a call comes from, as a hash with a salt that is drawn at each start: no address is kept. */
    private record Origin(long upper, long lower) {}

    /** @param address asked for only where it counts */
    Allowance allowance(Caller caller, Supplier<InetAddress> address) {
        int keyBatch = settings.key().batch();
        return switch (caller) {
            case Operator operator -> new Allowance(keyBatch, "");
            case KeyHolder holder -> {
                int perMinute = Objects.requireNonNullElse(
                        holder.requestsPerMinute(), settings.key().perMinute());
                yield counted(
                        new Allowance(keyBatch, ""), byKey.get(holder.keyId(), id -> perMinute(perMinute)), perMinute);
            }
            case Anonymous anonymous ->
                byAddress(
                        new Allowance(settings.anonymous().batch(), ", or with a key at most " + keyBatch),
                        address.get());
        };
    }

    /** What is left of the address a reporter calls from; {@link #alsoOf} adds what is left of the reporter. */
    Allowance reporters(InetAddress address) {
        return byAddress(new Allowance(settings.reporter().batch(), ""), address);
    }

    /** What the call costs from now on is spent of the reporter's quota as well as of its address's. */
    public void alsoOf(Reporter reporter, Allowance allowance) {
        int perDay = settings.reporter().perDay();
        Bucket bucket = byReporter.get(reporter.number(), number -> bucket(perDay, DAY));
        allowance.within("reporter", bucket, perDay, DAY, perDay + " observations a day may be told with one token.");
    }

    private Allowance byAddress(Allowance allowance, InetAddress address) {
        int perMinute = settings.anonymous().perMinute();
        return counted(allowance, byOrigin.get(origin(address), origin -> perMinute(perMinute)), perMinute);
    }

    private static Allowance counted(Allowance allowance, Bucket bucket, int perMinute) {
        String sentence =
                perMinute + " accounts a minute may be asked for here. A key allows more; the operator issues them.";
        return allowance.within("default", bucket, perMinute, WINDOW, sentence);
    }

    /** Addresses that are counted now, about. */
    long origins() {
        byOrigin.cleanUp();
        return byOrigin.estimatedSize();
    }

    private Origin origin(InetAddress address) {
        byte[] bytes = address.getAddress();
        MessageDigest sha256 = Token.sha256();
        sha256.update(salt);
        sha256.update(bytes, 0, Math.min(bytes.length, IPV6_NETWORK_BYTES));
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest());
        return new Origin(hash.getLong(), hash.getLong());
    }

    private Bucket perMinute(int units) {
        return bucket(units, WINDOW);
    }

    private Bucket bucket(int units, Duration window) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(units).refillGreedy(units, window))
                .withCustomTimePrecision(time)
                .build();
    }
}
