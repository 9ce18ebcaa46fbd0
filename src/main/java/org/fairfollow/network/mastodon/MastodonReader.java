package org.fairfollow.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.network.ProfileText;
import org.fairfollow.network.PublicAccount;
import org.fairfollow.network.PublicFollowers;
import org.fairfollow.network.PublicNetwork;
import org.fairfollow.network.PublicPosts;
import org.fairfollow.network.Reading;
import org.fairfollow.network.Refusal;
import org.fairfollow.network.mastodon.Actors.Profile;
import org.fairfollow.network.outbound.Json;
import org.fairfollow.network.outbound.Outbound.Keeping;
import org.fairfollow.network.outbound.Robots;
import org.fairfollow.network.outbound.UnansweredException;
import org.fairfollow.network.outbound.WaysOut;
import org.jspecify.annotations.Nullable;

/** Mastodon, and what speaks its interface or parts of it, by the server that an account lives on; 30 calls at most. */
@Singleton
public class MastodonReader implements PublicNetwork {
    /** Of an owner who waits. */
    private static final Duration FOR_PROOF = Duration.ofSeconds(10);

    private static final Duration FOR_MEASUREMENT = Duration.ofSeconds(55);
    /** Numbers on Mastodon, sortable letters and digits elsewhere; it becomes a part of addresses. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Servers forProofs;
    private final Servers forMeasurements;
    private final Turns turns = new Turns();
    private final MastodonFollowers followers;
    private final MastodonPosts posts;
    private final Clock clock;

    @Inject
    public MastodonReader(WaysOut ways, Clock clock, Ticker ticker) {
        this(ways, clock, ticker, new SecureRandom());
    }

    /** @param random where samples begin */
    MastodonReader(WaysOut ways, Clock clock, Ticker ticker, RandomGenerator random) {
        this.clock = clock;
        forProofs = new Servers(ways.forProofs(), null);
        forMeasurements = new Servers(ways.forMeasurements(), new Robots(ways.forMeasurements(), ticker));
        followers = new MastodonFollowers(forMeasurements, clock, random);
        posts = new MastodonPosts(forMeasurements, clock);
    }

    @Override
    public Network network() {
        return Network.MASTODON;
    }

    @Override
    public ProfileText profile(AccountName name) {
        try {
            Profile profile = Actors.profile(
                    forProofs, name, Keeping.NOTHING, forProofs.outbound().in(FOR_PROOF));
            return new ProfileText.Found(
                    profile.claim().actor(), profile.claim().handle(), Actors.text(profile.account()), clock.instant());
        } catch (UnansweredException e) {
            return e.insteadOfProfile();
        }
    }

    @Override
    public Reading<PublicAccount> account(AccountName name) {
        if (!PublicNetwork.isCanonical(name) || !name.network().equals(Network.MASTODON)) {
            return new Reading.Refused<>(Refusal.NOT_AN_ACCOUNT);
        }
        return inTurn(
                Actors.host(name), until -> account(Actors.profile(forMeasurements, name, Keeping.ANSWER, until)));
    }

    @Override
    public Reading<PublicFollowers> followers(PublicAccount account, int most) {
        if (!account.showsFollowers()) {
            return new Reading.Refused<>(Refusal.NOT_PUBLIC);
        }
        return inTurn(host(account), until -> followers.read(account, most, until));
    }

    @Override
    public Reading<PublicPosts> posts(PublicAccount account, int most) {
        return inTurn(host(account), until -> posts.read(account, most, until));
    }

    private interface Read<T> {
        T read(long until) throws UnansweredException;
    }

    private <T> Reading<T> inTurn(String host, Read<T> read) {
        long until = forMeasurements.outbound().in(FOR_MEASUREMENT);
        try {
            T found = turns.of(host, forMeasurements.outbound().left(until), () -> read.read(until));
            return new Reading.Found<>(found);
        } catch (UnansweredException e) {
            return e.instead();
        }
    }

    private static String host(PublicAccount account) {
        return URI.create(account.reference()).getHost();
    }

    private PublicAccount account(Profile profile) throws UnansweredException {
        JsonNode told = profile.account();
        String id = Json.id(told, "id");
        if (!ID.matcher(id).matches()) {
            throw UnansweredException.refused(Refusal.UNREADABLE_ANSWER);
        }
        if (told.path("suspended").asBoolean()) {
            throw UnansweredException.gone();
        }
        return new PublicAccount(
                profile.claim().actor(),
                profile.claim().handle(),
                "https://" + profile.claim().host() + "/api/v1/accounts/" + id,
                Json.count(told, "followers_count"),
                Json.count(told, "following_count"),
                Json.count(told, "statuses_count"),
                Json.time(told, "created_at", Network.MASTODON, clock.instant()),
                ProfileFields.hasAvatar(told),
                ProfileFields.bioLength(told),
                !told.path("hide_collections").asBoolean(),
                movedTo(profile.claim().actor(), told.path("moved")),
                clock.instant());
    }

    /** Known by its actor only; what tells no actor tells nobody. */
    private static @Nullable String movedTo(String actor, JsonNode moved) {
        try {
            String to = Network.MASTODON
                    .nativeId(Json.text(moved, "uri").orElse(""))
                    .value();
            return to.equals(actor) ? null : to;
        } catch (InvalidAccountException e) {
            return null;
        }
    }
}
