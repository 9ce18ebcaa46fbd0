package org.fairfollow.detection.followers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Arrivals.Companion;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.FollowerSample;
import org.fairfollow.evidence.Observation.OwnerClaim;
import org.fairfollow.evidence.Observation.OwnerStatement;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observation.SampledFollower;
import org.fairfollow.evidence.Observations;

/** Invents who follows an account and since when, alike for the same seed. */
final class InventedFollowing {
    static final long DAY = 86_400;
    static final long AS_OF = Instant.parse("2026-11-22T10:00:00Z").getEpochSecond();
    private static final long SERIES_DAYS = 120;

    /** Somebody's follow. */
    private record Follow(long at, long leaves, Counters counters) {}

    private final Random random;
    private final List<Follow> follows = new ArrayList<>();
    private final List<Companion> companions = new ArrayList<>();
    private final List<OwnerStatement> statements = new ArrayList<>();
    private int sampled = 400;
    private boolean measured = true;
    private boolean withReadings = true;
    private boolean withCreation = true;
    private IntPredicate looksAt = rank -> true;
    private int page = 1;
    private boolean even;

    private InventedFollowing(long seed) {
        this.random = new Random(seed);
    }

    /** Followers that come evenly over four years. */
    static InventedFollowing organic(int followers, long seed) {
        InventedFollowing following = new InventedFollowing(seed);
        long began = AS_OF - 4 * 365 * DAY;
        for (int i = 0; i < followers; i++) {
            following.follows.add(new Follow(
                    began + (AS_OF - began) * i / followers,
                    Long.MAX_VALUE,
                    following.person(began + (AS_OF - began) * i / followers)));
        }
        return following;
    }

    /** Follows about as many as follow it, and posts. */
    private Counters person(long at) {
        double size = Math.exp(5 + 1.2 * random.nextGaussian());
        long created = at - 10 * DAY - (long) (random.nextDouble() * 6 * 365 * DAY);
        return new Counters(
                Math.round(size),
                Math.round(size * Math.exp(.6 * random.nextGaussian())),
                Math.round(Math.exp(5.5 + 1.3 * random.nextGaussian())),
                created,
                true,
                40,
                AS_OF - random.nextLong(100 * DAY));
    }

    /** Follows hundreds, is followed by few, hardly posts. */
    private Counters fake(long created) {
        return new Counters(
                (long) random.nextInt(15),
                300L + random.nextInt(1_200),
                (long) random.nextInt(8),
                created,
                random.nextBoolean(),
                0,
                created + 5 * DAY);
    }

    /** Created within a week, long before; so many come within some hours. */
    InventedFollowing batch(int followers, int daysAgo, int hours, int createdDaysBefore) {
        long from = AS_OF - daysAgo * DAY;
        for (int i = 0; i < followers; i++) {
            long created = from - createdDaysBefore * DAY + random.nextLong(6 * DAY);
            Counters fake = fake(created);
            Counters recent = new Counters(
                    fake.followers(),
                    fake.following(),
                    fake.posts(),
                    fake.createdAt(),
                    fake.hasAvatar(),
                    fake.bioLength(),
                    AS_OF - random.nextLong(60 * DAY));
            follows.add(new Follow(from + random.nextLong(hours * 3_600L), Long.MAX_VALUE, recent));
        }
        return this;
    }

    /** A post goes round: people come, fewer every day. */
    InventedFollowing viral(int followers, int daysAgo) {
        long from = AS_OF - daysAgo * DAY;
        for (int i = 0; i < followers; i++) {
            long at = Math.min(AS_OF - 1, from + (long) (-Math.log(1 - random.nextDouble()) * 2.5 * DAY));
            follows.add(new Follow(at, Long.MAX_VALUE, person(at)));
        }
        return this;
    }

    /** People who signed up in those days, follow many already and are followed by nobody yet. */
    InventedFollowing newcomers(int followers, int daysAgo, int hours) {
        long from = AS_OF - daysAgo * DAY;
        for (int i = 0; i < followers; i++) {
            long at = from + random.nextLong(hours * 3_600L);
            Counters fake = fake(at - random.nextLong(2 * DAY));
            follows.add(new Follow(at, Long.MAX_VALUE, fake));
        }
        return this;
    }

    /** Everybody looks fake now, evenly: an audience that only reads. */
    InventedFollowing readers(double share) {
        follows.replaceAll(follow -> random.nextDouble() < share
                ? new Follow(
                        follow.at,
                        follow.leaves,
                        fake(follow.counters.createdAt() == null ? 1 : follow.counters.createdAt()))
                : follow);
        return this;
    }

    /** Those of the last days leave again. */
    InventedFollowing losing(double share, int cameDaysAgo, int leftDaysAgo) {
        follows.replaceAll(follow -> follow.at >= AS_OF - cameDaysAgo * DAY
                        && follow.at < AS_OF - (cameDaysAgo - 2) * DAY
                        && random.nextDouble() < share
                ? new Follow(follow.at, AS_OF - leftDaysAgo * DAY - random.nextLong(15 * DAY), follow.counters)
                : follow);
        return this;
    }

