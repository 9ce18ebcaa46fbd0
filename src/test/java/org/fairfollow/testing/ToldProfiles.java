package org.fairfollow.testing;

import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.network.ProfileText;
import org.fairfollow.network.Profiles;
import org.fairfollow.network.Refusal;

/** Profiles as a test tells them: the service under test asks no network. */
@Mock
@Singleton
public class ToldProfiles implements Profiles {
    private final Map<AccountName, ProfileText> told = new ConcurrentHashMap<>();

    /** Whoever is called so is {@code nativeId}, and its profile says {@code text}. */
    public void say(AccountName name, String nativeId, String text) {
        told.put(name, new ProfileText.Found(nativeId, null, text, Instant.now()));
    }

    public void answer(AccountName name, ProfileText answer) {
        told.put(name, answer);
    }

    @Override
    public ProfileText read(AccountName name) {
        ProfileText otherwise = name.network() == Network.X
                ? new ProfileText.Refused(Refusal.NO_PUBLIC_API)
                : new ProfileText.Unreachable(Duration.ofSeconds(30));
        return told.getOrDefault(name, otherwise);
    }
}
