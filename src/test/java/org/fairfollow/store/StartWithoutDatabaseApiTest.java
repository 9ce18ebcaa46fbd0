package org.fairfollow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.store.DatabaseAwayApiTest.assertAway;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.fairfollow.operations.Readiness;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.JetstreamLines;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** The service starts while its database is away: it is live, says what it cannot do, and does it once it can. */
@QuarkusTest
@TestProfile(StartWithoutDatabaseApiTest.Cut.class)
class StartWithoutDatabaseApiTest {
    public static final class Cut implements QuarkusTestProfile {
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(TestDatabase.class, Map.of("line", "cut")));
        }
    }

    DatabaseLine line;

    @Inject
    Heartbeat heartbeat;

    @Inject
    Pipeline pipeline;

    @Inject
    Readiness readiness;

    @Test
    void itIsLiveAndWaitsAndGoesOnWhenTheDatabaseIsThere() throws InterruptedException {
        readiness.open();
        Api.unknownCall().get("/q/health/live").then().statusCode(200);
        Api.unknownCall().get("/q/health/ready").then().statusCode(503);
        Api.call()
                .get("/v1/list")
                .then()
                .statusCode(503)
                .header("Retry-After", Integer::parseInt, greaterThan(0))
                .body("code", is("nothing-published"));
        JetstreamLines lines = new JetstreamLines();
        lines.follow(Names.did(), Names.did(), Instant.now().minusSeconds(3_600));
        assertAway(pipeline.send(lines));
        assertAway(
                Api.call().get("/v1/accounts/bluesky/nobody.example/evidence").then());

        line.restore();
        heartbeat.awaitDatabase();
        pipeline.send(lines).statusCode(200).body("accepted", is(1));
        pipeline.judgeAndPublish();
        Api.unknownCall().get("/q/health/ready").then().statusCode(200);
        String epoch =
                Api.call().get("/v1/list").then().statusCode(200).extract().path("epoch");
        assertThat(epoch).matches("[0-9a-f]{16}");
    }
}
