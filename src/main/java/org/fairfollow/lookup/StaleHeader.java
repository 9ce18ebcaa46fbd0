package org.fairfollow.lookup;

import jakarta.ws.rs.container.ContainerResponseContext;
import org.fairfollow.publication.Publisher;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Says on every answer whether what is published may be out of date, because the database cannot be asked. */
public class StaleHeader {
    private static final String NAME = "Fairfollow-Stale";

    private final Publisher publisher;

    StaleHeader(Publisher publisher) {
        this.publisher = publisher;
    }

    @ServerResponseFilter
    public void mark(ContainerResponseContext response) {
        // Said either way: a cache that has "true" takes "false" from a 304, but would not take nothing.
        response.getHeaders().putSingle(NAME, String.valueOf(publisher.isStale()));
    }
}
