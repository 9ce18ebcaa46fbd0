package org.fairfollow.review;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.fairfollow.http.Access;
import org.fairfollow.http.Body;
import org.fairfollow.http.Quota;
import org.fairfollow.reporter.Moderator;
import org.jspecify.annotations.Nullable;

/** {@code /v1/moderation/cases}: what is known of an account, and what moderators decide about it. */
@Path("/v1/moderation/cases/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CasesResource {
    private static final String RETRY = "Idempotency-Key";

    private final Cases cases;
    private final Rulings rulings;

    CasesResource(Cases cases, Rulings rulings) {
        this.cases = cases;
        this.rulings = rulings;
    }

    @GET
    @Access(Access.Caller.REVIEWER)
    public Response read(@PathParam("id") String id) {
        return Response.ok(cases.read(id))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @POST
    @Path("/rulings")
    @Access(Access.Caller.MODERATOR)
    @Quota
    @Consumes(MediaType.APPLICATION_JSON)
    public Response rule(
            @PathParam("id") String id,
            InputStream body,
            @HeaderParam(RETRY) @Nullable String retry,
            @Context RoutingContext call) {
        Rulings.Asked asked = Body.read(body, Rulings.Asked.class);
        return answer(rulings.rule(Moderator.of(call), id, asked, retry));
    }

    @POST
    @Path("/proposals/{proposal}/agreement")
    @Access(Access.Caller.MODERATOR)
    @Quota
    @Consumes(MediaType.APPLICATION_JSON)
    public Response agree(
            @PathParam("id") String id,
            @PathParam("proposal") String proposal,
            InputStream body,
            @HeaderParam(RETRY) @Nullable String retry,
            @Context RoutingContext call) {
        Rulings.Agreed agreed = Body.read(body, Rulings.Agreed.class);
        return answer(rulings.agree(Moderator.of(call), id, proposal, agreed, retry));
    }

    @POST
    @Path("/proposals/{proposal}/rejection")
    @Access(Access.Caller.MODERATOR)
    @Quota
    public Response reject(
            @PathParam("id") String id,
            @PathParam("proposal") String proposal,
            @HeaderParam(RETRY) @Nullable String retry,
            @Context RoutingContext call) {
        return answer(rulings.reject(Moderator.of(call), id, proposal, retry));
    }

    private static Response answer(Rulings.Answer answer) {
        return Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON)
                .entity(answer.json())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
