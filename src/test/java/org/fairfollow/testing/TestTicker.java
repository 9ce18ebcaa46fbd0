package org.fairfollow.testing;

import com.github.benmanes.caffeine.cache.Ticker;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What the service counts time with in tests: it stands still until a test moves it. */
@Mock
@Singleton
public class TestTicker implements Ticker {
    private volatile long nanos;

    public void advance(Duration by) {
        nanos += by.toNanos();
    }

    @Override
    public long read() {
        return nanos;
    }
}
