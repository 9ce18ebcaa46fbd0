package org.fairfollow.cli.simulation.practices;

import static org.fairfollow.cli.simulation.practices.Period.DAY;
import static org.fairfollow.cli.simulation.practices.Period.HOUR;
import static org.fairfollow.cli.simulation.practices.Period.MINUTE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.fairfollow.cli.simulation.practices.Followers.Follower;
import org.fairfollow.cli.simulation.practices.Kind.Role;
import org.fairfollow.cli.simulation.practices.Look.Mix;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;

/**
 * Accounts that follow back, on a network with a stream. The share of nearly all, the ten minutes and the clock of those
 * who do it automatically are the rule's own words, after the literature; for everybody else shares and delays are
 * assumed. 5–30 in 100 followers are throwaways: a share of such followers that comes to any busy account (assumed).
 */
final class FollowBackKinds {
    static final List<Kind> ALL = List.of(
            kind("mutual-aid-member", Role.INNOCENT, FollowBackKinds::mutualAid),
            kind("fan-account", Role.INNOCENT, FollowBackKinds::fanAccount),
            kind("social-butterfly", Role.INNOCENT, FollowBackKinds::butterfly),
            kind("ordinary-follow-backer", Role.INNOCENT, FollowBackKinds::ordinary),
            kind("auto-follow-backer", Role.PRACTISES, FollowBackKinds::automatic),
            kind("batch-follow-backer", Role.PRACTISES, FollowBackKinds::inBatches));

    private FollowBackKinds() {}

    private static Kind kind(String id, Role role, Function<Dice, Story> drawing) {
        return Kind.of(id, Practice.AUTO_FOLLOW_BACK, role, drawing);
    }

    private static boolean throwaway(Look look) {
        return look == Look.BOUGHT || look == Look.LURKER;
    }

    /** @return when it follows back, {@link Span#OPEN} for never */
    private interface Answer {
        long to(Follower follower);
    }

    /** Follows back 95–100 in 100 of anyone, 0–10 minutes after. */
    private static Story automatic(Dice dice) {
        double all = dice.between(.95, 1);
        double slowest = dice.logUniform(10, 10 * MINUTE);
        return story(
                dice.logUniform(1, 60),
                follower -> dice.chance(all) ? follower.from() + 1 + (long) dice.between(0, slowest) : Span.OPEN,
                dice);
    }

    /** The same, whenever its clock strikes: each hour, each six, or once a day. */
    private static Story inBatches(Dice dice) {
        double all = dice.between(.95, 1);
        long every = dice.oneOf(List.of(HOUR, 6 * HOUR, DAY));
        long offset = dice.second(0, every);
        return story(
                dice.logUniform(1, 60),
                follower -> {
                    long struck = Math.floorDiv(follower.from() - offset, every) + 1;
                    return dice.chance(all) ? struck * every + offset + dice.count(0, 60) : Span.OPEN;
                },
                dice);
    }

    /** Follows back 60–95 in 100, hours to days later, and spares most throwaways. */
    private static Story mutualAid(Dice dice) {
        double people = dice.between(.60, .95);
        double throwaways = people * dice.between(.1, .6);
        double median = HOUR * dice.logUniform(3, 36);
        return story(
                dice.logUniform(2, 60),
                follower -> dice.chance(throwaway(follower.look()) ? throwaways : people)
                        ? follower.from() + MINUTE + (long) dice.logNormal(median, 1)
                        : Span.OPEN,
                dice);
    }

    /** A team that is quick, many hours of the day, but looks at whom it follows. */
    private static Story fanAccount(Dice dice) {
        double fans = dice.between(.3, .85);
        double throwaways = fans * dice.between(0, .5);
        double median = MINUTE * dice.logUniform(3, 60);
        return story(
                dice.logUniform(5, 100),
                follower -> {
                    if (!dice.chance(throwaway(follower.look()) ? throwaways : fans)) {
                        return Span.OPEN;
                    }
                    long hour = Math.floorMod(follower.from(), DAY) / HOUR;
                    long awake = hour < 6 ? (6 - hour) * HOUR : 0;
                    return follower.from() + awake + 20 + (long) dice.logNormal(median, 1);
                },
                dice);
    }

