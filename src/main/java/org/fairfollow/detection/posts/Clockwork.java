package org.fairfollow.detection.posts;

import java.util.ArrayList;
import java.util.List;
import org.fairfollow.detection.Statistics;

/**
 * Whether times look like those of a schedule. Alone it says little: people, too, keep hours.
 *
 * <p>Two looks. The minutes of the hour: a person's are spread evenly, a schedule's are not (Pearson's χ² over 60 minutes,
 * as in Chu et al. 2012, "Detecting automation of Twitter accounts", IEEE TDSC 9:811). The gaps between posts: what comes
 * next is told by the gaps before (corrected conditional entropy, there as well). Posts of one sitting count once, or a
 * person who posts ten times in a minute would look like a schedule.
 *
 * @param sittings how many sittings the minutes are of
 * @param minuteTail probability of minutes at least as uneven, were all equally likely; 1 when there are too few
 * @param gaps how many gaps the entropy is of
 * @param gapBits how uncertain the next gap stays when those before it are known, in bits
 */
record Clockwork(int sittings, double minuteTail, int gaps, double gapBits) {
    private static final int MINUTES = 60;

    /** A post within ten minutes of the one before is of the same sitting. */
    private static final long SITTING = 600;

    /** Gaps of less than a minute are one burst, not gaps. */
    private static final long BURST = 60;

    /** Gaps within 5 % of each other are alike: three minutes of an hour, about an hour of a day. */
    private static final double GAP_RATIO = 1.05;

    private static final int LONGEST_PATTERN = 10;

    /** @param times in order */
    static Clockwork of(List<Long> times) {
        List<Long> sittings = apart(times, SITTING);
        long[] minutes = new long[MINUTES];
        for (long time : sittings) {
            minutes[(int) Math.floorMod(Math.floorDiv(time, 60L), (long) MINUTES)]++;
        }
        List<Long> bursts = apart(times, BURST);
        int[] gaps = new int[Math.max(0, bursts.size() - 1)];
        for (int i = 0; i < gaps.length; i++) {
            double minutesApart = (double) (bursts.get(i + 1) - bursts.get(i)) / BURST;
            gaps[i] = (int) (StrictMath.log(minutesApart) / StrictMath.log(GAP_RATIO));
        }
        return new Clockwork(
                sittings.size(),
                Statistics.chiSquareUniformTail(minutes),
                gaps.length,
                Statistics.conditionalEntropy(gaps, LONGEST_PATTERN));
    }

    /** The first of each group of times of which each follows within so many seconds of the one before. */
    private static List<Long> apart(List<Long> times, long seconds) {
        List<Long> firsts = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            if (i == 0 || times.get(i) - times.get(i - 1) >= seconds) {
                firsts.add(times.get(i));
            }
        }
        return firsts;
    }

    boolean unevenMinutes(int fewest, double tail) {
        return sittings >= fewest && minuteTail < tail;
    }

    boolean regularGaps(int fewest, double bits) {
        return gaps >= fewest && gapBits <= bits;
    }
}
