package org.fairfollow.intake.bluesky;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: at random between half a second and three times the wait before (decorrelated jitter), so
 * that those who were cut off together do not come back together.
 */
final class Backoff {
    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final RandomGenerator random;
    private Duration last = SHORTEST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long most = Math.min(LONGEST.toMillis(), 3 * last.toMillis());
        last = Duration.ofMillis(random.nextLong(SHORTEST.toMillis(), most + 1));
        return last;
    }

    /** It went well: the next wait is a short one again. */
    void reset() {
        last = SHORTEST;
    }
}
