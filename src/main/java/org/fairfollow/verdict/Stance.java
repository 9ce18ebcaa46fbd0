package org.fairfollow.verdict;

import java.util.Set;
import org.fairfollow.detection.Practice;

/**
 * What this instance may do with what it finds, as its rules stand to those in force.
 *
 * @param untried practices its rules judge otherwise than those in force do; of these it neither adds nor raises an accusation.
 *     Empty unless it tries them
 * @param trial number under which what differs is written aside, or was until it was adopted; 0: there is nothing aside
 */
record Stance(Duty duty, Set<Practice> untried, int trial) {
    enum Duty {
        /** Its rules are in force. */
        JUDGE,
        /** Its rules are not in force, and nobody is there who has those that are. */
        TRY,
        /** Its rules are not in force; others judge. */
        LEAVE
    }

    boolean tries() {
        return duty == Duty.TRY;
    }

    boolean isUntried(Practice practice) {
        return untried.contains(practice);
    }
}
