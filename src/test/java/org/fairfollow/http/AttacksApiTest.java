package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Wire;
import org.fairfollow.testing.Wire.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What attackers send: on the wire, where libraries would not let it through. */
@QuarkusTest
class AttacksApiTest {
    private static boolean published;

    @Inject
    Pipeline pipeline;

    @BeforeEach
    void publishOnce() {
        if (!published) {
            pipeline.send(new ListedAccount().lines).statusCode(200);
            pipeline.judgeAndPublish();
            published = true;
        }
    }

    // Header injection

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/accounts/bluesky/a.example%0d%0aSet-Cookie:%20x=1",
                "/v1/accounts/bluesky/a.example%0aSet-Cookie:%20x=1",
                "/v1/accounts/bluesky/%0d%0a%0d%0aHTTP/1.1%20200%20OK",
                "/v1/accounts/x/a%00b",
                "/v1/accounts/mastodon/a@b.example%0d%0aX:y",
                "/v1/accounts/bluesky/id:ZGlkOnBsYzphDQpTZXQtQ29va2llOiB4PTE",
                "/v1/list/1%0d%0aSet-Cookie:%20x=1",
                "/v1/ranges/0%0d%0aSet-Cookie:%20x=1",
                "/accounts/bluesky/a.example%0d%0aSet-Cookie:%20x=1"
            })
    void whatStandsInAPathBecomesNoHeader(String path) throws IOException {
        for (String more : List.of("", "/evidence")) {
            Answer answer = Wire.get(path + more);
            assertThat(answer.status()).isIn(400, 404);
            assertThat(answer.headers()).doesNotContainKeys("Set-Cookie", "X");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "If-None-Match: \"a\0b\"",
                "If-None-Match: \"a\"\r\n \"b\"",
                "If-None-Match: \"a\"\r\n\t\"b\"",
                "If-None-Match: \"a\rSet-Cookie: x=1\"",
                "If-None-Match : \"a\"",
                "If-None-Match\0: \"a\"",
                ": empty",
                "no colon at all",
                "If-None-Match: " + "\u00ff\u0080\u0001"
            })
    void headersThatAreNoneAreRefusedOrHarmless(String line) throws IOException {
        Answer answer = Wire.get("/v1/list", line);
        assertThat(answer.status()).isIn(200, 400);
        assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
    }

    // Caches

    static Stream<String> unkeyedHeaders() {
        return Stream.of(
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Port: 1",
                "X-Forwarded-Prefix: /evil",
                "X-Forwarded-For: 203.0.113.7",
                "Forwarded: host=evil.example;proto=https;for=203.0.113.7",
                "X-Original-URL: /v1/practices",
                "X-Rewrite-URL: /v1/practices",
                "X-HTTP-Method-Override: DELETE",
                "X-Host: evil.example",
                "Origin: https://evil.example",
                "Origin: null",
                "Referer: https://evil.example/",
                "Accept: */*;q=0.1",
                "Accept-Encoding: gzip, br, zstd",
                "Accept-Language: tlh",
                "Accept-Charset: utf-7",
                "Cookie: a=b",
                "Cache-Control: no-transform",
                "Pragma: no-cache",
                "Range: bytes=0-3",
                "If-Range: \"x\"",
                "If-Match: \"x\"",
                "If-Modified-Since: Sat, 01 Jan 2050 00:00:00 GMT",
                "If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT",
                "User-Agent: evil");
    }

    @ParameterizedTest
    @MethodSource("unkeyedHeaders")
    void noHeaderThatIsNotPartOfACachesKeyChangesAnAnswer(String header) throws IOException {
        for (String path : cached()) {
            Answer plain = Wire.get(path);
            Answer other = Wire.get(path, header);
            assertThat(other.status()).as(path).isEqualTo(200);
            assertThat(other.body()).as(path).isEqualTo(plain.body());
            assertThat(withoutDate(other)).as(path).isEqualTo(withoutDate(plain));
        }
    }

    @Test
    void anotherHostChangesNoAnswer() throws IOException {
        for (String path : cached()) {
            Answer plain = Wire.get(path);
            Answer other = Wire.send("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                    .getFirst();
            assertThat(other.body()).as(path).isEqualTo(plain.body());
            assertThat(withoutDate(other)).as(path).isEqualTo(withoutDate(plain));
            Answer absolute = Wire.send("GET http://evil.example" + path
                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getFirst();
            assertThat(absolute.status()).as(path).isIn(200, 404);
            if (absolute.status() == 200) {
                assertThat(absolute.body()).as(path).isEqualTo(plain.body());
            }
        }
    }

    @Test
    void refusalsAreKeptByNoCache() throws IOException {
        for (String path : List.of("/v1/ranges/zz", "/v1/list/999999999", "/v1/nothing", "/v1/accounts/x/~")) {
            assertThat(Wire.get(path).header("Cache-Control")).as(path).isEqualTo("no-store");
        }
    }

    private static List<String> cached() {
        var manifest = Api.call().get("/v1/list").jsonPath();
        return List.of(
                "/v1/list",
                "/v1/list/" + manifest.getLong("version"),
                "/v1/ranges/" + "0".repeat(manifest.getInt("prefixLength")),
                "/v1/practices",
                "/v1/accounts/bluesky/nobody.example");
    }

    private static TreeMap<String, String> withoutDate(Answer answer) {
        TreeMap<String, String> headers = new TreeMap<>(answer.headers());
        headers.remove("Date");
        // It counts down.
        headers.remove("RateLimit");
        return headers;
    }

    // Smuggling

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}   ",
                "Content-Length: 5, 6\r\n\r\n{}   ",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: +2\r\n\r\n{}",
                "Content-Length: 0x2\r\n\r\n{}",
                "Content-Length: 99999999999999999999\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n"
            })
    void aBodyOfTwoLengthsOrNoneIsRefusedAndTheConnectionEnds(String rest) throws IOException {
        List<Answer> answers =
                Wire.send("POST /v1/lookups HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + rest
                        + "GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.body()).isNotEqualTo("hello");
        });
    }

    /** RFC 9112, 6.3: the coding wins over the length, whoever stands in front must see it so too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4"
            })
    void aLengthBesideACodingCountsForNothing(String framing) throws IOException {
        List<Answer> answers =
                Wire.send("POST /v1/lookups HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + framing + "\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
                        + "GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answers.getFirst().status()).isEqualTo(400);
        // "2", or what comes after "2\r\n{", never begins a request.
        assertThat(answers.size()).isLessThanOrEqualTo(2);
        if (answers.size() == 2) {
            assertThat(answers.getLast().body()).isEqualTo("hello");
        }
    }

    // Much of everything

    @Test
    void manyHeadersAreRefused() throws IOException {
        String[] lines = new String[10_000];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "X-" + i + ": " + i;
        }
        assertThat(Wire.get("/v1/list", lines).status()).isEqualTo(431);
    }

    @Test
    void aLongHeaderIsRefused() throws IOException {
        assertThat(Wire.get("/v1/list", "If-None-Match: \"" + "a".repeat(64 << 10) + '"')
                        .status())
                .isEqualTo(431);
    }

    @Test
    void aLongAddressIsRefused() throws IOException {
        assertThat(Wire.get("/v1/ranges/" + "a".repeat(64 << 10)).status()).isEqualTo(414);
        assertThat(Wire.get("/v1/list?" + "a=b&".repeat(16 << 10)).status()).isEqualTo(414);
    }

    /** A gigabyte is announced; it is refused when a little more than what is allowed has come. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1073741824", "Transfer-Encoding: chunked"})
    void aBodyOverTheLimitIsRefusedBeforeItIsAllThere(String framing) throws IOException {
        try (Socket socket = Wire.open()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/lookups HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Content-Type: application/json\r\n" + framing + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] part = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            byte[] size = "10000\r\n".getBytes(StandardCharsets.US_ASCII);
            try {
                for (int sent = 0; sent <= Body.MAX_BYTES; sent += part.length) {
                    if (framing.startsWith("Transfer")) {
                        out.write(size);
                        out.write(part);
                        out.write('\r');
                        out.write('\n');
                    } else {
                        out.write(part);
                    }
                }
                out.flush();
            } catch (SocketException e) {
                // Refused already.
            }
            assertThat(Wire.answers(socket.getInputStream()))
                    .first()
                    .satisfies(answer -> assertThat(answer.status()).isEqualTo(413))
                    .satisfies(answer -> assertThat(answer.body()).contains("too-large"));
        }
    }

    /** Ten kilobytes that would be ten megabytes: nothing but an import is unpacked, and that line by line. */
    @Test
    void aCompressedBodyIsNotUnpacked() throws IOException {
        var packed = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(packed)) {
            gzip.write(" ".repeat(10 << 20).getBytes(StandardCharsets.US_ASCII));
        }
        Api.wrongCall()
                .contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body(packed.toByteArray())
                .post("/v1/lookups")
                .then()
                .statusCode(400)
                .body("code", is("invalid-body"));
    }

    /** Slow clients hold their own connection and nothing else. */
    @Test
    void whoSendsHalfARequestHoldsNobodyUp() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = Wire.open();
                slow.add(socket);
                String half = i % 2 == 0
                        ? "GET /v1/accounts/bluesky/nobody.example HTTP/1.1\r\nHost: loc"
                        : "POST /v1/lookups HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 100\r\n\r\n{";
                socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(Wire.get("/v1/list").status()).isEqualTo(200);
            assertThat(Wire.get("/v1/accounts/bluesky/nobody.example").status()).isEqualTo(200);
            Api.call()
                    .contentType("application/json")
                    .body("{\"accounts\":[{\"network\":\"x\",\"name\":\"a\"}]}")
                    .post("/v1/lookups")
                    .then()
                    .statusCode(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    // Prefixes

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "F",
                "g",
                "-1",
                "0x",
                "%00",
                "0%00",
                "%20",
                "%2f",
                "..%2f",
                "%2e%2e%2flist",
                "%C2%B2",
                "%D9%A0",
                "%EF%BC%90",
                "%E0%A5%A6",
                "%ff",
                "%25",
                "0,1",
                "*",
                "''",
                "%3Cscript%3E"
            })
    void whatIsNoPrefixIsRefused(String prefix) {
        assertRefused(Api.wrongCall().urlEncodingEnabled(false).get("/v1/ranges/" + prefix), "invalid-prefix");
    }

    @Test
    void aPrefixOfAnotherLengthIsRefused() {
        int length = Api.call().get("/v1/list").jsonPath().getInt("prefixLength");
        for (int other : List.of(length + 1, length + 2, 32, 64, 1_000)) {
            assertRefused(Api.wrongCall().get("/v1/ranges/" + "0".repeat(other)), "wrong-prefix-length");
        }
        if (length > 1) {
            assertRefused(Api.wrongCall().get("/v1/ranges/" + "0".repeat(length - 1)), "wrong-prefix-length");
        }
    }

    private static void assertRefused(Response response, String code) {
        response.then().statusCode(400).contentType("application/problem+json").body("code", is(code));
    }
}
