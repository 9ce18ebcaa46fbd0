package org.fairfollow.network;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account's newest posts, and questions others asked it. Texts are for reading once; nobody keeps them.
 *
 * @param posts newest first
 * @param questions direct questions of others to the account, newest first; null: nobody looked for them
 */
public record PublicPosts(List<Post> posts, @Nullable List<Question> questions, Instant at) {
    public enum Kind {
        ORIGINAL,
        REPLY,
        REPOST,
        QUOTE
    }

    /**
     * @param postedAt Unix epoch seconds
     * @param text plain, with the addresses it links to written out
     * @param source the app that posted it, as the network names it; null: not told
     */
    public record Post(
            long postedAt, Kind kind, String text, @Nullable String source) {}

    /**
     * @param askedAt Unix epoch seconds
     * @param asker canonical native id
     * @param answeredAt Unix epoch seconds; null: not answered yet
     */
    public record Question(
            long askedAt, String asker, @Nullable Long answeredAt) {}
}
