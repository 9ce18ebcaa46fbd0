package org.fairfollow.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The service with all an operator may turn on, for whatever tests of that: each start of another takes ten seconds. It stands
 * behind a proxy that speaks https, with little patience for slow bodies and none but that for anything else; it tells
 * everything, in JSON logs and traces, and so do its libraries; and it has the demonstration's pages.
 */
public final class Deployed implements QuarkusTestProfile {
    public static final Path LOG = Project.folder().resolve("target/deployed.log");

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("fairfollow.public-url", "https://fairfollow.example"),
                Map.entry("fairfollow.trusted-proxies", "127.0.0.1"),
                Map.entry("fairfollow.metrics-from", "203.0.113.0/24"),
                Map.entry("fairfollow.slowest-body", "200ms"),
                Map.entry("quarkus.http.idle-timeout", "1h"),
                Map.entry("quarkus.http.read-timeout", "1h"),
                Map.entry("quarkus.log.file.enabled", "true"),
                Map.entry("quarkus.log.file.path", LOG.toString()),
                Map.entry("quarkus.log.file.json.enabled", "true"),
                Map.entry("quarkus.otel.simple", "true"),
                Map.entry("quarkus.otel.instrument.vertx-http", "true"),
                Map.entry("quarkus.otel.instrument.rest", "true"),
                Map.entry("fairfollow.demo", "true"));
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(TraceReceiver.class));
    }
}
