package org.fairfollow.review.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.detection.Practice;
import org.fairfollow.review.Queue;
import org.fairfollow.store.Store;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.Moderation;
import org.fairfollow.testing.Moderation.Person;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Reporting;
import org.fairfollow.testing.Telling;
import org.fairfollow.testing.TestStore;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.Standing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The desk as a browser without scripts uses it, and what other sites cannot make it do. */
@QuarkusTest
class DeskPagesApiTest {
    private static final String REASONS = "The follows and leavings are those of <b>one</b> person & \"so on\".";
    private static final Pattern FIELD =
            Pattern.compile("name=\"(form-token|key|based-on|practice|next)\" value=\"([^\"]*)\"");
    private static final Pattern FORM =
            Pattern.compile("action=\"(/moderation/cases/[^\"]+)\"(.*?)</form>", Pattern.DOTALL);

    @Inject
    TestStore tables;

    @Inject
    HeldVerdicts verdicts;

    @Inject
    Queue queue;

    @Inject
    Decisions decisions;

    @Inject
    Store store;

    @Inject
    Moderation moderation;

    private Person moderator = new Person("", "", "", "");
    private int account;
    private String address = "";
    private String did = "";

    @BeforeEach
    void aListedAccount() {
        tables.empty();
        moderator = moderation.person("moderator");
        did = Names.did();
        account = verdicts.account(did);
        verdicts.hold(
                account, Practice.FOLLOW_CHURN, Standing.LIKELY, "Of follows not returned, 59 in 100 were dropped.");
        while (queue.follow()) {
            // Until it has followed all.
        }
        Matcher link = Pattern.compile("href=\"(/moderation/cases/[A-Za-z0-9_-]{16})\"")
                .matcher(page(moderator).get("/moderation").asString());
        assertThat(link.find()).isTrue();
        address = link.group(1);
    }

