package org.fairfollow.reporter;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One caller's bucket, and what was spent of it here since other instances were told. What others tell is taken from it even
 * when it is empty: the bucket is in debt then, and what was let pass too much comes back out of the caller's own time.
 */
final class Tally {
    private final Counted counted;
    private final int most;
    private final Bucket bucket;
    /** Those of whom there is something to tell. */
    private final Queue<Tally> spenders;

    private final AtomicLong untold = new AtomicLong();
    private final AtomicBoolean queued = new AtomicBoolean();
    /** The salt it is made with turns. */
    private volatile long id;

    Tally(Counted counted, long id, int most, Bucket bucket, Queue<Tally> spenders) {
        this.counted = counted;
        this.id = id;
        this.most = most;
        this.bucket = bucket;
        this.spenders = spenders;
    }

    /** What a full bucket holds. */
    int most() {
        return most;
    }

    /** In which an empty bucket fills. */
    Duration window() {
        return counted.window();
    }

    Tally knownAs(long newId) {
        id = newId;
        return this;
    }

    /** Takes so many units, or none if there are not so many. */
    ConsumptionProbe spend(int units) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(units);
        if (probe.isConsumed()) {
            untold.addAndGet(units);
            // Where more callers wait to be told of than are counted at all, this one is told of when it spends again.
            if (queued.compareAndSet(false, true) && !spenders.offer(this)) {
                queued.set(false);
            }
        }
        return probe;
    }

    void giveBack(int units) {
        bucket.addTokens(units);
        untold.addAndGet(-units);
    }

    /** What was spent at another instance. */
    void charge(int units) {
        bucket.consumeIgnoringRateLimits(units);
    }

    /** What there is to tell, which is told now or never; null if it is nothing. */
    @Nullable
    Spent tell() {
        queued.set(false);
        long units = untold.getAndSet(0);
        if (units <= 0) {
            return null;
        }
        return new Spent(counted, id, (int) Math.min(units, most), lacking(), most);
    }

    /** To a full bucket; more than it holds where it is in debt. */
    int lacking() {
        return (int) Math.clamp(most - bucket.getAvailableTokens(), 0, Integer.MAX_VALUE);
    }

    /** How long it takes until the bucket is full again if nobody takes from it, nanoseconds; a window if it is not in debt. */
    long nanosToFull() {
        long debt = Math.max(0, -bucket.getAvailableTokens());
        long window = counted.window().toNanos();
        return window + (long) ((double) debt / most * window);
    }
}
