package org.fairfollow.review;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.fairfollow.detection.Practice;
import org.fairfollow.verdict.Decision;
import org.fairfollow.verdict.Ruling;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One practice of one account as it is ruled on: pure, so that who shows it and who rules say the same.
 *
 * @param verdict null when nothing was ever judged
 * @param lastChange number of its newest entry in the ledger; 0 for none
 */
record Matter(Practice practice, @Nullable Verdict verdict, Decision decision, long lastChange) {
    private static final int BASED_ON_BYTES = 8;

    /** Stands for what somebody saw: another one after whatever could make them rule otherwise. */
    String basedOn() {
        String seen = lastChange + "\n" + decision
                + (verdict == null
                        ? ""
                        : "\n" + verdict.standing() + "\n" + verdict.finding().statement() + "\n"
                                + verdict.finding().reasons());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(seen.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BASED_ON_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Whether the rules see what a ruling would confirm; what nobody but reporters says is confirmed by nobody. */
    boolean isConfirmable() {
        return verdict != null && verdict.isConfirmable();
    }

    /**
     * Whether one person must not do it alone: undo what another ruled, or put on the list what the rules would not.
     *
     * @param at now, Unix epoch seconds
     */
    boolean needsSecond(Ruling outcome, long at) {
        Ruling counting = decision.counting(at);
        boolean overturns = counting != null && counting != outcome;
        boolean beyondRules = outcome == Ruling.CONFIRM
                && (verdict == null || !verdict.found().isListed());
        return overturns || beyondRules;
    }

    List<Ruling> needingSecond(long at) {
        return Arrays.stream(Ruling.values())
                .filter(outcome -> needsSecond(outcome, at))
                .toList();
    }
}
