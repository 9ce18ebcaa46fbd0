package org.fairfollow.intake.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fairfollow.evidence.EvidenceLog;
import org.fairfollow.evidence.StreamCursor;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.JetstreamStub;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Seed;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What eight weeks of the stream make known by themselves, nobody reporting anything. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamToVerdictApiTest {
    /** More than once in every account's time. */
    private static final int CUTS = 12;

    @Inject
    Pipeline pipeline;

    @Inject
    TestStore tables;

    @Inject
    EvidenceLog log;

    @Inject
    StreamCursor cursor;

    @Inject
    StreamFigures figures;

    @Inject
    Clock clock;

    private StreamOfWeeks weeks;

    @BeforeEach
    void letTheWeeksGoByOnce() throws InterruptedException {
        if (weeks != null) {
            return;
        }
        tables.empty();
        weeks = new StreamOfWeeks();
        try (JetstreamStub stub = JetstreamStub.start()) {
            Random random = Seed.random("the cuts of the stream");
            random.ints(CUTS, 1, 1_000).forEach(stub::cutAfterEvents);
            Thread follower = Thread.startVirtualThread(() -> follow(stub));
            while (stub.asked().isEmpty()) {
                Thread.onSpinWait();
            }
            stub.say(weeks.events());
            follower.join();
        }
        pipeline.judgeAndPublish();
    }

    private void follow(JetstreamStub stub) {
        long end = weeks.endMicros();
        JetstreamConsumer consumer = new JetstreamConsumer(
                stub.url(),
                "a test",
                log,
                cursor,
                figures,
                clock,
                new Backoff(new Random()),
                (time, goOn) -> {},
                new JetstreamConsumer.Patience(Duration.ofMillis(20), Duration.ofSeconds(60)));
        try {
            consumer.run(() -> cursor.time().orElse(0) < end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoeverChurnsIsListedWithWhatWasSeenAndWhen() {
        JsonPath told = verdict(weeks.churner);
        assertThat(told.getString("standing")).isEqualTo("likely");
        assertThat(told.getString("statement"))
                .matches("\\d+ \\w+ – \\d+ \\w+, 300 follows\\..+dropped within 28 days.+");
        assertThat(told.getList("reasons.code")).contains("dropped-within-28-days", "selectivity-at-equal-age");
        assertThat(told.getMap("sources")).isEqualTo(Map.of("measured", 1, "reported", 0));
        assertThat(told.getMap("spark")).isNotNull();
        assertThat(tables.count("SELECT COUNT(*) FROM report")).isZero();
        assertThat(get(weeks.churnerHandle).getString("verdicts[0].standing")).isEqualTo("likely");
    }

    @Test
    void itsVerdictGoesWithItToItsNewHandleAndTheOldOneCarriesNothing() {
        assertThat(get(weeks.newHandle).getString("verdicts[0].standing")).isEqualTo("likely");
        JsonPath former = get(weeks.formerHandle);
        assertThat(former.getString("account.nativeId")).isNull();
        assertThat(former.getList("verdicts.standing", String.class)).allMatch("unknown"::equals);
    }

    @Test
    void nobodyElseIsAccused() {
        for (String did : List.of(weeks.deleted, weeks.renamed, weeks.suspended, weeks.forsaken)) {
            assertThat(verdict(did).getString("standing"))
                    .as(
                            did.equals(weeks.deleted)
                                    ? "deleted"
                                    : did.equals(weeks.renamed)
                                            ? "renamed"
                                            : did.equals(weeks.suspended) ? "suspended" : "forsaken")
                    .isIn("unknown", "not-found");
        }
        assertThat(Api.call().get("/v1/list").jsonPath().getInt("entries"))
                .as("two churners, each by handle and by id")
                .isEqualTo(4);
    }

    private static JsonPath verdict(String did) {
        return get(did).setRootPath("verdicts[0]");
    }

    private static JsonPath get(String name) {
        return Api.call()
                .get("/v1/accounts/bluesky/{name}", name)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