    /** Goes through the day's followers every evening and follows nearly all of them, throwaways half of the time. */
    private static Story butterfly(Dice dice) {
        double people = dice.between(.88, .98);
        double throwaways = people * dice.between(.5, 1);
        long evening = dice.second(0, DAY);
        return story(
                dice.logUniform(2, 40),
                follower -> {
                    if (!dice.chance(throwaway(follower.look()) ? throwaways : people)) {
                        return Span.OPEN;
                    }
                    long session = (Math.floorDiv(follower.from() - evening, DAY) + 1) * DAY + evening;
                    long skipped = dice.chance(.1) ? DAY : 0;
                    int late = Dice.of(session, "evening", (int) evening).count(0, 9_000);
                    return session + skipped + late + dice.count(10, 3_000);
                },
                dice);
    }

    /** Follows back a quarter to two thirds, sooner or later. */
    private static Story ordinary(Dice dice) {
        double people = dice.between(.25, .65);
        return story(
                dice.logUniform(.3, 20),
                follower -> dice.chance(throwaway(follower.look()) ? people * .2 : people)
                        ? follower.from() + MINUTE + (long) dice.logNormal(DAY, 1.6)
                        : Span.OPEN,
                dice);
    }

    private static Story story(double perDay, Answer answer, Dice dice) {
        int before = 100 + (int) dice.logNormal(500, 1);
        double throwaways = dice.between(.05, .30);
        Mix people = new Mix(dice.between(.05, .2), 0, .03, .02);
        Followers followers = new Followers(Network.BLUESKY, before, people, dice.apart());
        for (int day = 0; day < Period.DAYS; day++) {
            for (int left = dice.overdispersed(perDay, .5); left > 0; left--) {
                Look look = !dice.chance(throwaways) ? people.draw(dice) : dice.chance(.5) ? Look.BOUGHT : Look.LURKER;
                long at = dice.second(Period.day(day), Period.day(day + 1));
                long gone = at + HOUR + (long) (DAY * dice.exponential(20));
                followers.comes(at, dice.chance(.08) && gone < Period.TO ? gone : Span.OPEN, look);
            }
        }
        List<FollowEpisode> follows = new ArrayList<>();
        Map<Integer, Target> targets = new HashMap<>();
        for (Follower follower : followers.inOrder()) {
            long at = answer.to(follower);
            if (at < Period.TO && at < follower.left()) {
                long dropped = at + HOUR + (long) (DAY * dice.exponential(30));
                follow(
                        follows,
                        targets,
                        follower,
                        new Span(at, dice.chance(.05) && dropped < Period.TO ? dropped : Span.OPEN),
                        dice);
            }
        }
        ownInitiative(follows, targets, dice);
        follows.sort(
                Comparator.comparingLong((FollowEpisode follow) -> follow.span().from())
                        .thenComparingInt(FollowEpisode::target));
        Story told = FollowerKinds.story(Network.BLUESKY, followers, Period.FROM, dice);
        return new Story(Period.FROM, Span.OPEN, followers, List.copyOf(follows), targets, told.told());
    }

    private static void follow(
            List<FollowEpisode> follows, Map<Integer, Target> targets, Follower follower, Span span, Dice dice) {
        follows.add(new FollowEpisode(follower.number(), span));
        targets.put(
                follower.number(),
                new Target(
                        List.of(new Span(follower.from(), follower.left())),
                        Followers.activeDays(
                                follower.look(), new Span(Math.max(Period.FROM, follower.created()), Period.TO), dice),
                        List.of(),
                        List.of()));
    }

    /** A few follows of strangers a week, some of whom answer. */
    private static void ownInitiative(List<FollowEpisode> follows, Map<Integer, Target> targets, Dice dice) {
        int many = dice.poisson(dice.logUniform(.5, 10) * Period.DAYS / 7);
        int number = FollowerKinds.account(dice);
        for (long at : dice.seconds(many, Period.FROM, Period.TO)) {
            number++;
            long back = at + MINUTE + (long) dice.logNormal(DAY, 1.6);
            boolean returned = dice.chance(.5) && back < Period.TO;
            follows.add(new FollowEpisode(number, new Span(at, Span.OPEN)));
            targets.put(
                    number,
                    new Target(
                            returned ? List.of(new Span(back, Span.OPEN)) : List.of(),
                            Followers.activeDays(Look.PERSON, new Span(Period.FROM, Period.TO), dice),
                            List.of(),
                            List.of()));
        }
    }
}
