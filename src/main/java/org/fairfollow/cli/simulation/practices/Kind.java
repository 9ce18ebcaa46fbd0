package org.fairfollow.cli.simulation.practices;

import java.util.Map;
import java.util.function.Function;
import org.fairfollow.detection.Practice;

/**
 * A kind of invented account.
 *
 * @param roles what it is with regard to the practices it is judged for
 * @param drawing one account of the kind
 */
record Kind(String id, Map<Practice, Role> roles, Function<Dice, Story> drawing) {

    enum Role {
        /** Must never be listed. */
        INNOCENT,
        /** Should be found. */
        PRACTISES,
        /** Something like the practice was done to it by somebody else. */
        FRAMED,
        /** The same, and the owner has objected: must not be listed from then on. */
        OBJECTS
    }

    static Kind of(String id, Practice practice, Role role, Function<Dice, Story> drawing) {
        return new Kind(id, Map.of(practice, role), drawing);
    }

    Story draw(long seed, int account) {
        return drawing.apply(Dice.of(seed, id, account));
    }
}
