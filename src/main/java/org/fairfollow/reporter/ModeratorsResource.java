package org.fairfollow.reporter;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.util.List;
import org.fairfollow.http.Access;
import org.fairfollow.http.Body;
import org.fairfollow.http.Problem;
import org.jspecify.annotations.Nullable;

/** {@code /v1/moderation/moderators}: operators see to the accounts of those who sign in. */
@Path("/v1/moderation/moderators")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ModeratorsResource {
    private final Moderators moderators;

    ModeratorsResource(Moderators moderators) {
        this.moderators = moderators;
    }

    record Wish(@Nullable String name, @Nullable String role) {}

    record Wanted(@Nullable String role) {}

    record Listing(List<Moderators.Told> moderators) {}

    @POST
    @Access(Access.Caller.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(InputStream body, RoutingContext call) {
        Wish wish = Body.read(body, Wish.class);
        Moderators.Invitation invitation = moderators.add(wish.name(), wish.role(), Moderator.find(call));
        return unkept(Response.status(Status.CREATED).entity(invitation));
    }

    @GET
    @Access(Access.Caller.OPERATOR)
    public Response all() {
        return unkept(Response.ok(new Listing(moderators.all())));
    }

    @POST
    @Path("/{name}/invitation")
    @Access(Access.Caller.OPERATOR)
    public Response reset(@PathParam("name") String name, RoutingContext call) {
        return unkept(Response.status(Status.CREATED)
                .entity(moderators.reset(name, Moderator.find(call)).orElseThrow(ModeratorsResource::unknown)));
    }

    @PUT
    @Path("/{name}/role")
    @Access(Access.Caller.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response changeRole(@PathParam("name") String name, InputStream body, RoutingContext call) {
        Wanted wanted = Body.read(body, Wanted.class);
        return unkept(Response.ok(moderators
                .changeRole(name, wanted.role(), Moderator.find(call))
                .orElseThrow(ModeratorsResource::unknown)));
    }

    @DELETE
    @Path("/{name}")
    @Access(Access.Caller.OPERATOR)
    public Response close(@PathParam("name") String name, RoutingContext call) {
        if (!moderators.close(name, Moderator.find(call))) {
            throw unknown();
        }
        return unkept(Response.noContent());
    }

    private static RuntimeException unknown() {
        return Problem.NOT_FOUND.with("Take the name of an open account from GET /v1/moderation/moderators.");
    }

    private static Response unkept(Response.ResponseBuilder answer) {
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
