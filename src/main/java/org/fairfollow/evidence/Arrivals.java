package org.fairfollow.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who followed the account, as the stream told.
 *
 * @param newest the newest follows of the account, oldest first; at most {@link #KEPT}
 * @param days follows and unfollows of the account by UTC day, oldest first; days without either are left out
 * @param companions other accounts at which the same followers arrived in the same hours, most shared first
 */
public record Arrivals(List<Arrival> newest, List<Day> days, List<Companion> companions) {
    public static final int KEPT = 1_000;
    /** Companions are looked for only where so many hours brought {@link #BURST_FOLLOWERS} followers. */
    public static final int BURST_HOURS = 72;

    public static final int BURST_FOLLOWERS = 200;
    /** Fewer followers in common are not counted as company. */
    public static final int SHARED_FOLLOWERS = 20;

    public static final int COMPANIONS_KEPT = 50;
    public static final Arrivals NONE = new Arrivals(List.of(), List.of(), List.of());

    /**
     * Somebody's follow of the account.
     *
     * @param follower number of the follower, as in {@link FollowEpisode#target()}
     * @param counters what the follower's profile showed when last seen; null: never seen
     * @param activeDays UTC epoch days with activity of the follower's own, ascending
     */
    public record Arrival(int follower, Span span, @Nullable Counters counters, List<Integer> activeDays) {}

    /** @param day UTC epoch day */
    public record Day(int day, int followed, int unfollowed) {}

    /**
     * @param account number of the other account
     * @param shared of the followers of the busiest {@link #BURST_HOURS} hours here, those that came there within an hour of
     *     coming here
     */
    public record Companion(int account, int shared) {}
}
