package org.fairfollow.detection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Observation;
import org.fairfollow.evidence.Observations;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;

/** Dossiers of anything the types allow: strange times, gaps, unknown people, spare and absurd records. */
public final class AnyDossier {
    private static final long DAY = 86_400;
    private static final long AS_OF = Instant.parse("2026-11-22T10:00:00Z").getEpochSecond();
    /** Of the planet, as intake bounds it. */
    private static final long MOST = 8_300_000_000L;

    private final Random random;
    private final int people;
    private final boolean told;

    private AnyDossier(Random random, boolean told) {
        this.random = random;
        this.people = 1 + random.nextInt(300);
        this.told = told;
    }

    public static Dossier drawn(long seed) {
        return new AnyDossier(new Random(seed), false).draw();
    }

    /** One in which nothing was measured and nothing streamed: all of it is what people tell. */
    public static Dossier toldOnly(long seed) {
        return new AnyDossier(new Random(seed), true).draw();
    }

    private Dossier draw() {
        Map<Integer, Target> targets = new HashMap<>();
        for (int person = 0; person < people; person++) {
            if (random.nextInt(20) > 0) {
                targets.put(person, new Target(spans(2), activeDays(), spans(9), spans(9)));
            }
        }
        Coverage coverage = told
                ? new Coverage(List.of(), 0, 0, 0, 0)
                : new Coverage(
                        spans(1), random.nextInt(1_000), random.nextInt(60), random.nextInt(100), random.nextInt(9));
        return new Dossier(
                AS_OF,
                told ? List.of() : many(400, () -> new FollowEpisode(random.nextInt(people), span())),
                told ? Map.of() : targets,
                coverage,
                told ? Arrivals.NONE : arrivals(),
                observations());
    }

    private Arrivals arrivals() {
        return new Arrivals(
                many(
                        300,
                        () -> new Arrivals.Arrival(
                                random.nextInt(people),
                                span(),
                                random.nextBoolean() ? counters() : null,
                                activeDays())),
                many(
                        90,
                        () -> new Arrivals.Day(
                                (int) (AS_OF / DAY) - random.nextInt(100), random.nextInt(4_000), random.nextInt(900))),
                many(12, () -> new Arrivals.Companion(random.nextInt(50), random.nextInt(900))));
    }

