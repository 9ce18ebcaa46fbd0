package org.fairfollow.verdict;

import org.jspecify.annotations.Nullable;

/**
 * What holds now of all that people decided and said about one verdict. Times are Unix epoch seconds.
 *
 * @param outcome of the newest ruling; null when there is none that still counts
 * @param ruledAt when; 0 without a ruling
 * @param rebuttal the owner's words; null when there are none
 * @param rebuttedAt when they were said; 0 without
 * @param withheldUntil not listed until somebody rules, or until then, when the verdict is withdrawn for good; 0: not withheld
 * @param answered this verdict was withheld for its owner once, now or before
 * @param objectedAt hidden since then until somebody rules; 0: not hidden
 */
public record Decision(
        @Nullable Ruling outcome,
        long ruledAt,
        @Nullable String rebuttal,
        long rebuttedAt,
        long withheldUntil,
        boolean answered,
        long objectedAt) {

    public static final Decision NONE = new Decision(null, 0, null, 0, 0, false, 0);

    /** Off the list until somebody rules. */
    public boolean isWithheld() {
        return withheldUntil != 0;
    }

    /** Nothing of it is shown until somebody rules. */
    public boolean isHidden() {
        return objectedAt != 0;
    }

    /** Whether the evidence of then still does not count; a rule looks no further back than a verdict lasts. */
    boolean isEnded(long at) {
        return (outcome == Ruling.EXPIRE || outcome == Ruling.POSSIBLY_TARGETED) && at < ruledAt + Ledger.LAPSE_SECONDS;
    }

    /** The ruling that still counts at this time, Unix epoch seconds; null when none does. */
    public @Nullable Ruling counting(long at) {
        boolean ends = outcome == Ruling.EXPIRE || outcome == Ruling.POSSIBLY_TARGETED;
        return ends && !isEnded(at) ? null : outcome;
    }

    /** Whether it says nothing once there is no verdict it could be about. */
    boolean endsWithItsVerdict() {
        return !isHidden() && (outcome == null || outcome == Ruling.CONFIRM);
    }

    Decision ruled(Ruling ruling, long at) {
        // Words stand beside what they answer; of a verdict that is gone nothing is left to answer.
        return ruling == Ruling.CONFIRM
                ? new Decision(ruling, at, rebuttal, rebuttedAt, 0, answered, 0)
                : new Decision(ruling, at, null, 0, 0, false, 0);
    }

    Decision contested(String words, long at, long until) {
        boolean again = answered || outcome == Ruling.CONFIRM;
        return new Decision(outcome, ruledAt, words, at, again ? withheldUntil : until, true, objectedAt);
    }

    Decision objected(long at) {
        return new Decision(
                outcome, ruledAt, rebuttal, rebuttedAt, withheldUntil, answered, isHidden() ? objectedAt : at);
    }

    /** As if it had never been contested; but that it was once stays, so that it leaves the list for its owner no second time. */
    Decision uncontested() {
        return new Decision(outcome, ruledAt, null, 0, 0, answered, objectedAt);
    }

    Decision unobjected() {
        return new Decision(outcome, ruledAt, rebuttal, rebuttedAt, withheldUntil, answered, 0);
    }
}
