package org.fairfollow.network.outbound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.fairfollow.network.PublicPosts.Question;
import org.jspecify.annotations.Nullable;

/** What was said below one post of an account, and which of it were questions to the account. */
public final class Conversation {
    /** A question mark where a sentence may end, and not within an address. */
    private static final Pattern ASKS = Pattern.compile("[?？؟⁇⁈](?=[\\p{Z}\\s\\p{P}\\p{S}]|$)");

    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");

    /** Where it begins, to ask is to talk; and patterns stay quick on it. */
    private static final int LONGEST_READ = 1_000;

    private Conversation() {}

    /**
     * Something that was said.
     *
     * @param id the network's
     * @param parent what it answers
     * @param author canonical native id, or whatever else the network tells its accounts apart by
     * @param at Unix epoch seconds
     * @param replies how many there are to it, as the network counts; null: not told
     * @param person false where the author says it is a bot, or asked not to be shown to everybody
     */
    public record Remark(
            String id,
            String parent,
            String author,
            long at,
            String text,
            @Nullable Long replies,
            boolean person) {}

    /**
     * The questions that people put to the account in direct reply to its post.
     *
     * @param post whose replies they are
     * @param author the account, as remarks name it
     */
    public static List<Question> questions(String post, String author, List<Remark> remarks) {
        Map<String, List<Remark>> below = new HashMap<>();
        for (Remark remark : remarks) {
            below.computeIfAbsent(remark.parent, parent -> new ArrayList<>()).add(remark);
        }
        return below.getOrDefault(post, List.of()).stream()
                .filter(remark -> remark.person && !remark.author.equals(author) && asks(remark.text))
                .flatMap(question -> judged(question, author, below).stream())
                .toList();
    }

    /** Empty where an answer may be among what is not shown: nobody is said not to have answered who may have. */
    private static Optional<Question> judged(Remark question, String author, Map<String, List<Remark>> below) {
        Long answeredAt = null;
        boolean allShown = true;
        Set<String> seen = new HashSet<>(Set.of(question.id));
        Deque<Remark> open = new ArrayDeque<>(List.of(question));
        while (!open.isEmpty()) {
            Remark remark = open.pop();
            List<Remark> replies = below.getOrDefault(remark.id, List.of());
            allShown &= remark.replies != null && remark.replies <= replies.size();
            for (Remark reply : replies) {
                if (!seen.add(reply.id)) {
                    continue;
                }
                if (reply.author.equals(author)) {
                    long at = Math.max(question.at, reply.at);
                    answeredAt = answeredAt == null ? at : Math.min(answeredAt, at);
                }
                open.push(reply);
            }
        }
        return answeredAt != null || allShown
                ? Optional.of(new Question(question.at, question.author, answeredAt))
                : Optional.empty();
    }

    static boolean asks(String text) {
        String start = text.length() > LONGEST_READ ? text.substring(0, LONGEST_READ) : text;
        return ASKS.matcher(ADDRESS.matcher(start).replaceAll(" ")).find();
    }
}
