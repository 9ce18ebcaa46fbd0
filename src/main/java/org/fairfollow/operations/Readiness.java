package org.fairfollow.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.fairfollow.publication.Publisher;

/** Ready as soon as there is a snapshot to read from; a database that goes away later does not make it unready. */
@ApplicationScoped
public class Readiness {
    private final Publisher publisher;
    private volatile boolean open;

    Readiness(Publisher publisher) {
        this.publisher = publisher;
    }

    /** What had to be done before serving is done. */
    public void open() {
        open = true;
    }

    @Produces
    @ApplicationScoped
    @org.eclipse.microprofile.health.Readiness
    HealthCheck snapshot() {
        return () -> HealthCheckResponse.named("snapshot")
                .status(open && publisher.current().isPresent())
                .build();
    }
}
