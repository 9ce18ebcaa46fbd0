package org.fairfollow.operations;

import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Pipeline;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReadinessApiTest {
    @Inject
    Readiness readiness;

    @Inject
    Pipeline pipeline;

    @Test
    void readyIsWhoHasASnapshotAndIsDoneStarting() {
        pipeline.judgeAndPublish();
        Api.unknownCall().get("/q/health/ready").then().statusCode(503).body("status", is("DOWN"));
        readiness.open();
        Api.unknownCall().get("/q/health/ready").then().statusCode(200).body("status", is("UP"));
    }
}
