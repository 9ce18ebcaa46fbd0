package org.fairfollow.http;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Telling;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The extension calls from an origin of its own; it may read, and tell with a reporter's token. */
@QuarkusTest
class CrossOriginApiTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"chrome-extension://abcdefghijklmnop", "moz-extension://0b7c4a4e-0000-4000-8000-000000000000"})
    void anyOriginMayReadAndSeesTheEtag(String origin) {
        Api.call()
                .header("Origin", origin)
                .get("/v1/accounts/x/someone")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Expose-Headers", containsString("ETag"));
        Api.unknownCall()
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .options("/v1/lookups")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", containsString("POST"))
                .header("Access-Control-Allow-Headers", containsString("Content-Type"));
        Api.unknownCall()
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization")
                .options("/v1/imports")
                .then()
                .header("Access-Control-Allow-Headers", not(containsString("uthorization")))
                .header("Access-Control-Allow-Credentials", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"chrome-extension://abcdefghijklmnop", "moz-extension://0b7c4a4e-0000-4000-8000-000000000000"})
    void anExtensionMayTell(String origin) {
        Map.of(
                        "/v1/observations",
                        "POST",
                        "/v1/reporters/me",
                        "DELETE",
                        "/v1/reports",
                        "POST",
                        "/v1/reports/0123456789abcdef01234567",
                        "DELETE")
                .forEach((path, method) -> Api.unknownCall()
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", method)
                        .header("Access-Control-Request-Headers", "authorization,content-type,idempotency-key")
                        .options(path)
                        .then()
                        .statusCode(204)
                        .header("Access-Control-Allow-Origin", "*")
                        .header("Access-Control-Allow-Methods", containsString(method))
                        .header("Access-Control-Allow-Headers", containsString("Authorization"))
                        .header("Access-Control-Allow-Headers", containsString("Content-Type"))
                        .header("Access-Control-Allow-Headers", containsString("Idempotency-Key")));
        String token = Telling.token();
        Telling.as(token)
                .header("Origin", origin)
                .contentType("application/json")
                .body(Map.of("observations", List.of(Telling.follow("x", "gwen_example", true, Instant.now()))))
                .post("/v1/observations")
                .then()
                .statusCode(202)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Expose-Headers", containsString("Retry-After"));
        Telling.as(token)
                .header("Origin", origin)
                .delete("/v1/reporters/me")
                .then()
                .statusCode(204);
    }
}
