package org.fairfollow.cli.simulation.practices;

import static org.fairfollow.cli.simulation.practices.Period.DAY;

import java.util.function.LongUnaryOperator;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.ProfileCounters;

/** How an operator measures an account now and then; irregular, sometimes rounded, rarely wrong, as archives are. */
final class Measuring {
    private static final double LONGEST_GAP_DAYS = 7;
    private static final double ABBREVIATED = .3; // assumed: share of readings taken from a page, not an interface
    private static final long ABBREVIATED_FROM = 10_000;
    private static final double ARCHIVE_ERROR = .003; // assumed: "a few readings" in published series

    private Measuring() {}

    /** Readings of its profile, 1–7 days apart. */
    static void readings(
            Notebook notebook, LongUnaryOperator followers, LongUnaryOperator following, long created, Dice dice) {
        boolean avatar = dice.chance(.97);
        int bio = dice.count(0, 200);
        double postsADay = dice.logNormal(1, 1.2);
        for (long at = next(Period.FROM, dice); at < Period.TO; at = next(at, dice)) {
            boolean exact = !dice.chance(ABBREVIATED);
            long posts = (long) (postsADay * (at - created) / DAY);
            notebook.note(new ProfileCounters(
                    at,
                    Notebook.OPERATOR,
                    true,
                    count(mistaken(followers.applyAsLong(at), dice), exact),
                    count(following.applyAsLong(at), exact),
                    count(posts, exact),
                    created,
                    avatar,
                    bio,
                    null));
        }
    }

    private static long next(long at, Dice dice) {
        return at + (long) (DAY * dice.between(1, LONGEST_GAP_DAYS));
    }

    private static long mistaken(long count, Dice dice) {
        return dice.chance(ARCHIVE_ERROR) ? (long) (count * dice.logUniform(.01, 10)) : count;
    }

    /** Pages show three digits of a large count. */
    static Count count(long count, boolean exact) {
        if (exact || count < ABBREVIATED_FROM) {
            return new Count(count, true);
        }
        long unit = (long) Math.pow(10, Math.floor(Math.log10(count)) - 2);
        return new Count(count / unit * unit, false);
    }

    /** Samples of 385–1,000 of its followers, from the second week on every two to four weeks (assumed). */
    static void samples(Notebook notebook, Followers followers, Dice dice) {
        for (long at = Period.day(dice.between(3, 20)); at < Period.TO; at += (long) (DAY * dice.between(14, 30))) {
            notebook.note(followers.sample(at, dice.count(385, 1_000), true, Notebook.OPERATOR));
        }
    }
}
