package org.fairfollow.evidence;

import java.util.List;

/**
 * How far a batch takes a consumer of the stream; committed with the batch, or not at all.
 *
 * @param epoch the consumer's, as {@link StreamCursor#take} gave it
 * @param time of the newest event in the batch, Unix microseconds as the stream tells them; an older one than before moves nothing
 * @param gaps time the consumer knows to be lost
 */
public record StreamStep(long epoch, long time, List<Span> gaps) {}
