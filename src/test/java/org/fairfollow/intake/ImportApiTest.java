package org.fairfollow.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.JetstreamLines;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Project;
import org.fairfollow.testing.Seed;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ImportApiTest {
    private static final String FOLLOW = "app.bsky.graph.follow";

    @Inject
    Pipeline pipeline;

    @Inject
    TestStore tables;

    @TestHTTPResource("/v1/imports")
    URI imports;

    private final Instant at = Instant.now().minus(Duration.ofDays(2));

    @Test
    void twiceChangesNothing() {
        JetstreamLines lines = someLines();
        JsonNode once = send(lines.bytes());
        assertCounts(once, 5, 4, 0, 1, 0);
        assertThat(once.get("complete").asBoolean()).isTrue();
        assertCounts(send(lines.bytes()), 5, 0, 4, 1, 0);
    }

    @Test
    void goodLinesAreTakenWhateverStandsBetweenThemAndBadOnesAreNamed() {
        String did = Names.did();
        String other = Names.did();
        String now = at.toString();
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("not json", "not-json");
        bad.put("[1,2]", "not-json");
        bad.put("{\"did\":\"" + did + "\"", "not-json");
        bad.put("{}{}", "not-json");
        bad.put("{\"did\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}", "too-deep");
        bad.put("{\"x\":\"" + "a".repeat(1 << 20) + "\"}", "line-too-long");
        bad.put("{\"did\":\"did:key:z\",\"time_us\":" + micros() + ",\"kind\":\"commit\"}", "invalid-account");
        bad.put("{\"time_us\":" + micros() + ",\"kind\":\"commit\"}", "invalid-account");
        bad.put("{\"did\":\"" + did + "\",\"kind\":\"commit\"}", "missing-time");
        bad.put("{\"did\":\"" + did + "\",\"time_us\":\"soon\",\"kind\":\"commit\"}", "missing-time");
        bad.put("{\"did\":\"" + did + "\",\"time_us\":9e99,\"kind\":\"commit\"}", "missing-time");
        bad.put("{\"did\":\"" + did + "\",\"time_us\":1,\"kind\":\"commit\"}", "time-out-of-range");
        bad.put("{\"did\":\"" + did + "\",\"time_us\":9223372036854775807,\"kind\":\"commit\"}", "time-out-of-range");
        bad.put("{\"did\":\"" + did + "\",\"time_us\":-1,\"kind\":\"commit\"}", "time-out-of-range");
        bad.put("{\"did\":\"" + did + "\",\"time_us\":" + micros() + "}", "unknown-kind");
        bad.put("{\"did\":\"" + did + "\",\"time_us\":" + micros() + ",\"kind\":\"pulse\"}", "unknown-kind");
        bad.put("{\"did\":\"" + did + "\",\"time_us\":" + micros() + ",\"kind\":\"commit\"}", "invalid-operation");
        bad.put(commit(did, "\"operation\":\"merge\""), "invalid-operation");
        bad.put(commit(did, "\"operation\":\"create\""), "missing-collection");
        bad.put(JetstreamLines.create(FOLLOW, did, "a/b", other, at), "invalid-record-key");
        bad.put(commit(did, "\"operation\":\"delete\",\"collection\":\"" + FOLLOW + "\""), "invalid-record-key");
        bad.put(JetstreamLines.create(FOLLOW, did, "self", "growth.example", at), "invalid-subject");
        bad.put(
                commit(did, "\"operation\":\"create\",\"collection\":\"" + FOLLOW + "\",\"rkey\":\"x\",\"record\":[]"),
                "invalid-subject");
        bad.put(JetstreamLines.create(FOLLOW, did, "self", did, at), "self-follow");
        bad.put("{\"did\":\"" + did + "\",\"time_us\":" + micros() + ",\"kind\":\"identity\"}", "missing-seq");
        bad.put(JetstreamLines.identity(did, Names.handle("x"), -1, at), "missing-seq");
        bad.put(
                "{\"did\":\"" + did + "\",\"time_us\":" + micros()
                        + ",\"kind\":\"account\",\"account\":{\"active\":\"yes\",\"seq\":1}}",
                "missing-active");
        bad.put(
                "{\"did\":\"" + did + "\",\"time_us\":" + micros() + ",\"kind\":\"identity\",\"identity\":{\"did\":\""
                        + other + "\",\"seq\":1}}",
                "invalid-account");
        bad.put("{\"kind\":\"gossip\"}", "unknown-kind");
        bad.put("{}", "unknown-kind");
        bad.put("{\"kind\":\"follow\"}", "missing-field");
        bad.put(follows("x", "a", "x", "b", now, "o", ",\"why\":1"), "unknown-field");
        bad.put(follows("friendster", "a", "x", "b", now, "o", ""), "invalid-network");
        bad.put(follows("x", "no spaces", "x", "b", now, "o", ""), "invalid-account");
        bad.put(follows("x", "a", "mastodon", "b@c.example", now, "o", ""), "invalid-account");
        bad.put(follows("x", "@Same", "x", "same", now, "o", ""), "self-follow");
        bad.put(follows("x", "a", "x", "b", "yesterday", "o", ""), "invalid-time");
        bad.put(follows("x", "a", "x", "b", "1999-01-01T00:00:00Z", "o", ""), "time-out-of-range");
        bad.put(follows("x", "a", "x", "b", "2999-01-01T00:00:00Z", "o", ""), "time-out-of-range");
        bad.put(follows("x", "a", "x", "b", now, "who is it?", ""), "invalid-observer");
        bad.put(follows("x", "a", "x", "b", now, "o", "").replace("\"o\"", "null"), "invalid-observer");
        bad.put("{\"kind\":\"follow\",\"actor\":[],\"target\":3,\"time\":\"" + now + "\"}", "invalid-field");
        bad.put(counters("\"followers\":{\"count\":1}", now), "missing-field");
        bad.put(counters("\"followers\":null", now), "missing-field");
        bad.put(counters("\"followers\":{\"count\":-1,\"exact\":true}", now), "impossible-count");
        bad.put(counters("\"posts\":{\"count\":8300000001,\"exact\":true}", now), "impossible-count");
        bad.put(counters("\"posts\":{\"count\":1e3,\"exact\":true}", now), "invalid-field");
        bad.put(counters("\"posts\":{\"count\":1,\"exact\":true},\"posts\":null", now), "duplicate-field");
        bad.put(counters("\"posts\":{\"count\":1,\"exact\":true},\"text\":\"hello\"", now), "unknown-field");
        bad.put(message("\"text\":\"hello\""), "unknown-field");
        bad.put(message("\"bands\":[]"), "missing-field");
        bad.put(sample("follower-sample", "\"followers\":[]"), "empty-sample");
        bad.put(sample("follower-sample", "\"followers\":[{\"rank\":1},{\"rank\":1}]"), "duplicate-rank");
        bad.put(sample("follower-sample", "\"total\":4,\"followers\":[{\"rank\":5}]"), "rank-beyond-total");
        bad.put(sample("follower-sample", "\"followers\":[" + "{},".repeat(1_000) + "{}]"), "sample-too-large");
        bad.put(sample("post-sample", "\"posts\":[]"), "empty-sample");
        bad.put(sample("owner-statement", "\"claim\":\"innocent\""), "invalid-field");
        bad.put(counters("\"posts\":{\"count\":\"many\",\"exact\":true}", now), "invalid-field");

        StringBuilder body = new StringBuilder();
        List<String> expected = new ArrayList<>();
        int line = 0;
        for (var one : bad.entrySet()) {
            body.append(JetstreamLines.create(FOLLOW, did, "good-" + line, other, at))
                    .append("\r\n");
            body.append(one.getKey()).append('\n');
            line += 2;
            expected.add(line + " " + one.getValue());
        }
        JsonNode result = send(body.toString().getBytes(StandardCharsets.UTF_8));
        List<String> named = new ArrayList<>();
        result.get("rejected")
                .forEach(one -> named.add(
                        one.get("line").asLong() + " " + one.get("code").asText()));
        assertThat(named).containsExactlyElementsOf(expected);
        assertCounts(result, 2L * bad.size(), bad.size(), 0, 0, bad.size());
        assertThat(result.get("complete").asBoolean()).isTrue();
    }

    @Test
    void linesThatAreOfNoUseAreCountedByTheirReason() {
        String did = Names.did();
        String body = String.join(
                "\n",
                "",
                "  \t\r",
                JetstreamLines.create("app.bsky.graph.listitem", did, "self", Names.did(), at),
                JetstreamLines.delete("app.bsky.feed.post", did, "self", at),
                commit(did, "\"operation\":\"update\",\"collection\":\"" + FOLLOW + "\",\"rkey\":\"x\""),
                JetstreamLines.delete(FOLLOW, did, "self", at));
        JsonNode result = send(body.getBytes(StandardCharsets.UTF_8));
        assertCounts(result, 6, 0, 0, 0, 0);
        assertThat(result.get("ignored").get("blank").asLong()).isEqualTo(2);
        assertThat(result.get("ignored").get("not-used").asLong()).isEqualTo(3);
        assertThat(result.get("ignored").get("implausible-key").asLong()).isEqualTo(1);
    }

    @Test
    void onlySoManyRejectedLinesAreNamedAndAllAreCounted() {
        JsonNode result = send("x\n".repeat(1_500).getBytes(StandardCharsets.UTF_8));
        assertCounts(result, 1_500, 0, 0, 0, 1_500);
        assertThat(result.get("rejected")).hasSize(1_000);
    }

    @Test
    void anEmptyImportIsOne() {
        Api.wrongCall()
                .header("Authorization", "Bearer " + Api.OPERATOR_TOKEN)
                .contentType(Api.NDJSON)
                .post("/v1/imports")
                .then()
                .statusCode(200)
                .body("lines", equalTo(0), "complete", equalTo(true));
    }

    @Test
    void observationsOfEveryKindAreKeptOnce() {
        String user = "u" + Names.did().hashCode() % 100_000_000;
        String body = String.join(
                "\n",
                follows("x", user, "x", "somebody", at.toString(), "observer-1", ""),
                follows("x", user, "x", "somebody", at.toString(), "observer-2", ""),
                follows("x", user, "x", "somebody", at.toString(), "observer-1", "")
                        .replace("\"follow\"", "\"unfollow\""),
                follows(
                        "mastodon",
                        "@" + user + "@social.example",
                        "mastodon",
                        "b@social.example",
                        at.toString(),
                        "o",
                        ""),
                follows("bluesky", Names.did(), "bluesky", Names.handle("seen"), at.toString(), "o", ""),
                counters("\"followers\":{\"count\":1200,\"exact\":false}", at.toString())
                        .replace("counted", user),
                counters(
                                "\"posts\":{\"count\":0,\"exact\":true},\"following\":{\"count\":7,\"exact\":true}",
                                at.toString())
                        .replace("counted", user));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertCounts(send(bytes), 7, 7, 0, 0, 0);
        assertCounts(send(bytes), 7, 0, 7, 0, 0);
        assertThat(send(body.replace(user, "@" + user.toUpperCase(java.util.Locale.ROOT))
                                .replace("@@", "@")
                                .getBytes(StandardCharsets.UTF_8))
                        .get("duplicates")
                        .asLong())
                .as("another spelling of the same names is the same observation")
                .isEqualTo(7);
    }

    @Test
    void compressedInputIsToldByItsFirstBytes() throws IOException {
        assertCounts(send(gzip(someLines().bytes())), 5, 4, 0, 1, 0);
        assertCounts(send(Zstd.compress(someLines().bytes())), 5, 4, 0, 1, 0);
        Api.asOperator()
                .contentType("application/octet-stream")
                .body(gzip(someLines().bytes()))
                .post("/v1/imports")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(4));
    }

    @Test
    void tornInputCountsUpToWhereItBreaksAndCanBeSentAgain() throws IOException {
        Random random = Seed.random("torn input");
        JetstreamLines lines = new JetstreamLines();
        for (int i = 0; i < 3_000; i++) {
            lines.follow(Names.did(), Names.did(), at.plusMillis(random.nextInt(86_400_000)));
        }
        for (byte[] whole : List.of(gzip(lines.bytes()), Zstd.compress(lines.bytes()))) {
            JsonNode torn = send(Arrays.copyOf(whole, whole.length / 2));
            assertAllAccountedFor(torn);
            assertThat(torn.get("complete").asBoolean()).isFalse();
            assertThat(torn.get("rejectedTotal").asLong()).isEqualTo(1);
            assertThat(torn.get("rejected").get(0).get("code").asText()).isEqualTo("torn-input");
            JsonNode again = send(whole);
            assertThat(again.get("accepted").asLong() + again.get("duplicates").asLong())
                    .isEqualTo(3_000);
            assertThat(again.get("complete").asBoolean()).isTrue();
        }
    }

    @Test
    void garbageEndsWithCounts() {
        Random random = Seed.random("garbage");
        for (byte[] start : new byte[][] {{}, {0x1f, (byte) 0x8b}, {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, {0x1f}}) {
            byte[] garbage = new byte[50_000];
            random.nextBytes(garbage);
            System.arraycopy(start, 0, garbage, 0, start.length);
            JsonNode result = send(garbage);
            assertAllAccountedFor(result);
            assertThat(result.get("accepted").asLong()).isZero();
            assertThat(result.get("rejectedTotal").asLong()).isPositive();
        }
    }

    /** The stream is made while it is sent: nobody holds the whole of it. */
    @Test
    void aLineOfAHundredMegabytesIsPassedOver() throws Exception {
        byte[] before = (JetstreamLines.create(FOLLOW, Names.did(), "self", Names.did(), at) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] after = ("\n" + JetstreamLines.create(FOLLOW, Names.did(), "self", Names.did(), at))
                .getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(imports)
                .header("Authorization", "Bearer " + Api.OPERATOR_TOKEN)
                .header("Content-Type", Api.NDJSON)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new LongLine(before, 100L << 20, after)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            JsonNode result = new ObjectMapper().readTree(response.body());
            assertCounts(result, 3, 2, 0, 0, 1);
            assertThat(result.get("rejected").get(0).get("line").asInt()).isEqualTo(2);
            assertThat(result.get("rejected").get(0).get("code").asText()).isEqualTo("line-too-long");
        }
    }

    @Test
    void everyLineOfTheRealCaptureIsAccountedFor() throws IOException {
        Optional<Path> capture = Project.shared("data/api-fixtures/bluesky_jetstream_capture_152.jsonl");
        if (capture.isEmpty()) {
            return;
        }
        byte[] bytes = Files.readAllBytes(capture.get());
        JsonNode once = send(bytes);
        assertAllAccountedFor(once);
        assertThat(once.get("lines").asLong()).isEqualTo(152);
        assertThat(once.get("rejectedTotal").asLong()).isZero();
        assertThat(once.get("activity").asLong())
                .as("likes, posts, reposts, statuses")
                .isEqualTo(139);
        assertThat(once.get("accepted").asLong() + once.get("duplicates").asLong())
                .as("6 follows, a block, an identity and an account event, if not sent before")
                .isGreaterThanOrEqualTo(9);
        JsonNode twice = send(bytes);
        assertAllAccountedFor(twice);
        assertThat(twice.get("lines").asLong()).isEqualTo(152);
        assertThat(twice.get("accepted").asLong()).isZero();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer ffo_another-token-of-the-same-length",
                "Bearer  null",
                "Basic " + Api.OPERATOR_TOKEN,
                Api.OPERATOR_TOKEN,
                "Bearer " + Api.OPERATOR_TOKEN + "x",
                "Bearer ffr_the-operators-token-in-tests"
            })
    void withoutTheTokenNothingIsTaken(String authorization) {
        long before = tables.count("SELECT COUNT(*) FROM edge");
        var call = Api.wrongCall().contentType(Api.NDJSON).body(someLines().bytes());
        if (authorization != null) {
            call.header("Authorization", authorization);
        }
        call.post("/v1/imports")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("unauthorized"))
                .body("detail", containsString("Authorization: Bearer"));
        assertThat(tables.count("SELECT COUNT(*) FROM edge")).isEqualTo(before);
    }

    @Test
    void aTokenInTheAddressIsNone() {
        Api.wrongCall()
                .contentType(Api.NDJSON)
                .body("")
                .post("/v1/imports?access_token=" + Api.OPERATOR_TOKEN + "&token=" + Api.OPERATOR_TOKEN)
                .then()
                .statusCode(401)
                .body("code", equalTo("unauthorized"));
    }

    @Test
    void anotherContentTypeIsRefused() {
        Api.wrongCall()
                .header("Authorization", "Bearer " + Api.OPERATOR_TOKEN)
                .contentType("text/plain")
                .body("{}")
                .post("/v1/imports")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("code", equalTo("unsupported-media-type"));
    }

    private JsonNode send(byte[] body) {
        try {
            return new ObjectMapper()
                    .readTree(pipeline.send(body).statusCode(200).extract().asByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JetstreamLines someLines() {
        JetstreamLines lines = new JetstreamLines();
        String did = Names.did();
        lines.unfollow(did, lines.follow(did, Names.did(), at), at.plusSeconds(90));
        lines.identity(did, Names.handle("some"), at);
        lines.account(did, true, at);
        lines.activity(did, at);
        return lines;
    }

    private long micros() {
        return at.toEpochMilli() * 1_000;
    }

    private String commit(String did, String fields) {
        return "{\"did\":\"%s\",\"time_us\":%d,\"kind\":\"commit\",\"commit\":{%s}}".formatted(did, micros(), fields);
    }

    private static String follows(
            String network, String actor, String other, String target, String time, String observer, String more) {
        return "{\"kind\":\"follow\",\"actor\":{\"network\":\"%s\",\"name\":\"%s\"},\"target\":{\"network\":\"%s\",\"name\":\"%s\"},\"time\":\"%s\",\"observer\":\"%s\"%s}"
                .formatted(network, actor, other, target, time, observer, more);
    }

    private String message(String marks) {
        return sample("message", "\"message\":{%s}".formatted(marks));
    }

    private String sample(String kind, String fields) {
        return "{\"kind\":\"%s\",\"account\":{\"network\":\"x\",\"name\":\"sampled\"},\"time\":\"%s\",\"observer\":\"o\",%s}"
                .formatted(kind, at, fields);
    }

    private static String counters(String fields, String time) {
        return "{\"kind\":\"profile-counters\",\"account\":{\"network\":\"x\",\"name\":\"counted\"},\"time\":\"%s\",\"observer\":\"o\",%s}"
                .formatted(time, fields);
    }

    private static void assertCounts(
            JsonNode result, long lines, long accepted, long duplicates, long activity, long rejected) {
        assertAllAccountedFor(result);
        assertThat(List.of(
                        result.get("lines").asLong(),
                        result.get("accepted").asLong(),
                        result.get("duplicates").asLong(),
                        result.get("activity").asLong(),
                        result.get("rejectedTotal").asLong()))
                .as("lines, accepted, duplicates, activity, rejected of %s", result)
                .containsExactly(lines, accepted, duplicates, activity, rejected);
    }

    /** Every line is in exactly one count. */
    private static void assertAllAccountedFor(JsonNode result) {
        long ignored = 0;
        for (JsonNode count : result.get("ignored")) {
            ignored += count.asLong();
        }
        assertThat(result.get("accepted").asLong()
                        + result.get("duplicates").asLong()
                        + result.get("activity").asLong()
                        + ignored
                        + result.get("rejectedTotal").asLong())
                .as("%s", result)
                .isEqualTo(result.get("lines").asLong());
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    /** Some bytes, a long line of one letter, and some more bytes. */
    static final class LongLine extends InputStream {
        private final byte[] before;
        private final long letters;
        private final byte[] after;
        private long position;

        LongLine(byte[] before, long letters, byte[] after) {
            this.before = before;
            this.letters = letters;
            this.after = after;
        }

        @Override
        public int read() {
            long at = position++;
            if (at < before.length) {
                return before[(int) at] & 0xff;
            }
            if (at < before.length + letters) {
                return 'a';
            }
            long rest = at - before.length - letters;
            return rest < after.length ? after[(int) rest] & 0xff : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (position > before.length && position + length < before.length + letters) {
                Arrays.fill(buffer, offset, offset + length, (byte) 'a');
                position += length;
                return length;
            }
            int next = read();
            if (next < 0) {
                return -1;
            }
            buffer[offset] = (byte) next;
            return 1;
        }
    }
}
