package org.fairfollow.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.fairfollow.account.AccountName;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Evidence;
import org.fairfollow.evidence.Observation;
import org.fairfollow.evidence.Observation.MessageKind;
import org.fairfollow.evidence.Observation.OwnerClaim;
import org.fairfollow.evidence.Observation.PostKind;
import org.jspecify.annotations.Nullable;

/** Reads observations: facts seen by one observer, on any network. What they are and their limits: openapi.yaml. */
final class Observations {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_SAMPLED = 1_000;
    private static final int MAX_HITS = 8;
    private static final int BANDS = 32;
    private static final long MAX_DELAY_SECONDS = 90 * 86_400L;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // What is of another type than it should be is refused, never bent until it fits.
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual, config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private Observations() {}

    /** @param now Unix epoch seconds */
    static Evidence read(byte[] line, int length, long now) throws Refused {
        JsonNode tree = tree(line, length);
        return switch (tree.path("kind").asText()) {
            case "follow" -> relation(as(ObservationLine.Relation.class, tree), true, now);
            case "unfollow" -> relation(as(ObservationLine.Relation.class, tree), false, now);
            case "profile-counters" -> counters(as(ObservationLine.ProfileCounters.class, tree), now);
            case "message" -> message(as(ObservationLine.Message.class, tree), now);
            case "follower-sample" -> followers(as(ObservationLine.FollowerSample.class, tree), now);
            case "post-sample" -> posts(as(ObservationLine.PostSample.class, tree), now);
            case "owner-statement" -> statement(as(ObservationLine.OwnerStatement.class, tree), now);
            default -> throw new Refused("unknown-kind");
        };
    }

    private static JsonNode tree(byte[] line, int length) throws Refused {
        try {
            return JSON.readTree(line, 0, length);
        } catch (StreamReadException e) {
            // Jackson has no type of its own for it.
            throw new Refused(e.getOriginalMessage().startsWith("Duplicate field") ? "duplicate-field" : "not-json");
        } catch (JsonProcessingException e) {
            throw new Refused("invalid-field");
        } catch (IOException e) {
            throw new Refused("not-json");
        }
    }

    /** The fields of an observation, none of them unknown, each of the type it should be. */
    static <T> T as(Class<T> type, JsonNode tree) throws Refused {
        try {
            return JSON.treeToValue(tree, type);
        } catch (UnrecognizedPropertyException e) {
            throw new Refused("unknown-field");
        } catch (JsonProcessingException e) {
            throw new Refused("invalid-field");
        }
    }

    private static Evidence relation(ObservationLine.Relation line, boolean follows, long now) throws Refused {
        AccountName actor = Checked.account(line.actor());
        AccountName target = Checked.account(line.target());
        checkSides(actor, target);
        Checked.Seen seen = Checked.seen(actor, line.time(), line.observer(), now);
        return new Evidence.RelationSeen(actor, target, follows, seen.observer(), false, seen.at());
    }

    static void checkSides(AccountName actor, AccountName target) throws Refused {
        if (actor.network() != target.network()) {
            throw new Refused("invalid-account");
        }
        if (actor.equals(target)) {
            throw new Refused("self-follow");
        }
    }

    private static Evidence counters(ObservationLine.ProfileCounters line, long now) throws Refused {
        Checked.Seen seen = Checked.seen(line.account(), line.time(), line.observer(), now);
        return new Evidence.Observed(seen.account(), counters(line, seen, true));
    }

    /** @param measured whether whoever tells vouches for it */
    static Observation.ProfileCounters counters(
            ObservationLine.ProfileCounters line, Checked.Seen seen, boolean measured) throws Refused {
        if (line.followers() == null && line.following() == null && line.posts() == null) {
            throw new Refused("missing-field");
        }
        return new Observation.ProfileCounters(
                seen.at(),
                seen.observer(),
                measured,
                Checked.count(line.followers()),
                Checked.count(line.following()),
                Checked.count(line.posts()),
                seen.pastOrNull(line.createdAt()),
                line.hasAvatar(),
                Checked.length(line.bioLength()),
                seen.pastOrNull(line.lastPostAt()));
    }

    private static Evidence message(ObservationLine.Message line, long now) throws Refused {
        Checked.Seen seen = Checked.seen(line.account(), line.time(), line.observer(), now);
        return new Evidence.Observed(
                seen.account(),
                message(Checked.required(line.message()), seen.at(), seen.observer(), MAX_DELAY_SECONDS));
    }

