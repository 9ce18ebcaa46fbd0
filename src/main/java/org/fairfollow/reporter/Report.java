package org.fairfollow.reporter;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.fairfollow.account.AccountName;
import org.fairfollow.reporter.Reports.Adjudication;
import org.jspecify.annotations.Nullable;

/**
 * A report as its reporter sees it.
 *
 * @param id drawn at random
 * @param sentAt when it was first sent, Unix epoch seconds
 * @param updatedAt when it last changed
 * @param ruled what a ruling said of it; null: nothing yet
 * @param ruledOn on which day; null before
 */
public record Report(
        String id,
        AccountName account,
        String practice,
        @Nullable String note,
        boolean hasMessage,
        long sentAt,
        long updatedAt,
        @Nullable Adjudication ruled,
        @Nullable LocalDate ruledOn) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    /** What became of it, in a sentence or two. */
    public String explanation() {
        if (ruled == null || ruledOn == null) {
            return "Nobody has looked at it yet. A report alone marks nobody: it asks for the account to be measured, and for a"
                    + " moderator to look.";
        }
        String day = DAY.format(ruledOn);
        return switch (ruled) {
            case RIGHT -> "A moderator looked at the account on " + day + " and found what you reported.";
            case WRONG ->
                "A moderator looked at the account on " + day
                        + " and did not find what you reported. Much that is harmless looks the same from outside.";
            case SET_ASIDE ->
                "The case was closed on " + day
                        + " without a finding. Your report counts neither for the account nor against you.";
        };
    }
}
