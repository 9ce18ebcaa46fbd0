package org.fairfollow.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.fairfollow.http.Access;
import org.fairfollow.publication.Publisher;
import org.fairfollow.publication.Publisher.Held;
import org.fairfollow.publication.Snapshot;
import org.fairfollow.reporter.AuditLog;
import org.fairfollow.reporter.Moderator;
import org.jspecify.annotations.Nullable;

/** {@code /v1/moderation/release}: whether a release waits because too much changed at once, and the word that lets it pass. */
@Path("/v1/moderation/release")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ReleaseResource {
    private final Publisher publisher;
    private final AuditLog log;

    ReleaseResource(Publisher publisher, AuditLog log) {
        this.publisher = publisher;
        this.log = log;
    }

    /** @param held null while nothing waits */
    record State(
            long version,
            boolean stale,
            @JsonProperty @Nullable Held held) {}

    @GET
    @Access(Access.Caller.OPERATOR)
    public Response state() {
        return answer();
    }

    /** Doing it twice lets pass what came in between. */
    @POST
    @Path("/approval")
    @Access(Access.Caller.OPERATOR)
    public Response approve(RoutingContext call) {
        log.write(Moderator.find(call), "release-approved", "", "");
        publisher.approve();
        publisher.publish();
        return answer();
    }

    private Response answer() {
        long version = publisher
                .current()
                .map(Snapshot::manifest)
                .map(manifest -> manifest.version())
                .orElse(0L);
        return Response.ok(
                        new State(version, publisher.isStale(), publisher.held().orElse(null)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
