package org.fairfollow.cli.simulation;

import static org.fairfollow.cli.simulation.Visits.DAY;

import java.util.function.Consumer;
import org.fairfollow.cli.simulation.Event.Kind;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;

/** Tells a population's life as events, any stretch of time for itself, in no particular order. */
final class Chronicle {
    /** The service lists a handle only while it was verified within 7 days, so each is seen again near the end. */
    private static final long IDENTITY_SEEN_AGAIN = 3 * DAY;

    private static final double RENAMED = .01;

    private final Population population;
    private final Span period;

    Chronicle(Population population) {
        this.population = population;
        this.period = population.period();
    }

    /** Follows and blocks between a judged account and its targets. */
    void relations(int account, Span stretch, Consumer<Event> events) {
        Consumer<Event> within = within(stretch, events);
        History history = population.history(account);
        for (FollowEpisode episode : history.follows()) {
            within.accept(Event.begin(episode.span(), Kind.FOLLOW, account, episode.target()));
            within.accept(Event.end(episode.span(), Kind.UNFOLLOW, account, episode.target()));
        }
        history.ties().forEach((target, tie) -> {
            for (Span back : tie.followedBack()) {
                within.accept(Event.begin(back, Kind.FOLLOW, target, account));
                within.accept(Event.end(back, Kind.UNFOLLOW, target, account));
            }
            for (History.Block block : tie.blocks()) {
                int blocker = block.byTarget() ? target : account;
                int blocked = block.byTarget() ? account : target;
                within.accept(Event.begin(block.span(), Kind.BLOCK, blocker, blocked));
                within.accept(Event.end(block.span(), Kind.UNBLOCK, blocker, blocked));
            }
        });
    }

    /** Everything else of one account: who it is, its activity, its absences. */
    void life(int account, Span stretch, Consumer<Event> events) {
        Consumer<Event> within = within(stretch, events);
        Life life = population.life(account);
        long appearance = appearance(account);
        within.accept(Event.of(appearance, Kind.IDENTITY, account));
        within.accept(Event.of(appearance, Kind.ACTIVE, account));
        if (!life.goneAt(renamedAt(account))) {
            within.accept(Event.of(renamedAt(account), Kind.RENAME, account));
        }
        long seenAgain = period.to()
                - 1
                - Chance.below(IDENTITY_SEEN_AGAIN, population.seed(), account, Question.APPEARANCE_AGAIN);
        if (!life.goneAt(seenAgain)) {
            within.accept(Event.of(seenAgain, renamed(account) ? Kind.RENAME : Kind.IDENTITY, account));
        }
        for (Span away : life.gone()) {
            within.accept(Event.of(away.from(), Kind.GONE, account));
            within.accept(Event.of(away.to(), Kind.ACTIVE, account));
        }
        for (long day = stretch.from() / DAY; day * DAY < stretch.to(); day++) {
            within.accept(Event.of(life.activityOn(day), Kind.ACTIVITY, account));
        }
    }

    /** The handle at the end. */
    String handle(Names names, int account) {
        return renamed(account) ? names.newHandle(account) : names.handle(account);
    }

    private boolean renamed(int account) {
        return renamedAt(account) != Span.OPEN;
    }

    private long renamedAt(int account) {
        if (Chance.unit(population.seed(), account, Question.RENAME) >= RENAMED) {
            return Span.OPEN;
        }
        long from = Math.max(appearance(account) + DAY, period.from() + (period.to() - period.from()) / 2);
        long to = period.to() - IDENTITY_SEEN_AGAIN;
        return from + Chance.below(to - from, population.seed(), account, Question.RENAME_TIME);
    }

    /** Its birth, or, if it was there before, some second of the first day. */
    private long appearance(int account) {
        long firstDay = period.from() + Chance.below(DAY, population.seed(), account, Question.APPEARANCE);
        return account < population.judged()
                ? Math.max(firstDay, population.habits(account).born())
                : firstDay;
    }

    private Consumer<Event> within(Span stretch, Consumer<Event> events) {
        return event -> {
            if (stretch.contains(event.second())) {
                events.accept(event);
            }
        };
    }
}
