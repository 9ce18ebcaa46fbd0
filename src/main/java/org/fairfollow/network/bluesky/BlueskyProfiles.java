package org.fairfollow.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.network.ProfileText;
import org.fairfollow.network.PublicAccount;
import org.fairfollow.network.Refusal;
import org.fairfollow.network.outbound.Answer;
import org.fairfollow.network.outbound.Answer.Heard;
import org.fairfollow.network.outbound.Json;
import org.fairfollow.network.outbound.Outbound.Keeping;
import org.fairfollow.network.outbound.PlainText;
import org.fairfollow.network.outbound.UnansweredException;
import org.jspecify.annotations.Nullable;

/** {@code app.bsky.actor.getProfile}, and whose handle it is. */
final class BlueskyProfiles {
    /** What stands for a handle that does not point back to its account. */
    private static final String NO_HANDLE = "handle.invalid";
    /** By which people ask not to be shown to those who have no account there. */
    private static final String NOT_FOR_EVERYBODY = "!no-unauthenticated";
    /** By which bots say that they are. */
    private static final String BOT = "bot";

    private final Clock clock;

    BlueskyProfiles(Clock clock) {
        this.clock = clock;
    }

    /**
     * A profile that is about whom it should be.
     *
     * @param handle null: it has none that holds
     */
    private record Profile(String did, @Nullable String handle, JsonNode told) {}

    ProfileText text(AppView api, AccountName name, long until) throws UnansweredException {
        Profile profile = profile(api, name, Keeping.NOTHING, until);
        String text = PlainText.visible(Json.text(profile.told, "description").orElse(""));
        return new ProfileText.Found(profile.did, profile.handle, text, clock.instant());
    }

    PublicAccount account(AppView api, AccountName name, long until) throws UnansweredException {
        Profile profile = profile(api, name, Keeping.ANSWER, until);
        String handle =
                profile.handle != null && leadsTo(api, profile.handle, profile.did, until) ? profile.handle : null;
        if (name.isHandle() && handle == null) {
            throw UnansweredException.refused(Refusal.ANOTHER_ACCOUNT);
        }
        JsonNode told = profile.told;
        return new PublicAccount(
                profile.did,
                handle,
                profile.did,
                Json.count(told, "followersCount"),
                Json.count(told, "followsCount"),
                Json.count(told, "postsCount"),
                Json.time(told, "createdAt", Network.BLUESKY, clock.instant()),
                hasAvatar(told),
                bioLength(told),
                isForEverybody(told),
                null,
                clock.instant());
    }

    private static Profile profile(AppView api, AccountName name, Keeping keeping, long until)
            throws UnansweredException {
        JsonNode told =
                api.askOf("app.bsky.actor.getProfile", "actor=" + AppView.encoded(name.value()), keeping, until);
        String did = Json.text(told, "did").flatMap(BlueskyProfiles::did).orElse(null);
        String handle = Json.text(told, "handle")
                .filter(value -> !value.equals(NO_HANDLE))
                .flatMap(BlueskyProfiles::handle)
                .orElse(null);
        if (did == null) {
            throw UnansweredException.refused(Refusal.UNREADABLE_ANSWER);
        }
        if (!name.value().equals(name.isHandle() ? handle : did)) {
            throw UnansweredException.refused(Refusal.ANOTHER_ACCOUNT);
        }
        return new Profile(did, handle, told);
    }

    /** The other direction. The profile says what the account calls itself; this, whom the name's domain points to. */
    private static boolean leadsTo(AppView api, String handle, String did, long until) throws UnansweredException {
        Answer answer = api.ask(
                "com.atproto.identity.resolveHandle", "handle=" + AppView.encoded(handle), Keeping.NOTHING, until);
        return switch (answer) {
            // Nobody has it.
            case Heard heard when heard.status() == 400 -> false;
            // An AppView without this call has compared both directions itself, as for every profile it shows.
            case Heard heard when heard.status() == 404 || heard.status() == 501 -> true;
            default -> Json.text(Json.object(answer), "did").filter(did::equals).isPresent();
        };
    }

    /** A profile without the field has no picture. */
    static @Nullable Boolean hasAvatar(JsonNode profile) {
        JsonNode avatar = profile.path("avatar");
        return avatar.isMissingNode()
                ? Boolean.FALSE
                : avatar.isTextual() ? (Boolean) !avatar.textValue().isEmpty() : null;
    }

    /** A profile without the field has no description. */
    static @Nullable Integer bioLength(JsonNode profile) {
        JsonNode description = profile.path("description");
        if (description.isMissingNode()) {
            return 0;
        }
        return description.isTextual() ? (Integer) PlainText.length(PlainText.visible(description.textValue())) : null;
    }

    static boolean isForEverybody(JsonNode profile) {
        return !isLabelled(profile, NOT_FOR_EVERYBODY);
    }

    /** Whether it asks as a person whom everybody may hear. */
    static boolean isPersonForEverybody(JsonNode profile) {
        return isForEverybody(profile) && !isLabelled(profile, BOT);
    }

    private static boolean isLabelled(JsonNode profile, String value) {
        return StreamSupport.stream(profile.path("labels").spliterator(), false)
                .anyMatch(label -> value.equals(label.path("val").textValue())
                        && !label.path("neg").asBoolean());
    }

    static Optional<String> did(String told) {
        try {
            return Optional.of(Network.BLUESKY.nativeId(told).value());
        } catch (InvalidAccountException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> handle(String told) {
        try {
            return Optional.of(Network.BLUESKY.parse(told))
                    .filter(AccountName::isHandle)
                    .map(AccountName::value);
        } catch (InvalidAccountException e) {
            return Optional.empty();
        }
    }
}
