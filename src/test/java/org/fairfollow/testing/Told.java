package org.fairfollow.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fairfollow.account.AccountName;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Observation;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.FollowerSample;
import org.fairfollow.evidence.Observation.MessageKind;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.evidence.Observation.OwnerClaim;
import org.fairfollow.evidence.Observation.OwnerStatement;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.PostSample;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observation.Question;
import org.fairfollow.evidence.Observation.SampledFollower;
import org.fairfollow.evidence.Observation.SampledPost;

/** Invented observations of every kind, and the lines observers would send. */
public final class Told {
    private static final long DAY = 86_400;

    private final Random random;

    public Told(Random random) {
        this.random = random;
    }

    /** One of any kind but relations. */
    public Observation any(long at, String observer) {
        return switch (random.nextInt(5)) {
            case 0 -> profile(at, observer);
            case 1 -> message(at, observer);
            case 2 -> followers(at, observer, 1 + random.nextInt(30));
            case 3 -> posts(at, observer, random.nextInt(30));
            default -> new OwnerStatement(at, observer, true, OwnerClaim.FOLLOWERS_NOT_ORDERED);
        };
    }

    public ProfileCounters profile(long at, String observer) {
        return new ProfileCounters(
                at,
                observer,
                true,
                new Count(number(), random.nextBoolean()),
                random.nextBoolean() ? new Count(number(), true) : null,
                random.nextBoolean() ? new Count(number(), false) : null,
                maybe(before(at)),
                random.nextBoolean() ? random.nextBoolean() : null,
                random.nextBoolean() ? random.nextInt(500) : null,
                maybe(before(at)));
    }

    public MessageTold message(long at, String observer) {
        return new MessageTold(
                at,
                observer,
                false,
                hex(32),
                random.nextBoolean()
                        ? List.of()
                        : Stream.generate(() -> hex(8)).limit(32).toList(),
                MessageKind.values()[random.nextInt(MessageKind.values().length)],
                maybe(random.nextLong(90 * DAY + 1)),
                random.nextBoolean());
    }

    public FollowerSample followers(long at, String observer, int count) {
        TreeMap<Integer, SampledFollower> followers = new TreeMap<>();
        while (followers.size() < count) {
            int rank = 1 + random.nextInt(100_000);
            followers.put(rank, new SampledFollower(rank, counters(at)));
        }
        Long total = random.nextBoolean() ? Long.valueOf(100_000 + random.nextInt(1_000)) : null;
        return new FollowerSample(at, observer, true, total, List.copyOf(followers.values()));
    }

    public PostSample posts(long at, String observer, int count) {
        List<SampledPost> posts = IntStream.range(0, count)
                .mapToObj(i -> new SampledPost(
                        before(at),
                        hex(16),
                        PostKind.values()[random.nextInt(PostKind.values().length)],
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean() ? List.of() : List.of("counts-unfollowers", "names-somebody")))
                .sorted(Comparator.comparingLong(SampledPost::at).thenComparing(Object::toString))
                .toList();
        boolean asked = count == 0 || random.nextBoolean();
        return new PostSample(at, observer, true, posts, asked ? questions(at, 1 + random.nextInt(20)) : null);
    }

