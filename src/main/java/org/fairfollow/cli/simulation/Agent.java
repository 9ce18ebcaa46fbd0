package org.fairfollow.cli.simulation;

import static org.fairfollow.cli.simulation.Visits.DAY;
import static org.fairfollow.cli.simulation.Visits.HOUR;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.fairfollow.cli.simulation.Habits.Burst;
import org.fairfollow.cli.simulation.Habits.Leave;
import org.fairfollow.cli.simulation.Habits.Leaving;
import org.fairfollow.evidence.Span;

/**
 * The kinds of people in a simulated population, with the parameters of the literature where it has any; what is marked
 * "assumed" it does not say. The first eight are innocent of follow-churn, however much some of them look like it.
 */
enum Agent {
    ORGANIC("organic", 919, Agent::organic),
    STARTER_PACK_JOINER("starter-pack-joiner", 12, Agent::starterPackJoiner),
    PRUNER("pruner", 10, Agent::pruner),
    FICKLE("fickle", 12, Agent::fickle),
    MIGRATOR("migrator", 6, Agent::migrator),
    SAMPLER("sampler", 10, Agent::sampler),
    PURGER("purger", 10, Agent::purger),
    CLEANER("cleaner", 10, Agent::cleaner),
    CHURNER("churner", 2, Agent::churner),
    FRESH_CHURNER("fresh-churner", 3, Agent::freshChurner),
    EVADER("evader", 6, Agent::evader);

    /** Follows older than the period: their unfollows fall into it, as in a real stream that is joined midway. */
    private static final long WARM_UP = 28 * DAY;

    private static final int FRESH_CHURNER_AGE_DAYS = 24;

    private static final double BLOCKED = .003; // assumed
    private static final double CHURNER_BLOCKED = .01; // assumed: people block whom they take for spam

    // Measured: a share of all ties is dropped within 14 days, by person; .123 of the one-way ties break in the end.
    private static final BetaDistribution DROPPED_WITHIN_14_DAYS = BetaDistribution.of(.72, 8.28);
    private static final double ONE_WAY_BREAK = .123;
    // Assumed, as odds: somebody who leaves nearly everybody leaves mutuals too, and would else be a churner by habit.
    private static final double MUTUAL_BREAK_ODDS = .35;

    private final String id;
    private final int perMille;

    @SuppressWarnings("ImmutableEnumChecker") // static methods, which hold nothing
    private final BiFunction<RandomGenerator, Span, Habits> habits;

    Agent(String id, int perMille, BiFunction<RandomGenerator, Span, Habits> habits) {
        this.id = id;
        this.perMille = perMille;
        this.habits = habits;
    }

    String id() {
        return id;
    }

    /** Its share of a population like a network's, raised where a few hundred accounts should show some of each. */
    int perMille() {
        return perMille;
    }

    /** Whether it practises follow-churn. */
    boolean churns() {
        return this == CHURNER || this == FRESH_CHURNER || this == EVADER;
    }

    static List<Agent> churning() {
        return Arrays.stream(values()).filter(Agent::churns).toList();
    }

    /** One person of this kind, living in the period. */
    Habits habits(RandomGenerator random, Span period) {
        return habits.apply(random, period);
    }

    private static Habits organic(RandomGenerator random, Span period) {
        return innocent(random, organicFollowsPerWeek(random), organicLeaving(random))
                .habits(born(period));
    }

    /** Follows a list of 150–600 within its first week and trims 30 % of it over the weeks after. */
    private static Habits starterPackJoiner(RandomGenerator random, Span period) {
        long joined = within(random, period, 14);
        int follows = random.nextInt(150, 601);
        long[] trims = new long[random.nextInt(1, 4)];
        Arrays.setAll(trims, trim -> joined + random.nextLong(8 * DAY, 30 * DAY));
        Leaving leaving = (followed, silent, dice) -> {
            // Trimmed: .43 of those not returned, half as many of the others, .30 in all (the split is assumed).
            return followed < joined + 7 * DAY ? new Leave(trims[dice.nextInt(trims.length)], .43, .215) : Leave.NEVER;
        };
        return innocent(random, organicFollowsPerWeek(random), leaving)
                .habits(joined, new Burst(joined, joined + 7 * DAY, follows));
    }

    /** Drops 30 % of what is not returned, and keeps those that follow back. */
    private static Habits pruner(RandomGenerator random, Span period) {
        return innocent(
                        random,
                        random.nextDouble(20, 120),
                        (followed, silent, dice) -> new Leave(followed + days(dice, 2, 28), .30, .02))
                .habits(born(period));
    }

    /** Drops 60 % of everything, sooner or later. */
    private static Habits fickle(RandomGenerator random, Span period) {
        return innocent(
                        random,
                        random.nextDouble(5, 60),
                        (followed, silent, dice) -> new Leave(followed + days(dice, .5, 28), .60, .60))
                .habits(born(period));
    }

    /** Brings its list from another network within two days, and later drops whom it no longer finds there (assumed). */
    private static Habits migrator(RandomGenerator random, Span period) {
        long moved = within(random, period, 20);
        long sorted = moved + days(random, 14, 42);
        double dropped = random.nextDouble(.1, .3);
        Leaving organic = organicLeaving(random);
        Leaving leaving = (followed, silent, dice) -> followed < moved + 2 * DAY
                ? new Leave(sorted, silent ? 2 * dropped : dropped, dropped / 3)
                : organic.consider(followed, silent, dice);
        return innocent(random, organicFollowsPerWeek(random), leaving)
                .habits(moved, new Burst(moved, moved + 2 * DAY, random.nextInt(200, 1_501)));
    }

