package org.fairfollow.intake.bluesky;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.fairfollow.evidence.Span;

/** What this instance counted of Bluesky's stream since its start. Nothing in it names anybody. */
@ApplicationScoped
public class StreamFigures {
    /** Why events are refused; whatever else {@link JetstreamEvents} may say is counted as the last. */
    public static final List<String> CODES = List.of(
            "binary-message",
            "invalid-account",
            "invalid-operation",
            "invalid-record-key",
            "invalid-subject",
            "message-too-long",
            "missing-active",
            "missing-collection",
            "missing-seq",
            "missing-time",
            "not-json",
            "self-follow",
            "time-out-of-range",
            "too-deep",
            "unknown-kind",
            "other");

    private final Clock clock;
    private final LongAdder events = new LongAdder();
    private final Map<String, LongAdder> refused = new TreeMap<>();
    private final LongAdder connections = new LongAdder();
    private final LongAdder gapSeconds = new LongAdder();
    private volatile boolean following;
    private volatile boolean connected;
    private volatile long newestMicros;

    StreamFigures(Clock clock) {
        this.clock = clock;
        CODES.forEach(code -> refused.put(code, new LongAdder()));
    }

    /** Messages that came, whatever became of them. */
    public long events() {
        return events.sum();
    }

    /** @param code one of {@link #CODES} */
    public long refused(String code) {
        return counter(code).sum();
    }

    /** Connections that were made; all but the first are reconnects. */
    public long connections() {
        return connections.sum();
    }

    /** How much time was found to be lost. */
    public long gapSeconds() {
        return gapSeconds.sum();
    }

    /** Whether this instance is the one that follows the stream. */
    public boolean isFollowing() {
        return following;
    }

    public boolean isConnected() {
        return connected;
    }

    /** How old the newest event is that was committed, in seconds; NaN while this instance does not follow, or before the first. */
    public double lagSeconds() {
        long newest = newestMicros;
        return !following || newest == 0 ? Double.NaN : Math.max(0, clock.millis() / 1e3 - newest / 1e6);
    }

    void follows(boolean follows) {
        following = follows;
        newestMicros = 0;
    }

    void isConnected(boolean is) {
        connected = is;
        if (is) {
            connections.increment();
        }
    }

    void came() {
        events.increment();
    }

    void refuse(String code) {
        counter(code).increment();
    }

    void committed(long micros, List<Span> gaps) {
        newestMicros = micros;
        gaps.forEach(gap -> gapSeconds.add(gap.to() - gap.from()));
    }

    private LongAdder counter(String code) {
        LongAdder counter = refused.get(code);
        return counter != null ? counter : counter("other");
    }
}
