package org.fairfollow.detection.followers;

import java.util.List;
import java.util.stream.Stream;
import org.fairfollow.detection.followers.Authenticity.Kind;
import org.fairfollow.detection.followers.Bursts.Burst;
import org.fairfollow.detection.followers.BuysFollowersDetector.Thresholds;
import org.fairfollow.detection.followers.FollowerCounts.Reading;
import org.fairfollow.detection.followers.SampledFollowers.Follower;
import org.fairfollow.detection.followers.Stripes.Stripe;
import org.fairfollow.evidence.Dossier;

/**
 * What pattern the arrivals of followers make, in three families that have nothing to do with each other.
 *
 * @param stripes provenance: followers created together who follow one after the other
 * @param readings of the followers in all, the longer of both series
 * @param bursts dynamics: gains beyond the usual; some may not count
 * @param viralExcluded at least one burst that counts cannot be the work of a post of the account's own
 * @param shared arrivals that other accounts share
 * @param synchrony enough of them are, and they look fake
 */
record PurchasePattern(
        List<Stripe> stripes,
        List<Reading> readings,
        List<Burst> bursts,
        boolean viralExcluded,
        SharedArrivals shared,
        boolean synchrony) {

    static PurchasePattern of(
            Dossier dossier, SampledFollowers sample, FakeShare.OfGroup shares, Thresholds thresholds) {
        return new Reader(dossier, sample, shares, thresholds).read();
    }

    boolean provenance() {
        return !stripes.isEmpty();
    }

    boolean dynamics() {
        return bursts.stream().anyMatch(Burst::counts);
    }

    int families() {
        return count(provenance(), dynamics(), synchrony);
    }

    int familiesUnlessViral() {
        return count(provenance(), viralExcluded, synchrony);
    }

    private static int count(boolean... families) {
        int count = 0;
        for (boolean family : families) {
            count += family ? 1 : 0;
        }
        return count;
    }

    private record Reader(Dossier dossier, SampledFollowers sample, FakeShare.OfGroup shares, Thresholds thresholds) {
        private static final long DAY = 86_400;

        PurchasePattern read() {
            List<Reading> profiles = FollowerCounts.ofProfiles(dossier, thresholds.burst());
            List<Reading> arrivals = FollowerCounts.ofArrivals(dossier, total(profiles));
            List<Burst> bursts = Stream.of(profiles, arrivals)
                    .flatMap(readings -> Bursts.find(readings, thresholds.burst()).stream())
                    .distinct()
                    .toList();
            SharedArrivals shared = SharedArrivals.of(dossier.arrivals(), thresholds.synchrony());
            return new PurchasePattern(
                    new Stripes(sample, shares, thresholds).find(),
                    profiles.size() >= arrivals.size() ? profiles : arrivals,
                    bursts,
                    bursts.stream().filter(Burst::counts).anyMatch(this::cannotBeViral),
                    shared,
                    shared.show(thresholds.synchrony()) && arrivalsLookFake(shared));
        }

        private long total(List<Reading> profiles) {
            if (sample.total() > 0) {
                return sample.total();
            }
            return profiles.isEmpty() ? 0 : (long) profiles.getLast().count();
        }

        /** Whom a post draws in stays, and looks genuine. */
        private boolean cannotBeViral(Burst burst) {
            if (burst.shrank()) {
                return true;
            }
            double newest = sample.total() - burst.before() - burst.gained();
            return burst.lastDay() <= Math.floorDiv(sample.sampleAt(), DAY)
                    && looksFake(kinds(sample.followers().stream()
                            .filter(follower ->
                                    follower.rank() > newest && follower.rank() <= newest + burst.gained())));
        }

        /** As the arrivals' own profiles tell; where those were not seen, as the newest ranks of the sample do. */
        private boolean arrivalsLookFake(SharedArrivals shared) {
            List<Kind> seen = dossier.arrivals().newest().stream()
                    .flatMap(arrival -> Stream.ofNullable(arrival.counters()))
                    .map(counters -> Authenticity.of(counters, dossier.asOf()).kind())
                    .filter(kind -> kind != Kind.UNKNOWN)
                    .toList();
            return seen.size() >= thresholds.sample().group()
                    ? looksFake(seen)
                    : looksFake(kinds(
                            sample.followers().stream().filter(follower -> follower.rank() <= shared.arrivals())));
        }

        private static List<Kind> kinds(Stream<Follower> followers) {
            return followers
                    .map(Follower::kind)
                    .filter(kind -> kind != Kind.UNKNOWN)
                    .toList();
        }

        private boolean looksFake(List<Kind> kinds) {
            long fakes = kinds.stream().filter(kind -> kind == Kind.FAKE).count();
            return kinds.size() >= thresholds.sample().group()
                    && shares.of(fakes, kinds.size(), kinds.size()).atLeast(thresholds.alibiZ()) >= thresholds.share();
        }
    }
}