    /** Everybody's last post is long ago. */
    InventedFollowing silent() {
        follows.replaceAll(follow -> new Follow(
                follow.at,
                follow.leaves,
                new Counters(
                        follow.counters.followers(),
                        follow.counters.following(),
                        follow.counters.posts(),
                        follow.counters.createdAt(),
                        true,
                        40,
                        AS_OF - 181 * DAY)));
        return this;
    }

    /** Ordinary people, all within some hours, as after a broadcast. */
    InventedFollowing genuineBurst(int followers, int daysAgo) {
        long from = AS_OF - daysAgo * DAY;
        for (int i = 0; i < followers; i++) {
            follows.add(new Follow(from + random.nextLong(20 * 3_600L), Long.MAX_VALUE, person(from)));
        }
        return this;
    }

    InventedFollowing companions(int count, int shared) {
        for (int i = 0; i < count; i++) {
            companions.add(new Companion(i + 1, shared));
        }
        return this;
    }

    InventedFollowing sampled(int sampled) {
        this.sampled = sampled;
        return this;
    }

    InventedFollowing inPagesOf(int page) {
        this.page = page;
        return this;
    }

    /** Pages at even distances, as a careful sampler takes them. */
    InventedFollowing inEvenPagesOf(int page) {
        this.page = page;
        this.even = true;
        return this;
    }

    InventedFollowing only(IntPredicate ranks) {
        this.looksAt = ranks;
        return this;
    }

    InventedFollowing told() {
        this.measured = false;
        return this;
    }

    InventedFollowing withoutReadings() {
        this.withReadings = false;
        return this;
    }

    InventedFollowing withoutCreationDates() {
        this.withCreation = false;
        return this;
    }

    InventedFollowing disowned() {
        statements.add(new OwnerStatement(AS_OF - DAY, "owner", true, OwnerClaim.FOLLOWERS_NOT_ORDERED));
        return this;
    }

    Dossier dossier() {
        List<Follow> staying = follows.stream()
                .filter(follow -> follow.leaves > AS_OF)
                .sorted(Comparator.comparingLong(Follow::at).reversed())
                .toList();
        List<FollowerSample> samples = sampled == 0
                ? List.of()
                : List.of(
                        new FollowerSample(AS_OF - 3_600, "sampler", measured, (long) staying.size(), sample(staying)));
        Observations observations = new Observations(
                withReadings ? readings() : List.of(), List.of(), List.of(), samples, List.of(), statements, Map.of());
        List<Arrivals.Day> days = companions.isEmpty() ? List.of() : days();
        return new Dossier(
                AS_OF,
                List.of(),
                Map.of(),
                new Coverage(List.of(), 0, 0, 0, 0),
                new Arrivals(List.of(), days, companions),
                observations);
    }

    private List<SampledFollower> sample(List<Follow> staying) {
        List<Integer> pages = new ArrayList<>();
        for (int from = 0; from < staying.size(); from += page) {
            pages.add(from);
        }
        if (even) {
            int every = Math.max(1, staying.size() / sampled);
            pages.removeIf(from -> from / page % every != 0);
        } else {
            Collections.shuffle(pages, random);
        }
        List<SampledFollower> sample = new ArrayList<>();
        for (int from : pages) {
            for (int i = from; i < Math.min(from + page, staying.size()) && sample.size() < sampled; i++) {
                if (looksAt.test(i + 1)) {
                    Counters counters = staying.get(i).counters;
                    sample.add(new SampledFollower(i + 1, withCreation ? counters : undated(counters)));
                }
            }
        }
        sample.sort(Comparator.comparingInt(SampledFollower::rank));
        return sample;
    }

    private static Counters undated(Counters counters) {
        return new Counters(
                counters.followers(), counters.following(), counters.posts(), null, null, null, counters.lastPostAt());
    }

    private List<ProfileCounters> readings() {
        List<ProfileCounters> readings = new ArrayList<>();
        for (long day = SERIES_DAYS; day >= 0; day--) {
            long at = AS_OF - day * DAY;
            long count = follows.stream()
                    .filter(follow -> follow.at <= at && follow.leaves > at)
                    .count();
            readings.add(reading(at, count));
        }
        return readings;
    }

    static ProfileCounters reading(long at, long followers) {
        return new ProfileCounters(at, "prober", true, new Count(followers, true), null, null, null, null, null, null);
    }

    private List<Arrivals.Day> days() {
        List<Arrivals.Day> days = new ArrayList<>();
        for (long day = AS_OF / DAY - 30; day <= AS_OF / DAY; day++) {
            long today = day;
            int followed = (int)
                    follows.stream().filter(follow -> follow.at / DAY == today).count();
            if (followed > 0) {
                days.add(new Arrivals.Day((int) day, followed, 0));
            }
        }
        return days;
    }
}
