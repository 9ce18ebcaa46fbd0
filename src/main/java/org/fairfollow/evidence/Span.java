package org.fairfollow.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of time, half open.
 *
 * @param from first second, Unix epoch seconds UTC
 * @param to first second after it; {@link #OPEN} while it has not ended
 */
public record Span(long from, long to) {
    public static final long OPEN = Long.MAX_VALUE;

    public Span {
        if (to < from) {
            throw new IllegalArgumentException("a span ends before it begins: " + from + " > " + to);
        }
    }

    /** What is left of {@code spans}, in their order, when {@code taken} are cut out of them; both may overlap. */
    static List<Span> without(List<Span> spans, List<Span> taken) {
        List<Span> left = spans;
        for (Span cut : taken) {
            List<Span> pieces = new ArrayList<>();
            for (Span span : left) {
                if (cut.to <= span.from || span.to <= cut.from) {
                    pieces.add(span);
                    continue;
                }
                if (span.from < cut.from) {
                    pieces.add(new Span(span.from, cut.from));
                }
                if (cut.to < span.to) {
                    pieces.add(new Span(cut.to, span.to));
                }
            }
            left = pieces;
        }
        return List.copyOf(left);
    }

    public boolean contains(long second) {
        return from <= second && second < to;
    }
}
