package org.fairfollow.verdict.audit;

import org.fairfollow.detection.Rounded;
import org.jspecify.annotations.Nullable;

/**
 * How often two people who did not know of each other said the same.
 *
 * @param pairs tasks that two answered, controls among them
 * @param share of them on which both said the same
 * @param kappa the same beyond chance (Cohen 1960), 1 at most; null where everybody always said one thing
 */
public record Agreement(int pairs, double share, @Nullable Double kappa) {

    /** @param counts by the first answer and the second, in the order of {@link Answer} */
    static Agreement of(int[][] counts) {
        int pairs = 0;
        int same = 0;
        int[] first = new int[counts.length];
        int[] second = new int[counts.length];
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                pairs += counts[i][j];
                first[i] += counts[i][j];
                second[j] += counts[i][j];
            }
            same += counts[i][i];
        }
        if (pairs == 0) {
            return new Agreement(0, 0, null);
        }
        double chance = 0;
        for (int i = 0; i < counts.length; i++) {
            chance += (double) first[i] * second[i] / pairs / pairs;
        }
        double share = (double) same / pairs;
        return new Agreement(
                pairs,
                Rounded.nearest(share, 4),
                chance < 1 ? Double.valueOf(Rounded.nearest((share - chance) / (1 - chance), 4)) : null);
    }
}
