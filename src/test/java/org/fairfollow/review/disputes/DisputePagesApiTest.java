package org.fairfollow.review.disputes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.fairfollow.publication.Publisher;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.ToldProfiles;
import org.fairfollow.verdict.Standing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An owner's way through the pages, and what other sites' pages get out of their forms. */
@QuarkusTest
class DisputePagesApiTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @Inject
    TestStore tables;

    @Inject
    HeldVerdicts verdicts;

    @Inject
    ToldProfiles profiles;

    @Inject
    Publisher publisher;

    private String did = "";

    @BeforeEach
    void listed() {
        tables.empty();
        did = "did:plc:paged" + System.nanoTime();
        verdicts.hold(
                verdicts.account(did), Practice.FOLLOW_CHURN, Standing.LIKELY, "Of 100 follows, 59 were dropped.");
        publisher.publish();
    }

    @Test
    void fromTheAccountsPageToTheProofAndTheHistoryWithoutAScript() {
        browse("/accounts/bluesky/" + did).statusCode(200).body(containsString("/disputes/about/bluesky/" + did));
        browse("/disputes/about/bluesky/" + did)
                .statusCode(200)
                .header("Cache-Control", "no-store")
                // Else browsers would say of its form that it comes from nowhere.
                .header("Referrer-Policy", "same-origin")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString("Of 100 follows, 59 were dropped."))
                .body(containsString("name=\"follow-churn\" value=\"yes\" checked"));

        Response opened = open();
        opened.then().statusCode(201).header("Cache-Control", "no-store");
        Cookie cookie = opened.getDetailedCookie(DisputePages.COOKIE);
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.isSecured()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Strict");
        String path = cookie.getPath();
        assertThat(path).matches("/disputes/[0-9a-f]{16}");
        String page = opened.asString();
        assertThat(page).contains(cookie.getValue());

        send(path + "/proof", cookie, page).statusCode(503).body(containsString("Check again in"));
        profiles.say(name(), did, find("fairfollow-[0-9A-Z]{4}-[0-9A-Z]{4}", page));
        send(path + "/proof", cookie, page).statusCode(303);
        browse(path, cookie)
                .statusCode(200)
                .body(containsString("Proven: your answer stands"))
                .body(containsString("I was away."))
                .body(not(containsString(cookie.getValue())));
        browse(path + "/history", cookie).statusCode(200).body(containsString("contested"));
        publisher.publish();
        browse("/accounts/bluesky/" + did).body(containsString("I was away."));

        form(path + "/erasure", "form=" + token(page), cookie).statusCode(400);
        form(path + "/erasure", "sure=yes&form=" + token(page), cookie).statusCode(303);
        browse(path, cookie).statusCode(200).body(containsString("Everything is deleted"));
    }

    @Test
    void whoHasTheKeyComesBackFromAnotherBrowser() {
        String key = open().getCookie(DisputePages.COOKIE);
        form("/disputes/key", "key=" + key, null).statusCode(303).cookie(DisputePages.COOKIE, is(key));
        form("/disputes/key", "key=" + key.substring(1), null).statusCode(404);
        form("/disputes/key", "key=", null).statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proof", "rebuttal", "withdrawal", "erasure"})
    void noFormOfADisputeIsTakenFromAnotherSiteOrWithoutItsToken(String form) {
        Response opened = open();
        Cookie cookie = opened.getDetailedCookie(DisputePages.COOKIE);
        String path = cookie.getPath() + "/" + form;
        String body = "form=" + token(opened.asString());
        for (String origin : List.of("null", "https://evil.example", "http://localhost.evil.example")) {
            call(cookie)
                    .header("Origin", origin)
                    .contentType(FORM)
                    .body(body)
                    .post(path)
                    .then()
                    .statusCode(403);
        }
        call(cookie).contentType(FORM).body(body).post(path).then().statusCode(403);
        call(cookie)
                .header("Origin", own())
                .header("Sec-Fetch-Site", "cross-site")
                .contentType(FORM)
                .body(body)
                .post(path)
                .then()
                .statusCode(403);
        for (String wrong : List.of("", "form=", "form=x", "form=" + cookie.getValue())) {
            form(path, wrong, cookie).statusCode(403);
        }
        browse(cookie.getPath(), cookie).body(containsString("Prove that the account is yours"));
    }

    @Test
    void neitherOpeningNorTheKeyIsTakenFromAnotherSite() {
        for (String path : List.of("/disputes", "/disputes/key")) {
            Api.unknownCall()
                    .header("Origin", "https://evil.example")
                    .contentType(FORM)
                    .body("key=x")
                    .post(path)
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void somebodyElsesKeyAndNoKeyOpenNoPage() {
        Cookie mine = open().getDetailedCookie(DisputePages.COOKIE);
        Cookie theirs = open().getDetailedCookie(DisputePages.COOKIE);
        browse(theirs.getPath(), mine).statusCode(404).body(not(containsString("fairfollow-")));
        Api.unknownCall()
                .redirects()
                .follow(false)
                .get(theirs.getPath() + "?key=" + theirs.getValue())
                .then()
                .statusCode(401)
                .body(containsString("Come back with your key"), not(containsString("fairfollow-")));
    }

    @Test
    void whatIsWrongIsSaidOnThePageWithAllThatWasTyped() {
        form("/disputes", "network=bluesky&name=not+a+name&rebuttal=%3Cb%3Ehello&follow-churn=yes", null)
                .statusCode(400)
                .body(containsString("&lt;b&gt;hello"))
                .body(not(containsString("<b>hello")));
        form("/disputes", "network=bluesky&name=" + did + "&rebuttal=a", null).statusCode(400);
        form("/disputes", "network=bluesky&name=" + did + "&rebuttal=a&follow-churn=yes&standing=cleared", null)
                .statusCode(400);
    }

    private Response open() {
        return Api.unknownCall()
                .header("Origin", own())
                .contentType(FORM)
                .body("network=bluesky&name=" + did + "&kind=contest&follow-churn=yes&rebuttal=I+was+away.")
                .post("/disputes");
    }

    private ValidatableResponse send(String path, Cookie cookie, String page) {
        return form(path, "form=" + token(page), cookie);
    }

    private ValidatableResponse form(String path, String body, Cookie cookie) {
        return call(cookie)
                .header("Origin", own())
                .contentType(FORM)
                .body(body)
                .post(path)
                .then();
    }

    private static RequestSpecification call(Cookie cookie) {
        RequestSpecification call = Api.unknownCall().redirects().follow(false);
        return cookie == null ? call : call.cookie(cookie.getName(), cookie.getValue());
    }

    private static ValidatableResponse browse(String path) {
        return browse(path, null);
    }

    private static ValidatableResponse browse(String path, Cookie cookie) {
        return call(cookie).get(path).then();
    }

    private static String own() {
        return "http://localhost:" + io.restassured.RestAssured.port;
    }

    private AccountName name() {
        return new AccountName(Network.BLUESKY, AccountName.Kind.NATIVE_ID, did);
    }

    private static String token(String page) {
        Matcher token = Pattern.compile("name=\"form\" value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private static String find(String pattern, String page) {
        Matcher found = Pattern.compile(pattern).matcher(page);
        assertThat(found.find()).isTrue();
        return found.group();
    }
}
