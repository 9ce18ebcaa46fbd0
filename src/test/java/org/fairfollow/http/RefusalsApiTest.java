package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is a problem with a code and a sentence, and never a fault of the service. */
@QuarkusTest
class RefusalsApiTest {
    record Bad(String body, int status, String code) {
        @Override
        public String toString() {
            return code + " " + (body.length() > 60 ? body.substring(0, 60) + "…" : body);
        }
    }

    static List<Bad> badBodies() {
        String item = "{\"network\":\"x\",\"name\":\"a\"}";
        return List.of(
                new Bad("", 400, "invalid-body"),
                new Bad(" ", 400, "invalid-body"),
                new Bad("null", 400, "invalid-body"),
                new Bad("[]", 400, "invalid-body"),
                new Bad("7", 400, "invalid-body"),
                new Bad("\"accounts\"", 400, "invalid-body"),
                new Bad("{", 400, "invalid-body"),
                new Bad("{}", 400, "invalid-body"),
                new Bad("{\"accounts\":null}", 400, "invalid-body"),
                new Bad("{\"accounts\":[]}", 400, "invalid-body"),
                new Bad("{\"accounts\":{}}", 400, "invalid-body"),
                new Bad("{\"accounts\":\"x\"}", 400, "invalid-body"),
                new Bad("{\"accounts\":[7]}", 400, "invalid-body"),
                new Bad("{\"accounts\":[[]]}", 400, "invalid-body"),
                new Bad("{\"accounts\":[{\"network\":[],\"name\":\"a\"}]}", 400, "invalid-body"),
                new Bad("{\"accounts\":[{\"network\":{},\"name\":\"a\"}]}", 400, "invalid-body"),
                new Bad("{\"accounts\":[" + item + "]} {}", 400, "invalid-body"),
                new Bad("{\"accounts\":[" + item + "],\"accounts\":[" + item + "]}", 400, "invalid-body"),
                new Bad("{\"accounts\":[{\"network\":\"x\",\"network\":\"x\",\"name\":\"a\"}]}", 400, "invalid-body"),
                new Bad("{'accounts':[]}", 400, "invalid-body"),
                new Bad("{\"accounts\":[" + item + "],\"why\":1}", 400, "unknown-field"),
                new Bad("{\"accounts\":[{\"network\":\"x\",\"name\":\"a\",\"note\":\"\"}]}", 400, "unknown-field"),
                new Bad("{\"" + "a".repeat(40_000) + "\":1}", 400, "unknown-field"),
                new Bad("[".repeat(10_000), 400, "invalid-body"),
                new Bad("{\"accounts\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}", 400, "invalid-body"),
                new Bad("{\"why\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}", 400, "too-deep"),
                new Bad("{\"accounts\":[" + "{\"name\":".repeat(10_000), 400, "invalid-body"),
                new Bad(
                        "{\"accounts\":[" + String.join(",", Collections.nCopies(101, item)) + "]}",
                        400,
                        "too-many-items"),
                new Bad(
                        "{\"accounts\":[{\"network\":\"x\",\"name\":\"" + "a".repeat(Body.MAX_BYTES) + "\"}]}",
                        413,
                        "too-large"),
                new Bad(" ".repeat(Body.MAX_BYTES + 1), 413, "too-large"));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void badBodiesAreRefusedWithTheirCode(Bad bad) {
        Response response =
                Api.wrongCall().contentType("application/json").body(bad.body).post("/v1/lookups");
        assertProblem(response, bad.status, bad.code);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        Random random = Seed.random("bytes that are no text");
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[1 + random.nextInt(500)];
            random.nextBytes(bytes);
            Response response =
                    Api.wrongCall().contentType("application/json").body(bytes).post("/v1/lookups");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.contentType()).startsWith("application/problem+json");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "friendster, a, invalid-network",
        "X, a, invalid-network",
        "bluesky, growth, invalid-account",
        "x, sixteen_letters_, invalid-account",
        "x, id:!!!, invalid-account",
        "mastodon, @a, invalid-account",
        "bluesky, %00, invalid-account",
        "bluesky, %E2%84%AAim.example, invalid-account",
        "bluesky, did:key:z, invalid-account",
    })
    void impossibleAccountsAreRefusedAndTheSentenceSaysWhatToWrite(String network, String name, String code) {
        for (String more : List.of("", "/evidence")) {
            Response response =
                    Api.wrongCall().urlEncodingEnabled(false).get("/v1/accounts/" + network + "/" + name + more);
            assertProblem(response, 400, code);
        }
    }

    @Test
    void aNameOfAnyLengthIsRefusedAsAName() {
        String id = Base64.getUrlEncoder().encodeToString(new byte[2_000]);
        for (String name : List.of("a".repeat(3_000), "id:" + id, "%2f".repeat(500), "%25".repeat(500))) {
            assertProblem(
                    Api.wrongCall().urlEncodingEnabled(false).get("/v1/accounts/bluesky/" + name),
                    400,
                    "invalid-account");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1",
                "/v1/",
                "/v2/list",
                "/v1/accounts",
                "/v1/accounts/x",
                "/v1/accounts/x/a/b",
                "/v1/lists",
                "/v1/list/1/since/0/x",
                "/v1/ranges",
                "/..;/v1/list",
                "/v1/%2e%2e/etc/passwd",
                "/index.php",
                "/.env"
            })
    void unknownPathsAreProblemsToo(String path) {
        assertProblem(Api.unknownCall().urlEncodingEnabled(false).get(path), 404, "not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/list",
        "PUT, /v1/list",
        "DELETE, /v1/accounts/x/a",
        "PATCH, /v1/ranges/0",
        "POST, /v1/accounts/x/a",
        "GET, /v1/lookups",
        "GET, /v1/imports",
        "DELETE, /v1/imports"
    })
    void wrongMethodsAreProblemsToo(Method method, String path) {
        assertProblem(Api.unknownCall().request(method, path), 405, "method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data;boundary=x", "application/x-ndjson"})
    void otherTypesOfBodyAreRefused(String type) {
        Response response = Api.unknownCall()
                .header("Content-Type", type)
                .body("{}".getBytes(StandardCharsets.UTF_8))
                .post("/v1/lookups");
        assertProblem(response, 415, "unsupported-media-type");
    }

    @Test
    void anAnswerNobodyCanGiveIsRefused() {
        assertProblem(Api.unknownCall().accept("text/html").get("/v1/list/1"), 406, "not-acceptable");
    }

    /** Neither who was asked for nor who asked stands in the log, whether the call is right or wrong. */
    @Test
    void lookUpsLeaveNoTraceInTheLog() {
        List<String> logged = Collections.synchronizedList(new ArrayList<>());
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (!record.getLoggerName().startsWith("com.atlassian")
                        && !record.getLoggerName().startsWith("org.apache.http")) {
                    logged.add(record.getLoggerName() + " " + record.getMessage() + " "
                            + (record.getParameters() == null ? "" : List.of(record.getParameters()))
                            + record.getThrown());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        try {
            Api.call().get("/v1/accounts/bluesky/secretly-looked-up.example");
            Api.call().get("/v1/accounts/bluesky/secretly-looked-up.example/evidence");
            Api.wrongCall().get("/v1/accounts/x/secretly-looked-up");
            Api.wrongCall().get("/v1/secretly-looked-up");
            Api.wrongCall().get("/v1/ranges/secretly-looked-up");
            Api.call()
                    .contentType("application/json")
                    .body("{\"accounts\":[{\"network\":\"x\",\"name\":\"secretly_looked\"}]}")
                    .post("/v1/lookups");
            Api.wrongCall()
                    .contentType("application/json")
                    .body("{\"secretly_looked\":")
                    .post("/v1/lookups");
            Logger.getLogger("org.fairfollow.http.RefusalsApiTest").warning("the listener listens");
        } finally {
            root.removeHandler(listener);
        }
        assertThat(logged).anyMatch(line -> line.contains("the listener listens"));
        assertThat(logged).noneMatch(line -> line.contains("secretly") || line.contains("127.0.0.1"));
    }

    private static void assertProblem(Response response, int status, String code) {
        response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", is(status))
                .body("code", is(code))
                .body("title", notNullValue())
                .body("detail", containsString("."))
                .body("detail", not(containsString("Exception")))
                .body("detail", not(containsString("org.fairfollow")));
        assertThat(response.jsonPath().getString("detail")).hasSizeLessThan(300);
    }
}
