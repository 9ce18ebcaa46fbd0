package org.fairfollow.publication;

import org.fairfollow.account.Account;
import org.fairfollow.account.AccountName;
import org.jspecify.annotations.Nullable;

/** An account as clients see it. */
public record AccountJson(
        String network, @Nullable String handle, @Nullable String nativeId, String profileUrl) {

    public static AccountJson of(Account account) {
        return new AccountJson(account.network().id(), account.handle(), account.nativeId(), account.profileUrl());
    }

    /** An account of which only its name is known. */
    public static AccountJson of(AccountName name) {
        String handle = name.isHandle() ? name.value() : null;
        String nativeId = name.isHandle() ? null : name.value();
        return new AccountJson(
                name.network().id(), handle, nativeId, name.network().profileUrl(handle, nativeId));
    }
}
