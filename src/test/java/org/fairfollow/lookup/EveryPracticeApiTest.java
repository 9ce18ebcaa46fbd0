package org.fairfollow.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.fairfollow.detection.Rounded;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.evidence.Observation;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Captured;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.Told;
import org.fairfollow.verdict.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The captures of each practice, sent in by the door: what is published can be followed back to counts. */
@QuarkusTest
class EveryPracticeApiTest {
    @Inject
    Pipeline pipeline;

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

    private Captured captured;

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "buys-followers",
                "auto-dm",
                "auto-follow-back",
                "unfollow-shaming",
                "automated-promotion",
                "never-replies"
            })
    void whatIsPublishedCanBeFollowedBackToCounts(String practice) throws Exception {
        JsonPath answer = answerTo(practice, "present");
        Map<String, Object> verdict = verdict(answer, practice);
        assertThat(verdict).containsEntry("standing", "likely").containsEntry("confidence", null);
        assertThat((String) verdict.get("statement")).isNotBlank();
        if (!practice.equals("auto-follow-back")) { // There it depends on the hour how many follows are a day old.
            assertThat(
                            answer
                                    .getList("verdicts.find { it.practice == '%s' }.reasons.value".formatted(practice))
                                    .stream()
                                    .map(value -> Rounded.nearest(((Number) value).doubleValue(), 4)))
                    .containsExactlyElementsOf(captured.finding().get("reasons").findValues("value").stream()
                            .map(JsonNode::asDouble)
                            .toList());
        }
        assertThat((List<?>) verdict.get("reasons")).isNotEmpty();
        assertThat((List<?>) verdict.get("caveats")).isNotEmpty();
        JsonPath evidence = Api.call()
                .get(captured.path() + "/evidence")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(evidence.getList("practices.'" + practice + "'.tables.rows")).isNotEmpty();
        String hash = captured.account().hash().hex();
        int length = Api.call().get("/v1/list").then().statusCode(200).extract().path("prefixLength");
        Api.call()
                .get("/v1/ranges/" + hash.substring(0, length))
                .then()
                .statusCode(200)
                .body("entries.find { it.hash == '%s' }.verdicts[0].practice".formatted(hash), is(practice));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto-dm", "auto-follow-back", "unfollow-shaming", "automated-promotion", "never-replies"})
    void signsAreToldToWhoeverAsksAndNeverListed(String practice) throws Exception {
        JsonPath answer = answerTo(practice, "borderline");
        assertThat(verdict(answer, practice)).containsEntry("standing", "signs");
        assertThat(Api.call().get("/v1/list").then().extract().<Integer>path("entries"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "buys-followers",
                "auto-dm",
                "auto-follow-back",
                "unfollow-shaming",
                "automated-promotion",
                "never-replies"
            })
    void nothingIsHeldNinetyDaysAfterTheLastEvidence(String practice) throws Exception {
        answerTo(practice, "present");
        clock.advance(Duration.ofDays(91));
        store.inTransaction(connection -> {
            queue.mark(connection, ledger.dueAgain(connection, clock.instant().getEpochSecond(), 1_000));
            return null;
        });
        pipeline.judgeAndPublish();
        Map<String, Object> verdict = verdict(answer(), practice);
        assertThat(verdict).containsEntry("standing", "unknown").containsEntry("reviewAt", null);
        assertThat((List<?>) verdict.get("missing")).isNotEmpty();
        assertThat(Api.call().get("/v1/list").then().extract().<Integer>path("entries"))
                .isZero();
    }

    @Test
    void theOwnersWordTakesBoughtBatchesOffTheList() throws Exception {
        answerTo("buys-followers", "present");
        long now = Instant.now().getEpochSecond();
        pipeline.send(Captured.bytes(List.of(Told.line(
                        captured.account(),
                        new Observation.OwnerStatement(
                                now - 5, "owner", true, Observation.OwnerClaim.FOLLOWERS_NOT_ORDERED)))))
                .statusCode(200)
                .body("accepted", is(1));
        pipeline.judgeAndPublish();
        Map<String, Object> verdict = verdict(answer(), "buys-followers");
        assertThat(verdict).containsEntry("standing", "signs");
        assertThat((List<?>) verdict.get("caveats")).asString().contains("owner-did-not-order");
        assertThat(Api.call().get("/v1/list").then().extract().<Integer>path("entries"))
                .isZero();
    }

    private JsonPath answerTo(String practice, String capture) throws Exception {
        tables.empty();
        pipeline.judgeAndPublish();
        captured = new Captured(practice, capture);
        pipeline.send(captured.lines()).statusCode(200).body("rejected", empty());
        pipeline.judgeAndPublish();
        return answer();
    }

    private JsonPath answer() {
        return Api.call().get(captured.path()).then().statusCode(200).extract().jsonPath();
    }

    private static Map<String, Object> verdict(JsonPath answer, String practice) {
        return answer.getMap("verdicts.find { it.practice == '" + practice + "' }");
    }
}
