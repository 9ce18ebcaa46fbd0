package org.fairfollow.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.fairfollow.account.Network;
import org.fairfollow.network.PublicAccount;
import org.fairfollow.network.PublicFollowers;
import org.fairfollow.network.PublicFollowers.Follower;
import org.fairfollow.network.Refusal;
import org.fairfollow.network.outbound.FollowerList;
import org.fairfollow.network.outbound.Json;
import org.fairfollow.network.outbound.Outbound.Keeping;
import org.fairfollow.network.outbound.UnansweredException;
import org.jspecify.annotations.Nullable;

/** {@code app.bsky.graph.getFollowers}, and {@code app.bsky.actor.getProfiles} for the numbers of those who are drawn. */
final class BlueskyFollowers {
    /** Nobody's cursor is longer. */
    private static final int LONGEST_CURSOR = 1_000;

    private final AppView api;
    private final Clock clock;
    private final RandomGenerator random;

    BlueskyFollowers(AppView api, Clock clock, RandomGenerator random) {
        this.api = api;
        this.clock = clock;
        this.random = random;
    }

    /** What the list itself tells of a follower, or the profile. */
    private record Listed(
            String did,
            @Nullable Long followers,
            @Nullable Long following,
            @Nullable Long posts,
            @Nullable Long createdAt,
            @Nullable Boolean hasAvatar,
            @Nullable Integer bioLength) {
        Follower at(int rank) {
            return new Follower(rank, followers, following, posts, createdAt, hasAvatar, bioLength, null);
        }
    }

    PublicFollowers read(PublicAccount account, int most, long until) throws UnansweredException {
        FollowerList<Listed> list = list(account, until);
        SortedMap<Integer, Listed> sample = list.sample(Math.min(most, Calls.SAMPLE), random);
        Map<String, Listed> counted = counted(List.copyOf(sample.values()), until);
        List<Follower> followers = sample.entrySet().stream()
                .map(entry -> counted.getOrDefault(entry.getValue().did, entry.getValue())
                        .at(entry.getKey()))
                .toList();
        return new PublicFollowers(list.total(account.followers()), list.reached(), followers, clock.instant());
    }

    private FollowerList<Listed> list(PublicAccount account, long until) throws UnansweredException {
        FollowerList<Listed> list = new FollowerList<>();
        Set<String> cursors = new HashSet<>();
        String query = "actor=" + AppView.encoded(account.nativeId()) + "&limit=" + Calls.PAGE;
        String cursor = null;
        for (int left = Calls.PAGES_OF_FOLLOWERS; left > 0; left--) {
            JsonNode page = cursor == null
                    ? api.askOf("app.bsky.graph.getFollowers", query, Keeping.ANSWER, until)
                    : Json.object(api.ask(
                            "app.bsky.graph.getFollowers",
                            query + "&cursor=" + AppView.encoded(cursor),
                            Keeping.NOTHING,
                            until));
            if (!page.path("followers").isArray()) {
                throw UnansweredException.refused(Refusal.UNREADABLE_ANSWER);
            }
            if (!account.nativeId().equals(page.path("subject").path("did").textValue())) {
                throw UnansweredException.refused(Refusal.ANOTHER_ACCOUNT);
            }
            cursor = page.path("cursor").textValue();
            Map<String, Listed> followers = new LinkedHashMap<>();
            for (JsonNode follower : page.path("followers")) {
                Listed listed = listed(follower);
                if (listed != null && !listed.did.equals(account.nativeId())) {
                    followers.putIfAbsent(listed.did, listed);
                }
            }
            boolean more = list.addPage(followers, cursor == null);
            if (!more || cursor == null || cursor.length() > LONGEST_CURSOR || !cursors.add(cursor)) {
                break;
            }
        }
        return list;
    }

    private Map<String, Listed> counted(List<Listed> drawn, long until) throws UnansweredException {
        Map<String, Listed> counted = new HashMap<>();
        for (int from = 0; from < drawn.size(); from += Calls.PROFILES_AT_ONCE) {
            String actors = drawn.subList(from, Math.min(drawn.size(), from + Calls.PROFILES_AT_ONCE)).stream()
                    .map(listed -> "actors=" + AppView.encoded(listed.did))
                    .collect(Collectors.joining("&"));
            JsonNode told = Json.object(api.ask("app.bsky.actor.getProfiles", actors, Keeping.NOTHING, until));
            for (JsonNode profile : told.path("profiles")) {
                Listed listed = listed(profile);
                if (listed != null) {
                    counted.put(listed.did, listed);
                }
            }
        }
        return counted;
    }

    private @Nullable Listed listed(JsonNode profile) {
        String did = Json.text(profile, "did").flatMap(BlueskyProfiles::did).orElse(null);
        return did == null
                ? null
                : new Listed(
                        did,
                        Json.count(profile, "followersCount"),
                        Json.count(profile, "followsCount"),
                        Json.count(profile, "postsCount"),
                        Json.time(profile, "createdAt", Network.BLUESKY, clock.instant()),
                        BlueskyProfiles.hasAvatar(profile),
                        BlueskyProfiles.bioLength(profile));
    }
}
