package org.fairfollow.detection.followers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.fairfollow.detection.followers.Authenticity.Kind;
import org.fairfollow.detection.followers.BuysFollowersDetector.Thresholds;
import org.fairfollow.detection.followers.FollowerCounts.Reading;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.FollowerSample;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observation.SampledFollower;
import org.jspecify.annotations.Nullable;

/**
 * The sample of followers that is judged by: the newest measured one that is large enough. Samples are never merged, for
 * between two of them the ranks shift.
 *
 * @param sampleAt when it was taken; 0 when there is none
 * @param measured and not told
 * @param total followers in all; the largest rank seen where nobody told more, and 0 when not known at all
 * @param followers oldest follow first, every rank once
 */
record SampledFollowers(
        long sampleAt, boolean measured, long total, List<Follower> followers, Thresholds.Sample thresholds) {

    private static final long DAY = 86_400;
    private static final int PARTS = 10;

    /**
     * @param rank 1 followed last
     * @param created Unix epoch seconds; null: not known
     * @param fallenSilent its last post is long ago
     * @param fresh created shortly before it followed, as far as those who followed before it tell
     */
    record Follower(int rank, @Nullable Long created, Kind kind, boolean fallenSilent, boolean fresh) {
        boolean fake() {
            return kind == Kind.FAKE;
        }

        private Follower as(Kind other) {
            return new Follower(rank, created, other, fallenSilent, fresh);
        }
    }

    static SampledFollowers of(Dossier dossier, Thresholds thresholds) {
        Thresholds.Sample required = thresholds.sample();
        double oldest = dossier.asOf() - required.days() * (double) DAY;
        return dossier.observations().followerSamples().stream()
                .filter(sample -> FollowerCounts.isPast(sample.at(), dossier.asOf()) && sample.at() >= oldest)
                .map(sample -> of(sample, dossier, thresholds))
                .max(Comparator.comparing((SampledFollowers sample) -> sample.judged() >= required.followers())
                        .thenComparing(SampledFollowers::measured)
                        .thenComparingLong(SampledFollowers::sampleAt)
                        .thenComparingLong(SampledFollowers::judged)
                        // Whatever tells two samples of the same second apart, so that their order does not.
                        .thenComparingLong(SampledFollowers::total)
                        .thenComparing(sample -> sample.followers().toString()))
                .orElseGet(() -> new SampledFollowers(0, false, 0, List.of(), required));
    }

    private static SampledFollowers of(FollowerSample sample, Dossier dossier, Thresholds thresholds) {
        NavigableMap<Integer, Counters> oldestFirst = new TreeMap<>(Comparator.reverseOrder());
        for (SampledFollower follower : sample.followers()) {
            if (follower.rank() > 0) {
                oldestFirst.merge(
                        follower.rank(),
                        follower.counters(),
                        (one, other) -> one.toString().compareTo(other.toString()) <= 0 ? one : other);
            }
        }
        List<Follower> followers = new ArrayList<>();
        Long told = sample.total();
        OptionalLong shown = told != null ? OptionalLong.of(told) : followersShown(dossier, sample.at());
        long largest = oldestFirst.isEmpty() ? 0 : oldestFirst.firstKey();
        // Without anybody's word on the total, the ranks beyond the last one seen are not known to exist, or not to.
        long total = shown.isPresent() ? Math.max(shown.getAsLong(), largest) : 0;
        EarliestFollow earliest =
                new EarliestFollow(FollowerCounts.ofProfiles(dossier, thresholds.burst()), sample.at(), total);
        for (Map.Entry<Integer, Counters> entry : oldestFirst.entrySet()) {
            int rank = entry.getKey();
            Counters counters = entry.getValue();
            Long created = plausible(counters.createdAt(), sample.at());
            boolean fresh = created != null
                    && earliest.of(rank, created) - created
                            <= thresholds.stripe().freshDays() * DAY;
            followers.add(new Follower(
                    rank,
                    created,
                    Authenticity.of(counters, sample.at()).kind(),
                    Authenticity.hasFallenSilent(counters, sample.at()),
                    fresh));
        }
        return new SampledFollowers(sample.at(), sample.measured(), total, List.copyOf(followers), thresholds.sample());
    }

    /**
     * The earliest time at which a follower can have followed. Nobody follows before being created, so who followed later
     * did so after the newest of those before; and not while the account had fewer followers than those who still
     * precede. To be asked of the oldest follow first.
     */
    private static final class EarliestFollow {
        private final List<Reading> readings;
        private final long total;
        private long earliest = Long.MIN_VALUE;
        private int reading;

        EarliestFollow(List<Reading> readings, long sampleAt, long total) {
            this.readings = readings.stream()
                    .filter(one -> one.day() < Math.floorDiv(sampleAt, DAY))
                    .toList();
            this.total = total;
        }

        long of(int rank, long created) {
            while (reading < readings.size()
                    && readings.get(reading).count() + readings.get(reading).margin() < total - rank) {
                earliest = Math.max(earliest, readings.get(reading).day() * DAY);
                reading++;
            }
            earliest = Math.max(earliest, created);
            return earliest;
        }
    }

    private static @Nullable Long plausible(@Nullable Long created, long at) {
        return created != null && created > 0 && created <= at ? created : null;
    }

    /** What the profile showed nearest to an instant; the larger of equals. */
    private static OptionalLong followersShown(Dossier dossier, long at) {
        return dossier.observations().profiles().stream()
                .filter(profile -> profile.measured() && FollowerCounts.isPast(profile.at(), dossier.asOf()))
                .map(profile -> new long[] {profile.at(), followers(profile)})
                .filter(profile -> profile[1] >= 0)
                .min(Comparator.comparingLong((long[] profile) -> Math.abs(profile[0] - at))
                        .thenComparingLong(profile -> -profile[1]))
                .stream()
                .mapToLong(profile -> profile[1])
                .findFirst();
    }

    private static long followers(ProfileCounters profile) {
        return profile.followers() == null ? -1 : profile.followers().count();
    }

    /** Somebody looked, and the account or its host does not show who follows it. */
    boolean isHidden() {
        return sampleAt > 0 && followers.isEmpty();
    }

    long count(Kind kind) {
        return followers.stream().filter(follower -> follower.kind() == kind).count();
    }

    long fakes() {
        return count(Kind.FAKE);
    }

    long judged() {
        return followers.size() - count(Kind.UNKNOWN);
    }

    double judgedShare() {
        return followers.isEmpty() ? 0 : (double) judged() / followers.size();
    }

    boolean isCensus() {
        return total > 0 && followers.size() >= thresholds.census() * total;
    }

    /**
     * The sampled tenth of the ranks that is thinnest, against an even sample: 1 is even, 0 a tenth nobody looked at. Who
     * samples the newest followers only sees what happened last.
     */
    double spread() {
        if (total < PARTS) {
            return 0;
        }
        long[] parts = new long[PARTS];
        for (Follower follower : followers) {
            parts[(int) Math.min(PARTS - 1, (follower.rank() - 1L) * PARTS / total)]++;
        }
        long thinnest = Long.MAX_VALUE;
        for (long part : parts) {
            thinnest = Math.min(thinnest, part);
        }
        return Math.min(1, (double) thinnest * PARTS / Math.max(1, followers.size()));
    }

    /**
     * How many followers drawn one by one would tell as much as these. Neighbours in rank resemble each other, so a sample
     * that comes in pages, runs of consecutive ranks, tells less: the variance between runs says how much less.
     */
    double effective() {
        long n = judged();
        if (isCensus() || n == 0) {
            return n;
        }
        double share = (double) fakes() / n;
        int runs = 0;
        double squares = 0;
        double off = 0;
        boolean any = false;
        int before = 0;
        for (Follower follower : followers) {
            if (any && follower.rank() != before - 1) {
                squares += off * off;
                runs++;
                off = 0;
            }
            any = true;
            before = follower.rank();
            if (follower.kind() != Kind.UNKNOWN) {
                off += (follower.fake() ? 1 : 0) - share;
            }
        }
        squares += off * off;
        runs++;
        double alone = n * share * (1 - share);
        if (runs < 2 || alone == 0) {
            // Runs that do not differ at all do not tell how much runs differ.
            return runs;
        }
        double together = squares * runs / (runs - 1.0);
        return n / Math.max(1, together / alone);
    }

    /** The same sample with some of its followers taken for genuine, whatever they look like. */
    SampledFollowers withGenuine(Predicate<Follower> innocent) {
        return with(followers.stream()
                .map(follower -> follower.fake() && innocent.test(follower) ? follower.as(Kind.GENUINE) : follower)
                .toList());
    }

    SampledFollowers withUnknownGenuine() {
        return with(followers.stream()
                .map(follower -> follower.kind() == Kind.UNKNOWN ? follower.as(Kind.GENUINE) : follower)
                .toList());
    }

    private SampledFollowers with(List<Follower> others) {
        return new SampledFollowers(sampleAt, measured, total, others, thresholds);
    }
}
