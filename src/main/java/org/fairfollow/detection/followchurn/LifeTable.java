package org.fairfollow.detection.followchurn;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Time at risk and drops by the age of the follow, apart for follows not yet returned and already returned: the counts
 * that are published, and that tell which ages were seen often enough to accuse.
 */
final class LifeTable {
    /** Edges of the age bins in days. */
    static final List<Integer> EDGES = List.of(0, 1, 2, 3, 5, 7, 10, 14, 21, 28);

    static final int BINS = EDGES.size() - 1;

    /** Age in seconds to which follows are observed. */
    static final long HORIZON = EDGES.getLast() * ObservedFollow.DAY;

    /** {@link #EDGES} in seconds: an array, because every follow walks it. */
    private static final long[] EDGE =
            EDGES.stream().mapToLong(days -> days * ObservedFollow.DAY).toArray();

    // Time is in whole seconds, so that sums are exact in any order.
    private final long[] unreturnedSeconds = new long[BINS];
    private final long[] returnedSeconds = new long[BINS];
    private final double[] unreturnedDrops = new double[BINS];
    private final double[] returnedDrops = new double[BINS];

    static LifeTable of(List<ObservedFollow> follows) {
        LifeTable table = new LifeTable();
        follows.forEach(table::add);
        return table;
    }

    private void add(ObservedFollow follow) {
        for (int bin = 0; bin < BINS && EDGE[bin] < follow.age(); bin++) {
            long from = EDGE[bin];
            long to = Math.min(EDGE[bin + 1], follow.age());
            long returned = Math.clamp(follow.returnedAge(), from, to);
            unreturnedSeconds[bin] += returned - from;
            returnedSeconds[bin] += to - returned;
        }
        if (follow.dropped()) {
            (follow.returned() ? returnedDrops : unreturnedDrops)[bin(follow.age())]++;
        }
    }

    /** The bin of an age in seconds below {@link #HORIZON}. */
    static int bin(long age) {
        int bin = 0;
        while (EDGE[bin + 1] <= age) {
            bin++;
        }
        return bin;
    }

    /** P0 of a bin: follow-days not yet returned. */
    double unreturnedDays(int bin) {
        return (double) unreturnedSeconds[bin] / ObservedFollow.DAY;
    }

    /** P1 of a bin: follow-days already returned. */
    double returnedDays(int bin) {
        return (double) returnedSeconds[bin] / ObservedFollow.DAY;
    }

    /** D0 of a bin: drops while not yet returned. */
    double unreturnedDrops(int bin) {
        return unreturnedDrops[bin];
    }

    /** D1 of a bin: drops when already returned. */
    double returnedDrops(int bin) {
        return returnedDrops[bin];
    }

    double unreturnedDrops() {
        return DoubleStream.of(unreturnedDrops).sum();
    }

    double returnedDrops() {
        return DoubleStream.of(returnedDrops).sum();
    }
}
