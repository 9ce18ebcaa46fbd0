package org.fairfollow.network;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an account's profile shows. Null: not shown.
 *
 * @param nativeId canonical
 * @param handle the one it goes by there, canonical; null when it has none that holds
 * @param reference what the network's further calls want; nothing to others
 * @param createdAt Unix epoch seconds
 * @param bioLength characters of its description
 * @param showsFollowers false when the account, or its host, hides who follows it
 * @param movedTo canonical native id of the account that this one says it has become
 */
public record PublicAccount(
        String nativeId,
        @Nullable String handle,
        String reference,
        @Nullable Long followers,
        @Nullable Long following,
        @Nullable Long posts,
        @Nullable Long createdAt,
        @Nullable Boolean hasAvatar,
        @Nullable Integer bioLength,
        boolean showsFollowers,
        @Nullable String movedTo,
        Instant at) {}