    private Observations observations() {
        Map<String, List<Integer>> also = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            also.put("o" + i, many(6, () -> random.nextInt(9)));
        }
        String template = hex(16);
        List<String> bands = bands();
        return new Observations(
                many(120, this::profile),
                many(
                        60,
                        () -> new Observation.RelationTold(
                                at(),
                                observer(),
                                measured(),
                                random.nextBoolean(),
                                random.nextInt(people),
                                random.nextBoolean())),
                many(
                        40,
                        () -> new Observation.MessageTold(
                                at(),
                                observer(),
                                false,
                                random.nextBoolean() ? template : hex(16),
                                random.nextBoolean() ? bands : random.nextBoolean() ? List.of() : bands(),
                                any(Observation.MessageKind.values()),
                                random.nextInt(3) == 0 ? null : Long.valueOf(random.nextInt(1_200)),
                                random.nextBoolean())),
                many(3, this::followerSample),
                many(3, this::postSample),
                many(
                        2,
                        () -> new Observation.OwnerStatement(
                                at(), observer(), true, Observation.OwnerClaim.FOLLOWERS_NOT_ORDERED)),
                also);
    }

    private Observation.ProfileCounters profile() {
        Counters counters = counters();
        return new Observation.ProfileCounters(
                at(),
                observer(),
                measured(),
                count(counters.followers()),
                count(counters.following()),
                count(counters.posts()),
                counters.createdAt(),
                counters.hasAvatar(),
                counters.bioLength(),
                counters.lastPostAt());
    }

    private Observation.Count count(Long value) {
        return value == null ? null : new Observation.Count(value, random.nextInt(5) > 0);
    }

    private Observation.FollowerSample followerSample() {
        int size = random.nextInt(3) == 0 ? random.nextInt(30) : 350 + random.nextInt(400);
        long total = size + (long) (random.nextDouble() * 5_000);
        Map<Integer, Observation.SampledFollower> byRank = new LinkedHashMap<>();
        boolean all = random.nextInt(4) == 0;
        for (int i = 1; i <= size; i++) {
            int rank = all ? i : 1 + random.nextInt((int) total);
            byRank.putIfAbsent(rank, new Observation.SampledFollower(rank, counters()));
        }
        return new Observation.FollowerSample(
                at(), observer(), measured(), random.nextBoolean() ? total : null, List.copyOf(byRank.values()));
    }

    private Observation.PostSample postSample() {
        String template = hex(8);
        boolean timed = random.nextBoolean();
        return new Observation.PostSample(
                at(),
                observer(),
                measured(),
                many(
                        250,
                        () -> new Observation.SampledPost(
                                timed ? at() / 3_600 * 3_600 : at(),
                                random.nextInt(4) > 0 ? template : hex(8),
                                random.nextInt(3) > 0
                                        ? Observation.PostKind.ORIGINAL
                                        : any(Observation.PostKind.values()),
                                random.nextInt(4) > 0,
                                random.nextInt(4) > 0,
                                random.nextInt(40) == 0 ? List.of("unfollow-count", "unfollow-names") : List.of())),
                random.nextInt(3) == 0
                        ? null
                        : many(
                                150,
                                () -> new Observation.Question(at(), hex(8), random.nextInt(9) == 0 ? at() : null)));
    }

    private Counters counters() {
        return new Counters(
                number(), number(), number(), maybe(this::at), maybe(random::nextBoolean), bio(), maybe(this::at));
    }

    private Integer bio() {
        return maybe(() -> random.nextInt(400));
    }

    private Long number() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> 0L;
            case 2 -> MOST - random.nextInt(3);
            case 3 -> (long) random.nextInt(100_000);
            default -> (long) Math.exp(9 * random.nextDouble());
        };
    }

    private <T> T maybe(Supplier<T> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }

    private boolean measured() {
        return !told && random.nextInt(4) > 0;
    }

    private String observer() {
        return "o" + random.nextInt(12);
    }

    /** Anywhere in the last months, now and then on a whole day, or absurd. */
    private long at() {
        return switch (random.nextInt(12)) {
            case 0 -> AS_OF;
            case 1 -> random.nextInt(3);
            case 2 -> AS_OF - random.nextInt(120) * DAY;
            default -> AS_OF - random.nextLong(120 * DAY);
        };
    }

    private Span span() {
        long from = at();
        return new Span(
                from,
                switch (random.nextInt(4)) {
                    case 0 -> Span.OPEN;
                    case 1 -> from;
                    case 2 -> from + random.nextInt(30) * DAY;
                    default -> from + random.nextLong(40 * DAY);
                });
    }

    private List<Span> spans(int rarity) {
        return random.nextInt(rarity) > 0 ? List.of() : many(3, this::span);
    }

    private List<Integer> activeDays() {
        int today = (int) (AS_OF / DAY);
        return random.ints(random.nextInt(9), today - 130, today + 1)
                .sorted()
                .boxed()
                .toList();
    }

    private List<String> bands() {
        return Stream.generate(() -> hex(4)).limit(32).toList();
    }

    private String hex(int bytes) {
        byte[] some = new byte[bytes];
        random.nextBytes(some);
        return HexFormat.of().formatHex(some);
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> List<T> many(int most, Supplier<T> one) {
        int size = random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt(most + 1);
        return Stream.generate(one).limit(size).toList();
    }

    /** The same evidence with every list in another order. */
    static Dossier shuffled(Dossier dossier, long seed) {
        Random random = new Random(seed);
        Arrivals arrivals = dossier.arrivals();
        Observations told = dossier.observations();
        return new Dossier(
                dossier.asOf(),
                shuffled(dossier.follows(), random),
                dossier.targets(),
                dossier.coverage(),
                new Arrivals(
                        shuffled(arrivals.newest(), random),
                        shuffled(arrivals.days(), random),
                        shuffled(arrivals.companions(), random)),
                new Observations(
                        shuffled(told.profiles(), random),
                        shuffled(told.relations(), random),
                        shuffled(told.messages(), random),
                        shuffled(
                                told.followerSamples().stream()
                                        .map(sample -> new Observation.FollowerSample(
                                                sample.at(),
                                                sample.observer(),
                                                sample.measured(),
                                                sample.total(),
                                                shuffled(sample.followers(), random)))
                                        .toList(),
                                random),
                        shuffled(
                                told.postSamples().stream()
                                        .map(sample -> new Observation.PostSample(
                                                sample.at(),
                                                sample.observer(),
                                                sample.measured(),
                                                shuffled(sample.posts(), random),
                                                sample.questions() == null
                                                        ? null
                                                        : shuffled(sample.questions(), random)))
                                        .toList(),
                                random),
                        shuffled(told.statements(), random),
                        told.alsoObserved()));
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }
}
