package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.Map;
import org.fairfollow.testing.Wire;
import org.fairfollow.testing.Wire.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are told with every answer, whatever made it. */
@QuarkusTest
class ProtectiveHeadersApiTest {
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
    private static final String END = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/list" + END,
                "HEAD /v1/list" + END,
                "GET /v1/nothing" + END,
                "PUT /v1/list" + END,
                "TRACE /v1/list" + END,
                "FOO /v1/list" + END,
                "GET /v1/accounts/x/~" + END,
                "GET /v1/keys" + END,
                "GET /broken/EXCEPTION/a" + END,
                "GET /broken-route/a" + END,
                "GET /fairfollow.css" + END,
                "GET /q/health/live" + END,
                "GET /q/metrics" + END,
                "GET /q/openapi" + END,
                "GET v1/list" + END,
                "CONNECT a.example:443" + END,
                "OPTIONS *" + END,
                "OPTIONS /v1/list HTTP/1.1\r\nHost: a\r\nOrigin: null\r\nAccess-Control-Request-Method: GET\r\n"
                        + "Connection: close\r\n\r\n",
                "POST /v1/lookups HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n"
                        + "Connection: close\r\n\r\n{}",
                "GET /v1/list HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /v1/list HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
            })
    void everyAnswerHasThem(String request) throws IOException {
        Answer answer = Wire.send(request).getFirst();
        assertThat(answer.headers())
                .containsEntry("Content-Security-Policy", NOTHING)
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("X-Frame-Options", "DENY")
                .containsEntry("Referrer-Policy", "no-referrer")
                .containsEntry("Cross-Origin-Opener-Policy", "same-origin")
                .containsKeys("Permissions-Policy", "Cross-Origin-Resource-Policy")
                .doesNotContainKeys("Server", "X-Powered-By", "Strict-Transport-Security");
    }

    /** Whatever the framework refuses by itself has a code and a sentence too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET v1/list" + END,
                "CONNECT a.example:443" + END,
                "OPTIONS *" + END,
                "TRACE /v1/list" + END,
                "GET /v1/list HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /v1/list HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
            })
    void everyRefusalHasACodeAndASentence(String request) throws IOException {
        Answer answer = Wire.send(request).getFirst();
        assertThat(answer.status()).isBetween(400, 405);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body()).contains("\"code\":\"", "\"detail\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/look-up?network=x&name=a", "/accounts/x/a"})
    void aPageLoadsNothingButItsOwnStyle(String path) throws IOException {
        Map<String, String> headers = Wire.get(path).headers();
        assertThat(headers.get("Content-Security-Policy"))
                .contains(
                        "default-src 'none'",
                        "script-src 'self'; ",
                        "frame-ancestors 'none'",
                        "base-uri 'none'",
                        "form-action 'self'")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(headers)
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("X-Frame-Options", "DENY")
                .containsEntry("Referrer-Policy", "no-referrer")
                .containsEntry("Cross-Origin-Resource-Policy", "same-origin");
    }

    @Test
    void pagesOfOtherOriginsMayUseWhatIsPublicAndNothingElse() throws IOException {
        assertThat(Wire.get("/v1/list").header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(Wire.get("/v1/moderation/queue").header("Cross-Origin-Resource-Policy"))
                .isEqualTo("same-origin");
    }

    /** Neither tools for developers nor editors of the contract are there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q",
                "/q/",
                "/q/dev",
                "/q/dev-ui",
                "/q/swagger-ui",
                "/q/swagger-ui/",
                "/swagger-ui",
                "/q/arc",
                "/q/arc/beans",
                "/q/info",
                "/q/health-ui",
                "/q/scheduler",
                "/q/flyway",
                "/q/graphql-ui",
                "/q/logging-manager",
                "/openapi",
                "/graphql",
                "/actuator",
                "/actuator/env",
                "/h2-console",
                "/debug",
                "/.git/config",
                "/META-INF/openapi.yaml",
                "/application.properties"
            })
    void nothingOfDevelopmentIsServed(String path) throws IOException {
        assertThat(Wire.get(path).status()).isEqualTo(404);
    }
}
