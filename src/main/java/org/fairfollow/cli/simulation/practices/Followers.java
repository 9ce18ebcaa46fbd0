package org.fairfollow.cli.simulation.practices;

import static org.fairfollow.cli.simulation.practices.Period.DAY;
import static org.fairfollow.cli.simulation.practices.Period.HOUR;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Arrivals.Arrival;
import org.fairfollow.evidence.Arrivals.Companion;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Observation.FollowerSample;
import org.fairfollow.evidence.Observation.SampledFollower;
import org.fairfollow.evidence.Span;

/**
 * The followers of one account: those that came within the period one by one, those from before as a number of which any
 * can be drawn. What a stream tells of them and what a sample of the network's list shows are both cut from here.
 */
final class Followers {
    private static final int COMPANIONS_KEPT = 50;
    private static final int FEWEST_SHARED = 20;
    private static final long BURST = 72 * HOUR;
    private static final int FEWEST_IN_BURST = 200;
    private static final double PROFILE_SEEN = .8; // assumed: of those that arrived
    private static final int FIRST_NUMBER = 1_000;

    private final Network network;
    private final long born;
    private final int before;
    private final Look.Mix mix;
    private final Dice dice;
    private final List<Follower> came = new ArrayList<>();
    private final List<Shared> shared = new ArrayList<>();
    private final Map<Integer, Arrival> seen = new HashMap<>();

    /**
     * Somebody who came within the period.
     *
     * @param number of the account, in order of arrival once all have come
     * @param left {@link Span#OPEN} while it stays
     */
    record Follower(int number, long from, long left, long created, Look look) {}

    /** Another account at which this share of those arriving within the stretch arrived in the same hours. */
    record Shared(int account, double share, long from, long to) {}

    /** @param before how many followed before the period */
    Followers(Network network, int before, Look.Mix mix, Dice dice) {
        this.network = network;
        this.before = before;
        this.mix = mix;
        this.dice = dice;
        long oldest = Math.max(network.birth(), Period.FROM - 10 * 365 * DAY);
        this.born = dice.second(oldest, Period.FROM - 60 * DAY);
    }

    long born() {
        return born;
    }

    void comes(long at, long left, long created, Look look) {
        came.add(new Follower(0, at, left, Math.min(created, at - Period.MINUTE), look));
    }

    void comes(long at, long left, Look look) {
        long created =
                look == Look.NEWCOMER ? at - (long) (dice.exponential(3) * DAY) - HOUR : network.joined(at, dice);
        comes(at, left, Math.max(network.birth(), created), look);
    }

    void arriveTogether(Shared others) {
        shared.add(others);
    }

    /** In order of arrival, numbered; nobody may come after this. */
    List<Follower> inOrder() {
        if (!came.isEmpty() && came.getFirst().number() == 0) {
            came.sort(Comparator.comparingLong(Follower::from));
            for (int i = 0; i < came.size(); i++) {
                Follower one = came.get(i);
                came.set(i, new Follower(FIRST_NUMBER + i, one.from(), one.left(), one.created(), one.look()));
            }
        }
        return came;
    }

    long countAt(long at) {
        return before
                + came.stream()
                        .filter(one -> one.from() < at && at <= one.left())
                        .count();
    }

    Arrivals arrivals(long asOf) {
        List<Follower> until = until(asOf);
        List<Arrival> newest = until.subList(Math.max(0, until.size() - Arrivals.KEPT), until.size()).stream()
                .map(one -> arrival(one, asOf))
                .toList();
        return new Arrivals(newest, days(until, asOf), companions(until, asOf));
    }

    private List<Follower> until(long asOf) {
        return inOrder().subList(0, cameBefore(asOf));
    }