    @Test
    void fromTheQueueToTheRulingWithLinksAndForms() {
        Response shown = page(moderator).get(address);
        shown.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString("59 in 100"), not(containsString("<script>")));
        send(moderator, forms(shown, "/rulings"), Map.of("outcome", "clear", "reasons", REASONS))
                .then()
                .statusCode(303)
                .header("Location", endsWith(address + "?done=follow-churn&next=#done"));
        assertThat(standing()).isEqualTo("cleared");
        page(moderator)
                .get(address)
                .then()
                .body(
                        containsString("Cleared"),
                        containsString("&lt;b&gt;one&lt;/b&gt; person &amp; \"so on\""),
                        not(containsString("<b>one</b>")));
        page(moderator).get("/moderation").then().body(containsString("Nothing waits here"));
        page(moderator)
                .get("/moderation/log")
                .then()
                .statusCode(200)
                .body(containsString("follow-churn: clear on likely"));
    }

    @Test
    void afterARulingWhatWasDoneIsSaidAndTheNextCaseIsOffered() {
        int other = verdicts.account(Names.did());
        verdicts.hold(other, Practice.FOLLOW_CHURN, Standing.SIGNS, "Of follows not returned, 20 in 100 were dropped.");
        while (queue.follow()) {
            // Until it has followed all.
        }
        Map<String, String> form = forms(page(moderator).get(address), "/rulings");
        String next = String.valueOf(form.get("next"));
        assertThat(next).matches("[A-Za-z0-9_-]{16}");
        String done = send(moderator, form, Map.of("outcome", "clear", "reasons", REASONS))
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
        page(moderator)
                .get(done.replaceFirst("#.*", ""))
                .then()
                .statusCode(200)
                .body(
                        containsString("role=\"status\""),
                        containsString("Ruled on Follow-churn: Clear"),
                        containsString("href=\"/moderation/cases/" + next + "#case\""));
        // A link tells nobody of a ruling that they did not make.
        page(moderation.person("moderator"))
                .get(done.replaceFirst("#.*", ""))
                .then()
                .body(not(containsString("Ruled on")));
    }

    @Test
    void whatWaitsIsCountedByKind() {
        page(moderator)
                .get("/moderation")
                .then()
                .body(
                        containsString("<a href=\"/moderation?state=listed\"><b>1</b> Listed"),
                        containsString("<a href=\"/moderation?state=objected\"><b>0</b> Objection"));
    }

    @Test
    void anAnswerThatWasPromisedLongAgoIsOverdue() {
        store.inTransaction(connection -> {
            decisions.object(connection, account, Practice.FOLLOW_CHURN);
            return null;
        });
        while (queue.follow()) {
            // Until it has followed all.
        }
        page(moderator).get("/moderation").then().body(containsString("answer by"), not(containsString("overdue")));
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE decision SET objected_at = objected_at - 2000000");
                return statement.executeUpdate("UPDATE moderation_case SET place = place - 2000000");
            }
        });
        page(moderator)
                .get("/moderation")
                .then()
                .body(containsString("overdue: 1"), containsString("overdue: an answer was promised by"));
    }

    @Test
    void aProposalStandsAtTheHeadOfWhatWaitsForOthers() {
        send(
                moderator,
                forms(page(moderator).get(address), "/rulings"),
                Map.of("outcome", "clear", "reasons", REASONS));
        send(
                moderator,
                forms(page(moderator).get(address), "/rulings"),
                Map.of("outcome", "expire", "reasons", REASONS));
        Person other = moderation.person("moderator");
        page(other)
                .get("/moderation")
                .then()
                .body(
                        containsString("Waits for a second person"),
                        containsString("proposed by " + moderator.name()),
                        containsString(address + "#follow-churn"));
        page(moderator).get("/moderation").then().body(containsString("proposed by you"));
    }

    @Test
    void fromAReportToItsReporterAndBack() {
        String token = Telling.token();
        Reporting.sent(token, Reporting.of("bluesky", did, "follow-churn"));
        String id = Telling.as(token).get("/v1/reporters/me").then().extract().path("publicId");
        page(moderator)
                .get(address)
                .then()
                .body(
                        containsString("<a href=\"/moderation/reporters/" + id + "\"><code>" + id + "</code></a>"),
                        containsString("a newcomer's"));
        page(moderator).get("/moderation/reporters").then().statusCode(200).body(containsString(id));
        page(moderator)
                .get("/moderation/reporters/" + id)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body(
                        containsString("Reporter since"),
                        containsString("nobody ruled yet"),
                        containsString("href=\"" + address + "\""),
                        // Whom it is about is said by the case alone.
                        not(containsString(did)),
                        not(containsString(token)));
        page(moderator)
                .get("/moderation/reporters?id=" + id)
                .then()
                .statusCode(303)
                .header("Location", endsWith("/moderation/reporters/" + id));

        Person reviewer = moderation.person("reviewer");
        page(reviewer).get("/moderation/reporters").then().statusCode(403);
        page(reviewer).get("/moderation/reporters/" + id).then().statusCode(403);
        page(reviewer).get(address).then().body(not(containsString("href=\"/moderation/reporters")));

        Telling.as(token).delete("/v1/reporters/me").then().statusCode(204);
        page(moderator).get("/moderation/reporters/" + id).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/moderation/reporters/reporter-0123456789abcdef",
                "/moderation/reporters/%3Cscript%3E",
                "/moderation/reporters/reporter-%00",
                "/moderation/reporters?id=%3Cscript%3E",
                "/moderation/reporters?id=reporter-0123456789abcdeg"
            })
    void whatIsNoReportersIdFindsNobody(String path) {
        page(moderator).get(path).then().statusCode(404).body(not(containsString("<script>")));
    }

    @Test
    void theLogIsFilteredByWhoWhatAndWhen() {
        send(
                moderator,
                forms(page(moderator).get(address), "/rulings"),
                Map.of("outcome", "clear", "reasons", REASONS));
        Person other = moderation.person("moderator");
        String ruling = "follow-churn: clear on likely";
        for (String filter : List.of(
                "who=" + moderator.name(),
                "what=ruled",
                "from=2020-01-01",
                "who=" + moderator.name() + "&what=ruled&from=2020-01-01&to=9000-01-01")) {
            page(moderator)
                    .get("/moderation/log?" + filter)
                    .then()
                    .statusCode(200)
                    .body(containsString(ruling));
        }
        for (String filter :
                List.of("who=" + other.name(), "who=-", "what=signed-in", "to=2020-01-01", "what=%C3%A9", "who=%00")) {
            page(moderator)
                    .get("/moderation/log?" + filter)
                    .then()
                    .statusCode(200)
                    .body(not(containsString(ruling)));
        }
        for (String day : List.of("yesterday", "2026-13-01", "-999999999-01-01", "%2B999999999-12-31", "'onload=")) {
            page(moderator)
                    .get("/moderation/log?from=" + day)
                    .then()
                    .statusCode(400)
                    .body(containsString("Write days as in"), not(containsString("<script>")));
        }
    }

    @Test
    void theDeskSpeaksSpanishToWhoeverChoseIt() {
        page(moderator)
                .get("/moderation?lang=es")
                .then()
                .statusCode(200)
                .body(
                        containsString("<html lang=\"es\">"),
                        containsString("Lo que espera"),
                        containsString("href=\"" + address + "?lang=es\""),
                        not(containsString("What waits")));
        Map<String, String> form = forms(page(moderator).get(address + "?lang=es"), "/rulings?lang=es");
        send(moderator, form, Map.of("outcome", "clear", "reasons", REASONS))
                .then()
                .statusCode(303)
                .header("Location", containsString("&lang=es#done"));
    }

    /** Browsers send "Origin: null" with forms of pages that have no-referrer, which are refused. */
    @Test
    void browsersSayWhereTheDesksFormsStood() {
        for (String path :
                List.of("/moderation", address, "/moderation/audits", "/moderation/log", "/moderation/reporters")) {
            page(moderator).get(path).then().statusCode(200).header("Referrer-Policy", "same-origin");
        }
    }

    @Test
    void aSecondPersonFindsTheProposalAndAgrees() {
        send(
                moderator,
                forms(page(moderator).get(address), "/rulings"),
                Map.of("outcome", "clear", "reasons", REASONS));
        send(
                moderator,
                forms(page(moderator).get(address), "/rulings"),
                Map.of("outcome", "expire", "reasons", REASONS));
        assertThat(standing()).isEqualTo("cleared");
        page(moderator).get(address).then().body(containsString("Take it back"), not(containsString("/agreement")));

        Person other = moderation.person("moderator");
        send(other, forms(page(other).get(address), "/agreement"), Map.of())
                .then()
                .statusCode(303);
        assertThat(standing()).isEqualTo("unknown");
    }

    @Test
    void whatWasWrittenStaysWhenItIsRefused() {
        Map<String, String> form = forms(page(moderator).get(address), "/rulings");
        store.inTransaction(connection -> decisions.contest(connection, account, Practice.FOLLOW_CHURN, "I was away."));
        send(moderator, form, Map.of("outcome", "clear", "reasons", REASONS))
                .then()
                .statusCode(409)
                .body(
                        containsString("Read the case again"),
                        containsString("&lt;b&gt;one&lt;/b&gt; person"),
                        containsString("I was away."));
        assertThat(standing()).isEqualTo("signs");
    }

    @Test
    void aFormSentTwiceRulesOnce() {
        Map<String, String> form = forms(page(moderator).get(address), "/rulings");
        Map<String, String> ruling = Map.of("outcome", "clear", "reasons", REASONS);
        send(moderator, form, ruling).then().statusCode(303);
        send(moderator, form, ruling).then().statusCode(303);
        assertThat(tables.count("SELECT COUNT(*) FROM ruling WHERE account_id = " + account))
                .isEqualTo(1);
    }

    @Test
    void aReviewerReadsAndHasNoForms() {
        Person reviewer = moderation.person("reviewer");
        Response shown = page(reviewer).get(address);
        shown.then().statusCode(200).body(containsString("59 in 100"), not(containsString("/rulings")));
        Map<String, String> form = forms(page(moderator).get(address), "/rulings");
        send(reviewer, form, Map.of("outcome", "clear", "reasons", REASONS))
                .then()
                .statusCode(403);
        page(reviewer).get("/moderation/log").then().statusCode(403);
        assertThat(standing()).isEqualTo("likely");
    }

    @Test
    void whoeverDidNotSignInIsLedToWhereOneDoes() {
        for (String path : List.of("/moderation", address, "/moderation/log", "/moderation/reporters")) {
            RestAssured.given()
                    .redirects()
                    .follow(false)
                    .get(path)
                    .then()
                    .statusCode(303)
                    .header("Location", endsWith("/moderation/sign-in"));
        }
    }

    @ParameterizedTest
    @CsvSource({"https://elsewhere.example,", "null,", ",", "OWN,cross-site", "OWN,same-site"})
    void rulingFormsOfOtherSitesAreRefused(String origin, String site) {
        for (String call :
                List.of("/rulings", "/proposals/AAAAAAAAAAAAAAAA/agreement", "/proposals/AAAAAAAAAAAAAAAA/rejection")) {
            RequestSpecification request = RestAssured.given()
                    .redirects()
                    .follow(false)
                    .header("Cookie", "__Host-fairfollow=" + moderator.token())
                    .contentType("application/x-www-form-urlencoded");
            if (origin != null) {
                request.header("Origin", origin.equals("OWN") ? own() : origin);
            }
            if (site != null) {
                request.header("Sec-Fetch-Site", site);
            }
            request.body("outcome=clear").post(address + call).then().statusCode(403);
        }
        assertThat(standing()).isEqualTo("likely");
    }

    @Test
    void aRulingFormWithoutItsTokenOrWithThatOfAnotherSessionIsRefused() {
        Map<String, String> form = forms(page(moderator).get(address), "/rulings");
        for (String token : List.of("", "x", moderation.person("moderator").token())) {
            Map<String, String> wrong = new HashMap<>(form);
            wrong.put("form-token", token);
            send(moderator, wrong, Map.of("outcome", "clear", "reasons", REASONS))
                    .then()
                    .statusCode(403);
        }
        assertThat(standing()).isEqualTo("likely");
    }

    @Test
    void markupInAFilterOrCaseIdIsNoMarkup() {
        page(moderator)
                .get("/moderation?state=signs'onload=")
                .then()
                .statusCode(400)
                .body(not(containsString("<script>")));
        page(moderator)
                .get("/moderation/cases/%3Cscript%3E")
                .then()
                .statusCode(404)
                .body(not(containsString("<script>")));
        page(moderator)
                .get("/moderation/log?before='onload=")
                .then()
                .statusCode(200)
                .body(not(containsString("<script>")));
    }

    private String standing() {
        return tables.rows("SELECT standing FROM verdict WHERE account_id = " + account)
                .getFirst()
                .getFirst();
    }

    private static String own() {
        return "http://localhost:" + RestAssured.port;
    }

    private static RequestSpecification page(Person person) {
        return RestAssured.given()
                .redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .header("Cookie", "__Host-fairfollow=" + person.token());
    }

    /** The fields of the first form that leads there, and its address as "action". */
    private static Map<String, String> forms(Response page, String where) {
        Matcher form = FORM.matcher(page.asString());
        while (form.find()) {
            if (form.group(1).endsWith(where)) {
                Map<String, String> fields = new HashMap<>(Map.of("action", form.group(1)));
                Matcher field = FIELD.matcher(form.group(2));
                while (field.find()) {
                    fields.put(field.group(1), field.group(2));
                }
                return fields;
            }
        }
        throw new AssertionError("no form leads to " + where);
    }

    private static Response send(Person person, Map<String, String> form, Map<String, String> written) {
        RequestSpecification request = RestAssured.given()
                .redirects()
                .follow(false)
                .header("Cookie", "__Host-fairfollow=" + person.token())
                .header("Origin", own())
                .header("Sec-Fetch-Site", "same-origin")
                .contentType("application/x-www-form-urlencoded; charset=UTF-8");
        form.forEach((name, value) -> {
            if (!name.equals("action")) {
                request.formParam(name, value);
            }
        });
        written.forEach(request::formParam);
        return request.post(String.valueOf(form.get("action")));
    }
}
