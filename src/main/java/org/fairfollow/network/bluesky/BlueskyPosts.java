package org.fairfollow.network.bluesky;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairfollow.account.Network;
import org.fairfollow.network.PublicAccount;
import org.fairfollow.network.PublicPosts;
import org.fairfollow.network.PublicPosts.Kind;
import org.fairfollow.network.PublicPosts.Post;
import org.fairfollow.network.PublicPosts.Question;
import org.fairfollow.network.Refusal;
import org.fairfollow.network.outbound.Conversation;
import org.fairfollow.network.outbound.Conversation.Remark;
import org.fairfollow.network.outbound.Json;
import org.fairfollow.network.outbound.Outbound.Keeping;
import org.fairfollow.network.outbound.UnansweredException;
import org.jspecify.annotations.Nullable;

/** {@code app.bsky.feed.getAuthorFeed}, and {@code app.bsky.feed.getPostThread} of what was replied to most. */
final class BlueskyPosts {
    private static final String REPOST = "app.bsky.feed.defs#reasonRepost";
    private static final Set<String> QUOTES = Set.of("app.bsky.embed.record", "app.bsky.embed.recordWithMedia");
    private static final String POST = "/app.bsky.feed.post/";
    /** A question, its answer, and what may lie between them. */
    private static final int DEPTH = 4;
    /** Within which a question is answered, if at all. */
    private static final Duration TO_ANSWER = Duration.ofDays(7);

    private static final int LONGEST_CURSOR = 1_000;

    private final AppView api;
    private final Clock clock;

