package org.fairfollow.cli.simulation;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fairfollow.cli.simulation.Event.Kind;
import org.fairfollow.evidence.Span;

/**
 * People of the same invented world as a simulation's population, whose lives somebody else draws; numbered from 0. They have
 * names and DIDs that nobody of the population has.
 */
public final class Strangers {
    private final int first;
    private final Span period;
    private final Names names;
    private final JetstreamFormat format;
    private final List<Event> events = new ArrayList<>();

    public Strangers(Simulation world) {
        Population population = world.population();
        this.first = population.size();
        this.period = population.period();
        this.names = new Names(population.size(), world.seed());
        this.format = new JetstreamFormat(population, names);
    }

    public String did(int stranger) {
        return names.did(first + stranger);
    }

    public String handle(int stranger) {
        return names.handle(first + stranger);
    }

    /** It is there, under its handle, from the beginning to the end. */
    public void lives(int stranger) {
        for (long at : List.of(period.from() + Visits.HOUR, period.to() - Visits.HOUR)) {
            events.add(Event.of(at, Kind.IDENTITY, first + stranger));
        }
    }

    /** A follow that began within the period; nothing of any other is seen. */
    public void follows(int actor, int target, Span span) {
        if (period.contains(span.from())) {
            events.add(Event.begin(span, Kind.FOLLOW, first + actor, first + target));
            if (period.contains(span.to())) {
                events.add(Event.end(span, Kind.UNFOLLOW, first + actor, first + target));
            }
        }
    }

    /** Writes all that happened in the order of time, as the stream tells it. */
    public void write(Writer out) throws IOException {
        events.sort(Comparator.comparingLong(format::micros)
                .thenComparing(Event::kind)
                .thenComparingInt(Event::actor)
                .thenComparingInt(Event::subject));
        for (Event event : events) {
            out.append(format.line(event)).append('\n');
        }
    }
}
