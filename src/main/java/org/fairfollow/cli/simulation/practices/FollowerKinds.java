package org.fairfollow.cli.simulation.practices;

import static org.fairfollow.cli.simulation.practices.Period.DAY;
import static org.fairfollow.cli.simulation.practices.Period.HOUR;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fairfollow.cli.simulation.practices.Kind.Role;
import org.fairfollow.cli.simulation.practices.Look.Mix;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Observation.OwnerClaim;
import org.fairfollow.evidence.Observation.OwnerStatement;
import org.fairfollow.evidence.Span;

/**
 * Accounts that come by followers in different ways. Sizes, hours, losses of bought followers and the 2–12 in 100 whom
 * classifiers mistake are of the literature; everything else is assumed.
 */
final class FollowerKinds {
    static final List<Kind> ALL = List.of(
            kind("ordinary", Role.INNOCENT, FollowerKinds::ordinary),
            kind("viral", Role.INNOCENT, FollowerKinds::viral),
            kind("celebrity", Role.INNOCENT, FollowerKinds::celebrity),
            kind("starter-pack-listed", Role.INNOCENT, FollowerKinds::starterPackListed),
            kind("giveaway", Role.INNOCENT, FollowerKinds::giveaway),
            kind("migration-wave", Role.INNOCENT, FollowerKinds::migrationWave),
            kind("buyer", Role.PRACTISES, FollowerKinds::buyer),
            kind("drip-buyer", Role.PRACTISES, FollowerKinds::dripBuyer),
            kind("framed-victim", Role.FRAMED, FollowerKinds::framed),
            kind("framed-victim-who-objects", Role.OBJECTS, FollowerKinds::framedAndObjects));

    private static final double STEADY_LEAVING = .08;
    private static final double DAYS_STAYED = 20;

    private FollowerKinds() {}

    private static Kind kind(String id, Role role, Function<Dice, Story> drawing) {
        return Kind.of(id, Practice.BUYS_FOLLOWERS, role, drawing);
    }

    /** A few followers a week. */
    private static Story ordinary(Dice dice) {
        return ordinary(dice, nobody -> {});
    }

    /** The same, with others among the followers whom somebody sends. */
    static Story ordinary(Dice dice, Consumer<Followers> sent) {
        Network network = Network.any(dice);
        Followers followers = settled(network, dice);
        sent.accept(followers);
        return story(network, followers, Period.FROM, dice);
    }

    /** A post goes round: 300 to 20,000 people, most in hours and some for two weeks, new ones among them. */
    private static Story viral(Dice dice) {
        Network network = Network.any(dice);
        Followers followers = settled(network, dice);
        Mix usual = Mix.usual(dice);
        Mix mix = new Mix(usual.dormant(), usual.lurkers(), dice.between(.02, .15), .01);
        double leaving = dice.between(.03, .15);
        long start = Period.day(dice.between(5, 75));
        for (int left = (int) dice.heavyTailed(300, 20_000, 1.1); left > 0; left--) {
            long at = start + (long) (DAY * dice.heavyTailed(.05, 14, .8));
            comes(followers, at, mix.draw(dice), leaving, DAYS_STAYED, dice);
        }
        for (int others = dice.count(0, 3); others > 0; others--) { // who quoted the post, or is named in it
            followers.arriveTogether(
                    new Followers.Shared(account(dice), dice.between(.02, .2), start, start + 5 * DAY));
        }
        return story(network, followers, start, dice);
    }

    /** Known to everybody: .01–.05 % more a day, many more when in the news; newcomers follow several such at once. */
    private static Story celebrity(Dice dice) {
        Network network = Network.any(dice);
        int before = (int) dice.logUniform(100_000, 1_000_000);
        Mix mix = Mix.usual(dice);
        Followers followers = new Followers(network, before, mix, dice.apart());
        steadily(followers, mix, before * dice.logUniform(.000_1, .000_5), .5, dice);
        for (int news = dice.count(0, 2); news > 0; news--) {
            long start = Period.day(dice.between(0, 85));
            for (int left = (int) (before * dice.logUniform(.000_5, .01)); left > 0; left--) {
                comes(followers, start + (long) (DAY * dice.exponential(1)), mix.draw(dice), .1, DAYS_STAYED, dice);
            }
        }
        for (int others = dice.count(5, 60); others > 0; others--) {
            followers.arriveTogether(
                    new Followers.Shared(account(dice), dice.logUniform(.005, .1), Period.FROM, Period.TO));
        }
        return story(network, followers, Period.FROM, dice);
    }

