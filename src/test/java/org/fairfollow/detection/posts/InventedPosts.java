package org.fairfollow.detection.posts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.PostSample;
import org.fairfollow.evidence.Observation.Question;
import org.fairfollow.evidence.Observation.SampledPost;
import org.fairfollow.evidence.Observations;
import org.jspecify.annotations.Nullable;

/** Posts and questions of accounts that nobody has. */
final class InventedPosts {
    static final long DAY = 86_400;

    /** 2026-11-22T10:00:00Z. */
    static final long AS_OF = 1_795_341_600L;

    static final String COUNT = "unfollow-count-daily-stats";
    static final String NAMES = "unfollow-names-checked";

    private InventedPosts() {}

    static String template(long number) {
        return "%016x".formatted(number);
    }

    static SampledPost post(long at, long template, PostKind kind, boolean promotional, String... hits) {
        return new SampledPost(at, template(template), kind, promotional, promotional, List.of(hits));
    }

    static SampledPost original(long at, long template) {
        return post(at, template, PostKind.ORIGINAL, false);
    }

    /** So many different posts at a person's odd times, spread over so many days until now. */
    static List<SampledPost> ordinary(int count, int days, long seed) {
        Random random = new Random(seed);
        List<SampledPost> posts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = AS_OF - days * DAY + (long) ((double) i / Math.max(1, count - 1) * days * DAY);
            posts.add(original(i == 0 || i == count - 1 ? at : at - random.nextInt(3_000), 1_000_000 * seed + i));
        }
        return posts;
    }

    static PostSample sample(long at, boolean measured, List<SampledPost> posts, @Nullable List<Question> questions) {
        return new PostSample(at, "station.example", measured, posts, questions);
    }

    static Dossier dossier(long asOf, List<PostSample> samples) {
        Observations observations =
                new Observations(List.of(), List.of(), List.of(), List.of(), samples, List.of(), Map.of());
        return new Dossier(asOf, List.of(), Map.of(), new Coverage(List.of(), 0, 0, 0, 0), Arrivals.NONE, observations);
    }

    static Dossier of(List<SampledPost> posts) {
        return dossier(AS_OF, List.of(sample(AS_OF, true, posts, null)));
    }

    static Dossier of(List<SampledPost> posts, List<Question> questions) {
        return dossier(AS_OF, List.of(sample(AS_OF, true, posts, questions)));
    }

    static Question question(long at, long asker, @Nullable Long answeredAt) {
        return new Question(at, template(asker), answeredAt);
    }

    /** Four a day, see the next. */
    static List<Question> questions(int count, int answered) {
        return questions(count, answered, 4);
    }

    /** Each by somebody else, the newest ten days old; the first ones are answered. */
    static List<Question> questions(int count, int answered, int perDay) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = AS_OF - 10 * DAY - i * DAY / perDay;
            questions.add(question(at, i, i < answered ? at + 3_600 : null));
        }
        return questions;
    }

    /**
     * What a scheduler posts: three templates in turn at these gaps, and of every hundred so many promotional. Fresh posts
     * are never repeated.
     */
    static List<SampledPost> scheduled(int count, long gap, int promotionalInHundred, int freshInHundred, long seed) {
        Random random = new Random(seed);
        List<SampledPost> posts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean fresh = i * 37 % 100 < freshInHundred;
            long template = fresh ? 9_000 + i : i % 3;
            long at = AS_OF - (count - 1 - i) * gap + random.nextInt(20);
            posts.add(post(Math.min(at, AS_OF), template, PostKind.ORIGINAL, i * 61 % 100 < promotionalInHundred));
        }
        return posts;
    }

    /** The same templates at a person's odd times. */
    static List<SampledPost> byHand(List<SampledPost> posts, long seed) {
        Random random = new Random(seed);
        List<SampledPost> moved = new ArrayList<>();
        for (SampledPost post : posts) {
            long at = post.at() - random.nextInt(5 * 3_600);
            moved.add(
                    new SampledPost(at, post.template(), post.kind(), post.hasLink(), post.promotional(), post.hits()));
        }
        return moved;
    }
}
