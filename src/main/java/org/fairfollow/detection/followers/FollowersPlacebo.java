package org.fairfollow.detection.followers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.FollowerSample;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observation.SampledFollower;
import org.fairfollow.evidence.Observations;

/**
 * The same followers in another order: whoever was created together no longer follows together, and what was gained in
 * days is spread over the readings, and nobody arrives in the same hours elsewhere. The share that looks fake is the same; a pattern that is still found would be found in
 * anybody.
 */
final class FollowersPlacebo {
    private FollowersPlacebo() {}

    static Optional<Dossier> of(Dossier dossier) {
        Observations seen = dossier.observations();
        if (seen.followerSamples().isEmpty()) {
            return Optional.empty();
        }
        Observations dealt = new Observations(
                dealtProfiles(seen.profiles()),
                seen.relations(),
                seen.messages(),
                seen.followerSamples().stream().map(FollowersPlacebo::dealt).toList(),
                seen.postSamples(),
                seen.statements(),
                seen.alsoObserved());
        // Dealt over the months, hardly anybody arrives within the hour in which they arrived elsewhere.
        Arrivals arrivals = dossier.arrivals();
        return Optional.of(new Dossier(
                dossier.asOf(),
                dossier.follows(),
                dossier.targets(),
                dossier.coverage(),
                new Arrivals(arrivals.newest(), dealtDays(arrivals.days()), List.of()),
                dealt));
    }

    /** A permutation of so many places, without chance: by a hash (SplitMix64's finaliser) of the place and the salt. */
    private static int[] order(int size, long salt) {
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingLong((Integer place) -> mixed(place + salt * 0x9E3779B97F4A7C15L))
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(place -> place)
                .toArray();
    }

    private static long mixed(long value) {
        long first = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        long second = (first ^ (first >>> 27)) * 0x94D049BB133111EBL;
        return second ^ (second >>> 31);
    }

    /** Everything a follower shows moves together, so that none looks other than it did. */
    private static FollowerSample dealt(FollowerSample sample) {
        List<SampledFollower> followers = sample.followers().stream()
                .sorted(Comparator.comparingInt(SampledFollower::rank)
                        .thenComparing(follower -> follower.counters().toString()))
                .toList();
        int[] order = order(followers.size(), sample.at());
        List<SampledFollower> dealt = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            Counters counters = followers.get(order[i]).counters();
            dealt.add(new SampledFollower(followers.get(i).rank(), counters));
        }
        return new FollowerSample(sample.at(), sample.observer(), sample.measured(), sample.total(), dealt);
    }

    /** The gains from each reading to the next, dealt anew. */
    private static List<ProfileCounters> dealtProfiles(List<ProfileCounters> profiles) {
        List<ProfileCounters> counted = profiles.stream()
                .filter(profile -> profile.measured() && profile.followers() != null)
                .sorted(Comparator.comparingLong(ProfileCounters::at).thenComparing(ProfileCounters::toString))
                .toList();
        if (counted.isEmpty()) {
            return profiles;
        }
        int[] order = order(counted.size() - 1, counted.getFirst().at());
        List<ProfileCounters> dealt = new ArrayList<>();
        long followers = followers(counted.getFirst());
        dealt.add(counted.getFirst());
        for (int i = 0; i < order.length; i++) {
            followers += followers(counted.get(order[i] + 1)) - followers(counted.get(order[i]));
            dealt.add(withFollowers(counted.get(i + 1), Math.max(0, followers)));
        }
        profiles.stream()
                .filter(profile -> !profile.measured() || profile.followers() == null)
                .forEach(dealt::add);
        return List.copyOf(dealt);
    }

    private static long followers(ProfileCounters profile) {
        Count followers = profile.followers();
        return followers == null ? 0 : followers.count();
    }

    private static ProfileCounters withFollowers(ProfileCounters profile, long followers) {
        Count count = profile.followers();
        return new ProfileCounters(
                profile.at(),
                profile.observer(),
                profile.measured(),
                new Count(followers, count == null || count.exact()),
                profile.following(),
                profile.posts(),
                profile.createdAt(),
                profile.hasAvatar(),
                profile.bioLength(),
                profile.lastPostAt());
    }

    /** What came and went on a day moves to another day. */
    private static List<Arrivals.Day> dealtDays(List<Arrivals.Day> days) {
        List<Arrivals.Day> sorted = days.stream()
                .sorted(Comparator.comparingInt(Arrivals.Day::day)
                        .thenComparingInt(Arrivals.Day::followed)
                        .thenComparingInt(Arrivals.Day::unfollowed))
                .toList();
        int[] order = order(sorted.size(), 1);
        return IntStream.range(0, order.length)
                .mapToObj(i -> new Arrivals.Day(
                        sorted.get(i).day(),
                        sorted.get(order[i]).followed(),
                        sorted.get(order[i]).unfollowed()))
                .toList();
    }
}
