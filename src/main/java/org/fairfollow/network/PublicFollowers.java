package org.fairfollow.network;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of an account's followers, without names.
 *
 * @param total how many there are in all; null: not shown
 * @param reached ranks up to this one could be told of: less than {@code total} where the list is longer than the requests
 * @param followers ordered by rank, every rank once
 */
public record PublicFollowers(@Nullable Long total, int reached, List<Follower> followers, Instant at) {
    /**
     * Null: not shown. Times are Unix epoch seconds.
     *
     * @param rank place in the network's list, which begins with the newest: 1 followed last
     */
    public record Follower(
            int rank,
            @Nullable Long followers,
            @Nullable Long following,
            @Nullable Long posts,
            @Nullable Long createdAt,
            @Nullable Boolean hasAvatar,
            @Nullable Integer bioLength,
            @Nullable Long lastPostAt) {}
}
