package org.fairfollow.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What became of the lines of all imports since the start. */
@ApplicationScoped
public class ImportCounts {
    private final Map<Outcome, LongAdder> lines = new EnumMap<>(Outcome.class);

    /** What can become of a line. */
    public enum Outcome {
        ACCEPTED,
        DUPLICATE,
        ACTIVITY,
        IGNORED,
        REJECTED
    }

    ImportCounts() {
        for (Outcome outcome : Outcome.values()) {
            lines.put(outcome, new LongAdder());
        }
    }

    void count(Outcome outcome) {
        of(outcome).increment();
    }

    public long lines(Outcome outcome) {
        return of(outcome).sum();
    }

    private LongAdder of(Outcome outcome) {
        return Objects.requireNonNull(lines.get(outcome));
    }
}
