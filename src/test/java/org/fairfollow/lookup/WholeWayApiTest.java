package org.fairfollow.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.fairfollow.detection.Practice;
import org.fairfollow.publication.ListCodec;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** From event lines to what clients read, on one small world that nobody changes meanwhile. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeWayApiTest {
    private static final long DAY = 86_400;

    @Inject
    Pipeline pipeline;

    @Inject
    TestStore tables;

    @Inject
    TestClock clock;

    private World world;

    @BeforeEach
    void judgeAWorldOnce() {
        if (world != null) {
            return;
        }
        tables.empty();
        pipeline.judgeAndPublish();
        world = new World(clock.instant().getEpochSecond() / DAY * DAY);
        pipeline.send(world.lines).statusCode(200).body("rejectedTotal", is(0), "coverageLoss", is(0));
        pipeline.judgeAndPublish();
    }

    @Test
    void theManifestTellsWhatTheRulesFindWhereThereIsNothingToFind() {
        JsonPath manifest =
                Api.call().get("/v1/list").then().statusCode(200).extract().jsonPath();
        assertThat(manifest.getInt("placebo.listed")).isZero();
        assertThat(manifest.getInt("placebo.judged")).isBetween(3, 2_000);
    }

    @Test
    void everyPracticeHasAVerdict() {
        JsonPath answer = get("bluesky", world.churnerHandle);
        assertThat(answer.getList("verdicts.practice"))
                .isEqualTo(Arrays.stream(Practice.values()).map(Practice::id).toList());
        assertThat(answer.getList("verdicts.findAll { it.standing == 'unknown' }.missing"))
                .isNotEmpty()
                .allSatisfy(missing -> assertThat((List<?>) missing).isNotEmpty());
    }

    @Test
    void theChurnersStatementCanBeRecountedFromTheEventFile() throws IOException {
        Recount recount = new Recount(world.lines.list(), world.churner, world.end + 60);
        JsonPath answer = get("bluesky", world.churnerHandle);
        assertThat(answer.getString("status")).isEqualTo("assessed");
        assertThat(answer.getString("account.nativeId")).isEqualTo(world.churner);
        assertThat(answer.getString("account.handle")).isEqualTo(world.churnerHandle);
        assertThat(answer.getString("account.profileUrl")).isEqualTo("https://bsky.app/profile/" + world.churnerHandle);
        assertThat(answer.getString("links.page")).endsWith("/accounts/bluesky/" + world.churnerHandle);
        assertThat(answer.getString("verdicts[0].practice")).isEqualTo("follow-churn");
        assertThat(answer.getString("verdicts[0].standing")).isEqualTo("likely");
        assertThat(answer.getBoolean("verdicts[0].disputed")).isFalse();
        assertThat((Object) answer.get("verdicts[0].confidence"))
                .as("not audited")
                .isNull();
        assertThat(answer.getList("verdicts[0].alibis.survived")).isNotEmpty().containsOnly(true);
        assertThat(answer.getList("verdicts[0].caveats")).contains("pruning-own-list", "never-answered");
        assertThat(answer.getList("verdicts[0].spark.followed")).hasSizeLessThanOrEqualTo(28);

        assertThat(recount.follows).as("some of the follows do not count").isBetween(350, 419);
        assertThat(recount.again).isPositive();
        String statement = answer.getString("verdicts[0].statement");
        assertThat(statement)
                .startsWith(
                        "%s – %s, %d follows. Of follows not returned, about %d in 100 were dropped within 28 days (at least "
                                .formatted(
                                        day(recount.first),
                                        day(recount.last),
                                        recount.follows,
                                        Math.round(100 * recount.dropped)))
                .contains("At the same age they were dropped %s times as often as returned ones (at least "
                        .formatted(roundedDown(recount.ratio)))
                .contains(
                        recount.again == 1
                                ? "1 follow was of an account"
                                : recount.again + " follows were of accounts");
        assertThat(reason(answer, "unreturned-drops", "value")).isEqualTo(recount.drops);
        assertThat(reason(answer, "dropped-within-28-days", "value")).isCloseTo(recount.dropped, within(.0001));
        assertThat(reason(answer, "selectivity-at-equal-age", "value")).isCloseTo(recount.ratio, within(.0001));
        assertThat(reason(answer, "unreturned-drops", "value")).isEqualTo(recount.drops);
        double lower = reason(answer, "dropped-within-28-days", "interval[0]");
        assertThat(lower).isBetween(.4, recount.dropped);
        assertThat(statement).contains("(at least %d)".formatted((int) (100 * lower)));
    }

    @Test
    void othersAreNotFoundOrUnknown() {
        Api.call()
                .get("/v1/accounts/bluesky/" + world.organicHandle)
                .then()
                .statusCode(200)
                .body("status", is("assessed"))
                .body("verdicts[0].standing", is("not-found"))
                .body("verdicts[0].missing", empty())
                .body("verdicts[0].statement", containsString("60 follows"))
                .body("verdicts[0].reviewAt", notNullValue());
        Api.call()
                .get("/v1/accounts/bluesky/" + world.newcomer)
                .then()
                .statusCode(200)
                .body("account.handle", nullValue())
                .body("verdicts[0].standing", is("unknown"))
                .body("verdicts[0].missing.code", hasItem("follows"))
                .body("verdicts[0].missing.find { it.code == 'follows' }.have", equalTo(5f))
                .body("verdicts[0].missing.find { it.code == 'follows' }.need", equalTo(20f));
        String stranger = Names.handle("stranger");
        Api.call()
                .get("/v1/accounts/bluesky/" + stranger)
                .then()
                .statusCode(200)
                .body("status", is("unknown"))
                .body("stale", is(false))
                .body("account.handle", is(stranger))
                .body("account.nativeId", nullValue())
                .body("verdicts.standing", everyItem(is("unknown")))
                .body("verdicts[0].missing", not(empty()));
    }

    @Test
    void anAccountAnswersToEveryFormOfItsName() {
        JsonPath expected = get("bluesky", world.churnerHandle);
        for (String name : List.of(
                "@" + world.churnerHandle,
                world.churnerHandle.toUpperCase(Locale.ROOT),
                world.churner,
                "id:" + Base64.getUrlEncoder().encodeToString(world.churner.getBytes(StandardCharsets.UTF_8)),
                "https://bsky.app/profile/" + world.churnerHandle)) {
            assertThat((Object) get("bluesky", name).get("verdicts")).as(name).isEqualTo(expected.get("verdicts"));
        }
    }

    @Test
    void theEvidenceAddsUpToWhatWasSent() throws IOException {
        Recount recount = new Recount(world.lines.list(), world.churner, world.end + 60);
        long follows = world.lines.list().stream()
                .filter(line -> line.contains("\"did\":\"" + world.churner))
                .filter(line -> line.contains("\"create\""))
                .count();
        JsonPath evidence = Api.call()
                .get("/v1/accounts/bluesky/" + world.churner + "/evidence")
                .then()
                .statusCode(200)
                .header("ETag", notNullValue())
                .body("coverage", hasSize(1))
                .body("coverage[0].source", is("stream"))
                .extract()
                .jsonPath();
        String series = "practices.'follow-churn'.series.find { it.id == 'followed' }.";
        assertThat(evidence.getLong(series + "n")).isEqualTo(follows);
        assertThat(evidence.getList(series + "values", Integer.class).stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo((int) follows);
        assertThat(evidence.getString(series + "step")).isEqualTo("P1D");
        assertThat(Instant.parse(evidence.getString("coverage[0].to")))
                .isEqualTo(Instant.ofEpochSecond(world.end + 60));
        List<String> columns = evidence.getList("practices.'follow-churn'.tables.find { it.id == 'counts' }.columns");
        List<Float> row = evidence.getList("practices.'follow-churn'.tables.find { it.id == 'counts' }.rows[0]");
        assertThat(row.get(columns.indexOf("follows"))).isEqualTo((float) follows);
        assertThat(row.get(columns.indexOf("counted"))).isEqualTo((float) recount.follows);
        assertThat(row.get(columns.indexOf("unreturnedDrops"))).isEqualTo((float) recount.drops);
    }

    @Test
    void aStrangersEvidenceIsEmpty() {
        Api.call()
                .get("/v1/accounts/x/nobody_at_all/evidence")
                .then()
                .statusCode(200)
                .body("coverage", empty())
                .body("practices", equalTo(Map.of()));
    }

    @Test
    void listAndRangesHoldTheChurnerUnderBothItsNamesAndNobodyElse() throws Exception {
        JsonPath manifest = Api.call()
                .get("/v1/list")
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("max-age=20"))
                .extract()
                .jsonPath();
        byte[] list = Api.call()
                .get("/v1/list/" + manifest.getLong("version"))
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("immutable"))
                .extract()
                .asByteArray();
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(list)))
                .isEqualTo(manifest.getString("sha256"));
        assertThat(list).hasSize(manifest.getInt("bytes"));
        TreeSet<String> hashes =
                new TreeSet<>(List.of(sha("bluesky:" + world.churner), sha("bluesky:@" + world.churnerHandle)));
        assertThat(Arrays.stream(ListCodec.decode(list)).mapToObj("%08x"::formatted))
                .containsExactlyElementsOf(
                        hashes.stream().map(hash -> hash.substring(0, 8)).toList());
        assertThat(manifest.getInt("entries")).isEqualTo(2);
        assertThat(manifest.getBoolean("demo")).isFalse();
        assertThat(manifest.getString("epoch")).hasSize(16);
        TreeSet<String> inRanges = new TreeSet<>();
        for (String prefix : "0123456789abcdef".split("")) {
            JsonPath range = Api.call()
                    .get("/v1/ranges/" + prefix)
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", "public, max-age=20, stale-if-error=86400, no-transform")
                    .extract()
                    .jsonPath();
            List<String> found = range.getList("entries.hash");
            assertThat(found).allMatch(hash -> hash.startsWith(prefix));
            inRanges.addAll(found);
            if (!found.isEmpty()) {
                assertThat(range.getString("entries[0].account.nativeId")).isEqualTo(world.churner);
                assertThat((Object) range.get("entries[0].verdicts"))
                        .as("ranges say what the look-up says")
                        .isEqualTo(get("bluesky", world.churner).get("verdicts.findAll { it.standing == 'likely' }"));
            }
        }
        assertThat(inRanges).isEqualTo(hashes);
    }

    @Test
    void whoHasTheBytesIsNotSentThemAgain() {
        long version = Api.call().get("/v1/list").jsonPath().getLong("version");
        for (String path : List.of(
                "/v1/list",
                "/v1/list/" + version,
                "/v1/ranges/0",
                "/v1/accounts/bluesky/" + world.churner,
                "/v1/accounts/bluesky/" + world.churner + "/evidence",
                "/v1/accounts/x/nobody")) {
            String etag = Api.call().get(path).then().statusCode(200).extract().header("ETag");
            assertThat(etag).as(path).matches("\"[0-9a-f]{32}\"");
            for (String known : List.of(etag, "\"other\", " + etag, "W/" + etag, "*")) {
                Api.call()
                        .header("If-None-Match", known)
                        .get(path)
                        .then()
                        .statusCode(304)
                        .header("ETag", etag)
                        .body(is(""));
            }
            Api.call().header("If-None-Match", "\"other\"").get(path).then().statusCode(200);
        }
    }

    @Test
    void wrongVersionsAndPrefixesAreRefusedWithTheirCode() {
        long version = Api.call().get("/v1/list").jsonPath().getLong("version");
        refused("/v1/list/" + (version + 1), 404, "version-expired");
        refused("/v1/list/0", 404, "version-expired");
        refused("/v1/list/999999999999999999", 404, "version-expired");
        for (String bad : List.of("x", "-1", "1.0", "9".repeat(19), "%20", "1e3")) {
            refused("/v1/list/" + bad, 400, "invalid-version");
        }
        for (String bad : List.of("00", "0123", "0".repeat(32), "0".repeat(3_000))) {
            refused("/v1/ranges/" + bad, 400, "wrong-prefix-length");
        }
        for (String bad : List.of("g", "A", "-", "%00", "%C3%A9", "0x")) {
            refused("/v1/ranges/" + bad, 400, "invalid-prefix");
        }
    }

    @Test
    void lookUpsAnswerInOrderAndABadItemSpoilsOnlyItself() {
        String stranger = Names.handle("stranger");
        Api.wrongCall()
                .contentType("application/json")
                .body("""
                        {"accounts": [
                          {"network": "bluesky", "name": "@%s"},
                          {"network": "friendster", "name": "a"},
                          {"network": "bluesky", "name": "%s"},
                          {"network": "x", "name": "no such name"},
                          null,
                          {"network": "bluesky", "name": "%s"},
                          {"network": "bluesky", "name": null},
                          {"network": "bluesky", "name": "%s"}
                        ]}""".formatted(
                                world.churnerHandle.toUpperCase(Locale.ROOT), stranger, world.organic, world.churner))
                .post("/v1/lookups")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body(
                        "results.status",
                        equalTo(List.of(
                                "assessed",
                                "invalid",
                                "unknown",
                                "invalid",
                                "invalid",
                                "assessed",
                                "invalid",
                                "assessed")))
                .body("results[0].input.name", is("@" + world.churnerHandle.toUpperCase(Locale.ROOT)))
                .body("results[0].account.nativeId", is(world.churner))
                .body("results[0].verdicts[0].standing", is("likely"))
                .body("results[1].input.network", is("friendster"))
                .body("results[1].problem.code", is("invalid-network"))
                .body("results[1].verdicts", nullValue())
                .body("results[2].account.handle", is(stranger))
                .body("results[3].problem.code", is("invalid-account"))
                .body("results[3].problem.detail", containsString("Write"))
                .body("results[5].verdicts[0].standing", is("not-found"))
                .body("results[7].verdicts[0].standing", is("likely"));
    }

    @Test
    void lookUpsTakeAHundred() {
        String item = "{\"network\":\"x\",\"name\":\"someone\"}";
        Api.call()
                .contentType("application/json")
                .body("{\"accounts\":[" + String.join(",", java.util.Collections.nCopies(100, item)) + "]}")
                .post("/v1/lookups")
                .then()
                .statusCode(200)
                .body("results", hasSize(100));
        Api.wrongCall()
                .contentType("application/json")
                .body("{\"accounts\":[" + String.join(",", java.util.Collections.nCopies(101, item)) + "]}")
                .post("/v1/lookups")
                .then()
                .statusCode(400)
                .body("code", is("too-many-items"));
    }

    private static JsonPath get(String network, String name) {
        return Api.call()
                .get("/v1/accounts/{network}/{name}", network, name)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static void refused(String path, int status, String code) {
        Api.wrongCall()
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", is(code))
                .body("detail", containsString("."));
    }

    private static double reason(JsonPath answer, String code, String field) {
        return answer.getDouble("verdicts[0].reasons.find { it.code == '%s' }.%s".formatted(code, field));
    }

    private static String sha(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private String day(LocalDate day) {
        String year = day.getYear()
                        == clock.instant().atZone(java.time.ZoneOffset.UTC).getYear()
                ? ""
                : " uuuu";
        return day.format(DateTimeFormatter.ofPattern("d MMM" + year, Locale.ENGLISH));
    }

    private static String roundedDown(double ratio) {
        return ratio < 10
                ? String.format(Locale.ROOT, "%.1f", Math.floor(ratio * 10) / 10)
                        .replaceFirst("\\.0$", "")
                : String.valueOf((int) ratio);
    }
}
