package org.fairfollow.intake.measurement;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.fairfollow.account.AccountName;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Evidence;
import org.fairfollow.evidence.Observation;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.text.PostReader;
import org.fairfollow.network.PublicAccount;
import org.fairfollow.network.PublicFollowers;
import org.fairfollow.network.PublicPosts;
import org.jspecify.annotations.Nullable;

/** What a network shows, as evidence: numbers and patterns, no text and, but for the account's own, no name. */
final class Measured {
    /** This service saw it itself. */
    static final String OBSERVER = "fairfollow";

    private static final int ASKER_DIGITS = 16;

    private final AccountName account;

    /** @param account by native id */
    Measured(AccountName account) {
        this.account = account;
    }

    /** Empty when the profile shows no numbers. */
    Optional<Evidence> profile(PublicAccount shown) {
        if (shown.followers() == null && shown.following() == null && shown.posts() == null) {
            return Optional.empty();
        }
        return Optional.of(new Evidence.Observed(
                account,
                new Observation.ProfileCounters(
                        shown.at().getEpochSecond(),
                        OBSERVER,
                        true,
                        exact(shown.followers()),
                        exact(shown.following()),
                        exact(shown.posts()),
                        shown.createdAt(),
                        shown.hasAvatar(),
                        shown.bioLength(),
                        null)));
    }

    private static Observation.@Nullable Count exact(@Nullable Long count) {
        return count == null ? null : new Observation.Count(count, true);
    }

    /** The total is told whatever was reached: it is by it that a sample that ends early is known for none over all ranks. */
    Evidence followers(PublicFollowers shown) {
        List<Observation.SampledFollower> followers = shown.followers().stream()
                .map(follower -> new Observation.SampledFollower(
                        follower.rank(),
                        new Counters(
                                follower.followers(),
                                follower.following(),
                                follower.posts(),
                                follower.createdAt(),
                                follower.hasAvatar(),
                                follower.bioLength(),
                                follower.lastPostAt())))
                .toList();
        Long total = shown.total() == null ? null : Long.valueOf(Math.max(shown.total(), shown.reached()));
        return new Evidence.Observed(
                account, new Observation.FollowerSample(shown.at().getEpochSecond(), OBSERVER, true, total, followers));
    }

    /** There are followers, and who they are is not shown. */
    Evidence hiddenFollowers(PublicAccount shown, long at) {
        return new Evidence.Observed(
                account, new Observation.FollowerSample(at, OBSERVER, true, shown.followers(), List.of()));
    }

    /**
     * Empty when there is nothing.
     *
     * @param salt of the sample, kept nowhere: who asked can be told apart, and not be found out
     */
    Optional<Evidence> posts(PublicPosts shown, byte[] salt) {
        List<PublicPosts.Question> asked = shown.questions();
        if (shown.posts().isEmpty() && (asked == null || asked.isEmpty())) {
            return Optional.empty();
        }
        List<Observation.SampledPost> posts = shown.posts().stream()
                .map(post -> PostReader.read(post.postedAt(), post.text(), kind(post.kind()), post.source()))
                .sorted(Comparator.comparingLong(Observation.SampledPost::at).thenComparing(Object::toString))
                .toList();
        List<Observation.Question> questions = asked == null
                ? null
                : asked.stream()
                        .map(question -> new Observation.Question(
                                question.askedAt(), asker(question.asker(), salt), question.answeredAt()))
                        .sorted(Comparator.comparingLong(Observation.Question::at)
                                .thenComparing(Object::toString))
                        .toList();
        return Optional.of(new Evidence.Observed(
                account, new Observation.PostSample(shown.at().getEpochSecond(), OBSERVER, true, posts, questions)));
    }

    private static PostKind kind(PublicPosts.Kind kind) {
        return switch (kind) {
            case ORIGINAL -> PostKind.ORIGINAL;
            case REPLY -> PostKind.REPLY;
            case REPOST -> PostKind.REPOST;
            case QUOTE -> PostKind.QUOTE;
        };
    }

    private static String asker(String nativeId, byte[] salt) {
        try {
            byte[] name = nativeId.getBytes(StandardCharsets.UTF_8);
            byte[] salted = ByteBuffer.allocate(salt.length + name.length)
                    .put(salt)
                    .put(name)
                    .array();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(salted);
            return HexFormat.of().formatHex(hash, 0, ASKER_DIGITS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
