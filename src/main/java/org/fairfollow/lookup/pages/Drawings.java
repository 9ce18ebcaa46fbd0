package org.fairfollow.lookup.pages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.fairfollow.http.Problem;

/**
 * Draws cards, one after the other on a thread of its own, so that however many are asked for, everything else goes on as before. A few
 * that were drawn lately are kept, by what they say: a card is never older than what is known.
 */
@ApplicationScoped
class Drawings {
    /** A few dozen kB each. */
    private static final int KEPT = 200;
    /** What nobody asks for is not held for longer: a name stands on it. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(10);
    /** Some tens are drawn in a second; whoever would wait for longer is told to come back. */
    private static final int WAITING = 32;

    private final Function<Card.Content, byte[]> draw;
    private final Cache<Card.Content, byte[]> drawn =
            Caffeine.newBuilder().maximumSize(KEPT).expireAfterWrite(KEPT_FOR).build();
    private final BlockingQueue<Runnable> queue;
    private final ThreadPoolExecutor draughtsman;

    Drawings() {
        this(Card::png, WAITING);
    }

    Drawings(Function<Card.Content, byte[]> draw, int waiting) {
        this.draw = draw;
        queue = new ArrayBlockingQueue<>(waiting);
        draughtsman = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                queue,
                Thread.ofPlatform()
                        .daemon()
                        .name("drawings")
                        .priority(Thread.MIN_PRIORITY)
                        .factory());
    }

    /** @throws io.quarkiverse.resteasy.problem.HttpProblem {@link Problem#BUSY} when too many wait */
    byte[] png(Card.Content content) throws InterruptedException {
        byte[] known = drawn.getIfPresent(content);
        if (known != null) {
            return known;
        }
        try {
            // Whoever waits behind another one for the same picture finds it drawn.
            Future<byte[]> drawing = draughtsman.submit(() -> drawn.get(content, draw));
            return drawing.get();
        } catch (RejectedExecutionException e) {
            throw Problem.BUSY.with("Too many pictures are being drawn; try again in a few seconds.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a card could not be drawn", e.getCause());
        }
    }

    /** How many wait for theirs. */
    int waiting() {
        return queue.size();
    }

    @PreDestroy
    void stop() {
        draughtsman.shutdownNow();
    }
}
