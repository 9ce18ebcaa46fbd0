package org.fairfollow.reporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.TestTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, from the operator who issues them to the calls they open. */
@QuarkusTest
class KeysApiTest {
    private static final String ACCOUNT = "/v1/accounts/x/someone";

    @Inject
    Store store;

    @Inject
    AuditLog log;

    @Inject
    TestStore tables;

    @Inject
    TestTicker ticker;

    @Inject
    Tokens tokens;

    @Inject
    Pipeline pipeline;

    DatabaseLine line;

    @BeforeEach
    void publishSomething() {
        pipeline.judgeAndPublish();
    }

    @AfterEach
    void bringTheDatabaseBack() {
        line.restore();
    }

    @Test
    void aKeyIsShownOnceAndOnlyItsHashIsKept() {
        JsonPath issued = issue("the reader of harbour.example", null)
                .header("Cache-Control", is("no-store"))
                .body("label", is("the reader of harbour.example"))
                .body("requestsPerMinute", nullValue())
                .body("revokedAt", nullValue())
                .body("createdAt", notNullValue())
                .body("key", matchesPattern("ffk_[A-Za-z0-9_-]{32}"))
                .extract()
                .jsonPath();
        String secret = issued.getString("key").substring(4);
        assertThat(tables.rows("SELECT * FROM api_key").toString()).doesNotContain(secret);
        assertThat(Api.asOperator().get("/v1/keys").asString())
                .contains(issued.getString("id"))
                .doesNotContain(secret);
        assertThat(issue("another", null).extract().jsonPath().getString("key")).doesNotContain(secret);
    }

    @Test
    void aKeyOpensWhatIsPublicAndItsAnswersAreNotKept() {
        String key = issue("reader", null).extract().path("key");
        for (String path : List.of(ACCOUNT, ACCOUNT + "/evidence", "/v1/list", "/v1/practices", range())) {
            with(key).get(path).then().statusCode(200).header("Cache-Control", is("no-store"));
        }
        with(key)
                .header("If-None-Match", Api.call().get("/v1/list").header("ETag"))
                .get("/v1/list")
                .then()
                .statusCode(304)
                .header("Cache-Control", is("no-store"));
        with(key).get("/hello").then().statusCode(200);
    }

    @Test
    void whatAnybodyMayKeepIsTheSameForAllAndDependsOnNoToken() {
        String key = issue("reader", null).extract().path("key");
        for (String path : List.of("/v1/list", range(), "/v1/practices")) {
            ValidatableResponse open = Api.call()
                    .get(path)
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", matchesPattern("public, max-age=.*"))
                    .header("Vary", nullValue());
            ValidatableResponse keyed = with(key).get(path).then();
            assertThat(keyed.extract().asByteArray()).isEqualTo(open.extract().asByteArray());
            assertThat(keyed.extract().header("ETag")).isEqualTo(open.extract().header("ETag"));
        }
    }

    @Test
    void theOperatorMayReadWhatAnybodyMayAndIsNotCounted() {
        Api.asOperator()
                .get(ACCOUNT)
                .then()
                .statusCode(200)
                .header("Cache-Control", is("no-store"))
                .header("RateLimit", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Bearer",
                "Bearer ",
                "Bearer ffk_",
                "Bearer ffk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Bearer ffo_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Bearer \u00e9",
                "Basic ZmZrXzpmZms=",
                "ffk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Bearer a, Bearer b",
            })
    void whateverIsWrongWithATokenLooksTheSame(String authorization) {
        String revoked = revokedKey();
        for (String path : List.of(ACCOUNT, "/v1/list")) {
            String refusal =
                    with(revoked).get(path).then().statusCode(401).extract().asString();
            String answer = Api.wrongCall()
                    .header("Authorization", authorization)
                    .get(path)
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .header("WWW-Authenticate", is("Bearer"))
                    .header("Cache-Control", is("no-store"))
                    .header("RateLimit", nullValue())
                    .extract()
                    .asString();
            assertThat(answer).isEqualTo(refusal);
        }
    }

