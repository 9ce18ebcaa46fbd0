package org.fairfollow.evidence;

import java.util.List;

/**
 * How much of the event stream was seen while the account's evidence was gathered.
 *
 * @param spans covered time, oldest first, without overlaps; what lies between is a gap
 * @param deletesPaired unfollows of all accounts whose record key dates from covered time and whose follow was seen
 * @param deletesOrphaned the same whose follow was never seen: follows that were lost, in the account's window
 * @param ownPaired {@code deletesPaired} of this account alone
 * @param ownOrphaned {@code deletesOrphaned} of this account alone
 */
public record Coverage(List<Span> spans, long deletesPaired, long deletesOrphaned, long ownPaired, long ownOrphaned) {}