    private List<Question> questions(long at, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    long asked = before(at);
                    return new Question(asked, hex(16), maybe(asked + random.nextLong(at - asked + 1)));
                })
                .sorted(Comparator.comparingLong(Question::at).thenComparing(Object::toString))
                .toList();
    }

    private Counters counters(long at) {
        return new Counters(
                maybe(number()),
                maybe(number()),
                maybe(number()),
                maybe(before(at)),
                random.nextBoolean() ? random.nextBoolean() : null,
                random.nextBoolean() ? random.nextInt(300) : null,
                maybe(before(at)));
    }

    private long number() {
        return random.nextInt(20) == 0 ? 8_300_000_000L : random.nextInt(5_000);
    }

    private long before(long at) {
        return at - random.nextLong(300 * DAY);
    }

    private Long maybe(long value) {
        return random.nextInt(3) > 0 ? value : null;
    }

    public String hex(int digits) {
        byte[] bytes = new byte[digits / 2];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The line of a follow ({@code follows}) or unfollow. */
    public static String line(AccountName actor, AccountName target, boolean follows, long at, String observer) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("kind", follows ? "follow" : "unfollow");
        line.put("actor", named(actor));
        line.put("target", named(target));
        line.put("time", time(at));
        line.put("observer", observer);
        return json(line);
    }

    /** The line with which an observer tells this; samples in another order than they are kept in. */
    public static String line(AccountName account, Observation fact) {
        Map<String, Object> line = new LinkedHashMap<>();
        switch (fact) {
            case ProfileCounters profile -> {
                line.put("kind", "profile-counters");
                line.put("followers", profile.followers());
                line.put("following", profile.following());
                line.put("posts", profile.posts());
                putProfile(line, profile.counters());
            }
            case MessageTold message -> {
                line.put("kind", "message");
                Map<String, Object> marks = new LinkedHashMap<>();
                marks.put("fingerprint", message.fingerprint());
                marks.put("bands", message.bands());
                marks.put("kind", lower(message.kind()));
                marks.put("delaySeconds", message.delaySeconds());
                marks.put("hasLink", message.hasLink());
                line.put("message", marks);
            }
            case FollowerSample sample -> {
                line.put("kind", "follower-sample");
                line.put("total", sample.total());
                line.put(
                        "followers",
                        sample.followers().reversed().stream()
                                .map(Told::follower)
                                .toList());
            }
            case PostSample sample -> {
                line.put("kind", "post-sample");
                line.put(
                        "posts",
                        sample.posts().reversed().stream().map(Told::post).toList());
                if (sample.questions() != null) {
                    line.put(
                            "questions",
                            sample.questions().reversed().stream()
                                    .map(Told::question)
                                    .toList());
                }
            }
            case OwnerStatement statement -> {
                line.put("kind", "owner-statement");
                line.put("claim", lower(statement.claim()).replace('_', '-'));
            }
            case Observation.RelationTold relation -> throw new IllegalArgumentException("a relation has two sides");
        }
        line.put("account", named(account));
        line.put("time", time(fact.at()));
        line.put("observer", fact.observer());
        return json(line);
    }

    private static Map<String, Object> follower(SampledFollower follower) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("rank", follower.rank());
        one.put("followers", follower.counters().followers());
        one.put("following", follower.counters().following());
        one.put("posts", follower.counters().posts());
        putProfile(one, follower.counters());
        return one;
    }

    private static void putProfile(Map<String, Object> fields, Counters counters) {
        fields.put("createdAt", time(counters.createdAt()));
        fields.put("hasAvatar", counters.hasAvatar());
        fields.put("bioLength", counters.bioLength());
        fields.put("lastPostAt", time(counters.lastPostAt()));
    }

    private static Map<String, Object> post(SampledPost post) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("time", time(post.at()));
        one.put("template", post.template());
        one.put("kind", lower(post.kind()));
        one.put("hasLink", post.hasLink());
        one.put("promotional", post.promotional());
        one.put("hits", new ArrayList<>(post.hits()).reversed());
        return one;
    }

    private static Map<String, Object> question(Question question) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("time", time(question.at()));
        one.put("asker", question.asker());
        one.put("answeredAt", time(question.answeredAt()));
        return one;
    }

    private static Map<String, Object> named(AccountName name) {
        String text = name.isHandle() || name.network().id().equals("bluesky")
                ? name.value()
                : "id:" + Base64.getUrlEncoder().encodeToString(name.value().getBytes());
        return Map.of("network", name.network().id(), "name", text);
    }

    private static String time(Long second) {
        return second == null ? null : Instant.ofEpochSecond(second).toString();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String json(Map<String, Object> line) {
        line.values().removeIf(value -> value == null);
        try {
            return new ObjectMapper().writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
