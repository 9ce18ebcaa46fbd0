package org.fairfollow.evidence;

import java.util.List;
import java.util.Map;

/**
 * One account's evidence as of an instant: all that a detector may look at.
 *
 * @param asOf when it was put together, Unix epoch seconds UTC; nothing in it is later
 * @param follows the account's follows, oldest first; ties ordered by target
 * @param targets what is known of each followed account, by its number
 * @param coverage how much of the stream was seen
 */
public record Dossier(long asOf, List<FollowEpisode> follows, Map<Integer, Target> targets, Coverage coverage) {}