    @Test
    void aKeyIsNoOperatorsToken() {
        String key = issue("reader", null).extract().path("key");
        with(key).get("/v1/keys").then().statusCode(401).body("code", is("unauthorized"));
        with(key).get("/v1/moderation/queue").then().statusCode(401);
        with(key)
                .contentType("application/json")
                .body("{\"label\":\"mine\"}")
                .post("/v1/keys")
                .then()
                .statusCode(401);
        with(key).delete("/v1/keys/0123456789abcdef").then().statusCode(401);
        Api.wrongCall().get("/v1/keys").then().statusCode(401).body("code", is("unauthorized"));
    }

    @Test
    void aRevokedKeyOpensNothingAndRevokingAgainChangesNothing() {
        JsonPath issued = issue("reader", null).extract().jsonPath();
        String id = issued.getString("id");
        with(issued.getString("key")).get(ACCOUNT).then().statusCode(200);
        Api.asOperator().delete("/v1/keys/" + id).then().statusCode(204);
        with(issued.getString("key")).get(ACCOUNT).then().statusCode(401);
        String revokedAt = Api.asOperator().get("/v1/keys?limit=1").path("keys[0].revokedAt");
        assertThat(revokedAt).isNotNull();
        Api.asOperator().delete("/v1/keys/" + id).then().statusCode(204);
        assertThat(Api.asOperator().get("/v1/keys?limit=1").<String>path("keys[0].revokedAt"))
                .isEqualTo(revokedAt);
        tokens.renew();
        with(issued.getString("key")).get(ACCOUNT).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789abcdef", "x", "%00", "%F0%9F%90%9F", "..%2f"})
    void whatIsNoKeyCannotBeRevoked(String id) {
        Api.wrongCall()
                .urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + Api.OPERATOR_TOKEN)
                .delete("/v1/keys/" + id)
                .then()
                .statusCode(404)
                .body("code", is("not-found"));
    }

    /** Another instance is one that has memory of its own and the same database. */
    @Test
    void otherInstancesLearnOfIssuingAndRevokingAndKeepWhatTheyKnowWithoutADatabase() {
        ApiKeys other = new ApiKeys(store, log, Clock.systemUTC());
        JsonPath issued = issue("reader", 7).extract().jsonPath();
        byte[] hash = Token.hash(issued.getString("key"));
        assertThat(other.isKnown()).isFalse();
        assertThat(other.find(hash)).isEmpty();
        other.renew();
        assertThat(other.find(hash)).contains(new Caller.KeyHolder(issued.getString("id"), 7));
        line.cut();
        assertThatExceptionOfType(Store.DatabaseAwayException.class).isThrownBy(other::renew);
        assertThat(other.find(hash)).isPresent();
        with(issued.getString("key")).get("/v1/list").then().statusCode(200);
        with(issued.getString("key")).get(ACCOUNT).then().statusCode(200).body("status", is("not-listed"));
        Api.asOperator().get("/v1/keys").then().statusCode(503).body("code", is("database-away"));
        line.restore();
        untilItIsBack();
        Api.asOperator().delete("/v1/keys/" + issued.getString("id")).then().statusCode(204);
        assertThat(other.find(hash)).isPresent();
        other.renew();
        assertThat(other.find(hash)).isEmpty();
    }

