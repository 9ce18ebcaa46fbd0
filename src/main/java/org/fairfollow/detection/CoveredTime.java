package org.fairfollow.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fairfollow.evidence.Span;

/** When the event stream was seen. */
public final class CoveredTime {
    private final List<Span> spans;

    /** @param spans in any order; those that touch or overlap count as one */
    public CoveredTime(List<Span> spans) {
        this.spans = joined(spans);
    }

    private static List<Span> joined(List<Span> spans) {
        List<Span> sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingLong(Span::from).thenComparingLong(Span::to));
        List<Span> joined = new ArrayList<>();
        for (Span span : sorted) {
            if (!joined.isEmpty() && span.from() <= joined.getLast().to()) {
                Span earlier = joined.removeLast();
                span = new Span(earlier.from(), Math.max(earlier.to(), span.to()));
            }
            joined.add(span);
        }
        return joined;
    }

    /** End of the uninterrupted coverage that holds the second; the second itself when it was not covered. */
    public long until(long second) {
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
    public double share(Span window) {
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
