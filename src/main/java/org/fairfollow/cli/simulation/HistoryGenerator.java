package org.fairfollow.cli.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.fairfollow.cli.simulation.Habits.Burst;
import org.fairfollow.cli.simulation.Habits.Leave;
import org.fairfollow.cli.simulation.History.Block;
import org.fairfollow.cli.simulation.History.Tie;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;

/** Lives one judged account's life, follow by follow. */
final class HistoryGenerator {
    // Not in the literature; our assumptions.
    private static final double MEDIAN_HOURS_TO_RETURN = 24;
    private static final double SPREAD_OF_HOURS_TO_RETURN = 1.6; // of the logarithm
    private static final double FOLLOWED_AGAIN = .03; // share of follows that go to somebody left before
    private static final double LEFT_BY_TARGET = .06; // of the returned follows, in the end
    private static final double LEFT_BY_TARGET_AFTER_DROP = .35;
    private static final double BLOCKED_BY_TARGET = .8; // of the blocks
    private static final double BLOCK_LIFTED = .2;
    private static final double SECONDS_BETWEEN_FOLLOWS = 12;
    private static final long NEVER_FOLLOWED = Long.MIN_VALUE;
    private static final int MOST_VISITS_WITH_FOLLOWS = 18; // a week

    private final Population population;
    private final int account;
    private final Span period;
    private final Habits habits;
    private final Visits visits;
    private final Tour tour;
    private final RandomGenerator random;
    private final List<FollowEpisode> follows = new ArrayList<>();
    private final Map<Integer, Tie> ties = new HashMap<>();
    private final Map<Integer, Long> leftSince = new HashMap<>(); // Span.OPEN: still followed
    private int toured;

    HistoryGenerator(Population population, int account) {
        this.population = population;
        this.account = account;
        this.period = population.period();
        long seed = Chance.bits(population.seed(), account, Question.HISTORY);
        this.random = new SplittableRandom(seed);
        this.visits = new Visits(seed);
        this.habits = population.habits(account);
        this.tour = Tour.of(population.crowd(), population.seed(), account);
    }

    History generate() {
        for (long second : followTimes()) {
            follow(target(), second);
        }
        follows.sort(Comparator.<FollowEpisode>comparingLong(
                        episode -> episode.span().from())
                .thenComparingInt(FollowEpisode::target));
        return new History(account, period, follows, ties);
    }

    private List<Long> followTimes() {
        List<Long> times = new ArrayList<>();
        for (Burst burst : habits.bursts()) {
            double days = (burst.to() - burst.from()) / (double) Visits.DAY;
            steadily(burst.follows() / days * 7, burst.from(), burst.to(), times);
        }
        steadily(habits.followsPerWeek(), habits.born(), period.to(), times);
        times.sort(null);
        return times;
    }

    /** Batches of follows at some of the visits, as many a week on average as asked. */
    private void steadily(double followsPerWeek, long from, long to, List<Long> times) {
        double batchesPerWeek =
                Math.min(MOST_VISITS_WITH_FOLLOWS, Math.min(followsPerWeek, Math.sqrt(2 * followsPerWeek)));
        double batch = followsPerWeek / batchesPerWeek;
        double meanGap = 7 * Visits.DAY / batchesPerWeek;
        for (double at = from + meanGap * random.nextExponential(); at < to; at += meanGap * random.nextExponential()) {
            long second = visits.next((long) at);
            long size = Math.max(1, Math.round(batch * Math.exp(.5 * random.nextGaussian() - .125)));
            for (int i = 0; i < size && second < to; i++) {
                times.add(second);
                second += 1 + (long) (SECONDS_BETWEEN_FOLLOWS * random.nextExponential());
            }
        }
    }

    /** Somebody new, or now and then somebody followed before, whether left since or not. */
    private int target() {
        return !follows.isEmpty() && random.nextDouble() < FOLLOWED_AGAIN
                ? follows.get(random.nextInt(follows.size())).target()
                : population.judged() + tour.stop(toured++);
    }

    private void follow(int target, long second) {
        Life life = population.life(target);
        Tie tie = ties.computeIfAbsent(target, unknown -> new Tie());
        long left = leftSince.getOrDefault(target, NEVER_FOLLOWED);
        if (left >= second || life.goneAt(second) || tie.blockedAt(second)) {
            return;
        }
        long blocked = random.nextDouble() < habits.blocked() ? second + days(5) : Span.OPEN;
        long returned = returned(tie, left == NEVER_FOLLOWED, life, second, blocked);
        long dropped = dropped(habits.leaving().consider(second, life.silent(), random), second, returned);
        follows.add(new FollowEpisode(target, new Span(second, dropped)));
        leftSince.put(target, dropped);
        // Who was left before following back has no reason to; who already follows needs no second record.
        boolean already = tie.followedBack().stream().anyMatch(back -> back.contains(returned));
        if (returned < dropped && !already) {
            tie.followedBack().add(new Span(returned, leftByTarget(life, returned, dropped)));
        }
        if (present(life, blocked)) {
            long lifted = random.nextDouble() < BLOCK_LIFTED ? blocked + days(10) : Span.OPEN;
            Span span = new Span(blocked, present(life, lifted) ? lifted : Span.OPEN);
            tie.blocks().add(new Block(span, random.nextDouble() < BLOCKED_BY_TARGET));
        }
    }

    /** When the target follows back; before the follow, if it was first; {@link Span#OPEN} if never. */
    private long returned(Tie tie, boolean stranger, Life life, long followed, long blocked) {
        for (Span back : tie.followedBack()) {
            if (back.to() > followed) {
                return back.from();
            }
        }
        double first = habits.followedFirst();
        if (stranger && random.nextDouble() < first) {
            long before = followed - days(2);
            return life.goneAt(before) ? Span.OPEN : before;
        }
        double others = (habits.returned() - first) / ((1 - first) * (1 - Life.SILENT));
        if (life.silent() || random.nextDouble() >= others) {
            return Span.OPEN;
        }
        double hours = MEDIAN_HOURS_TO_RETURN * Math.exp(SPREAD_OF_HOURS_TO_RETURN * random.nextGaussian());
        long returned = followed + 60 + (long) (hours * Visits.HOUR);
        return returned < blocked && present(life, returned) ? returned : Span.OPEN;
    }

    private long dropped(Leave leave, long followed, long returned) {
        if (leave.from() >= period.to()) {
            return Span.OPEN;
        }
        long second = visits.next(Math.max(leave.from(), followed + 600)) + random.nextLong(900);
        double probability = returned <= second ? leave.ifReturned() : leave.ifAlone();
        return second < period.to() && random.nextDouble() < probability ? second : Span.OPEN;
    }

    private long leftByTarget(Life life, long returned, long dropped) {
        long left = Span.OPEN;
        if (dropped != Span.OPEN && random.nextDouble() < LEFT_BY_TARGET_AFTER_DROP) {
            left = dropped + days(6);
        } else if (random.nextDouble() < LEFT_BY_TARGET) {
            left = returned + days(30);
        }
        return present(life, left) ? left : Span.OPEN;
    }

    /** At least a minute; exponential with the given mean. */
    private long days(double mean) {
        return 60 + (long) (mean * Visits.DAY * random.nextExponential());
    }

    /** Whether a target can still do something at that second. */
    private boolean present(Life life, long second) {
        return second < period.to() && !life.goneAt(second);
    }
}
