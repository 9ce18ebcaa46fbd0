package org.fairfollow.cli.simulation;

import org.fairfollow.evidence.Span;

/**
 * One line of the stream before it is written.
 *
 * @param second when, Unix epoch seconds UTC
 * @param actor number of the account whose repository changed
 * @param subject number of the account it concerns; the actor itself where it concerns nobody else
 * @param since when the record that an {@code UNFOLLOW} or {@code UNBLOCK} deletes was created: its key; else the second
 */
record Event(long second, Kind kind, int actor, int subject, long since) {

    enum Kind {
        IDENTITY,
        RENAME,
        ACTIVE,
        GONE,
        ACTIVITY,
        FOLLOW,
        UNFOLLOW,
        BLOCK,
        UNBLOCK
    }

    static Event of(long second, Kind kind, int actor) {
        return new Event(second, kind, actor, actor, second);
    }

    static Event begin(Span span, Kind kind, int actor, int subject) {
        return new Event(span.from(), kind, actor, subject, span.from());
    }

    static Event end(Span span, Kind kind, int actor, int subject) {
        return new Event(span.to(), kind, actor, subject, span.from());
    }
}