    /** Listed in a starter pack: hundreds come within hours, newcomers many of them, and to all others listed, too. */
    private static Story starterPackListed(Dice dice) {
        Network network = Network.BLUESKY;
        Followers followers = settled(network, dice);
        Mix mix = new Mix(dice.between(.1, .4), dice.between(.02, .12), dice.between(.1, .5), .02);
        long start = Period.day(dice.between(2, 80));
        long end = start + (long) (HOUR * dice.logUniform(3, 96));
        double leaving = dice.between(.05, .3);
        for (long at : dice.seconds((int) dice.logUniform(200, 5_000), start, end)) {
            comes(followers, at, mix.draw(dice), leaving, DAYS_STAYED, dice);
        }
        for (int others = dice.count(20, 150); others > 0; others--) {
            followers.arriveTogether(new Followers.Shared(account(dice), dice.between(.6, 1), start, end));
        }
        return story(network, followers, start, dice);
    }

    /** "Follow us and our partners to win": people and prize hunters come, and leave when it is over. */
    private static Story giveaway(Dice dice) {
        Network network = Network.any(dice);
        Followers followers = settled(network, dice);
        Mix mix = new Mix(dice.between(.05, .25), dice.between(.02, .12), .03, dice.between(.2, .5));
        long start = Period.day(dice.between(2, 75));
        long end = start + (long) (DAY * dice.between(1, 7));
        double leaving = dice.between(.2, .5);
        for (long at : dice.seconds((int) dice.logUniform(500, 10_000), start, end)) {
            comes(followers, at, mix.draw(dice), leaving, 10, dice);
        }
        for (int partners = dice.count(0, 8); partners > 0; partners--) {
            followers.arriveTogether(new Followers.Shared(account(dice), dice.between(.5, .95), start, end));
        }
        return story(network, followers, start, dice);
    }

    /** News drives thousands to the network within days; accounts made that day, half of which soon fall silent. */
    private static Story migrationWave(Dice dice) {
        Network network = Network.any(dice);
        Followers followers = settled(network, dice);
        double fresh = dice.between(.6, .9);
        double silent = dice.between(.2, .5);
        double leaving = dice.between(.05, .3);
        Mix others = Mix.usual(dice);
        long start = Period.day(dice.between(2, 75));
        long end = start + (long) (DAY * dice.between(2, 10));
        for (long at : dice.seconds((int) dice.logUniform(300, 20_000), start, end)) {
            if (dice.chance(fresh)) {
                long created = at - (long) (DAY * dice.exponential(1));
                Look look = dice.chance(silent) ? Look.DORMANT : Look.NEWCOMER;
                followers.comes(at, leaves(at, leaving, DAYS_STAYED, dice), created, look);
            } else {
                comes(followers, at, others.draw(dice), leaving, DAYS_STAYED, dice);
            }
        }
        for (int known = dice.count(5, 50); known > 0; known--) {
            followers.arriveTogether(new Followers.Shared(account(dice), dice.between(.05, .4), start, end));
        }
        return story(network, followers, start, dice);
    }

    /** Orders 1,000–10,000, delivered in 1–72 hours. */
    private static Story buyer(Dice dice) {
        Network network = Network.any(dice);
        Followers followers = settled(network, dice);
        long start = Period.day(dice.between(5, 60));
        delivered(followers, network, start, dice);
        return story(network, followers, start, dice);
    }

    /** Has 50–200 a day delivered for weeks. */
    private static Story dripBuyer(Dice dice) {
        Network network = Network.any(dice);
        Followers followers = settled(network, dice);
        long start = Period.day(dice.between(0, 40));
        dripped(followers, network, start, dice);
        return story(network, followers, start, dice);
    }

    /** An ordinary account for which a stranger ordered, one way or the other. */
    private static Story framed(Dice dice) {
        return dice.chance(.5) ? buyer(dice) : dripBuyer(dice);
    }

    /** The same; within three weeks of the first delivery the owner says so. */
    private static Story framedAndObjects(Dice dice) {
        Story framed = framed(dice);
        long objects = framed.begins() + (long) (DAY * dice.between(1, 21));
        Notebook notebook = Notebook.continuing(framed.told());
        notebook.note(new OwnerStatement(objects, Notebook.OPERATOR, true, OwnerClaim.FOLLOWERS_NOT_ORDERED));
        return new Story(
                framed.begins(),
                objects,
                framed.followers(),
                framed.follows(),
                framed.targets(),
                notebook.observations());
    }

