package org.fairfollow.account;

import org.jspecify.annotations.Nullable;

/**
 * An account as the directory knows it now.
 *
 * @param id internal number that evidence refers to
 * @param nativeId null while the account is provisional
 * @param handle the handle it holds, as far as known; null when it has none, lost it or it is in doubt
 * @param handleVerifiedAt when it was last seen under {@code handle}, Unix epoch seconds; 0 without one
 */
public record Account(
        int id,
        Network network,
        @Nullable String nativeId,
        @Nullable String handle,
        long handleVerifiedAt) {

    /** What it is best called by: its native id, else the handle it holds; null when neither is known. */
    public @Nullable AccountName name() {
        if (nativeId != null) {
            return network.id(nativeId);
        }
        return handle == null ? null : network.handle(handle);
    }

    public String profileUrl() {
        return network.profileUrl(handle, nativeId);
    }
}
