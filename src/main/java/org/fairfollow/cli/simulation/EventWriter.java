package org.fairfollow.cli.simulation;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.fairfollow.evidence.Span;

/**
 * Writes a population's events in the order of time. Histories come account by account, the stream second by second: so
 * all are lived once to count, and again for each stretch of days that fits in memory, instead of keeping them.
 */
final class EventWriter {
    private final Population population;
    private final Chronicle chronicle;
    private final JetstreamFormat format;
    private final int mostInMemory;
    private final Consumer<String> progress;
    private final int days;
    private final int[] relationsOfDay;
    private final BitSet present = new BitSet();

    EventWriter(Population population, Names names, int mostInMemory, Consumer<String> progress) {
        this.population = population;
        this.chronicle = new Chronicle(population);
        this.format = new JetstreamFormat(population, names);
        this.mostInMemory = mostInMemory;
        this.progress = progress;
        Span period = population.period();
        this.days = Math.toIntExact(Math.ceilDiv(period.to() - period.from(), Visits.DAY));
        this.relationsOfDay = new int[days];
    }

    /** Returns the number of events. */
    long write(Writer out) throws IOException {
        progress.accept("drawing %,d accounts".formatted(population.judged()));
        present.set(0, population.judged());
        relations(population.period(), this::count);
        long written = 0;
        for (int day = 0; day < days; ) {
            int next = lastDayThatFits(day);
            Span stretch = stretch(day, next);
            written += write(stretch, out);
            progress.accept("%,d events until %s".formatted(written, Instant.ofEpochSecond(stretch.to())));
            day = next;
        }
        return written;
    }

    /** How many accounts besides the judged ones occur: those of the crowd that somebody followed. */
    int others() {
        return present.cardinality() - population.judged();
    }

    private void count(Event event) {
        relationsOfDay[(int) ((event.second() - population.period().from()) / Visits.DAY)]++;
        present.set(event.actor());
        present.set(event.subject());
    }

    private int lastDayThatFits(int day) {
        // An account's own activity adds less than one event a day.
        int fits = relationsOfDay[day] + present.cardinality();
        int next = day + 1;
        while (next < days && fits + relationsOfDay[next] + present.cardinality() <= mostInMemory) {
            fits += relationsOfDay[next] + present.cardinality();
            next++;
        }
        return next;
    }

    private Span stretch(int fromDay, int toDay) {
        Span period = population.period();
        return new Span(
                period.from() + fromDay * Visits.DAY, Math.min(period.to(), period.from() + toDay * Visits.DAY));
    }

    private int write(Span stretch, Writer out) throws IOException {
        List<Event> events = new ArrayList<>();
        relations(stretch, events::add);
        present.stream().forEach(account -> chronicle.life(account, stretch, events::add));
        events.sort(Comparator.comparingLong(Event::second)
                .thenComparingLong(format::micros)
                .thenComparing(Event::kind)
                .thenComparingInt(Event::actor)
                .thenComparingInt(Event::subject));
        for (Event event : events) {
            out.append(format.line(event)).append('\n');
        }
        return events.size();
    }

    private void relations(Span stretch, Consumer<Event> events) {
        for (int account = 0; account < population.judged(); account++) {
            chronicle.relations(account, stretch, events);
        }
    }
}
