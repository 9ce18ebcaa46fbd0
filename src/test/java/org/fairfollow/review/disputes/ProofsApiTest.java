package org.fairfollow.review.disputes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.Moderation;
import org.fairfollow.testing.Moderation.Person;
import org.fairfollow.testing.Telling;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.verdict.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes that a person looks for, by calls and by pages, and what nobody else can make of them. */
@QuarkusTest
class ProofsApiTest {
    private static final String PROOFS = "/v1/moderation/proofs";
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");

    @Inject
    TestStore tables;

    @Inject
    HeldVerdicts verdicts;

    @Inject
    Directory directory;

    @Inject
    Disputes disputes;

    @Inject
    Moderation moderation;

    @Inject
    Store store;

    @Inject
    TestClock clock;

    private Person moderator = new Person("", "", "", "");
    private String handle = "";
    private int account;
    private JsonPath dispute = new JsonPath("{}");
    private String id = "";

    @BeforeEach
    void anOwnerOnXSaysThatTheCodeStandsInTheProfile() {
        tables.empty();
        moderator = moderation.person("moderator");
        handle = "o" + ThreadLocalRandom.current().nextInt(1_000_000_000);
        account = store.inTransaction(connection -> directory.resolveHandle(
                connection,
                new AccountName(Network.X, AccountName.Kind.HANDLE, handle),
                clock.instant().getEpochSecond()));
        verdicts.hold(
                account, Practice.FOLLOW_CHURN, Standing.LIKELY, "Of follows not returned, 59 in 100 were dropped.");
        dispute = open(handle);
        id = dispute.getString("id");
        ask(dispute);
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void aModeratorSeesWhatToLookForWhereAndSinceWhen() {
        moderator
                .call()
                .get(PROOFS)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("waiting", is(1))
                .body("proofs[0].id", is(id))
                .body("proofs[0].account.network", is("x"))
                .body("proofs[0].account.name", is(handle))
                .body("proofs[0].profileUrl", is("https://x.com/" + handle))
                .body("proofs[0].code", is(dispute.getString("code")))
                .body("proofs[0].kind", is("contest"))
                .body("proofs[0].practices", is(List.of("follow-churn")));
    }

    @Test
    void aConfirmedProofTakesTheVerdictOffTheListAndStandsInTheLog() {
        decide("confirmation").statusCode(200).body("id", is(id)).body("state", is("proven"));
        assertThat(standing()).isEqualTo("signs");
        owner().body("state", is("proven"));
        moderator.call().get(PROOFS).then().body("waiting", is(0)).body("proofs", empty());
        assertThat(logged()).containsExactly(List.of("confirmed-proof", "dispute " + id, "contest: follow-churn"));
    }

    @Test
    void aRefusedProofIsOpenAgainAndChangesNoVerdict() {
        decide("refusal").statusCode(200).body("state", is("open"));
        assertThat(standing()).isEqualTo("likely");
        owner().body("state", is("open")).body("code", is(dispute.getString("code")));
        moderator.call().get(PROOFS).then().body("waiting", is(0));
        assertThat(logged()).containsExactly(List.of("refused-proof", "dispute " + id, "contest: follow-churn"));

        ask(dispute);
        decide("confirmation").statusCode(200);
        assertThat(standing()).isEqualTo("signs");
    }

    @Test
    void sayingTheSameAgainChangesNothingAndSayingAnotherThingIsRefused() {
        decide("confirmation").statusCode(200);
        decide("confirmation").statusCode(200).body("state", is("proven"));
        decide("refusal").statusCode(409).body("code", is("dispute-ended"));
        assertThat(logged()).hasSize(1);
        owner().body("state", is("proven"));

        dispute = open(handle);
        id = dispute.getString("id");
        ask(dispute);
        decide("refusal").statusCode(200);
        decide("refusal").statusCode(200).body("state", is("open"));
        decide("confirmation").statusCode(409).body("code", is("dispute-ended"));
        assertThat(logged()).hasSize(1);
    }

    @Test
    void ofTwoWhoDecideAtOnceOneIsHeard() throws Exception {
        Person other = moderation.person("moderator");
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Callable<Integer>> calls = List.of(
                    () -> moderator
                            .call()
                            .post(PROOFS + "/" + id + "/confirmation")
                            .statusCode(),
                    () -> other.call().post(PROOFS + "/" + id + "/refusal").statusCode());
            for (Future<Integer> answer : both.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).containsExactlyInAnyOrder(200, 409);
        assertThat(logged()).hasSize(1);
        assertThat(standing()).isEqualTo(answers.getFirst() == 200 ? "signs" : "likely");
    }

    @Test
    void whatNobodyLookedAtInTimeWaitsNoLonger() {
        clock.advance(Duration.ofDays(30));
        moderator = moderation.person("moderator");
        moderator.call().get(PROOFS).then().body("waiting", is(0)).body("proofs", empty());
        decide("confirmation").statusCode(409).body("code", is("dispute-ended"));
        assertThat(standing()).isEqualTo("likely");
    }

    @Test
    void theLongestWaitingComesFirstAndTheListIsBounded() {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(
                        "INSERT INTO dispute (id, token_hash, network, native_id, name, kind, state,"
                                + " code, opened_at, expires_at) SELECT LPAD(HEX(seq), 16, '0'), RANDOM_BYTES(32), 1, FALSE,"
                                + " CONCAT('flood', seq), 'contest', 'awaiting-moderator', 'fairfollow-0000-0000', 1,"
                                + " UNIX_TIMESTAMP() + 90 * 86400 FROM seq_1_to_5000");
            }
        });
        moderator
                .call()
                .get(PROOFS)
                .then()
                .body("waiting", is(5_001))
                .body("proofs.size()", is(100))
                .body("proofs[0].id", is(id));
        page(moderator).get("/moderation/proofs").then().body(containsString("5,001 wait in all"));
    }

    @Test
    void onThePageTheCodeIsConfirmedWithAForm() {
        page(moderator)
                .get("/moderation")
                .then()
                .body(containsString("<a href=\"/moderation/proofs\" data-go=\"p\">Proofs (1)</a>"));
        page(moderator)
                .get("/moderation/proofs")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body(
                        containsString("@" + handle),
                        containsString("href=\"https://x.com/" + handle + "\""),
                        containsString(dispute.getString("code")),
                        containsString("Follow-churn"),
                        not(containsString("<script>")));
        form("confirmation", formToken()).then().statusCode(303).header("Location", endsWith("/moderation/proofs"));
        assertThat(standing()).isEqualTo("signs");
        page(moderator)
                .get("/moderation/proofs")
                .then()
                .body(containsString("No proof waits"), containsString(">Proofs</a>"));
    }

    @Test
    void onThePageTheCodeIsRefusedWithAFormAndWhoComesLateReadsSo() {
        String token = formToken();
        form("refusal", token).then().statusCode(303);
        form("confirmation", token).then().statusCode(409).body(containsString("This dispute is open by now"));
        owner().body("state", is("open"));
        assertThat(standing()).isEqualTo("likely");
    }

    // Attacks

    @Test
    void nobodyBelowAModeratorSeesOrDecidesProofsWithAnyVerb() {
        Person reviewer = moderation.person("reviewer");
        String reporter = Telling.token();
        for (String verb : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")) {
            for (String path : List.of("", "/" + id + "/confirmation", "/" + id + "/refusal")) {
                for (String token : List.of(
                        "",
                        reporter,
                        reviewer.token(),
                        dispute.getString("secretToken"),
                        Api.OPERATOR_TOKEN,
                        moderator.token() + "x")) {
                    RequestSpecification call = Api.unknownCall();
                    if (!token.isEmpty()) {
                        call.header("Authorization", "Bearer " + token);
                    }
                    var answer = call.request(verb, PROOFS + path);
                    assertThat(answer.statusCode()).as(verb + " " + path).isIn(204, 401, 403, 405);
                    assertThat(answer.asString()).doesNotContain(handle).doesNotContain(dispute.getString("code"));
                }
            }
        }
        page(reviewer)
                .get("/moderation/proofs")
                .then()
                .statusCode(403)
                .body(not(containsString(handle)), not(containsString(dispute.getString("code"))));
        page(reviewer).get("/moderation").then().body(not(containsString("/moderation/proofs")));
        owner().body("state", is("awaiting-moderator"));
        assertThat(logged()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0123456789abcdef", "1", "0", "-1", "%27%20OR%201=1", "%25", "____", "..%2f..", "%00", "%C3%A9"})
    void walkingIdsOfProofsFindsNothing(String walked) {
        Set<String> answers = new TreeSet<>();
        for (String call : List.of("/confirmation", "/refusal")) {
            for (String tried : List.of(walked, "ffffffffffffffff")) {
                String answer = moderator
                        .wrongCall()
                        .urlEncodingEnabled(false)
                        .post(PROOFS + "/" + tried + call)
                        .then()
                        .statusCode(404)
                        .extract()
                        .asString();
                answers.add(answer.replaceFirst("\"instance\":\"[^\"]*\"", ""));
            }
        }
        assertThat(answers).hasSize(1);
        owner().body("state", is("awaiting-moderator"));
    }

    @ParameterizedTest
    @CsvSource({"https://elsewhere.example,", "null,", ",", "OWN,cross-site", "OWN,same-site"})
    void proofFormsOfOtherSitesAreRefused(String origin, String site) {
        for (String call : List.of("confirmation", "refusal")) {
            RequestSpecification request = page(moderator).contentType("application/x-www-form-urlencoded");
            if (origin != null) {
                request.header("Origin", origin.equals("OWN") ? own() : origin);
            }
            if (site != null) {
                request.header("Sec-Fetch-Site", site);
            }
            request.body("form-token=" + formToken())
                    .post("/moderation/proofs/" + id + "/" + call)
                    .then()
                    .statusCode(403);
        }
        owner().body("state", is("awaiting-moderator"));
    }

    @Test
    void aProofFormWithoutItsTokenOrWithThatOfAnotherSessionIsRefused() {
        for (String token : List.of("", "x", moderation.person("moderator").token())) {
            form("confirmation", token).then().statusCode(403);
            form("refusal", token).then().statusCode(403);
        }
        owner().body("state", is("awaiting-moderator"));
    }

    private static JsonPath open(String handle) {
        return Api.call()
                .contentType("application/json")
                .body(Map.of(
                        "account",
                        Map.of("network", "x", "name", handle),
                        "practice",
                        "follow-churn",
                        "rebuttal",
                        "I moved from another account."))
                .post("/v1/disputes")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private static void ask(JsonPath dispute) {
        as(dispute)
                .post("/v1/disputes/" + dispute.getString("id") + "/proof")
                .then()
                .statusCode(200)
                .body("state", is("awaiting-moderator"));
    }

    private ValidatableResponse owner() {
        return as(dispute).get("/v1/disputes/" + id).then().statusCode(200);
    }

    private static RequestSpecification as(JsonPath dispute) {
        return Api.call().header("Authorization", "Bearer " + dispute.getString("secretToken"));
    }

    private ValidatableResponse decide(String decision) {
        return moderator.call().post(PROOFS + "/" + id + "/" + decision).then();
    }

    private String standing() {
        return tables.rows("SELECT standing FROM verdict WHERE account_id = " + account)
                .getFirst()
                .getFirst();
    }

    private List<List<String>> logged() {
        return tables.rows(
                "SELECT action, subject, detail FROM audit_log WHERE moderator IS NOT NULL AND subject = 'dispute " + id
                        + "' ORDER BY number");
    }

    private static String own() {
        return "http://localhost:" + RestAssured.port;
    }

    private static RequestSpecification page(Person person) {
        return RestAssured.given().redirects().follow(false).header("Cookie", "__Host-fairfollow=" + person.token());
    }

    private String formToken() {
        Matcher token =
                FORM_TOKEN.matcher(page(moderator).get("/moderation/proofs").asString());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private Response form(String decision, String token) {
        return page(moderator)
                .header("Origin", own())
                .header("Sec-Fetch-Site", "same-origin")
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("form-token", token)
                .post("/moderation/proofs/" + id + "/" + decision);
    }
}
