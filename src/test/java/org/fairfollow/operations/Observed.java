package org.fairfollow.operations;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fairfollow.testing.Project;
import org.fairfollow.testing.TraceReceiver;

/** The service as an operator runs it who wants to know everything: logs in JSON, tracing, and libraries that trace too. */
public final class Observed implements QuarkusTestProfile {
    static final Path LOG = Project.folder().resolve("target/observed.log");

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.log.file.enabled", "true",
                "quarkus.log.file.path", LOG.toString(),
                "quarkus.log.file.json.enabled", "true",
                "quarkus.otel.simple", "true",
                "quarkus.otel.instrument.vertx-http", "true",
                "quarkus.otel.instrument.rest", "true");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(TraceReceiver.class));
    }
}
