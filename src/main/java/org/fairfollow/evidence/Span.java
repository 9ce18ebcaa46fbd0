package org.fairfollow.evidence;

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

    public boolean contains(long second) {
        return from <= second && second < to;
    }
}
