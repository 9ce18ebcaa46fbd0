package org.fairfollow.lookup.pages.demo;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fairfollow.account.Account;
import org.fairfollow.account.Network;
import org.fairfollow.evidence.Follows;
import org.fairfollow.http.Page;
import org.fairfollow.http.Page.Keeping;
import org.fairfollow.http.Speech;
import org.junit.jupiter.api.Test;

/** What the extension looks for on bsky.app stands on the invented site as well: extension/src/sites/bluesky.ts. */
class DemoMarkupTest {
    private static final String DID = "did:plc:adaadaadaadaadaadaadaada";
    private static final Person ADA = Person.of(
                    new Account(7, Network.BLUESKY, DID, "ada-sousa12.demo.example", 1_795_000_000L))
            .orElseThrow();

    private final Page page = new Page(true, "http://localhost", Speech::english);

    @Test
    void aHandleTellsTheName() {
        assertThat(ADA.name()).isEqualTo("Ada Sousa");
    }

    @Test
    void onlyInventedPeopleAreShown() {
        assertThat(Person.of(new Account(8, Network.BLUESKY, DID, "somebody.example", 1)))
                .isEmpty();
        assertThat(Person.of(new Account(8, Network.BLUESKY, DID, null, 0))).isEmpty();
    }

    @Test
    void theHeaderOfAProfile() {
        String html = html("lookup/pages/demo/profile.jte", new Harbour.Profile(ADA, new Follows.Counts(1_204, 7)));

        assertThat(html)
                .contains("data-testid=\"profileView\"")
                .containsSubsequence(
                        "data-testid=\"profileHeaderAviButton\"",
                        "src=\"/demo/img/avatar/plain/" + DID + "/drawn\"",
                        "<div dir=\"auto\" data-testid=\"profileHeaderDisplayName\">Ada Sousa</div>",
                        "<div dir=\"auto\" class=\"muted\">@ada-sousa12.demo.example</div>")
                .contains("data-testid=\"followBtn\"", "data-testid=\"profileHeaderDescription\"")
                .contains("data-testid=\"profileHeaderFollowersButton\" aria-label=\"1204 followers\""
                        + " href=\"/demo/profile/ada-sousa12.demo.example/followers\"")
                .contains("data-testid=\"profileHeaderFollowsButton\" aria-label=\"7 following\"");
    }

    @Test
    void aFollower() {
        assertThat(html("lookup/pages/demo/followers.jte", new Harbour.Followers(ADA, List.of(ADA), 1, false)))
                .containsSubsequence(
                        "data-testid=\"profileFollowersScreen\"",
                        "href=\"/demo/profile/ada-sousa12.demo.example\"",
                        "<div dir=\"auto\" class=\"name\">Ada Sousa</div>",
                        "<div dir=\"auto\" class=\"muted\">@ada-sousa12.demo.example</div>");
    }

    @Test
    void aNotification() {
        assertThat(html("lookup/pages/demo/notifications.jte", List.of(ADA)))
                .containsSubsequence(
                        "data-testid=\"feedItem-by-ada-sousa12.demo.example\"",
                        "src=\"/demo/img/avatar/plain/" + DID + "/drawn\"",
                        "href=\"/demo/profile/ada-sousa12.demo.example\">Ada Sousa</a> followed you");
    }

    @Test
    void everyPageSaysThatItIsInvented() {
        assertThat(html("lookup/pages/demo/notifications.jte", List.of())).contains("Everything here is invented");
    }

    @Test
    void aHostileIdDoesNotGetIntoAnAvatar() {
        assertThat(Avatar.svg("\"/><script>alert(1)</script>")).doesNotContain("script", "alert");
    }

    private String html(String template, Object view) {
        return new String(
                (byte[]) page.of(Status.OK, Keeping.NOBODY, template, view).getEntity(), StandardCharsets.UTF_8);
    }
}
