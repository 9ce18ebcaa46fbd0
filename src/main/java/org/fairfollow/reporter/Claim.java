package org.fairfollow.reporter;

import org.fairfollow.account.AccountName;
import org.fairfollow.evidence.Observation.MessageTold;
import org.jspecify.annotations.Nullable;

/**
 * What somebody reports.
 *
 * @param practice its id
 * @param note plain text of at most 500 characters
 * @param message the account sent them, without its text
 * @param followedOn the day the account followed them, days since 1970-01-01
 * @param leftOn the day it was gone
 */
public record Claim(
        AccountName account,
        String practice,
        @Nullable String note,
        @Nullable MessageTold message,
        @Nullable Long followedOn,
        @Nullable Long leftOn) {}
