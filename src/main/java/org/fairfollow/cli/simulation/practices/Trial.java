package org.fairfollow.cli.simulation.practices;

import org.fairfollow.cli.simulation.practices.Kind.Role;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.jspecify.annotations.Nullable;

/**
 * What became of one simulated account with regard to one practice.
 *
 * @param opinion at the end of the period
 * @param strict whether it would be a candidate for confirmation then
 * @param foundAfterDays days from when it began to the first weekly look that would list it; {@link #NEVER} if none
 * @param everSigns whether it showed signs or more at any look
 * @param listedAfterObjection whether it would be listed at any look after its owner objected
 * @param placebo whether it would be listed with the accusing labels shuffled; null: the rule has no such labels
 */
record Trial(
        String kind,
        Practice practice,
        Role role,
        Opinion opinion,
        boolean strict,
        int foundAfterDays,
        boolean everSigns,
        boolean listedAfterObjection,
        @Nullable Boolean placebo) {
    static final int NEVER = Integer.MAX_VALUE;

    boolean likely() {
        return opinion == Opinion.PRESENT;
    }

    boolean everLikely() {
        return foundAfterDays != NEVER;
    }
}
