package org.fairfollow.network;

import org.fairfollow.account.AccountName;

/** Reads what accounts say of themselves in public. */
public interface Profiles {
    /**
     * What the profile says now. Whoever asks waits, ten seconds at most; who asks for an account that is being asked for gets
     * that answer. Never throws for what a host does.
     */
    ProfileText read(AccountName name);
}
