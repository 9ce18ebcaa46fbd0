package org.fairfollow.reporter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.fairfollow.reporter.Caller.Anonymous;
import org.fairfollow.reporter.Caller.KeyHolder;
import org.fairfollow.reporter.Caller.Operator;
import org.jspecify.annotations.Nullable;

/**
 * Counts what callers spend, in memory: in a bucket per key, and one per client address for those who have none; what a
 * reporter tells is counted by reporter as well. No call waits for anything: what is spent at other instances is charged
 * here a little later ({@link SharedQuotas}).
 *
 * <p>Whoever comes from more addresses than are counted does not fill the memory and shuts nobody out: the addresses that
 * ask least are forgotten first, and who is forgotten starts with a full bucket.
 */
@ApplicationScoped
public class Quotas {
    /** Whoever holds an IPv6 network holds at least its 64 lower bits. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private static final SecureRandom RANDOM = new SecureRandom();
    /** A salt that others share is turned by one of them. */
    private static final Duration TURN = Duration.ofHours(1);
    /** Who spends less than this part of its quota here, in the time between two letters, is not told of. */
    private static final double UNTOLD = 0.1;
    /** Of those, the heaviest: letters stay below 25 kB whoever floods. */
    private static final int MOST_TOLD = 1_000;
    /** What was spent over a longer time came back meanwhile, nobody knows how much of it. */
    private static final Duration OLDEST_TOLD = Duration.ofSeconds(5);

    private final QuotaSettings settings;
    private final Ticker ticker;
    private final TimeMeter time;
    private final Map<Counted, Cache<Long, Tally>> tallies = new EnumMap<>(Counted.class);
    private final Queue<Tally> spenders;
    private volatile Secrets secrets = new Secrets(QuotaSecret.fresh(), QuotaSecret.fresh());
    /** When the secret of another instance was taken, by the ticker; null where it is this instance's own. */
    private volatile @Nullable Long takenAt;

    private long toldAt;

    Quotas(QuotaSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
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
        spenders = new LinkedBlockingQueue<>(settings.addresses());
        toldAt = ticker.read();
        for (Counted counted : Counted.values()) {
            tallies.put(
                    counted,
                    Caffeine.newBuilder()
                            .expireAfter(new UntilFull())
                            .ticker(ticker)
                            .maximumSize(settings.addresses())
                            .build());
        }
    }

    /** A bucket that nobody took from for as long as it takes to be full has nothing to remember. */
    private static final class UntilFull implements Expiry<Long, Tally> {
        @Override
        public long expireAfterCreate(Long id, Tally tally, long now) {
            return tally.nanosToFull();
        }

        @Override
        public long expireAfterUpdate(Long id, Tally tally, long now, long left) {
            return tally.nanosToFull();
        }

        @Override
        public long expireAfterRead(Long id, Tally tally, long now, long left) {
            return tally.nanosToFull();
        }
    }

    /**
     * Addresses are known by hashes with a salt that is soon forgotten: none is kept, nor what leads back to one.
     *
     * @param former finds the buckets of those who asked before {@code now} was drawn
     */
    private record Secrets(QuotaSecret now, QuotaSecret former) {}

    /**
     * Forgets who asked and is not counted any more, and draws a new salt unless another instance just did; to be done every
     * hour. What was salted with the one before the last is known to nobody then, not even to whoever reads the memory.
     */
    public void forget() {
        Long taken = takenAt;
        if (taken == null || ticker.read() - taken >= TURN.toNanos()) {
            turnTo(QuotaSecret.fresh());
        }
        tallies.values().forEach(Cache::cleanUp);
    }

    /** From now on this instance draws the secret by itself; it goes on with the one there is. */
    void lead() {
        takenAt = null;
    }

    /** Takes the secret that another instance drew. */
    void follow(QuotaSecret theirs) {
        if (!theirs.isSame(secrets.now)) {
            turnTo(theirs);
            takenAt = ticker.read();
        }
    }

    private void turnTo(QuotaSecret next) {
        secrets = new Secrets(next, secrets.now);
    }

    QuotaSecret secret() {
        return secrets.now;
    }

    QuotaSecret formerSecret() {
        return secrets.former;
    }

    static byte[] fresh() {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        return salt;
    }

