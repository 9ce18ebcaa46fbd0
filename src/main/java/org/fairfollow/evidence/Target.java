package org.fairfollow.evidence;

import java.util.List;

/**
 * What is known of an account that the dossier's account followed, as far as it bears on that relation.
 *
 * @param followedBack when it followed the dossier's account, oldest first; empty: never seen to
 * @param activeDays UTC epoch days with activity of its own (posts, likes and the like; follows do not count), ascending
 * @param gone when its account was deactivated, suspended or deleted, oldest first; open while it is
 * @param blocked when either blocked the other, oldest first; open while it stands
 */
public record Target(List<Span> followedBack, List<Integer> activeDays, List<Span> gone, List<Span> blocked) {}
