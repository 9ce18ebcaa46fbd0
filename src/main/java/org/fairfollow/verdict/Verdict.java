package org.fairfollow.verdict;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.fairfollow.detection.Finding;
import org.jspecify.annotations.Nullable;

/**
 * What we stand behind for one account and practice.
 *
 * @param accountId internal number of the account
 * @param handle the handle it may be listed under besides its native id; null when none is verified
 * @param finding what the rules make of the evidence, whatever people decided; {@link #shown} is for others
 * @param asOf when it was last judged, Unix epoch seconds
 * @param reviewAt when it lapses without newer evidence, Unix epoch seconds; 0: never
 * @param confidence audited precision of the practice; null until it was audited
 */
public record Verdict(
        int accountId,
        Standing standing,
        @Nullable String handle,
        Finding finding,
        long asOf,
        long reviewAt,
        Decision decision,
        @Nullable Double confidence) {

    /** A verdict that people said nothing about. */
    public static Verdict undecided(
            int accountId, Standing standing, @Nullable String handle, Finding finding, long asOf, long reviewAt) {
        return new Verdict(accountId, standing, handle, finding, asOf, reviewAt, Decision.NONE, null);
    }

    public Verdict with(Standing other) {
        return new Verdict(
                accountId, other, other.isListed() ? handle : null, finding, asOf, reviewAt, decision, confidence);
    }

    /** What the rules alone make of it, whatever people decided. */
    public Standing found() {
        return Policy.standing(finding);
    }

    /** Whether a ruling can confirm it: the rules see at least signs of it in what may be published. */
    public boolean isConfirmable() {
        return found().isAdverse() && Policy.isPublishable(finding);
    }

    /** Whether a moderator looked at it and it is what they said. */
    public boolean isReviewed() {
        boolean confirmed =
                decision.outcome() == Ruling.CONFIRM && Policy.standing(finding).isAdverse();
        return confirmed || standing == Standing.CLEARED;
    }

    /** What may be shown of the finding: nothing of it once people decided that it does not hold. */
    public Finding shown() {
        if (standing == Standing.CLEARED) {
            return silent("A moderator looked at this on " + day(decision.ruledAt())
                    + " and found that the practice is not there.");
        }
        boolean adverse = Policy.standing(finding).isAdverse();
        if (adverse && decision.isHidden()) {
            return silent("The account's owner objected on " + day(decision.objectedAt())
                    + ". Nothing is told of it until a moderator has looked at it.");
        }
        if (adverse && standing == Standing.UNKNOWN) {
            return silent("What was held here was withdrawn on " + day(decision.ruledAt())
                    + ". Only newer evidence can make a verdict again.");
        }
        return finding;
    }

    private Finding silent(String statement) {
        return new Finding(
                finding.practice(),
                finding.detector(),
                Finding.Opinion.TOO_LITTLE_EVIDENCE,
                false,
                statement,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                new Finding.Sources(0, 0),
                List.of(),
                0,
                0);
    }

    private static String day(long second) {
        return Instant.ofEpochSecond(second)
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
    }
}
