package org.fairfollow.lookup;

import jakarta.ws.rs.container.ContainerResponseContext;
import org.fairfollow.publication.Publisher;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Says on every answer when what is published may be out of date, because the database cannot be asked. */
public class StaleHeader {
    private static final String NAME = "Fairfollow-Stale";

    private final Publisher publisher;

    StaleHeader(Publisher publisher) {
        this.publisher = publisher;
    }

    @ServerResponseFilter
    public void mark(ContainerResponseContext response) {
        if (publisher.isStale()) {
            response.getHeaders().putSingle(NAME, "true");
        }
    }
}
