package org.fairfollow.cli.simulation.practices;

import static org.fairfollow.cli.simulation.practices.Period.DAY;
import static org.fairfollow.cli.simulation.practices.Period.HOUR;

import java.util.List;
import java.util.function.Function;
import org.fairfollow.cli.simulation.practices.Kind.Role;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Observation.RelationTold;
import org.fairfollow.evidence.Span;

/**
 * Accounts of which no stream tells: some of those whom they followed say so, and later that the follow is gone. Follows
 * a week, shares dropped and returned, coverage of .1–2 in 100 and the 5–20 in 100 follows that end by a suspension or a
 * block and look dropped are of the literature; how often an observer looks is assumed (every 1–10 days).
 */
final class ObservedKinds {
    static final List<Kind> ALL = List.of(
            kind("observed-organic", Role.INNOCENT, ObservedKinds::organic),
            kind("observed-pruner", Role.INNOCENT, ObservedKinds::pruner),
            kind("observed-sampler", Role.INNOCENT, ObservedKinds::sampler),
            kind("observed-purger", Role.INNOCENT, ObservedKinds::purger),
            kind("observed-churner", Role.PRACTISES, ObservedKinds::churner));

    private ObservedKinds() {}

    private static Kind kind(String id, Role role, Function<Dice, Story> drawing) {
        return Kind.of(id, Practice.FOLLOW_CHURN, role, drawing);
    }

    /**
     * Share of people who tell: .1–2 in 100 (literature). Half of the innocents live where observers are many, 2–20 in 100
     * (assumed), so that they are tried with more evidence than there would be.
     */
    static double coverage(boolean innocent, Dice dice) {
        return innocent && dice.chance(.5) ? dice.logUniform(.02, .20) : dice.logUniform(.001, .02);
    }

    /** @return the second of the drop, {@link Span#OPEN} for none */
    private interface Leaving {
        long from(long followed, boolean returned);
    }

    private static Story organic(Dice dice) {
        return story(
                true,
                dice.logNormal(4, 1.2),
                dice.between(.56, .62),
                (followed, returned) -> dropped(followed, returned ? .03 : .123, 1, 60, dice),
                dice);
    }

    private static Story pruner(Dice dice) {
        return story(
                true,
                dice.between(20, 120),
                dice.between(.56, .62),
                (followed, returned) -> dropped(followed, returned ? .02 : .30, 2, 28, dice),
                dice);
    }

    /** Drops 60 in 100 of everything within hours. */
    private static Story sampler(Dice dice) {
        return story(
                true,
                dice.between(20, 120),
                dice.between(.56, .62),
                (followed, returned) -> dropped(followed, .6, .01, .5, dice),
                dice);
    }

    /** One or two tidy-up days. */
    private static Story purger(Dice dice) {
        long[] tidyUps = dice.seconds(dice.count(1, 2), Period.FROM, Period.TO);
        double share = dice.between(.5, .95);
        return story(
                true,
                dice.between(20, 120),
                dice.between(.56, .62),
                (followed, returned) -> {
                    for (long tidyUp : tidyUps) {
                        if (followed + DAY < tidyUp && dice.chance(returned ? .03 : share)) {
                            return tidyUp;
                        }
                    }
                    return Span.OPEN;
                },
                dice);
    }

    /** 300–2,500 a week, of which 80 in 100 are dropped unless returned. */
    private static Story churner(Dice dice) {
        double hold = dice.between(1.5, 8);
        return story(
                false,
                dice.logUniform(300, 2_500),
                dice.between(.15, .35),
                (followed, returned) -> dropped(followed, returned ? .15 : .80, .7 * hold, 1.3 * hold, dice),
                dice);
    }

    private static long dropped(long followed, double share, double least, double most, Dice dice) {
        return dice.chance(share) ? followed + (long) (DAY * dice.between(least, most)) : Span.OPEN;
    }

    private static Story story(boolean innocent, double perWeek, double returning, Leaving leaving, Dice dice) {
        Notebook notebook = new Notebook();
        double coverage = coverage(innocent, dice);
        double elsewise = dice.between(.05, .20);
        int observers = dice.poisson(perWeek * Period.DAYS / 7 * coverage);
        int other = FollowerKinds.account(dice);
        for (long followed : dice.seconds(observers, Period.FROM, Period.TO)) {
            tells(notebook, ++other, followed, dice.chance(returning), leaving, elsewise, dice);
        }
        return Story.of(Period.FROM, notebook.observations());
    }

    private static void tells(
            Notebook notebook,
            int other,
            long followed,
            boolean returned,
            Leaving leaving,
            double elsewise,
            Dice dice) {
        String observer = "observer-" + dice.hex(12);
        double gap = dice.between(1, 10);
        long seen = followed + (long) (DAY * dice.exponential(gap));
        long back = followed + HOUR + (long) (DAY * dice.exponential(1));
        long dropped = leaving.from(followed, returned);
        if (dropped == Span.OPEN && dice.chance(elsewise)) {
            dropped = followed + (long) (DAY * dice.exponential(20)); // suspended, or one blocked the other
        }
        if (seen >= Period.TO || seen >= dropped) {
            return; // too late to see that it ever followed
        }
        notebook.note(new RelationTold(seen, observer, false, true, other, true));
        if (returned && back < Period.TO && back < dropped) {
            notebook.note(new RelationTold(Math.max(seen, back), observer, false, true, other, false));
        }
        if (dropped != Span.OPEN) {
            long noticed = dropped + (long) (DAY * dice.exponential(gap));
            if (noticed < Period.TO) {
                notebook.note(new RelationTold(noticed, observer, false, false, other, true));
            }
        }
        notebook.alsoTold(observer, MessageKinds.others(dice));
    }
}
