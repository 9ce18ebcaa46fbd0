package org.fairfollow.verdict;

import org.jspecify.annotations.Nullable;

/**
 * What audits say of a practice.
 *
 * @param precision the share of its audited verdicts that were right; null until it was audited
 * @param low lower bound of that share; null until it was audited
 * @param confirms whether the stricter rule alone confirms
 * @param stoppedAt since when nothing of it is published, Unix epoch seconds; 0: it is published
 */
public record Gate(@Nullable Double precision, @Nullable Double low, boolean confirms, long stoppedAt) {
    static final Gate OPEN = new Gate(null, null, false, 0);

    public boolean isStopped() {
        return stoppedAt != 0;
    }
}
