package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Wire;
import org.fairfollow.testing.Wire.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conditional requests and HEAD, on every answer that has an ETag. */
@QuarkusTest
class ConditionalApiTest {
    @Inject
    Pipeline pipeline;

    private List<String> paths;

    @BeforeEach
    void publish() {
        pipeline.judgeAndPublish();
        var manifest = Api.call().get("/v1/list").jsonPath();
        paths = List.of(
                "/v1/list",
                "/v1/list/" + manifest.getLong("version"),
                "/v1/ranges/" + "0".repeat(manifest.getInt("prefixLength")),
                "/v1/practices",
                "/v1/accounts/bluesky/nobody.example");
    }

    @Test
    void whoHasTheBytesGetsNoneAndWhatTheCacheNeeds() throws IOException {
        for (String path : paths) {
            Answer whole = Wire.get(path);
            String etag = whole.header("ETag");
            assertThat(etag).as(path).matches("\"[!#-~]+\"");
            for (String[] lines : List.of(
                    new String[] {"If-None-Match: " + etag},
                    new String[] {"if-none-match: W/" + etag},
                    new String[] {"If-None-Match: *"},
                    new String[] {"If-None-Match: \"a,b\", " + etag},
                    new String[] {"If-None-Match: \"x\"", "If-None-Match: " + etag},
                    new String[] {"If-None-Match: " + etag, "If-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT"})) {
                Answer known = Wire.get(path, lines);
                assertThat(known.status()).as(path + lines[0]).isEqualTo(304);
                assertThat(known.body()).isEmpty();
                for (String header : List.of("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin")) {
                    assertThat(known.header(header)).as(path + header).isEqualTo(whole.header(header));
                }
            }
        }
    }

    @Test
    void whoHasOtherBytesOrAsksForAPartGetsThemAll() throws IOException {
        for (String path : paths) {
            Answer whole = Wire.get(path);
            String etag = whole.header("ETag");
            for (String line : List.of(
                    "If-None-Match: \"x\"",
                    "If-None-Match: " + etag.replace("\"", ""),
                    "If-None-Match: \"" + etag + "\"",
                    "If-None-Match:",
                    "If-Match: \"x\"",
                    "If-Modified-Since: Sat, 01 Jan 2050 00:00:00 GMT",
                    "If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT",
                    "If-Modified-Since: yesterday",
                    "Range: bytes=0-1",
                    "Range: bytes=99999999-")) {
                Answer answer = Wire.get(path, line);
                assertThat(answer.status()).as(path + line).isEqualTo(200);
                assertThat(answer.body()).as(path + line).isEqualTo(whole.body());
                assertThat(answer.headers()).doesNotContainKeys("Content-Range");
            }
        }
    }

    @Test
    void headSaysWhatGetWouldAndSendsNothing() throws IOException {
        for (String path : paths) {
            Answer get = Wire.get(path);
            Answer head = Wire.request("HEAD", path);
            assertThat(head.status()).as(path).isEqualTo(200);
            assertThat(head.body()).as(path).isEmpty();
            TreeMap<String, String> expected = new TreeMap<>(get.headers());
            expected.keySet().removeAll(Set.of("Date", "RateLimit"));
            TreeMap<String, String> actual = new TreeMap<>(head.headers());
            actual.keySet().removeAll(Set.of("Date", "RateLimit"));
            assertThat(actual).as(path).isEqualTo(expected);
            Answer known = Wire.request("HEAD", path, "If-None-Match: " + get.header("ETag"));
            assertThat(known.status()).as(path).isEqualTo(304);
            assertThat(known.header("ETag")).as(path).isEqualTo(get.header("ETag"));
        }
    }
}
