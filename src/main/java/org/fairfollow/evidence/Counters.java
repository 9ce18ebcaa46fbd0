package org.fairfollow.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a profile shows of itself in numbers, without a name; null: not known. Times are Unix epoch seconds.
 *
 * @param following how many accounts it follows
 * @param bioLength characters of its description
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Counters(
        @Nullable Long followers,
        @Nullable Long following,
        @Nullable Long posts,
        @Nullable Long createdAt,
        @Nullable Boolean hasAvatar,
        @Nullable Integer bioLength,
        @Nullable Long lastPostAt) {}