    private int cameBefore(long second) {
        List<Follower> all = inOrder();
        int from = 0;
        int to = all.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (all.get(middle).from() < second) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private Arrival arrival(Follower one, long asOf) {
        Arrival all = seen.computeIfAbsent(one.number(), number -> {
            Dice own = Dice.of(one.created(), "arrival", number);
            // As seen in the moment of following: whatever happens later is not known at an earlier look.
            Counters counters =
                    own.chance(PROFILE_SEEN) ? one.look().counters(network, one.created(), one.from(), own) : null;
            Span there = new Span(Math.max(Period.FROM, one.created()), Period.TO);
            return new Arrival(number, new Span(one.from(), one.left()), counters, activeDays(one.look(), there, own));
        });
        return new Arrival(
                all.follower(), Story.until(all.span(), asOf), all.counters(), Story.daysUntil(all.activeDays(), asOf));
    }

    static List<Integer> activeDays(Look look, Span there, Dice dice) {
        List<Integer> days = new ArrayList<>();
        if (look.activePerDay() > 0) {
            double gap = 1 / look.activePerDay();
            for (double at = there.from() + DAY * dice.exponential(gap);
                    at < there.to();
                    at += DAY + DAY * dice.exponential(gap)) {
                days.add(Period.dayOf((long) at));
            }
        }
        return List.copyOf(days);
    }

    private static List<Arrivals.Day> days(List<Follower> until, long asOf) {
        int first = Period.dayOf(Period.FROM);
        int[] followed = new int[Period.DAYS];
        int[] unfollowed = new int[Period.DAYS];
        for (Follower one : until) {
            followed[Period.dayOf(one.from()) - first]++;
            if (one.left() < asOf) {
                unfollowed[Period.dayOf(one.left()) - first]++;
            }
        }
        return IntStream.range(0, Period.DAYS)
                .filter(day -> followed[day] + unfollowed[day] > 0)
                .mapToObj(day -> new Arrivals.Day(first + day, followed[day], unfollowed[day]))
                .toList();
    }

    /** Looked for only where some 72 hours brought 200 followers, as the service does. */
    private List<Companion> companions(List<Follower> until, long asOf) {
        if (shared.isEmpty() || !hasBurst(until)) {
            return List.of();
        }
        return shared.stream()
                .map(other -> new Companion(other.account(), (int) (other.share()
                        * (cameBefore(Math.min(other.to(), asOf)) - cameBefore(Math.min(other.from(), asOf))))))
                .filter(companion -> companion.shared() >= FEWEST_SHARED)
                .sorted(Comparator.comparingInt(Companion::shared).reversed().thenComparing(Companion::account))
                .limit(COMPANIONS_KEPT)
                .toList();
    }

    private static boolean hasBurst(List<Follower> until) {
        for (int i = FEWEST_IN_BURST - 1; i < until.size(); i++) {
            if (until.get(i).from() - until.get(i - FEWEST_IN_BURST + 1).from() <= BURST) {
                return true;
            }
        }
        return false;
    }

    /** So many followers from all over the list, as somebody measures it who reads all its pages. */
    FollowerSample sample(long at, int n, boolean measured, String observer) {
        List<Follower> there =
                until(at).stream().filter(one -> at <= one.left()).toList();
        int total = before + there.size();
        Dice own = Dice.of(at, "sample", total);
        List<SampledFollower> sampled = new ArrayList<>();
        for (int rank : ranks(total, Math.min(n, total), own)) {
            sampled.add(new SampledFollower(
                    rank,
                    rank <= there.size()
                            ? counters(there.get(there.size() - rank), at, own)
                            : countersOfOlder(rank - there.size(), at, own)));
        }
        return new FollowerSample(at, observer, measured, (long) total, sampled);
    }

    private Counters counters(Follower one, long at, Dice own) {
        return one.look().counters(network, one.created(), at, own);
    }

    private Counters countersOfOlder(int rank, long at, Dice own) {
        // Followers come faster as an account grows: half of them in the last 30 in 100 of its life (assumed).
        double share = Math.pow((double) rank / before, 2) * .9 + (double) rank / before * .1;
        long followed = (long) (Period.FROM - share * (Period.FROM - born - HOUR));
        long created = network.joined(followed, own);
        return mix.draw(own).counters(network, created, at, own);
    }

    /** Distinct, ascending, from 1 (Floyd's sampling). */
    private static int[] ranks(int total, int n, Dice dice) {
        if (n == total) {
            int[] all = new int[n];
            Arrays.setAll(all, i -> i + 1);
            return all;
        }
        SortedSet<Integer> ranks = new TreeSet<>();
        for (int last = total - n + 1; last <= total; last++) {
            int rank = dice.count(1, last);
            if (!ranks.add(rank)) {
                ranks.add(last);
            }
        }
        return ranks.stream().mapToInt(Integer::intValue).toArray();
    }
}
