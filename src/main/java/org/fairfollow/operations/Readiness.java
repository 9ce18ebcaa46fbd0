package org.fairfollow.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Ready as soon as there is a snapshot to read from; a database that goes away later does not make it unready. */
@ApplicationScoped
public class Readiness {
    private final Condition condition;
    private volatile boolean open;

    Readiness(Condition condition) {
        this.condition = condition;
    }

    /** What had to be done before serving is done. */
    public void open() {
        open = true;
    }

    @Produces
    @ApplicationScoped
    @org.eclipse.microprofile.health.Readiness
    HealthCheck snapshot() {
        return () -> {
            HealthCheckResponseBuilder answer = HealthCheckResponse.named("snapshot")
                    .status(open && condition.served().isPresent())
                    .withData("stale", condition.isStale())
                    .withData("database", condition.isDatabaseUp() ? "up" : "away");
            condition.served().ifPresent(release -> answer.withData("version", release.version())
                    .withData("publishedAt", release.publishedAt().toString())
                    .withData("ageSeconds", condition.age(release).toSeconds()));
            return answer.build();
        };
    }
}
