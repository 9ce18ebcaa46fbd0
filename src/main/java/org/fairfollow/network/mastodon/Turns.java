package org.fairfollow.network.mastodon;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.fairfollow.network.outbound.UnansweredException;

/** A host is read for one measurement at a time; the others wait. */
final class Turns {
    private static final Duration LATER = Duration.ofSeconds(30);

    /** What is in nobody's hands is forgotten: hosts are as many as anybody names. */
    private final Cache<String, Semaphore> byHost =
            Caffeine.newBuilder().weakValues().build();

    interface Read<T> {
        T read() throws UnansweredException;
    }

    /** @param patience how long to wait for the turn */
    <T> T of(String host, Duration patience, Read<T> read) throws UnansweredException {
        Semaphore turn = byHost.get(host, name -> new Semaphore(1, true));
        try {
            if (!turn.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw UnansweredException.unreachable(LATER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UnansweredException.unreachable(LATER);
        }
        try {
            return read.read();
        } finally {
            turn.release();
        }
    }
}
