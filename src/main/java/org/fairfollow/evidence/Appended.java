package org.fairfollow.evidence;

/** What became of a fact that was appended. */
public enum Appended {
    ACCEPTED,
    /** Known already, nothing changed. */
    DUPLICATE,
    /** Noted as a day with activity; single activities are not kept, so new and repeated are one. */
    ACTIVITY,
    /** Kept: an unfollow whose follow should have been seen and was not. */
    COVERAGE_LOSS,
    /** An unfollow of a follow from before the stream was watched. */
    OLDER_FOLLOW,
    /** It belongs to a day that was rolled up, and to accounts whose edges of that day were not kept: new or not, it is left out. */
    ROLLED_UP,
    /** An unfollow under a key that names a time after it: nothing can be told from it. */
    IMPLAUSIBLE_KEY,
    /** The record would have ended before it began; the half that came first stands. */
    IMPOSSIBLE_LIFETIME,
    /** An account it names was erased at its owner's wish: nothing of it is kept. */
    ERASED
}