    private static void delivered(Followers followers, Network network, long start, Dice dice) {
        int ordered = (int) dice.logUniform(1_000, 10_000);
        long end = start + (long) (HOUR * dice.logUniform(1, 72));
        deliver(followers, network, dice.seconds(ordered, start, end), start, end, dice);
    }

    private static void dripped(Followers followers, Network network, long start, Dice dice) {
        int days = dice.count(20, 60);
        long end = Math.min(Period.TO, start + days * DAY);
        int ordered = (int) (dice.between(50, 200) * (end - start) / DAY);
        deliver(followers, network, dice.seconds(ordered, start, end), start, end, dice);
    }

    /**
     * A seller's accounts were made in batches of 50–1,000 within 1–10 days and are delivered batch by batch; 3 in 10
     * sellers mix them, 2 in 10 deliver mostly furnished ones. 10–60 % are gone within 60 days (literature). The same
     * accounts go to 1–15 customers in the same hours.
     */
    static void deliver(Followers followers, Network network, long[] times, long start, long end, Dice dice) {
        double furnished = dice.chance(.2) ? dice.between(.5, .9) : dice.between(0, .3);
        double lost = dice.between(.1, .6);
        List<Long> made = new ArrayList<>();
        while (made.size() < times.length) {
            long oldest = start - (long) (DAY * dice.logUniform(20, 1_500));
            long batch = Math.max(network.birth(), oldest);
            long took = (long) (DAY * dice.between(1, 10));
            for (int left = (int) dice.logUniform(50, 1_000); left > 0; left--) {
                made.add(dice.second(batch, Math.min(batch + took, start)));
            }
        }
        made = new ArrayList<>(made.subList(0, times.length));
        if (dice.chance(.3)) {
            dice.shuffle(made);
        }
        for (int i = 0; i < times.length; i++) {
            Look look = dice.chance(furnished) ? Look.BOUGHT_FURNISHED : Look.BOUGHT;
            long left = dice.chance(lost) ? dice.second(times[i] + HOUR, times[i] + 60 * DAY) : Span.OPEN;
            followers.comes(times[i], left < Period.TO ? left : Span.OPEN, made.get(i), look);
        }
        for (int customers = dice.count(1, 15); customers > 0; customers--) {
            followers.arriveTogether(new Followers.Shared(account(dice), dice.between(.1, .9), start, end));
        }
    }

    /** An account of some years: 350 followers in the median, .1–1 % more a day. */
    static Followers settled(Network network, Dice dice) {
        int before = 50 + (int) dice.logNormal(300, 1.3);
        Mix mix = Mix.usual(dice);
        Followers followers = new Followers(network, before, mix, dice.apart());
        steadily(followers, mix, Math.min(200, before * dice.logUniform(.001, .01)), .6, dice);
        return followers;
    }

    static void steadily(Followers followers, Mix mix, double perDay, double spread, Dice dice) {
        for (int day = 0; day < Period.DAYS; day++) {
            for (int left = dice.overdispersed(perDay, spread); left > 0; left--) {
                long at = dice.second(Period.day(day), Period.day(day + 1));
                comes(followers, at, mix.draw(dice), STEADY_LEAVING, DAYS_STAYED, dice);
            }
        }
    }

    private static void comes(Followers followers, long at, Look look, double leaving, double daysStayed, Dice dice) {
        if (at < Period.TO) {
            followers.comes(at, leaves(at, leaving, daysStayed, dice), look);
        }
    }

    private static long leaves(long at, double leaving, double daysStayed, Dice dice) {
        long left = at + HOUR + (long) (DAY * dice.exponential(daysStayed));
        return dice.chance(leaving) && left < Period.TO ? left : Span.OPEN;
    }

    /** Another account, followed by none of the others here. */
    static int account(Dice dice) {
        return dice.count(10_000_000, 20_000_000);
    }

    static Story story(Network network, Followers followers, long begins, Dice dice) {
        Notebook notebook = new Notebook();
        long following = (long) dice.logNormal(250, 1);
        followers.inOrder();
        Measuring.readings(notebook, followers::countAt, at -> following, followers.born(), dice);
        Measuring.samples(notebook, followers, dice);
        return new Story(
                begins, Span.OPEN, network.streamed() ? followers : null, List.of(), Map.of(), notebook.observations());
    }
}