    /**
     * What was spent here since this was called last, of those who spend most. What is not told of now never is: so what others
     * are told is at most as old as their last letter, and nobody is charged for what came back long ago.
     */
    synchronized List<Spent> spent() {
        long now = ticker.read();
        long elapsed = now - toldAt;
        toldAt = now;
        List<Spent> all = new ArrayList<>();
        for (Tally tally = spenders.poll(); tally != null; tally = spenders.poll()) {
            Spent spent = tally.tell();
            if (spent != null
                    && spent.share() * spent.counted().window().toNanos() > UNTOLD * elapsed
                    && elapsed <= OLDEST_TOLD.toNanos()) {
                all.add(spent);
            }
        }
        all.sort(Comparator.comparingDouble(Spent::share).reversed());
        return all.size() <= MOST_TOLD ? all : List.copyOf(all.subList(0, MOST_TOLD));
    }

    /** Takes what was spent elsewhere; whoever was never seen here starts with what is left there. */
    void charge(Spent spent) {
        known(spent.counted()).asMap().compute(spent.id(), (id, known) -> {
            if (known != null) {
                known.charge(spent.units());
                return known;
            }
            Tally unseen = tally(spent.counted(), id, spent.most());
            unseen.charge(Math.max(spent.lacking(), 1));
            return unseen;
        });
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
                        new Allowance(keyBatch, ""), named(Counted.KEY, hash(holder.keyId()), perMinute), perMinute);
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
        Tally tally = named(Counted.OBSERVATIONS, reporter.number(), perDay);
        allowance.within("reporter", tally, perDay + " observations a day may be told with one token.");
    }

    /** The same where it is a report that costs. */
    public void alsoReportsOf(Reporter reporter, Allowance allowance) {
        int perDay = settings.reporter().reportsPerDay();
        Tally tally = named(Counted.REPORTS, reporter.number(), perDay);
        allowance.within("reports", tally, perDay + " reports a day may be sent with one token.");
    }

    /** The same where the call wishes a measurement, which costs others. Only who is not counted at all has no such limit. */
    public void alsoMeasurementsOf(InetAddress address, Allowance allowance) {
        if (allowance.isCounted()) {
            int perHour = settings.measurementsPerHour();
            Tally tally = of(Counted.MEASUREMENTS, address, perHour);
            allowance.within("measurements", tally, perHour + " measurements an hour may be asked for here.");
        }
    }

    private Allowance byAddress(Allowance allowance, InetAddress address) {
        int perMinute = settings.anonymous().perMinute();
        return counted(allowance, of(Counted.ADDRESS, address, perMinute), perMinute);
    }

    private static Allowance counted(Allowance allowance, Tally tally, int perMinute) {
        String sentence =
                perMinute + " accounts a minute may be asked for here. A key allows more; the operator issues them.";
        return allowance.within("default", tally, sentence);
    }

    /** What an address has left. */
    Tally of(Counted counted, InetAddress address, int most) {
        Cache<Long, Tally> known = known(counted);
        Secrets salts = secrets;
        long id = hash(address, salts.now.salt());
        Tally tally = known.getIfPresent(id);
        if (tally != null) {
            return tally;
        }
        // A new salt must give nobody a full bucket: whoever was counted under the former one takes the bucket along.
        Tally former = known.getIfPresent(hash(address, salts.former.salt()));
        return known.get(id, unseen -> former != null ? former.knownAs(unseen) : tally(counted, unseen, most));
    }

    /** What somebody has left who is known by a number, whichever address the call comes from. */
    Tally named(Counted counted, long id, int most) {
        return known(counted).get(id, unseen -> tally(counted, unseen, most));
    }

    private Cache<Long, Tally> known(Counted counted) {
        return Objects.requireNonNull(tallies.get(counted));
    }

    private Tally tally(Counted counted, long id, int most) {
        return new Tally(counted, id, most, bucket(most, counted.window()), spenders);
    }

    /** Addresses that are counted now, about. */
    long addresses() {
        Cache<Long, Tally> known = known(Counted.ADDRESS);
        known.cleanUp();
        return known.estimatedSize();
    }

    static long hash(InetAddress address, byte[] salt) {
        byte[] bytes = address.getAddress();
        MessageDigest sha256 = Token.sha256();
        sha256.update(salt);
        sha256.update(bytes, 0, Math.min(bytes.length, IPV6_NETWORK_BYTES));
        return ByteBuffer.wrap(sha256.digest()).getLong();
    }

    /** For what is no secret and may be long. */
    static long hash(String name) {
        return ByteBuffer.wrap(Token.hash(name)).getLong();
    }

    Bucket bucket(int units, Duration window) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(units).refillGreedy(units, window))
                .withCustomTimePrecision(time)
                .build();
    }
}
