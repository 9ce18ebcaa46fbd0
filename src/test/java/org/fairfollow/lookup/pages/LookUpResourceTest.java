package org.fairfollow.lookup.pages;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.fairfollow.http.Page;
import org.fairfollow.http.Speech;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookUpResourceTest {
    private final LookUpResource resource = new LookUpResource(new Page(false, "http://localhost", Speech::english));

    @ParameterizedTest
    @CsvSource({
        "@Growth.Example, /accounts/bluesky/growth.example",
        "did:plc:abc, /accounts/bluesky/did:plc:abc",
        "https://bsky.app/profile/growth.example, /accounts/bluesky/growth.example",
        "growth_example, /accounts/x/growth_example",
        "https://x.com/Growth, /accounts/x/growth",
        "https://twitter.com/growth/status/1, /accounts/x/growth",
        "@growth@social.example, /accounts/mastodon/growth@social.example",
        "https://social.example/@growth, /accounts/mastodon/growth@social.example",
        "  growth.example , /accounts/bluesky/growth.example",
    })
    void leadsToTheAccount(String typed, String address) {
        Response answer = resource.lookUp(typed, "");

        assertThat(answer.getStatus()).isEqualTo(303);
        assertThat(answer.getHeaderString("Location")).isEqualTo(address);
        assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void asksBackWhereSeveralMayBeMeant() {
        Response answer = resource.lookUp("growth", "");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(html(answer))
                .contains("href=\"/accounts/x/growth\"", "href=\"/accounts/bluesky/growth.bsky.social\"");
    }

    @Test
    void leadsToTheAnswerWhereSomebodyWantsToAnswer() {
        assertThat(resource.lookUp("growth.example", "answer").getHeaderString("Location"))
                .isEqualTo("/disputes/about/bluesky/growth.example");
        assertThat(html(resource.lookUp("growth", "answer")))
                .contains("href=\"/disputes/about/x/growth\"", "name=\"to\" value=\"answer\"");
        assertThat(html(resource.lookUp("two words", "answer"))).contains("name=\"to\" value=\"answer\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "two words",
                "<script>",
                "a@b@c@d",
                "https://",
                "https://x.com/home",
                "\u202egnp.example",
                "gr\u043ewth.example",
                "%",
                "id:!",
                "did:plc:",
                "a..b",
                "https://bsky.app/about",
                "https://social.example/"
            })
    void saysHowToWriteIt(String typed) {
        Response answer = resource.lookUp(typed, "");

        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(html(answer)).contains("How a name is written");
    }

    private static String html(Response answer) {
        return new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
    }
}
