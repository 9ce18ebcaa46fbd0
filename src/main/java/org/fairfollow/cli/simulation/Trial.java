package org.fairfollow.cli.simulation;

import org.fairfollow.detection.Finding.Opinion;

/**
 * What became of one simulated account.
 *
 * @param opinion at the end of the period
 * @param strict whether it would be a candidate for confirmation
 * @param plain whether the plain rule accuses it
 * @param foundAfterDays days from its first follow to the first weekly look that would list it; {@link #NEVER} if none
 * @param placebo whether it would be listed with the follow-backs shuffled
 * @param withLittleLoss the opinion when {@link #LITTLE_LOSS} of all follows were lost
 * @param withMuchLoss the opinion when {@link #MUCH_LOSS} were
 */
record Trial(
        Agent agent,
        Opinion opinion,
        boolean strict,
        boolean plain,
        int foundAfterDays,
        boolean placebo,
        Opinion withLittleLoss,
        Opinion withMuchLoss) {
    static final int NEVER = Integer.MAX_VALUE;
    static final double LITTLE_LOSS = .05;
    static final double MUCH_LOSS = .15;

    boolean likely() {
        return opinion == Opinion.PRESENT;
    }

    boolean everLikely() {
        return foundAfterDays != NEVER;
    }
}
