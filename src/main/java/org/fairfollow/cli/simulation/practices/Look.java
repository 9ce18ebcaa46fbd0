package org.fairfollow.cli.simulation.practices;

import org.fairfollow.evidence.Counters;

/**
 * What the profile of a follower looks like. No published distribution covers all three networks: medians and spreads are
 * assumed, after what is written of each kind.
 */
enum Look {
    /** Somebody who is there: a few hundred ties, posts now and then. Median of 420 followers: literature, Bluesky. */
    PERSON(420, 1.6, 300, 1.2, 500, 2, .96, .85, .12, 4),
    /** Joined, looked around, and fell silent; the literature counts them apart from fakes. */
    DORMANT(25, 1.4, 90, 1.3, 12, 1.8, .7, .45, 0, 400),
    /** Reads only: follows hundreds, says nothing. What classifiers take for fake, 2–12 in 100 (literature). */
    LURKER(6, 1, 450, .8, 2, 1.2, .5, .2, .02, 200),
    /** New to the network, not yet furnished. */
    NEWCOMER(12, 1.2, 70, 1, 6, 1.4, .75, .5, .3, 5),
    /** Takes part in every giveaway: follows thousands, is followed by few, shares what it must. */
    PRIZE_HUNTER(120, 1, 2_500, .6, 900, 1.2, .85, .6, .3, 3),
    /** Delivered by a seller of followers: follows many, followed by few, few posts (literature: Cresci 2015). */
    BOUGHT(9, 1.1, 800, .7, 8, 1.4, .65, .35, .005, 300),
    /** A better kind at a higher price: furnished like a person (literature names them, assumed numbers). */
    BOUGHT_FURNISHED(160, 1, 700, .7, 120, 1.3, .97, .9, .03, 40);

    private final double followers;
    private final double followersSpread;
    private final double following;
    private final double followingSpread;
    private final double posts;
    private final double postsSpread;
    private final double avatar;
    private final double bio;
    private final double activePerDay;
    private final double daysSincePost;

    Look(
            double followers,
            double followersSpread,
            double following,
            double followingSpread,
            double posts,
            double postsSpread,
            double avatar,
            double bio,
            double activePerDay,
            double daysSincePost) {
        this.followers = followers;
        this.followersSpread = followersSpread;
        this.following = following;
        this.followingSpread = followingSpread;
        this.posts = posts;
        this.postsSpread = postsSpread;
        this.avatar = avatar;
        this.bio = bio;
        this.activePerDay = activePerDay;
        this.daysSincePost = daysSincePost;
    }

    /** Mean days of activity of its own a day. */
    double activePerDay() {
        return activePerDay;
    }

    /** What the profile shows at an instant; it follows one account at least, whose follower it is. */
    Counters counters(Network network, long created, long at, Dice dice) {
        long posted = (long) dice.logNormal(posts, postsSpread);
        long lastPost = at - (long) (dice.exponential(daysSincePost) * Period.DAY);
        boolean tellsLastPost = dice.chance(network.lastPostSeen()) && posted > 0;
        return new Counters(
                (long) dice.logNormal(followers, followersSpread),
                1 + (long) dice.logNormal(following, followingSpread),
                posted,
                created,
                dice.chance(avatar),
                dice.chance(bio) ? dice.count(8, 220) : 0,
                tellsLastPost ? Math.max(created, lastPost) : null);
    }

    /** Who follows an account, by share; the rest are people. */
    record Mix(double dormant, double lurkers, double newcomers, double hunters) {
        Look draw(Dice dice) {
            double who = dice.between(0, 1);
            if (who < dormant) {
                return DORMANT;
            }
            if (who < dormant + lurkers) {
                return LURKER;
            }
            if (who < dormant + lurkers + newcomers) {
                return NEWCOMER;
            }
            return who < dormant + lurkers + newcomers + hunters ? PRIZE_HUNTER : PERSON;
        }

        /** 2–12 in 100 are taken for fake by a classifier (literature); 10–35 in 100 are dormant (assumed). */
        static Mix usual(Dice dice) {
            return new Mix(dice.between(.10, .35), dice.between(.02, .12), dice.between(.01, .05), .01);
        }
    }
}