    /** Follows to have a look: drops 60 % of everything within hours, returned or not. */
    private static Habits sampler(RandomGenerator random, Span period) {
        return innocent(
                        random,
                        random.nextDouble(20, 120),
                        (followed, silent, dice) ->
                                new Leave(followed + (long) (3 * HOUR * dice.nextExponential()), .60, .60))
                .habits(born(period));
    }

    /** Tidies up once or twice: whoever has not followed back by that day goes, mostly. */
    private static Habits purger(RandomGenerator random, Span period) {
        long[] tidyUps = new long[random.nextInt(1, 3)];
        Arrays.setAll(tidyUps, tidyUp -> within(random, period, 1));
        Arrays.sort(tidyUps);
        double dropped = random.nextDouble(.5, .95);
        Leaving organic = organicLeaving(random);
        Leaving leaving = (followed, silent, dice) -> {
            Leave inBetween = organic.consider(followed, silent, dice);
            return Arrays.stream(tidyUps)
                    .filter(tidyUp -> followed + DAY < tidyUp && tidyUp < inBetween.from())
                    .mapToObj(tidyUp -> new Leave(tidyUp, dropped, .03))
                    .findFirst()
                    .orElse(inBetween);
        };
        return innocent(random, random.nextDouble(20, 120), leaving).habits(born(period));
    }

    /** Drops accounts that never say anything; those do not follow back either. */
    private static Habits cleaner(RandomGenerator random, Span period) {
        Leaving organic = organicLeaving(random);
        Leaving leaving = (followed, silent, dice) ->
                silent ? new Leave(followed + days(dice, 4, 21), .90, .90) : organic.consider(followed, false, dice);
        return innocent(random, random.nextDouble(20, 120), leaving).habits(born(period));
    }

    private static Habits churner(RandomGenerator random, Span period) {
        return churning(random, born(period));
    }

    private static Habits freshChurner(RandomGenerator random, Span period) {
        return churning(random, period.to() - FRESH_CHURNER_AGE_DAYS * DAY);
    }

    /** Follows 300–2,500 a week and drops 80 % of those that did not follow back after some days. */
    private static Habits churning(RandomGenerator random, long born) {
        double hold = random.nextDouble(1.5, 8); // days, a habit of each; assumed
        double ifReturned = random.nextDouble(.05, .25); // assumed: most mutuals are kept, they are the point
        Leaving leaving =
                (followed, silent, dice) -> new Leave(followed + days(dice, .7 * hold, 1.3 * hold), .80, ifReturned);
        return guilty(random, logUniform(random, 300, 2_500), leaving).habits(born);
    }

    /** Keeps under every daily limit: 50–140 a week, held for 1–21 days, and 55 % dropped, some mutuals with them. */
    private static Habits evader(RandomGenerator random, Span period) {
        double ifReturned = random.nextDouble(.05, .18); // assumed
        return guilty(
                        random,
                        random.nextDouble(50, 140),
                        (followed, silent, dice) -> new Leave(followed + days(dice, 1, 21), .55, ifReturned))
                .habits(born(period));
    }

    /** What people of one side share, before the bursts of some. */
    private record Nature(
            double followsPerWeek, double returned, double followedFirst, double blocked, Leaving leaving) {
        Habits habits(long born, Burst... bursts) {
            return new Habits(born, followsPerWeek, List.of(bursts), returned, followedFirst, blocked, leaving);
        }
    }

    private static Nature innocent(RandomGenerator random, double followsPerWeek, Leaving leaving) {
        // Reciprocity as measured. Who follows a few a week often follows back, who follows many looks for them;
        // assumed.
        double followedFirst = Math.min(.25, 2 / followsPerWeek);
        return new Nature(followsPerWeek, random.nextDouble(.56, .62), followedFirst, BLOCKED, leaving);
    }

    private static Nature guilty(RandomGenerator random, double followsPerWeek, Leaving leaving) {
        // Assumed: strangers followed in bulk return the favour less often.
        return new Nature(followsPerWeek, random.nextDouble(.15, .35), .03, CHURNER_BLOCKED, leaving);
    }

    private static double organicFollowsPerWeek(RandomGenerator random) {
        return 4 * Math.exp(1.2 * random.nextGaussian());
    }

    private static Leaving organicLeaving(RandomGenerator random) {
        double soon = DROPPED_WITHIN_14_DAYS.inverseCumulativeProbability(random.nextDouble());
        double mean = DROPPED_WITHIN_14_DAYS.getMean();
        double later = (ONE_WAY_BREAK - mean) / (1 - mean);
        double mutual = MUTUAL_BREAK_ODDS / (1 - soon + MUTUAL_BREAK_ODDS * soon);
        return (followed, silent, dice) -> {
            double haste = Math.pow(dice.nextDouble(), 2); // sooner rather than later; assumed
            if (dice.nextDouble() < soon) {
                return new Leave(followed + (long) (14 * DAY * haste), 1, mutual);
            }
            return dice.nextDouble() < later ? new Leave(followed + days(dice, 14, 90), 1, mutual) : Leave.NEVER;
        };
    }

    private static long born(Span period) {
        return period.from() - WARM_UP;
    }

    /** A second of the period, if possible so many days before its end. */
    private static long within(RandomGenerator random, Span period, int daysLeft) {
        return random.nextLong(period.from(), Math.max(period.from() + DAY, period.to() - daysLeft * DAY));
    }

    private static long days(RandomGenerator random, double least, double most) {
        return (long) (DAY * random.nextDouble(least, most));
    }

    private static double logUniform(RandomGenerator random, double least, double most) {
        return Math.exp(random.nextDouble(Math.log(least), Math.log(most)));
    }
}
