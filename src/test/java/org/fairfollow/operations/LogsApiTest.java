package org.fairfollow.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.BrokenCalls;
import org.fairfollow.testing.Deployed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the log, read from its file, when calls go wrong: enough to find a fault, and nothing of the call. */
@QuarkusTest
@TestProfile(Deployed.class)
class LogsApiTest {
    @TestHTTPResource
    URI service;

    @ParameterizedTest
    @EnumSource
    void aFaultIsFoundByTheIdOfItsAnswer(BrokenCalls.Way way) throws IOException {
        assertFault("/broken/" + way + "/secret-" + way);
    }

    @Test
    void aFaultBesideTheEndpointsHasAnIdToo() throws IOException {
        assertFault("/broken-route/secret-route");
    }

    private static void assertFault(String path) throws IOException {
        String id = Api.unknownCall()
                .get(path)
                .then()
                .statusCode(500)
                .contentType("application/problem+json")
                .body("code", is("fault"))
                .body("instance", startsWith("urn:uuid:"))
                .extract()
                .path("instance");
        List<String> lines = linesWith(id);
        assertThat(lines).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(lines.getFirst());
        assertThat(line.get("level").asText()).isEqualTo("ERROR");
        assertThat(line.get("exception").toString()).contains("org.fairfollow.testing.BrokenCalls");
        assertNothingOfTheCallIsIn(log());
    }

    @Test
    void aRefusedStatementIsToldByItsNumbers() throws IOException {
        String id = Api.unknownCall().get("/broken/STATEMENT/secret-duplicate").path("instance");
        assertThat(linesWith(id).getFirst()).contains("(state 23000, code 1062)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /secret HTTP/9.9\r\n\r\n",
                "GET /%zzsecret HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /v1/accounts/x/secret?%zz=secret HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /v1/accounts/x/%00secret HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: secret\r\nsecret bad header\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: [secret\r\n\r\n",
                "secret\r\n\r\n",
                "POST /v1/lookups HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\nsecret",
                "POST /v1/lookups HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "zzsecret\r\n",
                "POST /v1/lookups HTTP/1.1\r\nHost: a\r\nContent-Type: secret/;;\r\nContent-Length: 2\r\n\r\n{}",
                "GET /v1/list HTTP/1.1\r\nHost: a\r\nAccept: secret,,;;q=\r\nIf-None-Match: secret\r\n\r\n",
                "GET /secret HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                        + "HTTP2-Settings: secret!\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nsecret",
            })
    void whatIsNoProperCallLeavesNothingOfItself(String bytes) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            InputStream answer = socket.getInputStream();
            answer.readAllBytes();
        }
        assertNothingOfTheCallIsIn(log());
    }

    @Test
    void librariesThatQuoteCallsLoseTheirWordsAndNothingElse() throws IOException {
        for (String category :
                List.of("io.vertx.core.net.impl.ConnectionBase", "io.netty.channel", "org.mariadb.jdbc.x")) {
            Logger.getLogger(category).log(Level.SEVERE, "secret of {0}", new Object[] {"127.0.0.1"});
        }
        Logger.getLogger("io.quarkus.vertx.http.runtime.QuarkusErrorHandler")
                .log(Level.SEVERE, "HTTP Request to /secret failed", new IllegalStateException("secret"));
        Logger.getLogger("org.flywaydb").warning("words of others stay");

        assertNothingOfTheCallIsIn(log());
        assertThat(linesWith("io.vertx.core.net.impl.ConnectionBase")).isNotEmpty();
        assertThat(linesWith("QuarkusErrorHandler").getLast())
                .contains("java.lang.IllegalStateException", "LogsApiTest");
        assertThat(linesWith("words of others stay")).hasSize(1);
    }

    private static void assertNothingOfTheCallIsIn(String log) {
        assertThat(log).doesNotContain("secret", "127.0.0.1");
    }

    private static List<String> linesWith(String text) throws IOException {
        return log().lines().filter(line -> line.contains(text)).toList();
    }

    private static String log() throws IOException {
        return Files.readString(Deployed.LOG);
    }
}
