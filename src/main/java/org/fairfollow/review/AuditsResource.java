package org.fairfollow.review;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.fairfollow.http.Access;
import org.fairfollow.http.Body;
import org.fairfollow.http.Quota;
import org.fairfollow.reporter.Moderator;
import org.jspecify.annotations.Nullable;

/** {@code /v1/moderation/audits}: one account after the other to look at, without the rule's word on it. */
@Path("/v1/moderation/audits")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AuditsResource {
    private final BlindAudits audits;

    AuditsResource(BlindAudits audits) {
        this.audits = audits;
    }

    record Wish(
            @Nullable String answer,
            @Nullable String cause,
            @Nullable String note) {}

    /** Asking again gets the same task and more time for it. */
    @GET
    @Path("/next")
    @Access(Access.Caller.REVIEWER)
    @Quota
    public Response next(RoutingContext call) {
        return unkept(audits.next(Moderator.of(call)).map(Response::ok).orElseGet(Response::noContent));
    }

    @POST
    @Path("/{id}")
    @Access(Access.Caller.REVIEWER)
    @Quota
    @Consumes(MediaType.APPLICATION_JSON)
    public Response answer(@PathParam("id") String id, InputStream body, RoutingContext call) {
        Wish wish = Body.read(body, Wish.class);
        return unkept(Response.ok(audits.answer(Moderator.of(call), id, wish.answer(), wish.cause(), wish.note())));
    }

    private static Response unkept(Response.ResponseBuilder answer) {
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