    BlueskyPosts(AppView api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /** @param replies how many the network counts, to a post of the account's own; else 0 */
    private record Read(String uri, Post post, long replies) {}

    PublicPosts read(PublicAccount account, int most, long until) throws UnansweredException {
        Map<String, Read> read = new LinkedHashMap<>();
        Set<String> cursors = new HashSet<>();
        String query =
                "actor=" + AppView.encoded(account.nativeId()) + "&limit=" + Calls.PAGE + "&filter=posts_with_replies";
        String cursor = null;
        int calls = 0;
        do {
            JsonNode page = cursor == null
                    ? api.askOf("app.bsky.feed.getAuthorFeed", query, Keeping.NOTHING, until)
                    : Json.object(api.ask(
                            "app.bsky.feed.getAuthorFeed",
                            query + "&cursor=" + AppView.encoded(cursor),
                            Keeping.NOTHING,
                            until));
            calls++;
            if (!page.path("feed").isArray()) {
                throw UnansweredException.refused(Refusal.UNREADABLE_ANSWER);
            }
            for (JsonNode item : page.path("feed")) {
                Read one = item(account.nativeId(), item);
                if (one != null) {
                    read.putIfAbsent(one.post.kind() + " " + one.uri, one);
                }
            }
            cursor = page.path("cursor").textValue();
        } while (read.size() < most
                && cursor != null
                && cursor.length() <= LONGEST_CURSOR
                && cursors.add(cursor)
                && calls < Calls.pagesOfPosts(account));
        List<Post> posts = read.values().stream()
                .map(Read::post)
                .sorted(comparingLong(Post::postedAt).reversed())
                .limit(most)
                .toList();
        return new PublicPosts(
                posts, questions(account, read.values(), Calls.threads(account, calls), until), clock.instant());
    }

    /** Null if it is none of the account's, or nobody can say when it was posted. */
    private @Nullable Read item(String did, JsonNode item) {
        JsonNode post = item.path("post");
        String uri = Json.text(post, "uri").orElse("");
        JsonNode record = post.path("record");
        String author = post.path("author").path("did").textValue();
        if (REPOST.equals(item.path("reason").path("$type").textValue())) {
            JsonNode reason = item.path("reason");
            Long at = time(reason, "indexedAt");
            return at == null || !did.equals(reason.path("by").path("did").textValue())
                    ? null
                    : new Read(uri, new Post(at, Kind.REPOST, PostText.of(record), null), 0);
        }
        Long at = postedAt(post);
        if (at == null || !did.equals(author) || !uri.startsWith("at://" + did + POST)) {
            return null;
        }
        Kind kind = kind(did, record);
        Long replies = Json.count(post, "replyCount");
        return new Read(
                uri,
                new Post(at, kind, PostText.of(record), null),
                replies == null || kind == Kind.REPLY ? 0 : replies);
    }

    /** Who goes on in a thread of their own replies to nobody. */
    private static Kind kind(String did, JsonNode record) {
        String own = "at://" + did + "/";
        JsonNode reply = record.path("reply");
        boolean alone = Json.text(reply.path("parent"), "uri").orElse("").startsWith(own)
                && Json.text(reply.path("root"), "uri").orElse("").startsWith(own);
        if (reply.isObject() && !alone) {
            return Kind.REPLY;
        }
        JsonNode embed = record.path("embed");
        boolean quotes = QUOTES.contains(Json.text(embed, "$type").orElse(""))
                && (Json.text(embed.path("record"), "uri").orElse("").contains(POST)
                        || Json.text(embed.path("record").path("record"), "uri")
                                .orElse("")
                                .contains(POST));
        return quotes ? Kind.QUOTE : Kind.ORIGINAL;
    }

    /**
     * When the author says, but not later than the network knew of it. What is said to be older than the network, as by those
     * who bring their posts from another, was posted at no time we know.
     */
    private @Nullable Long postedAt(JsonNode post) {
        Long seen = time(post, "indexedAt");
        JsonNode told = post.path("record").path("createdAt");
        Long said = time(post.path("record"), "createdAt");
        if (said != null && seen != null) {
            return Math.min(said, seen);
        }
        return said != null ? said : told.isTextual() && isOld(told.textValue()) ? null : seen;
    }

    private static boolean isOld(String told) {
        try {
            return OffsetDateTime.parse(told).toEpochSecond() < Network.BLUESKY.since();
        } catch (DateTimeException e) {
            return false;
        }
    }

    private @Nullable Long time(JsonNode object, String field) {
        return Json.time(object, field, Network.BLUESKY, clock.instant());
    }

    /** Below posts that gave an answer time first, then by how many replied. Null: there were no calls left to look. */
    private @Nullable List<Question> questions(PublicAccount account, Collection<Read> posts, int calls, long until)
            throws UnansweredException {
        if (calls <= 0) {
            return null;
        }
        long old = clock.instant().minus(TO_ANSWER).getEpochSecond();
        List<Read> asked = posts.stream()
                .filter(read -> read.replies > 0)
                .sorted(comparing((Read read) -> read.post.postedAt() > old)
                        .thenComparing(comparingLong(Read::replies).reversed())
                        .thenComparing(Read::uri))
                .limit(calls)
                .toList();
        List<Question> questions = new ArrayList<>();
        for (Read read : asked) {
            questions.addAll(questions(account.nativeId(), read.uri, until));
        }
        return questions.stream()
                .sorted(comparingLong(Question::askedAt)
                        .reversed()
                        .thenComparing(Comparator.comparing(Question::asker)))
                .toList();
    }

    private List<Question> questions(String did, String uri, long until) throws UnansweredException {
        List<Remark> remarks = new ArrayList<>();
        try {
            JsonNode thread = Json.object(api.ask(
                            "app.bsky.feed.getPostThread",
                            "uri=" + AppView.encoded(uri) + "&depth=" + DEPTH + "&parentHeight=0",
                            Keeping.NOTHING,
                            until))
                    .path("thread");
            if (uri.equals(thread.path("post").path("uri").textValue())) {
                collect(thread, uri, remarks);
            }
        } catch (UnansweredException e) {
            if (e.isPassing()) {
                throw e;
            }
            // The post is gone, or its thread is not to be read: the others still are.
        }
        return Conversation.questions(uri, did, remarks);
    }

    /** Goes no deeper than JSON may. */
    private void collect(JsonNode above, String parent, List<Remark> remarks) {
        for (JsonNode reply : above.path("replies")) {
            JsonNode post = reply.path("post");
            String uri = post.path("uri").textValue();
            String author = Json.text(post.path("author"), "did")
                    .flatMap(BlueskyProfiles::did)
                    .orElse(null);
            Long at = postedAt(post);
            if (uri != null && author != null && at != null) {
                remarks.add(new Remark(
                        uri,
                        parent,
                        author,
                        at,
                        PostText.of(post.path("record")),
                        Json.count(post, "replyCount"),
                        BlueskyProfiles.isPersonForEverybody(post.path("author"))));
                collect(reply, uri, remarks);
            }
        }
    }
}
