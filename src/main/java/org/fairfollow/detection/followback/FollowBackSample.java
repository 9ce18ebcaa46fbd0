package org.fairfollow.detection.followback;

import java.util.List;
import java.util.function.Predicate;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.Statistics.Interval;
import org.fairfollow.detection.followback.AutoFollowBackDetector.Thresholds;
import org.fairfollow.detection.followback.FollowReceived.Look;

/**
 * What the auto-follow-back rule looks at, of one set of follows received.
 *
 * @param returned follows received and returned within 24 hours, of all
 * @param quick those returned within ten minutes, of those returned
 * @param throwaways those returned, of throwaway-looking followers
 * @param others those returned, of the other followers
 * @param clock the clock to which the follow-backs keep best
 * @param clockAtMost the most of their batches that any clock could account for
 * @param clockInherited share of the follows received that the same clock would account for
 */
record FollowBackSample(
        List<FollowReceived> received,
        Part returned,
        Part quick,
        Part throwaways,
        Part others,
        BatchClock clock,
        double clockAtMost,
        double clockInherited) {

    /** So many of so many. */
    record Part(int count, int of) {
        static Part of(List<FollowReceived> received, Predicate<FollowReceived> counted) {
            return new Part((int) received.stream().filter(counted).count(), received.size());
        }

        double share() {
            return of == 0 ? 0 : (double) count / of;
        }

        Interval share(double z) {
            return Statistics.wilson(count, of, z);
        }
    }

    static FollowBackSample of(List<FollowReceived> received, Thresholds thresholds) {
        List<FollowReceived> returned =
                received.stream().filter(FollowReceived::followedBack).toList();
        List<Long> followBacks =
                returned.stream().map(FollowReceived::followedBackAt).toList();
        BatchClock clock = BatchClock.of(followBacks, thresholds);
        return new FollowBackSample(
                received,
                new Part(returned.size(), received.size()),
                Part.of(returned, follow -> follow.followedBackWithin(thresholds.quickSeconds())),
                looking(received, Look.THROWAWAY),
                looking(received, Look.OTHER),
                clock,
                BatchClock.shareAtMost(followBacks, thresholds),
                clock.shareOf(received.stream().map(FollowReceived::at).toList(), thresholds));
    }

    private static Part looking(List<FollowReceived> received, Look look) {
        return Part.of(
                received.stream().filter(follow -> follow.look() == look).toList(), FollowReceived::followedBack);
    }

    /** How much less often throwaway-looking followers were followed back than the others; negative: more often. */
    double spared() {
        return others.share() - throwaways.share();
    }

    /** Median seconds that those followed back had waited; of two in the middle the longer. */
    long medianLatency() {
        List<Long> latencies = received.stream()
                .filter(FollowReceived::followedBack)
                .map(FollowReceived::latency)
                .sorted()
                .toList();
        return latencies.isEmpty() ? 0 : latencies.get(latencies.size() / 2);
    }

    /** A clock that the follows received keep to as well is theirs, not the account's. */
    boolean ownClock() {
        return clockInherited < clock.share() / 2;
    }
}
