package org.fairfollow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Captured;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.verdict.Assessor;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Rulebook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the service holds against an account, exported by the API and judged again by the command. */
@QuarkusTest
class RecomputeApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Inject
    Pipeline pipeline;

    @Inject
    Assessor assessor;

    @Inject
    TestStore tables;

    @Inject
    Store store;

    @Inject
    DueQueue queue;

    @Inject
    Ledger ledger;

    @Inject
    TestClock clock;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void empty() {
        tables.empty();
        pipeline.judgeAndPublish();
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"buys-followers", "auto-follow-back", "unfollow-shaming", "automated-promotion", "never-replies"
            })
    void aListedVerdictIsFoundAgain(String practice) throws Exception {
        JsonNode export = export(captured(practice, "present"));
        JsonNode verdict = export.at("/practices/" + practice);
        assertThat(verdict.get("standing").asText()).isEqualTo("likely");
        assertThat(verdict.has("withheld")).isFalse();
        assertThat(recompute(export)).as(out + "" + err).isZero();
        assertThat(out.toString())
                .contains(practice + " by ", ": same", "those of this build")
                .doesNotContain("different");
    }

    @Test
    void theStreamsVerdictIsFoundAgainFromTheAddress() throws Exception {
        String path = listed();
        assertThat(run("recompute", RestAssured.baseURI + ":" + RestAssured.port + path + "/dossier"))
                .as(out + "" + err)
                .isZero();
        assertThat(out.toString()).contains("follow-churn by follow-churn/", "standing", "likely", "same");
    }

    @Test
    void numbersOfTheServiceAreNotThoseOfTheExport() throws Exception {
        for (int i = 0; i < 20; i++) {
            pipeline.send(new ListedAccount().lines).statusCode(200);
        }
        JsonNode follows = export(listed()).at("/practices/follow-churn/dossier/follows");
        assertThat(follows.findValues("target").stream()
                        .mapToInt(JsonNode::asInt)
                        .max()
                        .orElseThrow())
                .isLessThanOrEqualTo(follows.size());
    }

    @Test
    void signsAreExportedToo() throws Exception {
        JsonNode export = export(captured("automated-promotion", "borderline"));
        assertThat(export.at("/practices/automated-promotion/standing").asText())
                .isEqualTo("signs");
        assertThat(recompute(export)).isZero();
    }

    @Test
    void whatSinglePeopleToldStaysWhereItIs() throws Exception {
        JsonNode export = export(captured("auto-dm", "present"));
        JsonNode verdict = export.at("/practices/auto-dm");
        assertThat(verdict.get("standing").asText()).isEqualTo("likely");
        assertThat(verdict.get("withheld").asText()).isEqualTo("told");
        assertThat(verdict.has("dossier")).isFalse();
        assertThat(export.toString()).doesNotContain("bands", "fingerprint", "observer\"", "lastEvidenceAt", "weight");
        assertThat(recompute(export)).isEqualTo(2);
        assertThat(out.toString()).contains("not compared", "single people");
    }

    @Test
    void otherEvidenceIsCaught() throws Exception {
        JsonNode export = export(listed());
        ArrayNode follows = (ArrayNode) export.at("/practices/follow-churn/dossier/follows");
        for (int i = 0; i < 10; i++) {
            follows.remove(0);
        }
        assertThat(recompute(export)).isEqualTo(1);
        assertThat(out.toString()).contains("DIFFERENT", "different");
    }

    @Test
    void anotherValueIsCaught() throws Exception {
        JsonNode export = export(listed());
        ((ObjectNode) export.at("/practices/follow-churn/finding/reasons/0")).put("value", .9999);
        assertThat(recompute(export)).isEqualTo(1);
        assertThat(out.toString()).contains("0.9999");
    }

    @Test
    void anotherStandingIsCaught() throws Exception {
        JsonNode export = export(listed());
        ((ObjectNode) export.at("/practices/follow-churn")).put("standing", "signs");
        assertThat(recompute(export)).isEqualTo(1);
    }

    @Test
    void oldEvidenceDoesNotPassForNew() throws Exception {
        JsonNode export = export(listed());
        ((ObjectNode) export.at("/practices/follow-churn")).put("asOf", "2027-03-01T00:00:00Z");
        assertThat(recompute(export)).isEqualTo(1);
        assertThat(out.toString()).contains("as of");
    }

    @Test
    void underOtherRulesNothingIsCalledWrong() throws Exception {
        ObjectNode rulebook = (ObjectNode) JSON.readTree(Rulebook.bytes());
        ((ObjectNode) rulebook.at("/detectors/0/thresholds")).put("windowDays", 30);
        byte[] then = JSON.writeValueAsBytes(rulebook);
        Path file = Files.write(folder.resolve("rulebook.json"), then);
        ObjectNode export = (ObjectNode) export(listed());
        export.put("rules", Rulebook.sha256(then));
        assertThat(recompute(export)).as("the same all the same").isZero();
        assertThat(out.toString()).contains("this build has others");
        ((ObjectNode) export.at("/practices/follow-churn/finding/reasons/0")).put("value", .9999);
        assertThat(recompute(export)).isEqualTo(2);
        assertThat(recompute(export, "--rulebook", file.toString())).isEqualTo(2);
        assertThat(out.toString()).contains("follow-churn.thresholds.windowDays: then 30, now 90");
        export.put("rules", "0".repeat(64));
        assertThat(recompute(export, "--rulebook", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("not the one the export names");
    }

    @Test
    void rulesThatDifferElsewhereExcuseNothing() throws Exception {
        ObjectNode rulebook = (ObjectNode) JSON.readTree(Rulebook.bytes());
        ((ObjectNode) rulebook.at("/detectors/1/thresholds")).put("families", 5);
        byte[] then = JSON.writeValueAsBytes(rulebook);
        Path file = Files.write(folder.resolve("rulebook.json"), then);
        ObjectNode export = (ObjectNode) export(listed());
        export.put("rules", Rulebook.sha256(then));
        ((ObjectNode) export.at("/practices/follow-churn/finding/reasons/0")).put("value", .9999);
        assertThat(recompute(export, "--rulebook", file.toString())).isEqualTo(1);
    }

    @Test
    void whereNothingIsHeldThereIsNoDossier() throws Exception {
        for (String account : List.of(Names.did(), "nobody.example")) {
            Api.call()
                    .get("/v1/accounts/bluesky/" + account + "/dossier")
                    .then()
                    .statusCode(404)
                    .body("code", is("no-dossier"));
        }
        Api.wrongCall()
                .get("/v1/accounts/bluesky/no_body/dossier")
                .then()
                .statusCode(400)
                .body("code", is("invalid-account"));
        Captured absent = captured("automated-promotion", "absent");
        Api.call().get(absent.path() + "/dossier").then().statusCode(404);
        String address = RestAssured.baseURI + ":" + RestAssured.port + absent.path() + "/dossier";
        assertThat(run("recompute", address)).isEqualTo(2);
        assertThat(err.toString()).contains("404 no-dossier");
    }

    @Test
    void nothingIsToldBeforeItIsPublishedNorAfterItIsWithdrawn() throws Exception {
        Captured captured = new Captured("automated-promotion", "present");
        pipeline.send(captured.lines()).statusCode(200);
        while (assessor.judgeDue(Duration.ZERO) > 0) {
            // Until nobody is due.
        }
        Api.call().get(captured.path() + "/dossier").then().statusCode(404);
        pipeline.judgeAndPublish();
        Api.call().get(captured.path() + "/dossier").then().statusCode(200);
        clock.advance(Duration.ofDays(91));
        store.inTransaction(connection -> {
            queue.mark(connection, ledger.dueAgain(connection, clock.instant().getEpochSecond(), 1_000));
            return null;
        });
        pipeline.judgeAndPublish();
        Api.call().get(captured.path() + "/dossier").then().statusCode(404);
    }

    @Test
    void aCacheAsksEachTimeAndIsToldThatNothingChanged() throws Exception {
        String path = listed() + "/dossier";
        Response first = Api.call().get(path);
        first.then().statusCode(200).header("Cache-Control", is("no-cache"));
        Api.call()
                .header("If-None-Match", first.header("ETag"))
                .get(path)
                .then()
                .statusCode(304);
    }

    private Captured captured(String practice, String name) throws Exception {
        Captured captured = new Captured(practice, name);
        pipeline.send(captured.lines()).statusCode(200).body("rejected", hasSize(0));
        pipeline.judgeAndPublish();
        return captured;
    }

    private String listed() {
        ListedAccount churner = new ListedAccount();
        pipeline.send(churner.lines).statusCode(200);
        pipeline.judgeAndPublish();
        return "/v1/accounts/bluesky/" + churner.did;
    }

    private static JsonNode export(Captured captured) throws Exception {
        return export(captured.path());
    }

    private static JsonNode export(String path) throws Exception {
        return JSON.readTree(Api.call()
                .get(path + "/dossier")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray());
    }

    private int recompute(JsonNode export, String... options) throws Exception {
        Path file = folder.resolve("export.json");
        JSON.writeValue(file.toFile(), export);
        String[] arguments = new String[options.length + 2];
        arguments[0] = "recompute";
        arguments[1] = file.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return run(arguments);
    }

    private int run(String... arguments) {
        return new CommandLine(new Main.Root())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
