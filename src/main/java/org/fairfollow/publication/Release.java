package org.fairfollow.publication;

import java.time.Instant;
import org.fairfollow.verdict.Placebo;

/**
 * A release: what the publisher decided, so that every replica builds the same from it.
 *
 * @param version rises by one
 * @param cut everything up to this entry of the ledger is in it
 * @param epoch the store's id
 * @param lastSequence number of its newest change; changes are numbered from 1
 * @param prefixLength hex digits of a range's prefix
 * @param formerPrefixLength valid as well for a day after {@code prefixChangedAt}
 * @param rules hash of what judged it, lower-case hex
 * @param contentSha256 of all that is listed, whatever the version, lower-case hex
 */
record Release(
        long version,
        long cut,
        Instant publishedAt,
        String epoch,
        boolean demo,
        Placebo placebo,
        long lastSequence,
        int prefixLength,
        int formerPrefixLength,
        Instant prefixChangedAt,
        String rules,
        String contentSha256) {}
