package org.fairfollow.network.bluesky;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.network.ProfileText;
import org.fairfollow.network.PublicAccount;
import org.fairfollow.network.PublicFollowers;
import org.fairfollow.network.PublicNetwork;
import org.fairfollow.network.PublicPosts;
import org.fairfollow.network.Reading;
import org.fairfollow.network.Refusal;
import org.fairfollow.network.outbound.UnansweredException;
import org.fairfollow.network.outbound.WaysOut;

/** Bluesky by the AppView that the operator chose; each account up to some thousand followers by 30 calls at most. */
@Singleton
public class BlueskyReader implements PublicNetwork {
    /** Of an owner who waits. */
    private static final Duration FOR_PROOF = Duration.ofSeconds(10);

    private static final Duration FOR_MEASUREMENT = Duration.ofSeconds(55);

    private final AppView forProofs;
    private final AppView forMeasurements;
    private final BlueskyProfiles profiles;
    private final BlueskyFollowers followers;
    private final BlueskyPosts posts;

    @Inject
    public BlueskyReader(WaysOut ways, Clock clock, @ConfigProperty(name = "fairfollow.bluesky-api-url") URI api) {
        this(ways, clock, new SecureRandom(), api);
    }

    /** @param random where samples begin */
    BlueskyReader(WaysOut ways, Clock clock, RandomGenerator random, URI api) {
        boolean isBase = ("https".equals(api.getScheme()) || "http".equals(api.getScheme()))
                && api.getHost() != null
                && api.getRawQuery() == null
                && api.getRawFragment() == null;
        if (!isBase) {
            throw new IllegalArgumentException(
                    "FAIRFOLLOW_BLUESKY_API_URL must be an address such as https://public.api.bsky.app");
        }
        String base = api.toString().replaceFirst("/$", "");
        forProofs = new AppView(ways.forProofs(), base);
        forMeasurements = new AppView(ways.forMeasurements(), base);
        profiles = new BlueskyProfiles(clock);
        followers = new BlueskyFollowers(forMeasurements, clock, random);
        posts = new BlueskyPosts(forMeasurements, clock);
    }

    /** With it this is made at the start, which a wrong setting ends, and not the first call. */
    void start(@Observes StartupEvent event) {}

    @Override
    public Network network() {
        return Network.BLUESKY;
    }

    @Override
    public ProfileText profile(AccountName name) {
        try {
            return profiles.text(forProofs, name, forProofs.outbound().in(FOR_PROOF));
        } catch (UnansweredException e) {
            return e.insteadOfProfile();
        }
    }

    @Override
    public Reading<PublicAccount> account(AccountName name) {
        if (!PublicNetwork.isCanonical(name) || !name.network().equals(Network.BLUESKY)) {
            return new Reading.Refused<>(Refusal.NOT_AN_ACCOUNT);
        }
        try {
            return new Reading.Found<>(profiles.account(forMeasurements, name, until()));
        } catch (UnansweredException e) {
            return e.instead();
        }
    }

    @Override
    public Reading<PublicFollowers> followers(PublicAccount account, int most) {
        if (!account.showsFollowers()) {
            return new Reading.Refused<>(Refusal.NOT_PUBLIC);
        }
        try {
            return new Reading.Found<>(followers.read(account, most, until()));
        } catch (UnansweredException e) {
            return e.instead();
        }
    }

    @Override
    public Reading<PublicPosts> posts(PublicAccount account, int most) {
        // Whoever wants to be seen by nobody without an account there hides both, and there is no other way to hide
        // either.
        if (!account.showsFollowers()) {
            return new Reading.Refused<>(Refusal.NOT_PUBLIC);
        }
        try {
            return new Reading.Found<>(posts.read(account, most, until()));
        } catch (UnansweredException e) {
            return e.instead();
        }
    }

    private long until() {
        return forMeasurements.outbound().in(FOR_MEASUREMENT);
    }
}
