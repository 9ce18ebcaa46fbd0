package org.fairfollow.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact about one account that an observer tells, as opposed to a stream. Facts are kept at the granularity at which
 * decisions are made, so that another version of a rule can judge the past again; no text and no reader is among them.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Observation {
    /** When it was seen, Unix epoch seconds UTC. */
    long at();

    /** Who saw it, under a name that says nothing about the person. */
    String observer();

    /**
     * Whether it was measured (by this service, or by an operator who vouches for it) and not told by somebody. Only a
     * recipient sees a message, so messages are always told.
     */
    boolean measured();

    /** @param exact false where a page showed it abbreviated */
    record Count(long count, boolean exact) {}

    /** What the account's own profile showed. */
    record ProfileCounters(
            long at,
            String observer,
            boolean measured,
            @Nullable Count followers,
            @Nullable Count following,
            @Nullable Count posts,
            @Nullable Long createdAt,
            @Nullable Boolean hasAvatar,
            @Nullable Integer bioLength,
            @Nullable Long lastPostAt)
            implements Observation {
        public Counters counters() {
            return new Counters(
                    followers == null ? null : Long.valueOf(followers.count),
                    following == null ? null : Long.valueOf(following.count),
                    posts == null ? null : Long.valueOf(posts.count),
                    createdAt,
                    hasAvatar,
                    bioLength,
                    lastPostAt);
        }
    }

    /**
     * The account was seen to follow another, or no longer to follow it.
     *
     * @param follows true: it follows; false: it does no longer
     * @param other number of the other account
     * @param outward true: the account acts on the other; false: the other acts on the account
     */
    record RelationTold(long at, String observer, boolean measured, boolean follows, int other, boolean outward)
            implements Observation {}

    /**
     * The account sent a message to the observer.
     *
     * @param fingerprint of the normalised text: 32 hex digits, see {@code docs/message-fingerprints.md}
     * @param bands locality-sensitive hashes of its shingles, 8 hex digits each; none of a text too short to tell apart
     * @param delaySeconds from the observer's follow to the message; null: not known
     */
    record MessageTold(
            long at,
            String observer,
            boolean measured,
            String fingerprint,
            List<String> bands,
            MessageKind kind,
            @Nullable Long delaySeconds,
            boolean hasLink)
            implements Observation {}

    enum MessageKind {
        GREETING,
        PROMOTION,
        THREAT,
        OTHER;
    }

    /**
     * Some of the account's followers, without names.
     *
     * @param total how many followers there were in all; null: not known
     * @param followers ordered by rank, every rank once; none where the account does not show who follows it
     */
    record FollowerSample(
            long at,
            String observer,
            boolean measured,
            @Nullable Long total,
            List<SampledFollower> followers) implements Observation {}

    /** @param rank place in the network's list of followers, which begins with the newest: 1 followed last */
    record SampledFollower(int rank, Counters counters) {}

    /**
     * Posts of the account without their text, and the questions it was asked.
     *
     * @param posts oldest first
     * @param questions direct questions by others, oldest first; null: nobody looked for them
     */
    record PostSample(
            long at,
            String observer,
            boolean measured,
            List<SampledPost> posts,
            @Nullable List<Question> questions) implements Observation {}

    /**
     * @param template hash of the normalised text, 16 hex digits: equal for posts made from one template
     * @param hasLink whether it links anywhere
     * @param promotional whether it links and asks to buy, join, follow, read or the like
     * @param hits codes of the patterns it shows, see {@code docs/post-patterns.md}
     */
    record SampledPost(
            long at, String template, PostKind kind, boolean hasLink, boolean promotional, List<String> hits) {}

    enum PostKind {
        ORIGINAL,
        REPLY,
        REPOST,
        QUOTE
    }

    /**
     * @param asker hash of who asked, 16 hex digits, salted by the sample
     * @param answeredAt when the account answered; null: not by the time of the sample
     */
    record Question(long at, String asker, @Nullable Long answeredAt) {}

    /** The account's owner has stated something; proven elsewhere. */
    record OwnerStatement(long at, String observer, boolean measured, OwnerClaim claim) implements Observation {}

    enum OwnerClaim {
        /** "I did not order these followers." */
        FOLLOWERS_NOT_ORDERED
    }
}
