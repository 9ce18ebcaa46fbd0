package org.fairfollow.detection.followchurn;

import java.util.ArrayList;
import java.util.List;
import org.fairfollow.evidence.Span;

/** When the event stream was seen. */
final class CoveredTime {
    private final List<Span> spans;

    /** @param spans oldest first, without overlaps; those that touch count as one */
    CoveredTime(List<Span> spans) {
        this.spans = joined(spans);
    }

    private static List<Span> joined(List<Span> spans) {
        List<Span> joined = new ArrayList<>();
        for (Span span : spans) {
            if (!joined.isEmpty() && joined.getLast().to() == span.from()) {
                span = new Span(joined.removeLast().from(), span.to());
            }
            joined.add(span);
        }
        return joined;
    }

    /** End of the uninterrupted coverage that holds the second; the second itself when it was not covered. */
    long until(long second) {
        for (Span span : spans) {
            if (span.contains(second)) {
                return span.to();
            }
        }
        return second;
    }

    /**
     * Share of covered time between the first and the last covered second of a window: the gaps inside. Time before the
     * stream was first read, or after it was last read, loses no part of any follow that was seen.
     */
    double share(Span window) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long covered = 0;
        for (Span span : spans) {
            long from = Math.max(span.from(), window.from());
            long to = Math.min(span.to(), window.to());
            if (from < to) {
                first = Math.min(first, from);
                last = Math.max(last, to);
                covered += to - from;
            }
        }
        return covered == 0 ? 0 : (double) covered / (last - first);
    }
}