    /** What is told of a message, which is not its text. */
    static Observation.MessageTold message(
            ObservationLine.MessageMarks marks, long at, String observer, long maxDelaySeconds) throws Refused {
        List<String> bands = new ArrayList<>();
        for (String band : Checked.required(marks.bands())) {
            bands.add(Checked.hash(band, 8));
        }
        if (!bands.isEmpty() && bands.size() != BANDS) {
            throw new Refused("invalid-field");
        }
        Long delay = marks.delaySeconds();
        if (delay != null && (delay < 0 || delay > maxDelaySeconds)) {
            throw new Refused("invalid-field");
        }
        return new Observation.MessageTold(
                at,
                observer,
                false,
                Checked.hash(marks.fingerprint(), 32),
                List.copyOf(bands),
                Checked.choice(marks.kind(), MessageKind.class),
                delay,
                Checked.required(marks.hasLink()));
    }

    private static Evidence followers(ObservationLine.FollowerSample line, long now) throws Refused {
        Checked.Seen seen = Checked.seen(line.account(), line.time(), line.observer(), now);
        Long total = Checked.count(line.total());
        List<ObservationLine.@Nullable Follower> sampled = Checked.required(line.followers());
        if (sampled.isEmpty()) {
            throw new Refused("empty-sample");
        }
        checkSize(sampled);
        TreeMap<Integer, Observation.SampledFollower> byRank = new TreeMap<>();
        for (ObservationLine.Follower one : sampled) {
            ObservationLine.Follower follower = Checked.required(one);
            int rank = Checked.rank(follower.rank());
            Counters counters = new Counters(
                    Checked.count(follower.followers()),
                    Checked.count(follower.following()),
                    Checked.count(follower.posts()),
                    seen.pastOrNull(follower.createdAt()),
                    follower.hasAvatar(),
                    Checked.length(follower.bioLength()),
                    seen.pastOrNull(follower.lastPostAt()));
            if (byRank.put(rank, new Observation.SampledFollower(rank, counters)) != null) {
                throw new Refused("duplicate-rank");
            }
        }
        if (total != null && byRank.lastKey() > total) {
            throw new Refused("rank-beyond-total");
        }
        return new Evidence.Observed(
                seen.account(),
                new Observation.FollowerSample(seen.at(), seen.observer(), true, total, List.copyOf(byRank.values())));
    }

    private static Evidence posts(ObservationLine.PostSample line, long now) throws Refused {
        Checked.Seen seen = Checked.seen(line.account(), line.time(), line.observer(), now);
        List<ObservationLine.@Nullable Post> sampled = Checked.required(line.posts());
        List<ObservationLine.@Nullable Question> asked = line.questions();
        if (sampled.isEmpty() && (asked == null || asked.isEmpty())) {
            throw new Refused("empty-sample");
        }
        checkSize(sampled);
        List<Observation.SampledPost> posts = new ArrayList<>();
        for (ObservationLine.Post post : sampled) {
            posts.add(post(Checked.required(post), seen));
        }
        // In full, so that the same sample is the same fact in whatever order it is sent.
        posts.sort(Comparator.comparingLong(Observation.SampledPost::at).thenComparing(Object::toString));
        List<Observation.Question> questions = null;
        if (asked != null) {
            checkSize(asked);
            questions = new ArrayList<>();
            for (ObservationLine.Question question : asked) {
                questions.add(question(Checked.required(question), seen));
            }
            questions.sort(Comparator.comparingLong(Observation.Question::at).thenComparing(Object::toString));
        }
        return new Evidence.Observed(
                seen.account(), new Observation.PostSample(seen.at(), seen.observer(), true, posts, questions));
    }

    private static Observation.SampledPost post(ObservationLine.Post post, Checked.Seen seen) throws Refused {
        List<@Nullable String> hits = Checked.required(post.hits());
        if (hits.size() > MAX_HITS) {
            throw new Refused("invalid-field");
        }
        List<String> codes = new ArrayList<>();
        for (String hit : hits) {
            codes.add(Checked.code(hit));
        }
        return new Observation.SampledPost(
                seen.past(post.time()),
                Checked.hash(post.template(), 16),
                Checked.choice(post.kind(), PostKind.class),
                Checked.required(post.hasLink()),
                Checked.required(post.promotional()),
                codes.stream().distinct().sorted().toList());
    }

    private static Observation.Question question(ObservationLine.Question question, Checked.Seen seen) throws Refused {
        long at = seen.past(question.time());
        Long answeredAt = seen.pastOrNull(question.answeredAt());
        if (answeredAt != null && answeredAt < at) {
            throw new Refused("time-out-of-range");
        }
        return new Observation.Question(at, Checked.hash(question.asker(), 16), answeredAt);
    }

    private static Evidence statement(ObservationLine.OwnerStatement line, long now) throws Refused {
        Checked.Seen seen = Checked.seen(line.account(), line.time(), line.observer(), now);
        return new Evidence.Observed(
                seen.account(),
                new Observation.OwnerStatement(
                        seen.at(), seen.observer(), true, Checked.choice(line.claim(), OwnerClaim.class)));
    }

    private static void checkSize(List<?> sampled) throws Refused {
        if (sampled.size() > MAX_SAMPLED) {
            throw new Refused("sample-too-large");
        }
    }
}
