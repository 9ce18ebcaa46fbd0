package org.fairfollow.publication;

import java.time.Duration;
import java.time.Instant;

/** How long the prefixes of ranges are: so that about 32 listed keys share one, and nobody can be told among them. */
final class PrefixLength {
    /** A longer prefix leaves at least so many listed keys to a range on average; 16 times as many are left before. */
    private static final int LENGTHEN_AT = 28;
    /** Below the other bound by far, so that a list that wavers does not change its prefixes to and fro. */
    private static final int SHORTEN_BELOW = 16;

    private static final int LONGEST = 8;
    /** Clients learn of a new length with the manifest; until then they ask with the former one. */
    private static final Duration FORMER_IS_VALID = Duration.ofHours(24);

    private PrefixLength() {}

    /** Hex digits for a list of so many keys that had {@code former} digits. */
    static int of(int keys, int former) {
        int length = former;
        while (length < LONGEST && keys >> 4 * (length + 1) >= LENGTHEN_AT) {
            length++;
        }
        while (length > 1 && keys >> 4 * length < SHORTEN_BELOW) {
            length--;
        }
        return length;
    }

    /**
     * The length that follows {@code former}, which was chosen at {@code changedAt}. At once where a range would name too few or
     * hold too many; else once a day, so that clients who have the former length are not turned away.
     */
    static int next(int keys, int former, Instant changedAt, Instant now) {
        int length = of(keys, former);
        boolean far = length < former || length > former + 1;
        return far || !isFormerValid(changedAt, now) ? length : former;
    }

    static boolean isFormerValid(Instant changedAt, Instant now) {
        return now.isBefore(changedAt.plus(FORMER_IS_VALID));
    }
}
