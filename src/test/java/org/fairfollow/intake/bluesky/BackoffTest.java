package org.fairfollow.intake.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsAreWithinBoundsGrowAndDiffer() {
        Random random = Seed.random("waits");
        Backoff backoff = new Backoff(random);
        Set<Duration> waits = new HashSet<>();
        Duration before = Duration.ofMillis(500);
        for (int i = 0; i < 1_000; i++) {
            Duration wait = backoff.next();
            assertThat(wait).isBetween(Duration.ofMillis(500), Duration.ofSeconds(30));
            assertThat(wait).isLessThanOrEqualTo(before.multipliedBy(3));
            waits.add(wait);
            before = wait;
        }
        assertThat(waits).hasSizeGreaterThan(100);
        assertThat(Stream.generate(backoff::next).limit(100)).anyMatch(wait -> wait.toSeconds() > 15);
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(1_500));
    }
}
