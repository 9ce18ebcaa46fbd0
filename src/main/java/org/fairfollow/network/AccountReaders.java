package org.fairfollow.network;

import java.util.Optional;
import org.fairfollow.account.Network;

/** The readers of networks that show accounts to everybody. */
public interface AccountReaders {
    /** Empty for a network that shows nothing without an account there. */
    Optional<AccountReader> of(Network network);
}
