package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Wire;
import org.fairfollow.testing.Wire.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests no browser makes: methods, targets and hosts that mean one thing to a proxy and another to a service. */
@QuarkusTest
class WireAttacksApiTest {
    private static final String AS_OPERATOR = "Authorization: Bearer " + Api.OPERATOR_TOKEN;

    private static boolean published;

    @Inject
    Pipeline pipeline;

    @BeforeEach
    void publishOnce() {
        if (!published) {
            pipeline.judgeAndPublish();
            published = true;
        }
    }

    @Test
    void traceEchoesNothing() throws IOException {
        for (String path : List.of("/", "/v1/list", "/v1/keys", "/q/health/live", "/fairfollow.css")) {
            Answer answer = Wire.request("TRACE", path, "X-Secret: spoken-in-confidence", "Cookie: a=confidence");
            assertThat(answer.status()).as(path).isIn(404, 405, 501);
            assertThat(answer.body() + answer.headers()).doesNotContain("confidence");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:22", "127.0.0.1:3306", "a.example:443", "/v1/list", "http://a.example/"})
    void connectReachesNothing(String target) throws IOException {
        assertThat(Wire.request("CONNECT", target).status()).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method"})
    void noHeaderOverridesTheMethod(String header) throws IOException {
        assertThat(Wire.request("GET", "/v1/keys/0123456789abcdef", header + ": DELETE", AS_OPERATOR)
                        .status())
                .isEqualTo(405);
        assertThat(Wire.request("POST", "/v1/list", header + ": GET").status()).isEqualTo(405);
        assertThat(Wire.get("/v1/list", header + ": DELETE").status()).isEqualTo(200);
    }

    @Test
    void thereIsNoSecondProtocol() throws IOException {
        Answer upgraded = Wire.get(
                "/v1/practices", "Upgrade: h2c", "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AAMAAABk");
        assertThat(upgraded.status()).isEqualTo(200);
        assertThat(Wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"))
                .allSatisfy(answer -> assertThat(answer.status()).isBetween(400, 599));
    }

    @Test
    void noParameterOverridesTheMethod() throws IOException {
        assertThat(Wire.get("/v1/keys/0123456789abcdef?_method=DELETE", AS_OPERATOR)
                        .status())
                .isEqualTo(405);
        assertThat(Wire.get("/v1/list?_method=DELETE").status()).isEqualTo(200);
    }

    /** However a path is written, it opens no more than the plain one does: nothing, without a token. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//v1/keys",
                "/v1//keys",
                "/./v1/keys",
                "/v1/./keys",
                "/v1/%2e/keys",
                "/v1/%2E/keys",
                "/v1/list/../keys",
                "/v1/list/%2e%2e/keys",
                "/v1/list/..%2fkeys",
                "/v1/list/..;/keys",
                "/v1/list;/../keys",
                "/v1/keys;a=b",
                "/v1/keys;a=b/",
                "/v1/keys/",
                "/v1/keys/.",
                "/v1/keys%00",
                "/v1/keys%00.css",
                "/v1/keys%2f",
                "/v1/keys%20",
                "/v1/keys%0a",
                "/v1/keys.css",
                "/v1/keys?.css",
                "/v1/%6beys",
                "/v1/%256beys",
                "/v1%2fkeys",
                "/V1/keys",
                "/v1/KEYS",
                "/v1/k%C4%B1eys",
                "\\v1\\keys",
                "/v1\\keys",
                "/v1/list/..%5ckeys",
                "/..%c0%afv1/keys",
                "/%u002e%u002e/v1/keys",
                "http://localhost/v1/keys",
                "http://evil.example/v1/keys",
                "http://localhost@evil.example/v1/keys",
                "https://localhost//v1/keys",
                "*",
                "//evil.example/v1/keys"
            })
    void noSpellingOfAPathGoesAroundItsDoor(String path) throws IOException {
        Answer answer = Wire.get(path);
        assertThat(answer.status()).isIn(400, 401, 404);
        assertThat(answer.body()).doesNotContain("\"keys\"");
        assertThat(answer.headers()).doesNotContainKey("Location");
    }

    /** Nor does one redirect, wherever it points. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/",
                "//evil.example/%2e%2e",
                "/\\evil.example/",
                "/%5cevil.example/",
                "///evil.example",
                "/look-up?network=x&name=//evil.example",
                "/look-up?network=mastodon&name=a@evil.example&next=https://evil.example/",
                "/look-up?network=bluesky&name=https://evil.example/",
                "/?next=//evil.example"
            })
    void noRedirectLeavesTheService(String path) throws IOException {
        String location = Wire.get(path, "Host: localhost:1").header("Location");
        assertThat(location)
                .doesNotContain("evil.example/")
                .doesNotStartWith("//")
                .doesNotContain("\\");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: a.example\r\nHost: b.example",
                "Host: localhost\r\nhost: localhost",
                "Host: localhost\r\nX: y\r\nHost: evil.example"
            })
    void twoHostsAreRefused(String hosts) throws IOException {
        Answer answer = Wire.send("GET /v1/list HTTP/1.1\r\n" + hosts + "\r\nConnection: close\r\n\r\n")
                .getFirst();
        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: \r\n", "Host: a b\r\n", "Host: <script>\r\n", "Host: a.example/\"\r\n"})
    void aHostThatIsNoneIsRefusedOrCountsForNothing(String host) throws IOException {
        Answer answer = Wire.send("GET /v1/list HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n")
                .getFirst();
        assertThat(answer.status()).isIn(200, 400);
        assertThat(answer.body() + answer.headers()).doesNotContain("script", "a.example");
    }

    /** Where it is not plain how long a body is, nothing behind it is taken for a request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 40",
                "Content-Length: 40\r\nContent-Length: 5",
                "Transfer-Encoding : chunked\r\nContent-Length: 5",
                "Transfer-Encoding: chunked, identity\r\nContent-Length: 5",
                "Transfer-Encoding:\u000bchunked\r\nContent-Length: 5",
                "Content-Length: 5\r\n Transfer-Encoding: chunked"
            })
    void aSmuggledRequestIsNotAnswered(String framing) throws IOException {
        List<Answer> answers =
                Wire.send("POST /v1/lookups HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + framing
                        + "\r\n\r\n0\r\n\r\nGET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answers).noneSatisfy(answer -> assertThat(answer.body()).isEqualTo("hello"));
    }
}
