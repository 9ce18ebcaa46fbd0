package org.fairfollow.intake.bluesky;

import io.quarkus.logging.Log;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.fairfollow.evidence.Evidence;
import org.fairfollow.evidence.EvidenceLog;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.StreamCursor;
import org.fairfollow.evidence.StreamCursor.SupersededException;
import org.fairfollow.evidence.StreamStep;
import org.fairfollow.http.Wordless;
import org.fairfollow.network.MessageStream;
import org.fairfollow.store.Store.DatabaseAwayException;

/**
 * Follows Bluesky's stream from where it was left: reads, appends batch by batch, and commits with each how far it came. It
 * connects again when it was cut off, and goes back some seconds then; what comes twice changes nothing.
 *
 * <p>The cursor is the time of an event that came. Asked to begin before it, a server that still has that time says that event
 * again; one whose first event is later has lost what lay between, and so it is written down (docs/adr/0017-jetstream.md).
 */
final class JetstreamConsumer {
    /** Events in one transaction, as {@link org.fairfollow.intake.Importer} takes them. */
    static final int BATCH = 4_000;

    /** What counts: who follows and blocks whom, and whether somebody does anything of their own. */
    static final List<String> COLLECTIONS = List.of(
            JetstreamEvents.FOLLOWS,
            JetstreamEvents.BLOCKS,
            JetstreamEvents.POSTS,
            "app.bsky.feed.repost",
            "app.bsky.feed.like",
            JetstreamEvents.PROFILES);

    /** Servers stamp events by their own clocks, and not quite in order. */
    private static final long REWIND_MICROS = 5_000_000;

    /** A stop is noticed within that time. */
    private static final Duration LONGEST_LOOK = Duration.ofMillis(500);

    private static final long MICROS = 1_000_000;
    private static final long NO_TIME = 0;
    /** What breaks the line so often at the same place will break it there again. */
    private static final int OFTEN_ENOUGH = 3;
    /** In powers of two of a second: about an hour. */
    private static final int LARGEST_LEAP = 12;
    /** Over so many events what could not be read is weighed. */
    private static final int STRETCH = 1_000;
    /** Where less than nine tenths were seen nothing is judged: more than one in so many is a loss. */
    private static final int ONE_IN = 10;

    /**
     * How long things may take.
     *
     * @param collecting what comes within so long is one batch, so that a slow stream does not lag
     * @param silence after a third of it without a sign of life one is asked for; after all of it the connection is given up
     */
    record Patience(Duration collecting, Duration silence) {
        static final Patience USUAL = new Patience(Duration.ofMillis(250), Duration.ofSeconds(30));
    }

    /** Lets time pass; tests do not wait for it. */
    interface Pause {
        /** @param goOn when it says no there is nothing to wait for */
        void rest(Duration time, BooleanSupplier goOn) throws InterruptedException;

        Pause REAL = (time, goOn) -> {
            long until = System.nanoTime() + time.toNanos();
            for (long left = time.toNanos(); left > 0 && goOn.getAsBoolean(); left = until - System.nanoTime()) {
                Thread.sleep(Duration.ofNanos(Math.min(left, 200_000_000)));
            }
        };
    }

    private final URI address;
    private final String sender;
    private final EvidenceLog log;
    private final StreamCursor cursor;
    private final StreamFigures figures;
    private final Clock clock;
    private final Backoff backoff;
    private final Pause pause;
    private final Patience patience;

    JetstreamConsumer(
            URI address,
            String sender,
            EvidenceLog log,
            StreamCursor cursor,
            StreamFigures figures,
            Clock clock,
            Backoff backoff,
            Pause pause,
            Patience patience) {
        this.address = address;
        this.sender = sender;
        this.log = log;
        this.cursor = cursor;
        this.figures = figures;
        this.clock = clock;
        this.backoff = backoff;
        this.pause = pause;
        this.patience = patience;
    }

    /**
     * Follows the stream until {@code goOn} says no, or another consumer has begun to.
     *
     * @throws DatabaseAwayException when there is no database to begin with
     */
    void run(BooleanSupplier goOn) throws InterruptedException {
        StreamCursor.Taken taken = cursor.take();
        figures.follows(true);
        try {
            new Run(taken, goOn).follow();
        } catch (SupersededException e) {
            Log.info("Another instance follows Bluesky's stream now");
        } finally {
            figures.follows(false);
        }
    }

    /** Where to connect to. */
    static URI subscription(URI address, OptionalLong from) {
        String query = COLLECTIONS.stream()
                .map(collection -> "wantedCollections=" + URLEncoder.encode(collection, StandardCharsets.US_ASCII))
                .collect(Collectors.joining("&"));
        String given = address.getRawQuery() == null ? "" : address.getRawQuery() + "&";
        String whole = address.toString();
        String path = whole.contains("?") ? whole.substring(0, whole.indexOf('?')) : whole;
        return URI.create(path + "?" + given + query + (from.isPresent() ? "&cursor=" + from.getAsLong() : ""));
    }

    /** Half open, in seconds; the one in which it begins was seen in part. */
    private static Span gap(long fromMicros, long toMicros) {
        long from = fromMicros / MICROS;
        return new Span(from, Math.max(from + 1, toMicros / MICROS));
    }

    /** A part of the stream over which it is weighed how much of it could be read. */
    private static final class Stretch {
        private final long from;
        private int events;
        private int unreadable;

