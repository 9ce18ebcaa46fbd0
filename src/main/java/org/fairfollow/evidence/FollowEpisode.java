package org.fairfollow.evidence;

/**
 * One follow record of the account, from its creation to its deletion. Following the same target again is an episode of
 * its own.
 *
 * @param target number of the followed account, a key of {@link Dossier#targets()}
 * @param span from the follow to the unfollow, in event time; open while the follow stands
 */
public record FollowEpisode(int target, Span span) {}
