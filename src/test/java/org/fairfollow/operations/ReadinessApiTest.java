package org.fairfollow.operations;

import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.Pipeline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReadinessApiTest {
    DatabaseLine line;

    @Inject
    Readiness readiness;

    @Inject
    Store store;

    @Inject
    Pipeline pipeline;

    @AfterEach
    void bringTheDatabaseBack() {
        line.restore();
        until(false);
    }

    @Test
    void readyIsWhoHasASnapshotAndIsDoneStartingWithOrWithoutADatabase() {
        pipeline.judgeAndPublish();
        ready(503).body("status", is("DOWN"));
        Api.unknownCall().get("/q/health/live").then().statusCode(200).body("status", is("UP"));

        readiness.open();

        int version = Api.call().get("/v1/list").path("version");
        ready(200)
                .body("status", is("UP"))
                .body("checks.find { it.name == 'snapshot' }.data.version", is(version))
                .body("checks.find { it.name == 'snapshot' }.data.publishedAt", notNullValue())
                .body("checks.find { it.name == 'snapshot' }.data.ageSeconds", greaterThanOrEqualTo(0))
                .body("checks.find { it.name == 'snapshot' }.data.stale", is(false))
                .body("checks.find { it.name == 'snapshot' }.data.database", is("up"));

        line.cut();
        until(true);

        ready(200)
                .body("status", is("UP"))
                .body("checks.find { it.name == 'snapshot' }.data.version", is(version))
                .body("checks.find { it.name == 'snapshot' }.data.stale", is(true))
                .body("checks.find { it.name == 'snapshot' }.data.database", is("away"));
        Api.unknownCall().get("/q/health/live").then().statusCode(200).body("status", is("UP"));
    }

    private static ValidatableResponse ready(int status) {
        return Api.unknownCall().get("/q/health/ready").then().statusCode(status);
    }

    /** The service finds out by itself. */
    private void until(boolean away) {
        while (store.isAway() != away) {
            Thread.onSpinWait();
        }
    }
}
