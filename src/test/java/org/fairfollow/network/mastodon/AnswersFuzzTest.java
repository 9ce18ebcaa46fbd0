package org.fairfollow.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.fairfollow.network.ProfileText;
import org.fairfollow.network.mastodon.Actors.Claim;
import org.fairfollow.network.outbound.Answer.Heard;
import org.fairfollow.network.outbound.Json;
import org.fairfollow.network.outbound.UnansweredException;
import org.fairfollow.testing.Fuzz;
import org.junit.jupiter.api.Test;

/** Whatever a host sends is a claim and a profile, or is refused. */
class AnswersFuzzTest {
    private static final String JRD = """
            {"subject": "acct:growth@social.example", "links": [{"rel": "self",
             "type": "application/activity+json", "href": "https://social.example/users/growth"}]}""";
    private static final String PROFILE = """
            {"acct": "growth", "url": "https://social.example/@growth", "uri": "https://social.example/users/growth",
             "note": "<p>a&amp;b</p>", "fields": [{"name": "x", "value": "y"}]}""";
    private static final Claim CLAIM = new Claim("growth@social.example", "https://social.example/users/growth");

    @Test
    void whatLiesNearAGoodAnswerIsReadOrRefused() {
        Fuzz.around(JRD.getBytes(StandardCharsets.UTF_8), AnswersFuzzTest::read);
        Fuzz.around(PROFILE.getBytes(StandardCharsets.UTF_8), AnswersFuzzTest::read);
    }

    @FuzzTest
    void anyBytes(byte[] answer) {
        read(answer);
    }

    private static void read(byte[] answer) {
        try {
            JsonNode told = Json.object(new Heard(200, null, null, answer));
            if (Actors.isOf(CLAIM, told)) {
                assertThat(Actors.text(told)).doesNotContain("\u0000");
            }
            Claim claim = Actors.claim(told);
            assertThat(claim.handle() + claim.actor()).isPrintable().isASCII();
            assertThat(claim.host()).isNotEmpty();
        } catch (UnansweredException e) {
            assertThat(e.insteadOfProfile()).isInstanceOf(ProfileText.Refused.class);
        }
    }
}
