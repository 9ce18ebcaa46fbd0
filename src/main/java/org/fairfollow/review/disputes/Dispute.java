package org.fairfollow.review.disputes;

import java.util.List;
import org.fairfollow.account.AccountName;
import org.fairfollow.detection.Practice;
import org.jspecify.annotations.Nullable;

/**
 * A dispute as it is kept. Times are Unix epoch seconds, 0: not yet.
 *
 * @param account who it is about: a native id, or a handle whose holder the proof will tell
 * @param accountId who that is in the directory, once control is proven
 * @param rebuttal null for an objection without words, and once they are withdrawn
 * @param rewritten the words were changed once
 * @param priorRuling the newest ruling on the account when control was proven; 0 if there was none
 */
record Dispute(
        int number,
        String id,
        byte[] tokenHash,
        AccountName account,
        @Nullable Integer accountId,
        DisputeKind kind,
        DisputeState stored,
        String code,
        @Nullable String rebuttal,
        boolean rewritten,
        long openedAt,
        long expiresAt,
        long provenAt,
        long priorRuling,
        List<Practice> practices) {

    /** How far it has come, but for rulings. */
    DisputeState state(long now) {
        return stored.isUnproven() && now >= expiresAt ? DisputeState.EXPIRED : stored;
    }
}
