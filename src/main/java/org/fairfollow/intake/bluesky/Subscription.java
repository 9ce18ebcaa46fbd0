package org.fairfollow.intake.bluesky;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.fairfollow.evidence.Evidence;
import org.fairfollow.intake.Refused;
import org.fairfollow.intake.bluesky.Subscription.Event.Kind;
import org.fairfollow.network.MessageStream;
import org.jspecify.annotations.Nullable;

/**
 * What one connection said and nobody has appended yet. Events are read as they come, while the batch before is appended; when
 * two batches wait, the line waits too.
 */
final class Subscription implements MessageStream.Receiver {
    private static final int MOST_WAITING = 2 * JetstreamConsumer.BATCH;

    /**
     * One event.
     *
     * @param kind what can be made of it
     * @param micros when the stream told it, as far as it says
     * @param fact null for what tells nothing of use, or was refused
     */
    record Event(Kind kind, long micros, @Nullable Evidence fact) {
        enum Kind {
            READ,
            /** Claims to come from the future. */
            TOO_EARLY,
            /** Not what a Jetstream says. */
            UNREADABLE,
            END
        }

        static final Event NOT_READ = new Event(Kind.UNREADABLE, 0, null);
        static final Event LAST = new Event(Kind.END, 0, null);

        boolean hasTime() {
            return kind == Kind.READ;
        }

        boolean isTooEarly() {
            return kind == Kind.TOO_EARLY;
        }

        boolean isReadable() {
            return kind != Kind.UNREADABLE;
        }
    }

    private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Clock clock;
    private final StreamFigures figures;
    private volatile boolean closed;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean wasGarbled;
    private boolean ended;

    Subscription(Clock clock, StreamFigures figures) {
        this.clock = clock;
        this.figures = figures;
    }

    @Override
    public void message(String message) {
        figures.came();
        take(read(message));
    }

    private Event read(String message) {
        Instant now = clock.instant();
        long micros = 0;
        try {
            JetstreamEvents.Event event = JetstreamEvents.read(message);
            micros = Objects.requireNonNullElse(event.timeMicros(), 0L);
            return new Event(Kind.READ, micros, event.toEvidence(now.getEpochSecond()));
        } catch (Refused e) {
            figures.refuse(e.code());
            return switch (e.code()) {
                // Anybody can write these into records of their own, or the stream's makers add them: it is none the
                // worse for it.
                case "self-follow", "invalid-subject", "invalid-record-key", "unknown-kind" ->
                    new Event(Kind.READ, micros, null);
                case "time-out-of-range" ->
                    micros > now.toEpochMilli() * 1_000 ? new Event(Kind.TOO_EARLY, micros, null) : Event.NOT_READ;
                default -> Event.NOT_READ;
            };
        }
    }

    @Override
    public void tooLong() {
        unreadable("message-too-long");
    }

    @Override
    public void binary() {
        unreadable("binary-message");
    }

    private void unreadable(String code) {
        figures.came();
        figures.refuse(code);
        take(Event.NOT_READ);
    }

    @Override
    public void alive() {
        heardAt = System.nanoTime();
    }

    @Override
    public void ended(boolean garbled) {
        wasGarbled = garbled;
        take(Event.LAST);
    }

    /** Makes the line wait while there is no room. */
    private void take(Event event) {
        heardAt = System.nanoTime();
        try {
            while (!closed && !waiting.offer(event, 100, TimeUnit.MILLISECONDS)) {
                heardAt = System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The next batch: as many as there are, or what comes within {@code collecting} of the first.
     *
     * @param patience how long to wait for the first
     * @return empty when nothing came in that time, or nothing will
     */
    List<Event> next(Duration patience, Duration collecting) throws InterruptedException {
        List<Event> batch = new ArrayList<>();
        Event event = ended ? null : waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        long until = System.nanoTime() + collecting.toNanos();
        while (event != null) {
            if (event == Event.LAST) {
                ended = true;
                return batch;
            }
            batch.add(event);
            if (batch.size() == JetstreamConsumer.BATCH) {
                return batch;
            }
            event = waiting.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return batch;
    }

    /** Whether all that was said has been handed out. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether it ended with what no WebSocket says. */
    boolean wasGarbled() {
        return wasGarbled;
    }

    /** How long nothing was heard, not even an answer to a ping. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardAt);
    }

    /** Nobody will ask for more: the line is not kept waiting. */
    void close() {
        closed = true;
        waiting.clear();
    }
}
