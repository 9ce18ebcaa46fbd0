package org.fairfollow.lookup.pages;

import org.fairfollow.verdict.Standing;

/**
 * A standing as it is shown: told by form as well as by colour.
 *
 * @param form class of the style sheet
 */
public record Chip(String form, String text) {
    public static Chip of(Standing standing) {
        return new Chip(
                standing.id(),
                switch (standing) {
                    case UNKNOWN -> "Too little evidence";
                    case NOT_FOUND -> "Not found";
                    case SIGNS -> "Signs";
                    case LIKELY -> "Likely";
                    case CONFIRMED -> "Reviewed: pattern present";
                    case CLEARED -> "Cleared";
                });
    }
}
