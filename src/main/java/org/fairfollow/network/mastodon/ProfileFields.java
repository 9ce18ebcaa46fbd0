package org.fairfollow.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import org.fairfollow.network.outbound.Json;
import org.fairfollow.network.outbound.PlainText;
import org.jspecify.annotations.Nullable;

/** What of a profile is the same for an account and for its followers. */
final class ProfileFields {
    /** What Mastodon, Pleroma and GoToSocial show of those who have no picture. */
    private static final Pattern NO_PICTURE =
            Pattern.compile("/avatars/original/missing\\.png$|/images/avi\\.png$|/default_avatars/");

    private ProfileFields() {}

    static @Nullable Boolean hasAvatar(JsonNode account) {
        return Json.text(account, "avatar")
                .map(avatar -> !avatar.isEmpty() && !NO_PICTURE.matcher(avatar).find())
                .orElse(null);
    }

    static @Nullable Integer bioLength(JsonNode account) {
        return Json.text(account, "note")
                .map(note -> PlainText.length(PlainText.ofHtml(note)))
                .orElse(null);
    }
}
