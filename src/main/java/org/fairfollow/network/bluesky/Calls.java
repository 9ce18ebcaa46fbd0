package org.fairfollow.network.bluesky;

import org.fairfollow.network.PublicAccount;

/** How the calls that one measurement may make are shared out. */
final class Calls {
    /** What an account of up to {@link #FEW_FOLLOWERS} followers may cost. */
    private static final int IN_ALL = 30;
    /** Its profile, and whether its handle leads to it. */
    private static final int FOR_ACCOUNT = 2;

    private static final int FEW_FOLLOWERS = 1_000;
    /** Followers, posts, or replies that one call tells of. */
    static final int PAGE = 100;

    static final int PROFILES_AT_ONCE = 25;
    /** A few more than the 385 that a share is told from; some of them are gone when they are asked for. */
    static final int SAMPLE = 400;
    /** Ten thousand followers; nobody is asked longer on behalf of one account. */
    static final int PAGES_OF_FOLLOWERS = 100;

    private static final int MOST_PAGES_OF_POSTS = 3;
    private static final int MOST_THREADS = 6;

    private Calls() {}

    /** Pages of posts, and threads, together. */
    static int forPosts(PublicAccount account) {
        if (!hasFew(account)) {
            return MOST_PAGES_OF_POSTS + MOST_THREADS;
        }
        long followers = account.followers() == null ? FEW_FOLLOWERS : account.followers();
        // One more than are full: that there are no others is known by a page without them.
        long pages = followers / PAGE + 1;
        long profiles = Math.ceilDiv(Math.min(SAMPLE, followers), PROFILES_AT_ONCE);
        return (int) Math.clamp(IN_ALL - FOR_ACCOUNT - pages - profiles, 1, MOST_PAGES_OF_POSTS + MOST_THREADS);
    }

    /** @param made calls for pages of posts */
    static int threads(PublicAccount account, int made) {
        return Math.min(MOST_THREADS, forPosts(account) - made);
    }

    static int pagesOfPosts(PublicAccount account) {
        return Math.min(MOST_PAGES_OF_POSTS, forPosts(account));
    }

    private static boolean hasFew(PublicAccount account) {
        return account.followers() == null || account.followers() <= FEW_FOLLOWERS;
    }
}
