package org.fairfollow.lookup.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import org.fairfollow.detection.followchurn.FollowChurnDetector.Thresholds;
import org.fairfollow.lookup.PracticeAudits;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PagesApiTest {
    @Inject
    Pipeline pipeline;

    @Inject
    PracticeAudits audits;

    @Inject
    TestStore tables;

    DatabaseLine line;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/practices",
                "/marked",
                "/privacy",
                "/accounts/x/nobody_knows",
                "/accounts/x/too-long-for-a-handle",
                "/look-up?name=",
                "/look-up?name=growth",
                "/demo"
            })
    void everyPageIsStrictAndWithoutScript(String path) {
        get(path)
                .header("Content-Type", "text/html;charset=UTF-8")
                .header("Content-Security-Policy", containsString("default-src 'none'; style-src 'self'"))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .body(not(containsString("<script")))
                .body(not(containsString(" style=")));
    }

    @Test
    void theFrontPageLeadsOn() {
        get("/").statusCode(200).body(containsString("action=\"/look-up\"")).body(containsString("/v1/practices"));
    }

    @Test
    void aChosenLanguageGoesAlong() {
        get("/look-up?name=growth.example&lang=es")
                .statusCode(303)
                .header("Location", endsWith("/accounts/bluesky/growth.example?lang=es"));
        get("/marked?lang=es")
                .header("Content-Language", equalTo("es"))
                .body(containsString("name=\"lang\" value=\"es\""))
                .body(matchesPattern("(?s).*hreflang=\"en\" href=\"http[^\"]+/marked\\?lang=en\".*"));
    }

    /** People get pages; programs, and whoever reads the API, problems. */
    @Test
    void whatIsNotThereIsToldInTheFormThatWasAskedFor() {
        String reader = "text/html,application/xhtml+xml,*/*;q=0.8";
        for (String path : List.of("/nothing", "/accounts/x", "/practices/nothing", "/disputes/about/x")) {
            Api.unknownCall()
                    .header("Accept", reader)
                    .get(path)
                    .then()
                    .statusCode(404)
                    .header("Content-Type", "text/html;charset=UTF-8")
                    .header("Content-Security-Policy", containsString("style-src 'self'"))
                    .header("Cache-Control", "no-store")
                    .body(containsString("There is nothing here"))
                    .body(containsString("action=\"/look-up\""))
                    .body(not(containsString("openapi")));
        }
        Api.unknownCall()
                .header("Accept", reader)
                .header("Accept-Language", "es-MX")
                .post("/practices")
                .then()
                .statusCode(405)
                .header("Content-Language", "es")
                .body(containsString("No de esta manera"));
        Api.unknownCall()
                .header("Accept", reader)
                .get("/v1/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        get("/nothing").statusCode(404).contentType("application/problem+json");
    }

    @Test
    void aNameOfAnyLengthGetsAPageThatHelps() {
        get("/look-up?name=" + "a".repeat(10_000)).statusCode(400).body(containsString("How a name is written"));
    }

    @Test
    void robotsAreKeptFromWhatNamesSomebody() {
        get("/robots.txt").statusCode(200).body(containsString("Disallow: /accounts/"));
    }

    @Test
    void practicesAreToldAsTheRuleHasThem() {
        tables.empty();
        audits.renew();
        String etag = Api.call()
                .get("/v1/practices")
                .then()
                .statusCode(200)
                .body("practices[0].id", equalTo("follow-churn"))
                .body("practices[0].audit", equalTo("not audited yet"))
                .body("practices[0].thresholds.'likely.drops'", equalTo((float)
                        Thresholds.DEFAULT.likely().drops()))
                .extract()
                .header("ETag");
        Api.call().header("If-None-Match", etag).get("/v1/practices").then().statusCode(304);

        get("/practices").statusCode(200).body(containsString("not audited yet"));
    }

    @Test
    void aListedAccountIsShownWithItsEvidence() {
        ListedAccount account = listed();

        get("/accounts/bluesky/" + account.did)
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .header("X-Robots-Tag", "noindex")
                .body(containsString("<span class=\"chip likely\">Likely</span>"))
                .body(containsString("Followed and unfollowed, by day"))
                .body(containsString("How sure the numbers are"))
                .body(containsString("What else it could be"))
                .body(containsString("the pattern remains"))
                .body(not(containsString("invented")));
    }

    @Test
    void whatIsListedShowsWhileTheDatabaseIsAway() throws InterruptedException {
        ListedAccount account = listed();
        line.cut();
        try {
            get("/accounts/bluesky/" + account.did)
                    .statusCode(200)
                    .body(containsString("The database is away"))
                    .body(containsString("<span class=\"chip likely\">Likely</span>"));
            get("/accounts/bluesky/" + Names.did()).statusCode(200).body(containsString("Not on the published list"));
            get("/").statusCode(200);
        } finally {
            line.restore();
            waitUntilTheDatabaseIsBack();
        }
    }

    @Test
    void ofAStrangerThePageSaysWhyNothingIsKnown() {
        get("/accounts/bluesky/nobody-knows.example")
                .statusCode(200)
                .body(containsString("Nothing is known of this account"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/accounts/bluesky/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                "/accounts/bluesky/%E2%80%AEgnp.example",
                "/accounts/x/much_too_long_for_x",
                "/accounts/mastodon/without-a-host",
                "/accounts/gopher/growth",
                "/accounts/bluesky/id:%21%21"
            })
    void aNameNobodyCanHaveIsRefusedWithHelp(String path) {
        String page = get(path).statusCode(400).extract().asString();

        assertThat(page).containsPattern("Write |The network is one of").doesNotContain("<script");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/demo",
                "/demo/notifications",
                "/demo/profile/ada.demo.example",
                "/demo/img/avatar/plain/x/drawn"
            })
    void thereIsNoDemonstrationOnARealStore(String path) {
        get(path).statusCode(404).body(containsString("./run serve --demo"));
    }

    /** Readers do not ask a database again at once that they found away; the next test must not notice. */
    private static void waitUntilTheDatabaseIsBack() throws InterruptedException {
        for (int attempt = 0; attempt < 100 && isAway(); attempt++) {
            Thread.sleep(100);
        }
    }

    private static boolean isAway() {
        return get("/accounts/x/nobody_knows").extract().asString().contains("The database is away");
    }

    private ListedAccount listed() {
        ListedAccount account = new ListedAccount();
        pipeline.send(account.lines).statusCode(200);
        pipeline.judgeAndPublish();
        return account;
    }

    /** Pages are no part of the contract. */
    private static ValidatableResponse get(String path) {
        return Api.unknownCall()
                .urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .get(path)
                .then();
    }
}
