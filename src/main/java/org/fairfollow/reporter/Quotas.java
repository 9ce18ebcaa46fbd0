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
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    /** Whoever holds an IPv6 network holds at least its 64 lower bits. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final QuotaSettings settings;
    private final TimeMeter time;
    private final Cache<Origin, Bucket> byOrigin;
    private final Cache<Origin, Bucket> measurementsByOrigin;
    private final Cache<String, Bucket> byKey;
    private final Cache<Long, Bucket> byReporter;
    private volatile Salts salts = new Salts(fresh(), fresh());
    private final Cache<Long, Bucket> reportsByReporter;

    Quotas(QuotaSettings settings, Ticker ticker) {
        this.settings = settings;
        if (settings.anonymous().perMinute() < 1
                || settings.key().perMinute() < 1
                || settings.anonymous().batch() < 1
                || settings.key().batch() < 1
                || settings.reporter().perDay() < 1
                || settings.reporter().reportsPerDay() < 1
                || settings.reporter().batch() < 1
                || settings.measurementsPerHour() < 1
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
        byOrigin = bounded(WINDOW, ticker);
        measurementsByOrigin = bounded(HOUR, ticker);
        byReporter = bounded(DAY, ticker);
        reportsByReporter = bounded(DAY, ticker);
    }

    private <K> Cache<K, Bucket> bounded(Duration window, Ticker ticker) {
        return Caffeine.newBuilder()
                .expireAfterAccess(window)
                .ticker(ticker)
                .maximumSize(settings.addresses())
                .build();
    }

    /** Where a call comes from, as a hash with a salt that is soon forgotten: no address is kept, nor what leads back to one. */
    record Origin(long upper, long lower) {}

    /** @param former finds the buckets of those who asked before {@code now} was drawn */
    private record Salts(byte[] now, byte[] former) {}

    /**
     * Forgets who asked and is not counted any more, and draws a new salt; to be done every hour. What was salted with the one
     * before the last is known to nobody then, not even to whoever reads the memory.
     */
    public void forget() {
        salts = new Salts(fresh(), salts.now);
        byOrigin.cleanUp();
        measurementsByOrigin.cleanUp();
    }

    static byte[] fresh() {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        return salt;
    }

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

    /** The same where it is a report that costs. */
    public void alsoReportsOf(Reporter reporter, Allowance allowance) {
        int perDay = settings.reporter().reportsPerDay();
        Bucket bucket = reportsByReporter.get(reporter.number(), number -> bucket(perDay, DAY));
        allowance.within("reports", bucket, perDay, DAY, perDay + " reports a day may be sent with one token.");
    }

    /** The same where the call wishes a measurement, which costs others. Only who is not counted at all has no such limit. */
    public void alsoMeasurementsOf(InetAddress address, Allowance allowance) {
        if (allowance.isCounted()) {
            int perHour = settings.measurementsPerHour();
            Bucket bucket = bucketOf(measurementsByOrigin, address, perHour, HOUR);
            allowance.within(
                    "measurements", bucket, perHour, HOUR, perHour + " measurements an hour may be asked for here.");
        }
    }

    private Allowance byAddress(Allowance allowance, InetAddress address) {
        int perMinute = settings.anonymous().perMinute();
        return counted(allowance, bucketOf(byOrigin, address, perMinute, WINDOW), perMinute);
    }

    private Bucket bucketOf(Cache<Origin, Bucket> buckets, InetAddress address, int units, Duration window) {
        Salts known = salts;
        Origin origin = origin(address, known.now);
        Bucket bucket = buckets.getIfPresent(origin);
        if (bucket != null) {
            return bucket;
        }
        // A new salt must give nobody a full bucket: whoever was counted under the former one takes the bucket along.
        Bucket former = buckets.getIfPresent(origin(address, known.former));
        return buckets.get(origin, unseen -> former != null ? former : bucket(units, window));
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

    static Origin origin(InetAddress address, byte[] salt) {
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

    Bucket bucket(int units, Duration window) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(units).refillGreedy(units, window))
                .withCustomTimePrecision(time)
                .build();
    }
}
