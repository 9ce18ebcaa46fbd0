package org.fairfollow.reporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.Telling;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People become reporters by a proof of work, once each, and leave nothing when they go. */
@QuarkusTest
class ReportersApiTest {
    private static final int AT_ONCE = 20;

    @Inject
    Store store;

    @Inject
    TestStore tables;

    @Inject
    TestClock clock;

    @Inject
    Clock serviceClock;

    @Inject
    Reporters reporters;

    DatabaseLine line;

    @AfterEach
    void putClockAndDatabaseBack() {
        clock.reset();
        line.restore();
    }

    @Test
    void aTokenIsShownOnceAndNothingButItsHashIsKept() {
        JsonPath made = Telling.register(Telling.solved(Telling.challenge()))
                .statusCode(201)
                .header("Cache-Control", is("no-store"))
                .body("secretToken", matchesPattern("ffr_[A-Za-z0-9_-]{32}"))
                .body("publicId", matchesPattern("reporter-[0-9a-f]{16}"))
                .extract()
                .jsonPath();
        String secret = made.getString("secretToken").substring("ffr_".length());
        assertThat(tables.rows("SELECT * FROM reporter").toString()).doesNotContain(secret);
        assertThat(tables.count("SELECT COUNT(*) FROM reporter WHERE public_id = '"
                        + made.getString("publicId").substring("reporter-".length()) + "'"))
                .isEqualTo(1);
        assertThat(tables.rows("SHOW COLUMNS FROM reporter").stream().map(List::getFirst))
                .as("what is known of a reporter")
                .containsExactly("number", "public_id", "hash", "made_on", "upheld", "not_upheld", "set_aside");
    }

    @Test
    void aPublicIdOpensNothing() {
        String publicId =
                Telling.register(Telling.solved(Telling.challenge())).extract().path("publicId");
        for (String token : List.of(publicId, "ffr_" + publicId, publicId.substring("reporter-".length()))) {
            Telling.as(token).delete("/v1/reporters/me").then().statusCode(401);
        }
    }

    @Test
    void aChallengeIsUsedOnce() {
        Map<String, Object> solved = Telling.solved(Telling.challenge());
        Telling.register(solved).statusCode(201);
        Telling.register(solved).statusCode(409).body("code", is("challenge-used"));
    }

