package org.fairfollow.review;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.fairfollow.http.Access;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/moderation/queue}: accounts somebody should look at, the most urgent first. */
@Path("/v1/moderation/queue")
public class QueueResource {
    private final Queue queue;

    QueueResource(Queue queue) {
        this.queue = queue;
    }

    @GET
    @Access(value = Access.Caller.REVIEWER, operatorTokenToo = true)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response queue(
            @QueryParam("limit") @DefaultValue("50") String limit,
            @QueryParam("after") @Nullable String after,
            @QueryParam("practice") @Nullable String practice,
            @QueryParam("network") @Nullable String network,
            @QueryParam("state") @Nullable String state) {
        return Response.ok(queue.page(QueueQuery.of(limit, after, practice, network, state)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
