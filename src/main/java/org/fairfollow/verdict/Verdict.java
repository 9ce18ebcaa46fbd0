package org.fairfollow.verdict;

import org.fairfollow.detection.Finding;
import org.jspecify.annotations.Nullable;

/**
 * What we stand behind for one account and practice.
 *
 * @param accountId internal number of the account
 * @param handle the handle it may be listed under besides its native id; null when none is verified
 * @param asOf when it was last judged, Unix epoch seconds
 * @param reviewAt when it lapses without newer evidence, Unix epoch seconds; 0: never
 */
public record Verdict(
        int accountId, Standing standing, @Nullable String handle, Finding finding, long asOf, long reviewAt) {}