    @Test
    void ofManyWhoUseAChallengeAtOnceOneBecomesAReporter() throws Exception {
        Map<String, Object> solved = Telling.solved(Telling.challenge());
        long before = tables.count("SELECT COUNT(*) FROM reporter");
        List<Future<Integer>> calls = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < AT_ONCE; i++) {
                calls.add(
                        callers.submit(() -> Telling.register(solved).extract().statusCode()));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> call : calls) {
            statuses.add(call.get());
        }
        List<Integer> expected = new ArrayList<>(Collections.nCopies(AT_ONCE - 1, 409));
        expected.add(201);
        assertThat(statuses).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(tables.count("SELECT COUNT(*) FROM reporter")).isEqualTo(before + 1);
    }

    @Test
    void challengesGivenBeforeARestartHoldAfterItAndThoseUsedStayUsed() {
        Map<String, Object> given = Telling.challenge();
        Map<String, Object> solved = Telling.solved(given);
        Challenges restarted = new Challenges(store, serviceClock, 50);
        Challenge challenge = new Challenge(
                (String) given.get("algorithm"),
                (String) given.get("challenge"),
                50L,
                (String) given.get("salt"),
                (String) given.get("signature"));
        long number = ((Number) solved.get("number")).longValue();
        reporters.make(restarted.check(challenge, number));
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> new Reporters(store, serviceClock)
                        .make(new Challenges(store, serviceClock, 50).check(challenge, number)))
                .satisfies(problem -> assertThat(problem.getStatusCode()).isEqualTo(409));
        Telling.register(solved).statusCode(409);
    }

    @Test
    void aChallengeEndsAndStaysUsedUntilThen() {
        Map<String, Object> used = Telling.solved(Telling.challenge());
        Telling.register(used).statusCode(201);
        Map<String, Object> late = Telling.solved(Telling.challenge());
        Map<String, Object> inTime = Telling.solved(Telling.challenge());
        clock.advance(Duration.ofMinutes(19));
        reporters.forget();
        Telling.register(used).statusCode(409);
        Telling.register(inTime).statusCode(201);
        clock.advance(Duration.ofMinutes(2));
        reporters.forget();
        Telling.register(late).statusCode(400).body("code", is("challenge-expired"));
        Telling.register(used).statusCode(400).body("code", is("challenge-expired"));
        clock.advance(Duration.ofDays(2));
        reporters.forget();
        assertThat(tables.count("SELECT COUNT(*) FROM spent_challenge")).isZero();
    }

    @Test
    void whatIsNotOursOrNotSolvedOpensNothing() {
        Map<String, Object> challenge = Telling.challenge();
        Map<String, Object> solved = Telling.solved(challenge);
        int number = (int) solved.get("number");
        assertUnsolved(Map.of("challenge", challenge, "number", number + 1));
        assertUnsolved(Map.of("challenge", challenge, "number", -1));
        assertUnsolved(with(challenge, "signature", "0".repeat(64), number));
        assertUnsolved(with(challenge, "signature", "", number));
        assertUnsolved(with(challenge, "challenge", "0".repeat(64), number));
        assertUnsolved(with(challenge, "algorithm", "SHA-1", number));
        assertUnsolved(with(challenge, "algorithm", "none", number));
        String salt = (String) challenge.get("salt");
        String later = salt.replaceAll("expires=[0-9]+", "expires=9999999999");
        assertUnsolved(with(challenge, "salt", later, number));
        assertUnsolved(with(challenge, "salt", salt + "expires=9999999999&", number));
        // Digits of the number that move into the time, or out of it, leave the hash as it is.
        assertUnsolved(with(challenge, "salt", salt.substring(0, salt.length() - 1), number));
        if (number > 9) {
            String digits = Integer.toString(number);
            assertUnsolved(with(challenge, "salt", salt + digits.charAt(0), Integer.parseInt(digits.substring(1))));
        }
        Telling.register(solved).statusCode(201);
    }

    private static void assertUnsolved(Map<String, Object> body) {
        Api.wrongCall()
                .contentType("application/json")
                .body(body)
                .post("/v1/reporters")
                .then()
                .statusCode(400)
                .body("code", is("invalid-solution"));
    }

    private static Map<String, Object> with(Map<String, Object> challenge, String field, Object value, int number) {
        Map<String, Object> forged = new HashMap<>(challenge);
        forged.put(field, value);
        return Map.of("challenge", forged, "number", number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"challenge\": null, \"number\": 1}",
                "{\"challenge\": {}, \"number\": \"1\"}",
                "{\"challenge\": {}, \"number\": 1.5}",
                "{\"challenge\": {}, \"number\": 99999999999999999999}",
                "{\"challenge\": {}}",
            })
    void aBodyThatIsNoSolutionIsRefused(String body) {
        Api.wrongCall()
                .contentType("application/json")
                .body(body)
                .post("/v1/reporters")
                .then()
                .statusCode(400)
                .body("code", is("invalid-body"));
    }

    @Test
    void nobodyChoosesWhatAReporterIs() {
        Map<String, Object> body = new HashMap<>(Telling.solved(Telling.challenge()));
        body.put("trust", 1);
        Api.wrongCall()
                .contentType("application/json")
                .body(body)
                .post("/v1/reporters")
                .then()
                .statusCode(400)
                .body("code", is("unknown-field"));
    }

    @Test
    void aReportersTokenOpensNothingButItsOwnCalls() {
        String token = Telling.token();
        for (String path : List.of("/v1/accounts/x/someone", "/v1/list", "/v1/keys", "/v1/moderation/queue")) {
            Telling.as(token).get(path).then().statusCode(401);
        }
        Telling.as(token)
                .contentType(Api.NDJSON)
                .body("\n")
                .post("/v1/imports")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ffr_",
                "Bearer ffr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Bearer ffk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Bearer " + Api.OPERATOR_TOKEN,
                "Basic ZmZyOmZmcg==",
                "Bearer ffr_é",
                "Bearer ffr_' OR 1=1 -- ",
            })
    void whateverIsWrongWithATokenLooksTheSame(String authorization) {
        String erased = Telling.token();
        Telling.as(erased).delete("/v1/reporters/me").then().statusCode(204);
        for (String path : List.of("/v1/reporters/me", "/v1/observations")) {
            assertThat(refusal(path, authorization)).isEqualTo(refusal(path, "Bearer " + erased));
        }
    }

    @Test
    void aTokenInAnAddressOpensNothing() {
        Api.wrongCall()
                .queryParam("access_token", Telling.token())
                .delete("/v1/reporters/me")
                .then()
                .statusCode(401);
    }

    /** The body is wrong too, but who may not come in is not told. */
    private static String refusal(String path, String authorization) {
        RequestSpecification call = Api.wrongCall().header("Authorization", authorization);
        Response answer = path.endsWith("me")
                ? call.delete(path)
                : call.contentType("application/json").body("{}").post(path);
        return answer.then()
                .statusCode(401)
                .header("WWW-Authenticate", is("Bearer"))
                .extract()
                .asString();
    }

    @Test
    void whoGoesLeavesNothingAndOthersKeepWhatTheyTold() {
        Instant now = clock.instant();
        String going = Telling.token();
        String staying = Telling.token();
        long rows = tables.count("SELECT COUNT(*) FROM hearsay");
        for (String token : List.of(going, staying)) {
            Telling.as(token)
                    .contentType("application/json")
                    .header("Idempotency-Key", "first")
                    .body(Map.of(
                            "observations",
                            List.of(
                                    Telling.follow("x", "gwen_example", true, now),
                                    Telling.counters("x", "gwen_example", 10, 20, now))))
                    .post("/v1/observations")
                    .then()
                    .statusCode(202);
        }
        long answers = tables.count("SELECT COUNT(*) FROM hearsay_answer");
        long known = tables.count("SELECT COUNT(*) FROM reporter");
        assertThat(tables.count("SELECT COUNT(*) FROM hearsay")).isEqualTo(rows + 4);
        Telling.as(going).delete("/v1/reporters/me").then().statusCode(204);
        assertThat(tables.count("SELECT COUNT(*) FROM hearsay")).isEqualTo(rows + 2);
        assertThat(tables.count("SELECT COUNT(*) FROM hearsay_answer")).isEqualTo(answers - 1);
        assertThat(tables.count("SELECT COUNT(*) FROM reporter")).isEqualTo(known - 1);
        Telling.tell(going, List.of(Telling.follow("x", "gwen_example", true, now)))
                .statusCode(401);
        Telling.tell(staying, List.of(Telling.follow("x", "gwen_example", true, now)))
                .statusCode(202)
                .body("duplicates", is(1));
    }

    @Test
    void withoutTheDatabaseWritesAreRefusedAtOnceAndDoneWhenItIsBack() {
        Map<String, Object> solved = Telling.solved(Telling.challenge());
        String token = Telling.token();
        List<Map<String, Object>> told = List.of(Telling.follow("x", "gwen_example", true, clock.instant()));
        line.cut();
        Telling.register(solved)
                .statusCode(503)
                .body("code", is("database-away"))
                .header("Retry-After", notNullValue());
        Telling.tell(token, told).statusCode(503).header("Retry-After", notNullValue());
        Telling.as(token).delete("/v1/reporters/me").then().statusCode(503).header("Retry-After", notNullValue());
        Telling.challenge();
        line.restore();
        Telling.register(solved).statusCode(201);
        Telling.tell(token, told).statusCode(202).body("accepted", is(1));
        Telling.as(token).delete("/v1/reporters/me").then().statusCode(204);
    }

    /** A call whose answer was lost is found done: the challenge is used, the erased token unknown. */
    @Test
    void aCallThatTheDatabaseLeavesMidwayIsDoneWholeOrNotAtAll() {
        Map<String, Object> solved = Telling.solved(Telling.challenge());
        long before = tables.count("SELECT COUNT(*) FROM reporter");
        line.cutAfter("INSERT INTO reporter");
        Telling.register(solved).statusCode(503);
        line.restore();
        Telling.register(solved).statusCode(201);
        assertThat(tables.count("SELECT COUNT(*) FROM reporter")).isEqualTo(before + 1);
    }
}
