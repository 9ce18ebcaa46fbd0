package org.fairfollow.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of the event stream was seen while the account's evidence was gathered.
 *
 * @param spans covered time, oldest first, without overlaps; what lies between is a gap
 * @param deletesPaired unfollows of all accounts whose record key dates from covered time and whose follow was seen
 * @param deletesOrphaned the same whose follow was never seen: follows that were lost, in the account's window
 * @param ownPaired {@code deletesPaired} of this account alone
 * @param ownOrphaned {@code deletesOrphaned} of this account alone
 * @param wholeFrom before this second (Unix epoch seconds) edges of this account may have been left out when days were rolled up:
 *     nothing before it counts as covered; null when none were
 */
public record Coverage(
        List<Span> spans,
        long deletesPaired,
        long deletesOrphaned,
        long ownPaired,
        long ownOrphaned,
        @Nullable Long wholeFrom) {

    /** How far back edges are kept, in days. */
    public static final int KEPT_DAYS = EdgePartitions.KEPT_DAYS;

    /** Of an account of which nothing was left out. */
    public Coverage(List<Span> spans, long deletesPaired, long deletesOrphaned, long ownPaired, long ownOrphaned) {
        this(spans, deletesPaired, deletesOrphaned, ownPaired, ownOrphaned, null);
    }
}
