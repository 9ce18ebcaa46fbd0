package org.fairfollow.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.network.ProfileText.Refused;
import org.junit.jupiter.api.Test;

/** What the service itself reads profiles with. */
@QuarkusTest
class ProfilesApiTest {
    @Inject
    PublicNetworks profiles;

    @Test
    void theServicesOwnReaderStandsBehindTheFence() throws InvalidAccountException {
        assertThat(profiles.read(Network.X.parse("growth"))).isEqualTo(new Refused(Refusal.NO_PUBLIC_API));
        assertThat(profiles.read(Network.MASTODON.parse("growth@127.0.0.1")))
                .isEqualTo(new Refused(Refusal.FORBIDDEN_ADDRESS));
        assertThat(profiles.read(Network.MASTODON.parse("growth@printer.local")))
                .isEqualTo(new Refused(Refusal.FORBIDDEN_ADDRESS));
    }
}
