package org.fairfollow.publication;

import java.time.Instant;
import org.fairfollow.verdict.Placebo;

/**
 * What a client needs to know before it fetches the list.
 *
 * @param entries distinct 4-byte entries
 * @param accounts listed accounts
 * @param prefixLength hex digits of a range's prefix
 * @param sha256 of the list's bytes, lower-case hex
 * @param epoch the store's id: versions of one epoch only rise
 * @param demo everything in the list is invented
 * @param placebo what the same rules list on shuffled labels, as of this release
 * @param rules SHA-256 of the rules that judged it, lower-case hex
 */
public record ListManifest(
        long version,
        int entries,
        int accounts,
        int prefixLength,
        String sha256,
        int bytes,
        Instant publishedAt,
        int pollAfterSeconds,
        String epoch,
        boolean demo,
        Placebo placebo,
        String rules) {
    /** A withdrawal shows everywhere within a minute. */
    static final int POLL_AFTER_SECONDS = 60;
}
