package org.fairfollow.publication;

import java.time.Instant;

/**
 * What is in a dump.
 *
 * @param version of the release it was taken from
 * @param bytes of the compressed file
 * @param sha256 of the compressed file, lower-case hex
 * @param cursor where the feed of changes goes on from it
 * @param path where it is, below the service's address
 * @param terms what whoever keeps a copy is bound to
 */
public record DumpManifest(
        long version,
        Instant publishedAt,
        String epoch,
        boolean demo,
        int accounts,
        int verdicts,
        long bytes,
        String sha256,
        String cursor,
        String path,
        String terms) {
    static final String TERMS =
            "Whoever keeps a copy deletes what is withdrawn: follow GET /v1/changes from the cursor,"
                    + " or take a new dump each day. No rankings, no share buttons.";
}
