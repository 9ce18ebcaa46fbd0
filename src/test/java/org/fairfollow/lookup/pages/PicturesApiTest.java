package org.fairfollow.lookup.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PicturesApiTest {
    @Inject
    Pipeline pipeline;

    DatabaseLine line;

    @Test
    void aListedAccountHasABadgeAndACardWhateverTheDatabaseDoes() throws IOException {
        ListedAccount account = new ListedAccount();
        pipeline.send(account.lines).statusCode(200);
        pipeline.judgeAndPublish();
        String path = "/accounts/bluesky/" + account.did;

        String etag = get(path + "/badge.svg")
                .statusCode(200)
                .header("Content-Type", containsString("image/svg+xml"))
                .header("Cache-Control", "public, max-age=20")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString("<title>Fairfollow: Follow-churn: likely</title>"))
                .extract()
                .header("ETag");
        Api.unknownCall()
                .header("If-None-Match", etag)
                .get(path + "/badge.svg")
                .then()
                .statusCode(304);
        get(path)
                .body(containsString("<meta property=\"og:image\" content=\"http"))
                .body(containsString(path + "/card.png\">"));
        line.cut();
        try {
            get(path + "/badge.svg").statusCode(200).body(containsString("Follow-churn: likely"));
            byte[] card = get(path + "/card.png?lang=es")
                    .statusCode(200)
                    .header("Content-Type", "image/png")
                    .header("Cache-Control", "public, max-age=20")
                    .extract()
                    .asByteArray();
            assertThat(ImageIO.read(new ByteArrayInputStream(card)).getWidth()).isEqualTo(1200);
            get("/accounts/bluesky/" + Names.did() + "/badge.svg?lang=es")
                    .statusCode(200)
                    .body(containsString("no está en la lista"));
            get("/status").statusCode(200).body(containsString("Away for"));
            get("/api").statusCode(200);
        } finally {
            line.restore();
        }
    }

    @Test
    void ofAStrangerTheBadgeSaysThatNothingIsKnown() {
        get("/accounts/x/nobody_knows/badge.svg").statusCode(200).body(containsString("Fairfollow: not known"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"badge.svg", "card.png"})
    void aNameNobodyCanHaveHasNoPicture(String picture) {
        get("/accounts/bluesky/%3Cscript%3Ealert(1)%3C%2Fscript%3E/" + picture)
                .statusCode(400)
                .header("Content-Type", containsString("application/problem+json"))
                .header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void theContractIsServedAsItIsWritten() {
        String etag = get("/openapi.yaml")
                .statusCode(200)
                .header("Content-Type", containsString("application/yaml"))
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .extract()
                .header("ETag");
        assertThat(get("/openapi.yaml").extract().asString()).isEqualTo(Project.read("openapi.yaml"));
        Api.unknownCall()
                .header("If-None-Match", etag)
                .get("/openapi.yaml")
                .then()
                .statusCode(304);
        get("/openapi.json").statusCode(200).header("Content-Type", containsString("application/json"));
    }

    @Test
    void thePageWithTheRendererMayCallTheServiceAndThoseThatNameAnAccountMayNot() {
        get("/api").statusCode(200).header("Content-Security-Policy", containsString("; connect-src 'self'"));
        get("/accounts/bluesky/" + Names.handle("calls"))
                .statusCode(200)
                .header("Content-Security-Policy", not(containsString("connect-src")));
    }

    /** Pictures and pages are no part of the contract. */
    private static ValidatableResponse get(String path) {
        return Api.unknownCall().urlEncodingEnabled(false).get(path).then();
    }
}
