package org.fairfollow.reporter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a key; the key itself is known to its holder alone.
 *
 * @param id has nothing to do with the key
 * @param requestsPerMinute null for what all keys have
 * @param revokedAt null while it opens
 */
public record ApiKey(
        String id,
        String label,
        Instant createdAt,
        @Nullable Integer requestsPerMinute,
        @Nullable Instant revokedAt) {}
