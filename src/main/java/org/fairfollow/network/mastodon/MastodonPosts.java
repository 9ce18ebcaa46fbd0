package org.fairfollow.network.mastodon;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.network.PublicAccount;
import org.fairfollow.network.PublicPosts;
import org.fairfollow.network.PublicPosts.Kind;
import org.fairfollow.network.PublicPosts.Post;
import org.fairfollow.network.PublicPosts.Question;
import org.fairfollow.network.outbound.Answer;
import org.fairfollow.network.outbound.Conversation;
import org.fairfollow.network.outbound.Conversation.Remark;
import org.fairfollow.network.outbound.Json;
import org.fairfollow.network.outbound.Outbound.Keeping;
import org.fairfollow.network.outbound.PlainText;
import org.fairfollow.network.outbound.UnansweredException;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/accounts/{id}/statuses}, and {@code /api/v1/statuses/{id}/context} of what was replied to most. */
final class MastodonPosts {
    private static final int PAGE = 40;
    private static final int MOST_PAGES = 3;
    private static final int MOST_THREADS = 6;
    /** Within which a question is answered, if at all. */
    private static final Duration TO_ANSWER = Duration.ofDays(7);

    private static final Set<String> FOR_EVERYBODY = Set.of("public", "unlisted");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    /** Stands for the account among those who talk: its server may call it by several addresses. */
    private static final String SELF = "";

    private static final int LONGEST_SOURCE = 100;
    private static final int LONGEST_TEXT = 20_000;

    private final Servers servers;
    private final Clock clock;

    MastodonPosts(Servers servers, Clock clock) {
        this.servers = servers;
        this.clock = clock;
    }

    /** @param replies how many the server counts, to a post of the account's own; else 0 */
    private record Read(String id, Post post, long replies) {}

    PublicPosts read(PublicAccount account, int most, long until) throws UnansweredException {
        String reference = account.reference();
        int slash = reference.lastIndexOf('/');
        String author = reference.substring(slash + 1);
        Map<String, Read> read = new LinkedHashMap<>();
        Pages pages = new Pages(reference + "/statuses", "limit=" + PAGE);
        Optional<URI> at = Optional.of(pages.first());
        for (int left = MOST_PAGES; left > 0 && at.isPresent() && read.size() < most; left--) {
            Answer answer = servers.ask(at.get(), Keeping.NOTHING, until);
            for (JsonNode status : Json.array(answer)) {
                Read one = status(author, status);
                if (one != null) {
                    read.putIfAbsent(one.id, one);
                }
            }
            at = pages.after(answer);
        }
        List<Post> posts = read.values().stream()
                .map(Read::post)
                .sorted(comparingLong(Post::postedAt).reversed())
                .limit(most)
                .toList();
        String host = reference.substring(0, reference.indexOf("/api/"));
        return new PublicPosts(posts, questions(host, author, read.values(), until), clock.instant());
    }

    /** Null if it is none of the account's, not for everybody, or nobody can say when it was posted. */
    private @Nullable Read status(String author, JsonNode status) {
        String id = Json.id(status, "id");
        Long at = time(status);
        if (at == null
                || !ID.matcher(id).matches()
                || !author.equals(Json.id(status.path("account"), "id"))
                || !isForEverybody(status)) {
            return null;
        }
        Kind kind = kind(author, status);
        JsonNode said = kind == Kind.REPOST ? status.path("reblog") : status;
        String source = Json.text(status.path("application"), "name")
                .filter(name -> name.length() <= LONGEST_SOURCE)
                .map(PlainText::visible)
                .orElse(null);
        Long replies = Json.count(status, "replies_count");
        boolean counts = replies != null && (kind == Kind.ORIGINAL || kind == Kind.QUOTE);
        return new Read(id, new Post(at, kind, text(said), source), counts ? replies : 0);
    }

    /** Who goes on in a thread of their own replies to nobody. */
    private static Kind kind(String author, JsonNode status) {
        if (status.path("reblog").isObject()) {
            return Kind.REPOST;
        }
        String repliesTo = Json.id(status, "in_reply_to_account_id");
        boolean isReply = !Json.id(status, "in_reply_to_id").isEmpty() || !repliesTo.isEmpty();
        if (isReply && !repliesTo.equals(author)) {
            return Kind.REPLY;
        }
        return status.path("quote").isObject() ? Kind.QUOTE : Kind.ORIGINAL;
    }

    private static boolean isForEverybody(JsonNode status) {
        JsonNode visibility = status.path("visibility");
        return visibility.isMissingNode() || FOR_EVERYBODY.contains(visibility.asText());
    }

    private static String text(JsonNode status) {
        String html = Json.text(status, "content").orElse("");
        return PlainText.ofPost(html.substring(0, Math.min(html.length(), LONGEST_TEXT)));
    }

    private @Nullable Long time(JsonNode status) {
        return Json.time(status, "created_at", Network.MASTODON, clock.instant());
    }

    /** Below posts that gave an answer time first, then by how many replied. */
    private List<Question> questions(String host, String author, Collection<Read> posts, long until)
            throws UnansweredException {
        long old = clock.instant().minus(TO_ANSWER).getEpochSecond();
        List<Read> asked = posts.stream()
                .filter(read -> read.replies > 0)
                .sorted(comparing((Read read) -> read.post.postedAt() > old)
                        .thenComparing(comparingLong(Read::replies).reversed())
                        .thenComparing(Read::id))
                .limit(MOST_THREADS)
                .toList();
        List<Question> questions = new ArrayList<>();
        for (Read read : asked) {
            questions.addAll(questions(host, author, read.id, until));
        }
        return questions.stream()
                .sorted(comparingLong(Question::askedAt).reversed().thenComparing(Question::asker))
                .toList();
    }

    private List<Question> questions(String host, String author, String id, long until) throws UnansweredException {
        List<Remark> remarks = new ArrayList<>();
        try {
            JsonNode context = Json.object(
                    servers.ask(URI.create(host + "/api/v1/statuses/" + id + "/context"), Keeping.NOTHING, until));
            for (JsonNode status : context.path("descendants")) {
                Remark remark = remark(author, status);
                if (remark != null) {
                    remarks.add(remark);
                }
            }
        } catch (UnansweredException e) {
            if (e.isPassing()) {
                throw e;
            }
            // The post is gone, or what was said below it is not to be read: the others still are.
        }
        return Conversation.questions(id, SELF, remarks);
    }

    private @Nullable Remark remark(String author, JsonNode status) {
        JsonNode by = status.path("account");
        boolean own = author.equals(Json.id(by, "id"));
        String actor = own ? SELF : actor(by);
        Long at = time(status);
        String id = Json.id(status, "id");
        return actor == null || at == null || id.isEmpty() || !isForEverybody(status)
                ? null
                : new Remark(
                        id,
                        Json.id(status, "in_reply_to_id"),
                        actor,
                        at,
                        text(status),
                        Json.count(status, "replies_count"),
                        !by.path("bot").asBoolean());
    }

    /** By the actor's address, or that of its page where a server does not tell the former. */
    private static @Nullable String actor(JsonNode account) {
        try {
            return Network.MASTODON
                    .nativeId(Json.text(account, "uri")
                            .or(() -> Json.text(account, "url"))
                            .orElse(""))
                    .value();
        } catch (InvalidAccountException e) {
            return null;
        }
    }
}
