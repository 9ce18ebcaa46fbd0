package org.fairfollow.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the feed.
 *
 * @param cursor to go on from
 * @param more whether there is more to be had at once
 * @param version of the release all of it was taken from
 */
public record ChangesPage(List<Entry> changes, String cursor, boolean more, long version) {

    /**
     * @param hash one of the account's hashes in the list
     * @param verdict as it stands now; null, and left out, once it is withdrawn
     */
    public record Entry(
            long sequence,
            long version,
            Instant at,
            @JsonProperty("change") Change.Kind kind,
            String practice,
            String hash,
            @JsonRawValue String account,

            @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String verdict) {}
}
