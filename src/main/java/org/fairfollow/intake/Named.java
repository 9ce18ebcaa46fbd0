package org.fairfollow.intake;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;

/** An account as it was named, and can be named again. */
public record Named(String network, String name) {
    public static Named of(AccountName account) {
        boolean stands = account.isHandle() || account.network() == Network.BLUESKY;
        return new Named(
                account.network().id(),
                stands
                        ? account.value()
                        : "id:"
                                + Base64.getUrlEncoder()
                                        .withoutPadding()
                                        .encodeToString(account.value().getBytes(StandardCharsets.UTF_8)));
    }
}
