package org.fairfollow.reporter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import org.fairfollow.http.Access;
import org.fairfollow.http.Body;
import org.fairfollow.http.Problem;
import org.jspecify.annotations.Nullable;

/** {@code /v1/keys}: the operator issues, lists and revokes keys. */
@Path("/v1/keys")
@RunOnVirtualThread
public class KeysResource {
    private final ApiKeys keys;

    KeysResource(ApiKeys keys) {
        this.keys = keys;
    }

    // A node, for a number would be taken from text and cut from a fraction.
    record Wish(@Nullable String label, @Nullable JsonNode requestsPerMinute) {}

    record Issued(@JsonUnwrapped ApiKey told, String key) {}

    @POST
    @Access(Access.Caller.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response issue(InputStream body, RoutingContext call) {
        Wish wish = Body.read(body, Wish.class);
        ApiKeys.Issued issued =
                keys.issue(wish.label(), requestsPerMinute(wish.requestsPerMinute()), Moderator.find(call));
        return unkept(Response.status(Status.CREATED).entity(new Issued(issued.key(), issued.secret())));
    }

    @GET
    @Access(Access.Caller.OPERATOR)
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(
            @QueryParam("after") @Nullable String after, @QueryParam("limit") @DefaultValue("100") String asked) {
        int limit = asked.matches("[0-9]{1,4}") ? Integer.parseInt(asked) : 0;
        if (limit < 1 || limit > ApiKeys.MOST_LISTED) {
            throw Problem.INVALID_LIMIT.with("Ask for 1 to " + ApiKeys.MOST_LISTED + " keys.");
        }
        return unkept(Response.ok(keys.list(after, limit)
                .orElseThrow(() -> Problem.NOT_FOUND.with("Take `after` from `next` of the page before."))));
    }

    @DELETE
    @Path("/{id}")
    @Access(Access.Caller.OPERATOR)
    @Produces(MediaType.APPLICATION_JSON)
    public Response revoke(@PathParam("id") String id, RoutingContext call) {
        if (!keys.revoke(id, Moderator.find(call))) {
            throw Problem.NOT_FOUND.with("Take the id from the list, GET /v1/keys.");
        }
        return unkept(Response.noContent());
    }

    private static @Nullable Integer requestsPerMinute(@Nullable JsonNode wish) {
        if (wish == null || wish.isNull()) {
            return null;
        }
        // What is no whole number, or too large to be one, is refused like one that is too small.
        return wish.isIntegralNumber() && wish.canConvertToInt() ? wish.intValue() : Integer.valueOf(0);
    }

    private static Response unkept(Response.ResponseBuilder answer) {
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
