package org.fairfollow.network;

import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;

/** All that is asked of one network; its package is the only one that knows how it talks. */
public interface PublicNetwork extends AccountReader {
    Network network();

    /**
     * What the profile says now, for its owner who waits for it.
     *
     * @param name canonical
     */
    ProfileText profile(AccountName name);

    /** Names become parts of addresses, so what was not read by the network itself is not sent. */
    static boolean isCanonical(AccountName name) {
        try {
            Network network = name.network();
            return name.equals(name.isHandle() ? network.parse(name.value()) : network.nativeId(name.value()));
        } catch (InvalidAccountException e) {
            return false;
        }
    }
}