        Stretch(long from) {
            this.from = from;
        }

        void count(Subscription.Event event) {
            events++;
            unreadable += event.isReadable() ? 0 : 1;
        }

        /** It ends with an event of which the time is known: nothing else says how long it was. */
        boolean isOver(long newest) {
            return events >= STRETCH && newest > from;
        }

        boolean isLost(long newest) {
            return isOver(newest) && from != NO_TIME && unreadable * ONE_IN > events;
        }
    }

    /** From taking the stream over until losing it. */
    private final class Run {
        private final long epoch;
        private final BooleanSupplier goOn;
        /** Of the newest event that was committed; {@link Subscription#NO_TIME} before the first. */
        private long time;

        private Stretch stretch;
        /** How often in a row the line broke at the same place with what no WebSocket says. */
        private int garbled;
        /** Time of the earliest event that was refused for being in the future; it is asked for again when that has come. */
        private long tooEarly;

        Run(StreamCursor.Taken taken, BooleanSupplier goOn) {
            this.epoch = taken.epoch();
            this.goOn = goOn;
            time = taken.time().orElse(NO_TIME);
            stretch = new Stretch(time);
        }

        void follow() throws InterruptedException {
            while (goOn.getAsBoolean()) {
                long before = time;
                try {
                    connect();
                } catch (IOException | DatabaseAwayException e) {
                    Log.debug("Bluesky's stream or the database cannot be reached", e);
                } catch (SupersededException e) {
                    throw e;
                } catch (RuntimeException e) {
                    Log.warn("A batch of Bluesky's stream was not appended; it is asked for again", Wordless.of(e));
                }
                if (time > before) {
                    garbled = 0;
                    backoff.reset();
                }
                pause.rest(backoff.next(), goOn);
            }
        }

        private void connect() throws IOException, InterruptedException {
            Subscription said = new Subscription(clock, figures);
            tooEarly = Long.MAX_VALUE;
            try (MessageStream line = MessageStream.open(subscription(address, from()), sender, said)) {
                figures.isConnected(true);
                listen(line, said);
            } finally {
                figures.isConnected(false);
                said.close();
                garbled += said.wasGarbled() ? 1 : 0;
            }
        }

        private OptionalLong from() {
            return time == NO_TIME
                    ? OptionalLong.empty()
                    : OptionalLong.of(time + (isStuck() ? leap() : -REWIND_MICROS));
        }

        /** Whether what breaks the line comes again each time, so that it can only be passed over, with the time around it. */
        private boolean isStuck() {
            return garbled >= OFTEN_ENOUGH;
        }

        private long leap() {
            return MICROS << Math.min(garbled - OFTEN_ENOUGH, LARGEST_LEAP);
        }

        private void listen(MessageStream line, Subscription said) throws InterruptedException {
            boolean begun = false;
            Duration third = patience.silence.dividedBy(3);
            Duration look = third.compareTo(LONGEST_LOOK) < 0 ? third : LONGEST_LOOK;
            while (goOn.getAsBoolean() && !said.hasEnded()) {
                List<Subscription.Event> batch = said.next(look, patience.collecting);
                if (tooEarly <= clock.millis() * 1_000) {
                    // A clock was put right, or time has come: the cursor still stands before what was refused.
                    return;
                }
                if (!batch.isEmpty()) {
                    begun = take(batch, begun);
                } else if (said.silence().compareTo(patience.silence) > 0) {
                    return;
                } else if (said.silence().compareTo(third) > 0) {
                    line.ping();
                }
            }
        }

        /**
         * @param begun whether this connection said anything of which the time is known
         * @return the same, after this batch
         */
        private boolean take(List<Subscription.Event> batch, boolean begun) throws InterruptedException {
            long now = clock.millis() * 1_000;
            List<Evidence> facts = new ArrayList<>(batch.size());
            List<Span> gaps = new ArrayList<>();
            long newest = time;
            boolean knows = begun;
            for (Subscription.Event event : batch) {
                stretch.count(event);
                if (event.fact() != null) {
                    facts.add(event.fact());
                }
                if (event.isTooEarly()) {
                    tooEarly = Math.min(tooEarly, event.micros());
                } else if (event.hasTime()) {
                    if (!knows && time != NO_TIME && event.micros() > time + (isStuck() ? 0 : REWIND_MICROS)) {
                        gaps.add(gap(time, event.micros()));
                    }
                    knows = true;
                    // Asked to begin in the future a server begins now, and what came between would be lost.
                    newest = event.micros() <= now && event.micros() < tooEarly
                            ? Math.max(newest, event.micros())
                            : newest;
                }
            }
            if (stretch.isLost(newest)) {
                gaps.add(gap(stretch.from, newest));
            }
            append(facts, new StreamStep(epoch, newest, gaps));
            time = newest;
            if (stretch.isOver(newest)) {
                stretch = new Stretch(newest);
            }
            if (newest != NO_TIME) {
                figures.committed(newest, gaps);
            }
            return knows;
        }

        /** Until it is appended, or there is no use in it: the line waits meanwhile. */
        private void append(List<Evidence> facts, StreamStep step) throws InterruptedException {
            while (true) {
                try {
                    log.append(facts, step);
                    return;
                } catch (DatabaseAwayException e) {
                    if (!goOn.getAsBoolean()) {
                        throw e;
                    }
                    pause.rest(Duration.ofMillis(500), goOn);
                }
            }
        }
    }
}