    @Test
    void theListGoesOnPageByPage() {
        List<String> labels = List.of("one", "two", "three", "four", "five");
        labels.forEach(label -> issue(label, null));
        List<String> seen = new ArrayList<>();
        String next = "";
        while (seen.size() < 5) {
            JsonPath page = Api.asOperator()
                    .get("/v1/keys?limit=2" + (next.isEmpty() ? "" : "&after=" + next))
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", is("no-store"))
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("keys.label"));
            next = page.getString("next");
        }
        assertThat(seen.subList(0, 5)).isEqualTo(labels.reversed());
        String oldest = tables.rows("SELECT id FROM api_key ORDER BY number LIMIT 1")
                .getFirst()
                .getFirst();
        Api.asOperator()
                .get("/v1/keys?after=" + oldest)
                .then()
                .statusCode(200)
                .body("keys", empty(), "next", nullValue());
        Api.asOperator().get("/v1/keys?after=nobody").then().statusCode(404).body("code", is("not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "501", "-1", "many", "99999"})
    void aPageHasItsBounds(String limit) {
        Api.wrongCall()
                .header("Authorization", "Bearer " + Api.OPERATOR_TOKEN)
                .get("/v1/keys?limit=" + limit)
                .then()
                .statusCode(400)
                .body("code", is("invalid-limit"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|invalid-label",
                "{\"label\":null}|invalid-label",
                "{\"label\":\"  \"}|invalid-label",
                "{\"label\":\"a\\u0000b\"}|invalid-label",
                "{\"label\":\"a\\nb\"}|invalid-label",
                "{\"label\":\"\\u001b[2J\"}|invalid-label",
                "{\"label\":\"\\u202eexample\"}|invalid-label",
                "{\"label\":\"\\ud800\"}|invalid-label",
                "{\"label\":{}}|invalid-body",
                "{\"label\":\"a\",\"requestsPerMinute\":0}|invalid-quota",
                "{\"label\":\"a\",\"requestsPerMinute\":-5}|invalid-quota",
                "{\"label\":\"a\",\"requestsPerMinute\":1000001}|invalid-quota",
                "{\"label\":\"a\",\"requestsPerMinute\":99999999999999999999}|invalid-quota",
                "{\"label\":\"a\",\"requestsPerMinute\":7.5}|invalid-quota",
                "{\"label\":\"a\",\"requestsPerMinute\":\"7\"}|invalid-quota",
                "{\"label\":\"a\",\"requestsPerMinute\":[]}|invalid-quota",
                "{\"label\":\"a\",\"key\":\"ffk_mine\"}|unknown-field",
                "[]|invalid-body",
                "|invalid-body",
            })
    void aKeyThatCannotBeIsRefused(String body, String code) {
        Api.wrongCall()
                .header("Authorization", "Bearer " + Api.OPERATOR_TOKEN)
                .contentType("application/json")
                .body(body == null ? "" : body)
                .post("/v1/keys")
                .then()
                .statusCode(400)
                .body("code", is(code));
    }

    @Test
    void aLabelHasAHundredCharactersOfAnyScript() {
        String fishes = "\ud83d\udc1f".repeat(100);
        issue(fishes, null).body("label", is(fishes));
        Api.wrongCall()
                .header("Authorization", "Bearer " + Api.OPERATOR_TOKEN)
                .contentType("application/json")
                .body(Map.of("label", fishes + "x"))
                .post("/v1/keys")
                .then()
                .statusCode(400)
                .body("code", is("invalid-label"));
    }

    @Test
    void aKeysQuotaIsItsOwnAndTheHeadersTellOfIt() {
        String small = issue("small", 3).extract().path("key");
        String other = issue("other", 3).extract().path("key");
        for (int left = 2; left >= 0; left--) {
            with(small)
                    .get(ACCOUNT)
                    .then()
                    .statusCode(200)
                    .header("RateLimit-Policy", is("\"default\";q=3;w=60"))
                    .header("RateLimit", is("\"default\";r=" + left + ";t=" + (3 - left) * 20));
        }
        with(small)
                .get(ACCOUNT + "/evidence")
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .body("code", is("quota-exceeded"))
                .header("Retry-After", is("20"))
                .header("RateLimit-Policy", is("\"default\";q=3;w=60"))
                .header("RateLimit", is("\"default\";r=0;t=20"))
                .header("Cache-Control", is("no-store"));
        with(other).get(ACCOUNT).then().statusCode(200);
        Api.call().get(ACCOUNT).then().statusCode(200);
        ticker.advance(Duration.ofSeconds(20));
        with(small).get(ACCOUNT).then().statusCode(200);
        with(small).get(ACCOUNT).then().statusCode(429);
    }

    @Test
    void whatCachesServeIsNotCounted() {
        String small = issue("small", 1).extract().path("key");
        with(small).get(ACCOUNT).then().statusCode(200);
        with(small).get(ACCOUNT).then().statusCode(429);
        String version = Api.call().get("/v1/list").jsonPath().getString("version");
        for (String path : List.of("/v1/list", "/v1/list/" + version, range(), "/v1/practices", "/hello")) {
            for (int i = 0; i < 3; i++) {
                with(small).get(path).then().statusCode(200).header("RateLimit", nullValue());
            }
        }
        Api.unknownCall()
                .header("Authorization", "Bearer " + small)
                .get("/practices")
                .then()
                .statusCode(200);
        Api.unknownCall()
                .header("Authorization", "Bearer " + small)
                .get("/q/health/live")
                .then()
                .statusCode(200);
    }

    @Test
    void aBatchCostsItsItemsOrNothing() {
        String key = issue("batches", 10).extract().path("key");
        lookUp(with(key), 6).statusCode(200).header("RateLimit", is("\"default\";r=4;t=36"));
        lookUp(with(key), 5)
                .statusCode(429)
                .body("code", is("quota-exceeded"))
                .header("Retry-After", is("6"))
                .header("RateLimit", is("\"default\";r=4;t=6"));
        lookUp(with(key), 4).statusCode(200).header("RateLimit", is("\"default\";r=0;t=60"));
        lookUp(with(key), 11)
                .statusCode(400)
                .body("code", is("too-many-items"))
                .body("detail", is("Send at most 10 items at once."));
    }

    @Test
    void withAKeyABatchMayHaveAThousandItems() {
        String key = issue("batches", null).extract().path("key");
        lookUp(with(key), 1_000).statusCode(200).body("results", hasSize(1_000));
        lookUp(Api.wrongCall().header("Authorization", "Bearer " + key), 1_001)
                .statusCode(400)
                .body("code", is("too-many-items"))
                .body("detail", is("Send at most 1000 items at once."));
        lookUp(Api.call(), 100).statusCode(200).body("results", hasSize(100));
        lookUp(Api.call(), 101)
                .statusCode(400)
                .body("code", is("too-many-items"))
                .body("detail", is("Send at most 100 items at once, or with a key at most 1000."));
    }

    /** The longest handles there are, so that no batch of handles is too large for a body. */
    @Test
    void aThousandOfTheLongestHandlesFitIntoABody() {
        String key = issue("batches", null).extract().path("key");
        String host = String.join(".", Collections.nCopies(4, "h".repeat(60))) + ".example";
        with(key)
                .contentType("application/json")
                .body(Map.of(
                        "accounts",
                        Collections.nCopies(1_000, Map.of("network", "mastodon", "name", "u".repeat(64) + "@" + host))))
                .post("/v1/lookups")
                .then()
                .statusCode(200)
                .body("results", hasSize(1_000));
    }

    @Test
    void pagesOfOtherOriginsSeeTheQuota() {
        Api.call()
                .header("Origin", "https://tool.example")
                .get(ACCOUNT)
                .then()
                .header("Access-Control-Expose-Headers", matchesPattern(".*RateLimit,.*RateLimit-Policy.*"))
                .header("RateLimit", not(nullValue()));
    }

    private static ValidatableResponse issue(String label, Integer requestsPerMinute) {
        Map<String, Object> body = new HashMap<>(Map.of("label", label));
        body.put("requestsPerMinute", requestsPerMinute);
        return Api.asOperator()
                .contentType("application/json")
                .body(body)
                .post("/v1/keys")
                .then()
                .statusCode(201);
    }

    private static RequestSpecification with(String key) {
        return Api.call().header("Authorization", "Bearer " + key);
    }

    private static ValidatableResponse lookUp(RequestSpecification call, int items) {
        List<Map<String, String>> accounts = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            accounts.add(Map.of("network", "x", "name", "someone_" + i));
        }
        return call.contentType("application/json")
                .body(Map.of("accounts", accounts))
                .post("/v1/lookups")
                .then();
    }

    private static String range() {
        int digits = Api.call().get("/v1/list").jsonPath().getInt("prefixLength");
        return "/v1/ranges/" + "0".repeat(digits);
    }

    private static String revokedKey() {
        JsonPath issued = issue("short-lived", null).extract().jsonPath();
        Api.asOperator().delete("/v1/keys/" + issued.getString("id")).then().statusCode(204);
        return issued.getString("key");
    }

    private static void untilItIsBack() {
        long tooLong = System.nanoTime() + 60_000_000_000L;
        while (Api.asOperator().get("/v1/keys").statusCode() != 200) {
            assertThat(System.nanoTime()).as("the database never came back").isLessThan(tooLong);
            Thread.onSpinWait();
        }
    }
}
