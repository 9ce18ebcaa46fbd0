package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fairfollow.testing.Deployed;
import org.fairfollow.testing.Wire;
import org.fairfollow.testing.Wire.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service behind a proxy that speaks https, with little patience for slow bodies and none but that for anything else. */
@QuarkusTest
@TestProfile(Deployed.class)
class OpenInternetApiTest {
    @Test
    void overHttpsBrowsersAreToldToStayThere() throws IOException {
        for (String path : List.of("/", "/v1/list", "/v1/nothing", "/fairfollow.css")) {
            assertThat(Wire.get(path).header("Strict-Transport-Security")).startsWith("max-age=31536000");
        }
    }

    /** A body that never ends holds its connection for so long and no longer, though nothing else would end it. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/lookups", "/v1/reporters", "/v1/observations", "/v1/keys", "/v1/nothing", "/v1/list"})
    @Timeout(60)
    void aSlowBodyIsHungUpOn(String path) throws IOException {
        try (Socket socket = Wire.open()) {
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 100\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            // Ends when the service hangs up.
            assertThat(Wire.answers(socket.getInputStream()))
                    .allSatisfy(answer -> assertThat(answer.status()).isBetween(400, 499));
        }
        assertThat(Wire.get("/v1/list").status()).isIn(200, 503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/metrics",
                "//q/metrics",
                "/q//metrics",
                "/q/./metrics",
                "/v1/../q/metrics",
                "/q/%6detrics",
                "/q/%2e/metrics",
                "/q/metrics/",
                "/q/metrics?a=b",
                "/q/metrics;a=b",
                "/q/Metrics",
            })
    void metricsAreThereForNobodyWhoWasNotNamed(String path) throws IOException {
        assertThat(Wire.get(path).status()).isEqualTo(404);
        assertThat(Wire.get(path, "X-Forwarded-For: 198.51.100.1").status()).isEqualTo(404);
        assertThat(Wire.get(path, "X-Forwarded-For: 203.0.113.9, 198.51.100.1").status())
                .isEqualTo(404);
        assertThat(Wire.get(path, "Forwarded: for=203.0.113.9").status()).isEqualTo(404);
        assertThat(Wire.get(path, "X-Real-IP: 203.0.113.9").status()).isEqualTo(404);
    }

    @Test
    void metricsAreThereForWhoeverWasNamed() throws IOException {
        Answer answer = Wire.get("/q/metrics", "X-Forwarded-For: 203.0.113.9");
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void healthIsThereForEverybody() throws IOException {
        assertThat(Wire.get("/q/health/live", "X-Forwarded-For: 198.51.100.1").status())
                .isEqualTo(200);
    }
}
