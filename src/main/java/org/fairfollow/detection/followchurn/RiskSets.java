package org.fairfollow.detection.followchurn;

import java.util.Arrays;
import java.util.List;

/**
 * How many follows were at risk of being dropped, and how many were, at each of some ages; apart for follows not yet
 * returned and already returned at that age. A follow is in the first group until the target follows back and in the
 * second from then on, so an early drop does not pass for a selective one.
 *
 * <p>The method is written down with age bins; risk sets are their limit as bins get narrow. A bin of a day pairs the
 * drops of its first hours with the follow-backs of its last, so whoever drops everything alike within hours looks
 * selective; and drops at one fixed age, as tools make them, look like more than there were.
 */
final class RiskSets {
    /** n0: seen at this age and not yet returned. */
    private final int[] unreturned;

    /** n: seen at this age. */
    private final int[] all;

    /** d0: dropped at this age, not returned. */
    private final int[] unreturnedDrops;

    /** d1: dropped at this age, returned. */
    private final int[] returnedDrops;

    private RiskSets(int[] unreturned, int[] all, int[] unreturnedDrops, int[] returnedDrops) {
        this.unreturned = unreturned;
        this.all = all;
        this.unreturnedDrops = unreturnedDrops;
        this.returnedDrops = returnedDrops;
    }

    /** @param ages in seconds, ascending */
    static RiskSets of(List<ObservedFollow> follows, long[] ages) {
        RiskSets sets =
                new RiskSets(new int[ages.length], new int[ages.length], new int[ages.length], new int[ages.length]);
        for (ObservedFollow follow : follows) {
            sets.add(follow, ages);
        }
        // Whoever was seen at an age was seen at all lower ones.
        for (int i = ages.length - 1; i > 0; i--) {
            sets.unreturned[i - 1] += sets.unreturned[i];
            sets.all[i - 1] += sets.all[i];
        }
        return sets;
    }

    private void add(ObservedFollow follow, long[] ages) {
        count(unreturned, indexUpTo(ages, follow.unreturnedAge()));
        int last = indexUpTo(ages, follow.age());
        count(all, last);
        if (follow.dropped() && last >= 0 && ages[last] == follow.age()) {
            count(follow.returned() ? returnedDrops : unreturnedDrops, last);
        }
    }

    private static void count(int[] counts, int index) {
        if (index >= 0) {
            counts[index]++;
        }
    }

    /** Index of the greatest age up to this one; −1 without. */
    private static int indexUpTo(long[] ages, long age) {
        int found = Arrays.binarySearch(ages, age);
        return found >= 0 ? found : -found - 2;
    }

    /**
     * What the estimates are made of.
     *
     * @param hazard Λ = Σ d0/n0 (Nelson–Aalen)
     * @param variance Σ d0/n0²
     * @param a A = Σ d0·n1/n (Mantel–Haenszel)
     * @param b B = Σ d1·n0/n
     * @param v Σ d·n0·n1/n²
     */
    record Sums(double hazard, double variance, double a, double b, double v) {

        /** HR; the halves keep it and its variance finite when one group has no drops. */
        double ratio() {
            return (a + .5) / (b + .5);
        }

        double logRatioVariance() {
            return (v + .5) / ((a + .5) * (b + .5));
        }
    }

    /**
     * The sums with some of the follows left out, which must be of the same ages.
     *
     * @param countedReturned share of the drops of unreturned follows to count as drops of returned ones
     */
    Sums sumsWithout(RiskSets part, double countedReturned) {
        double hazard = 0;
        double variance = 0;
        double a = 0;
        double b = 0;
        double v = 0;
        for (int i = 0; i < all.length; i++) {
            int drops = unreturnedDrops[i] - part.unreturnedDrops[i];
            double d0 = (1 - countedReturned) * drops;
            double d1 = returnedDrops[i] - part.returnedDrops[i] + countedReturned * drops;
            double n = all[i] - part.all[i];
            double n0 = unreturned[i] - part.unreturned[i];
            double n1 = n - n0;
            // Who is dropped was at risk: n0 is positive where d0 is, and n where either is.
            if (d0 > 0) {
                hazard += d0 / n0;
                variance += d0 / (n0 * n0);
            }
            if (d0 + d1 > 0) {
                a += d0 * n1 / n;
                b += d1 * n0 / n;
                v += (d0 + d1) * (n0 / n) * (n1 / n);
            }
        }
        return new Sums(hazard, variance, a, b, v);
    }
}
