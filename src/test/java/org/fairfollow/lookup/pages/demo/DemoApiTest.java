package org.fairfollow.lookup.pages.demo;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Deployed;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Deployed.class)
class DemoApiTest {
    @Inject
    Pipeline pipeline;

    private static boolean told;

    /** One listed account, Ada, and one she follows, Kofi. */
    @BeforeEach
    void tellOnce() {
        if (told) {
            return;
        }
        told = true;
        Instant now = Instant.now();
        ListedAccount ada = new ListedAccount();
        ada.lines.identity(ada.did, "ada-sousa12.demo.example", now);
        String kofi = Names.did();
        ada.lines.identity(kofi, "kofi-berg34.demo.example", now);
        ada.lines.follow(ada.did, kofi, now);
        pipeline.send(ada.lines).statusCode(200);
        pipeline.judgeAndPublish();
    }

    @Test
    void theFirstPageSuggestsAListedAccountAndWhereItShows() {
        get("/demo")
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString("Everything here is invented"))
                .body(containsString("Ada Sousa"))
                .body(containsString("<span class=\"chip likely\">Likely</span>"))
                .body(containsString("/demo/profile/kofi-berg34.demo.example/followers"))
                .body(not(containsString("<script")));
    }

    @Test
    void aProfileHasItsCounts() {
        get("/demo/profile/kofi-berg34.demo.example")
                .statusCode(200)
                .body(containsString("aria-label=\"1 followers\""))
                .body(containsString("aria-label=\"0 following\""));
    }

    @Test
    void followersAreListed() {
        get("/demo/profile/kofi-berg34.demo.example/followers")
                .statusCode(200)
                .body(containsString("href=\"/demo/profile/ada-sousa12.demo.example\""));
        get("/demo/profile/kofi-berg34.demo.example/followers?page=nonsense").statusCode(200);
        get("/demo/profile/kofi-berg34.demo.example/followers?page=50")
                .statusCode(200)
                .body(containsString("Nobody follows this account."));
    }

    @Test
    void notificationsHaveAListedAccount() {
        get("/demo/notifications").statusCode(200).body(containsString("feedItem-by-ada-sousa12.demo.example"));
    }

    @Test
    void avatarsAreImages() {
        get("/demo/img/avatar/plain/did:plc:ada/drawn")
                .statusCode(200)
                .header("Content-Type", containsString("image/svg+xml"))
                .header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void whoIsNotInventedIsNotThere() {
        get("/demo/profile/somebody.example").statusCode(404);
        get("/demo/profile/%3Cscript%3E").statusCode(404).body(not(containsString("<script")));
    }

    @Test
    void theEvidencePageSaysThatItIsInvented() {
        get("/accounts/bluesky/ada-sousa12.demo.example")
                .statusCode(200)
                .body(containsString("every account, follow and verdict here is invented"));
    }

    private static ValidatableResponse get(String path) {
        return Api.unknownCall().urlEncodingEnabled(false).get(path).then();
    }
}
