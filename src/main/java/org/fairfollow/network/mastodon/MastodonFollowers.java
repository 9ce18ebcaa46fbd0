package org.fairfollow.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.fairfollow.account.Network;
import org.fairfollow.network.PublicAccount;
import org.fairfollow.network.PublicFollowers;
import org.fairfollow.network.PublicFollowers.Follower;
import org.fairfollow.network.Refusal;
import org.fairfollow.network.outbound.Answer;
import org.fairfollow.network.outbound.FollowerList;
import org.fairfollow.network.outbound.Json;
import org.fairfollow.network.outbound.Outbound.Keeping;
import org.fairfollow.network.outbound.UnansweredException;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/accounts/{id}/followers}, where each comes with its numbers. */
final class MastodonFollowers {
    private static final int PAGE = 80;
    /** Thirteen times eighty are the thousand that a sample has at most. */
    private static final int MOST_PAGES = 13;

    private final Servers servers;
    private final Clock clock;
    private final RandomGenerator random;

    MastodonFollowers(Servers servers, Clock clock, RandomGenerator random) {
        this.servers = servers;
        this.clock = clock;
        this.random = random;
    }

    PublicFollowers read(PublicAccount account, int most, long until) throws UnansweredException {
        FollowerList<Follower> list = list(account, until);
        Long told = account.followers();
        // Whoever has followers and shows none has hidden them.
        if (list.reached() == 0 && (told == null || told > 0)) {
            throw UnansweredException.refused(Refusal.NOT_PUBLIC);
        }
        List<Follower> followers = list.sample(most, random).entrySet().stream()
                .map(entry -> at(entry.getKey(), entry.getValue()))
                .toList();
        return new PublicFollowers(list.total(told), list.reached(), followers, clock.instant());
    }

    private FollowerList<Follower> list(PublicAccount account, long until) throws UnansweredException {
        FollowerList<Follower> list = new FollowerList<>();
        Pages pages = new Pages(account.reference() + "/followers", "limit=" + PAGE);
        Optional<URI> at = Optional.of(pages.first());
        for (int left = MOST_PAGES; left > 0 && at.isPresent(); left--) {
            boolean first = left == MOST_PAGES;
            Answer answer = servers.ask(at.get(), first ? Keeping.ANSWER : Keeping.NOTHING, until);
            JsonNode page = page(answer);
            Optional<URI> next = pages.after(answer);
            Map<String, Follower> followers = new LinkedHashMap<>();
            for (JsonNode follower : page) {
                String id = Json.id(follower, "id");
                if (!id.isEmpty()) {
                    followers.putIfAbsent(id, follower(follower));
                }
            }
            at = list.addPage(followers, next.isEmpty()) ? next : Optional.empty();
        }
        return list;
    }

    /** A server that knows the account and not its list does not show it. */
    private static JsonNode page(Answer answer) throws UnansweredException {
        try {
            return Json.array(answer);
        } catch (UnansweredException e) {
            throw e.isGone() ? UnansweredException.refused(Refusal.NOT_PUBLIC) : e;
        }
    }

    private Follower follower(JsonNode told) {
        return new Follower(
                1,
                Json.count(told, "followers_count"),
                following(told),
                Json.count(told, "statuses_count"),
                Json.time(told, "created_at", Network.MASTODON, clock.instant()),
                ProfileFields.hasAvatar(told),
                ProfileFields.bioLength(told),
                Json.time(told, "last_status_at", Network.MASTODON, clock.instant()));
    }

    /** Who follows this account follows one at least: none is what a server says of accounts elsewhere whose number it does not know. */
    private static @Nullable Long following(JsonNode told) {
        Long following = Json.count(told, "following_count");
        return following == null || following == 0 ? null : following;
    }

    private static Follower at(int rank, Follower follower) {
        return new Follower(
                rank,
                follower.followers(),
                follower.following(),
                follower.posts(),
                follower.createdAt(),
                follower.hasAvatar(),
                follower.bioLength(),
                follower.lastPostAt());
    }
}
