package org.fairfollow.intake.measurement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.fairfollow.network.PublicAccount;
import org.fairfollow.network.PublicFollowers;
import org.fairfollow.network.PublicPosts;
import org.fairfollow.network.Reading;

/** What an invented account shows on its network. */
final class Shown {
    static final Instant AT = Instant.now().minusSeconds(60);

    private Shown() {}

    static PublicAccount account(String nativeId, String handle, long followers, boolean showsFollowers) {
        return account(nativeId, handle, followers, showsFollowers, null, AT);
    }

    static PublicAccount account(
            String nativeId, String handle, long followers, boolean showsFollowers, String movedTo, Instant at) {
        return new PublicAccount(
                nativeId, handle, nativeId, followers, 321L, 1_234L, ago(700), true, 80, showsFollowers, movedTo, at);
    }

    /** Every so manieth of all followers as far as {@code reached}; people who are followed about as much as they follow. */
    static PublicFollowers followers(long total, int reached, int sampled) {
        List<PublicFollowers.Follower> followers = IntStream.range(0, sampled)
                .mapToObj(i -> new PublicFollowers.Follower(
                        1 + (int) ((long) i * reached / sampled),
                        900L + i % 50,
                        300L + i % 70,
                        2_000L + i,
                        ago(400 + i % 900),
                        true,
                        60,
                        null))
                .toList();
        return new PublicFollowers(total, reached, followers, AT);
    }

    static PublicPosts posts(int posts, int questions) {
        return new PublicPosts(
                IntStream.range(0, posts)
                        .mapToObj(i -> new PublicPosts.Post(
                                AT.minus(Duration.ofHours(5L * i)).getEpochSecond(),
                                PublicPosts.Kind.ORIGINAL,
                                "Something else each time, number " + "abcdefghij".charAt(i % 10) + i,
                                null))
                        .toList(),
                IntStream.range(0, questions)
                        .mapToObj(i -> new PublicPosts.Question(ago(10 + i), "did:plc:asker" + i, ago(9 + i)))
                        .toList(),
                AT);
    }

    static <T> Reading<T> found(T value) {
        return new Reading.Found<>(value);
    }

    private static long ago(int days) {
        return AT.minus(Duration.ofDays(days)).getEpochSecond();
    }
}
