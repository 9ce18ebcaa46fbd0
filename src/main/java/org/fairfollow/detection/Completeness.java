package org.fairfollow.detection;

import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Span;
import org.jspecify.annotations.Nullable;

/**
 * What part of the evidence was seen. An unfollow whose follow was never seen (an orphan) shows that follows were lost;
 * the share of orphans measures how many, so also how many follow-backs.
 *
 * <p>Loss that strikes kept and dropped follows alike pulls both numbers of the follow-churn rule towards innocence: returned follows
 * that look unreturned are kept, and blur the contrast. The account's own orphans are treated by who could gain from
 * them. They cost an account its "not found", because drops were seen that cannot be placed. They do not silence an
 * accusation, because whoever runs a server of their own can invent unfollows at will; they only raise the loss that the
 * alibi "lost-follow-backs-assumed" grants, up to the share at which the whole network would no longer be judged.
 *
 * @param time share of time covered between the first and the last covered second of the window
 * @param follows share of follows seen, all accounts
 * @param whole share of the days kept of which no edge of this account was left out when they were rolled up
 * @param ownFollows share of follows seen, this account alone
 * @param deletes unfollows of all accounts behind {@code follows}
 */
public record Completeness(double time, double follows, double whole, double ownFollows, long deletes) {

    /**
     * With fewer unfollows a share of 90 % is off by more than 4 points (one standard error), so nothing is held
     * against the evidence. No accusation rests on this: an account with enough drops to be accused supplies as many.
     */
    private static final long FEWEST_DELETES = 50;

    public static Completeness of(Dossier dossier, Span window) {
        Coverage coverage = dossier.coverage();
        return new Completeness(
                new CoveredTime(coverage.spans()).share(window),
                followsSeen(coverage),
                whole(dossier.asOf(), coverage.wholeFrom()),
                seen(coverage.ownPaired(), coverage.ownOrphaned()),
                coverage.deletesPaired() + coverage.deletesOrphaned());
    }

    /** Of the follows of all accounts, the share that was seen. */
    public static double followsSeen(Coverage coverage) {
        return seen(coverage.deletesPaired(), coverage.deletesOrphaned());
    }

    private static double seen(long paired, long orphaned) {
        long deletes = paired + orphaned;
        return deletes < FEWEST_DELETES ? 1 : (double) paired / deletes;
    }

    private static double whole(long asOf, @Nullable Long wholeFrom) {
        double kept = Coverage.KEPT_DAYS * 86_400.0;
        return wholeFrom == null ? 1 : Math.clamp((asOf - wholeFrom) / kept, 0, 1);
    }

    /**
     * Reciprocity coverage: of the follows between the account and others the share that the evidence would show. Time that was
     * watched, follows seen in it and days kept whole are lost independently of each other.
     */
    public double share() {
        return time * follows * whole;
    }

    /**
     * Whether all edges of the account are there as far back as edges are kept. Else it may look as if somebody never followed
     * back who had followed long before.
     */
    public boolean isWhole() {
        return whole == 1;
    }

    /** What is to be said to an account that is not, whatever the practice. */
    public Finding.Missing notWhole() {
        return new Finding.Missing(
                "whole-days",
                Math.floor(whole * Coverage.KEPT_DAYS),
                Coverage.KEPT_DAYS,
                "All follows from and to this account were kept for %s of the last %d days; all of them are needed, for who followed first must be known."
                        .formatted(Rounded.text(Rounded.down(whole * Coverage.KEPT_DAYS, 0)), Coverage.KEPT_DAYS));
    }

    /** The largest share of follows lost that the evidence suggests. */
    public double lost() {
        return 1 - Math.min(follows, ownFollows);
    }
}
