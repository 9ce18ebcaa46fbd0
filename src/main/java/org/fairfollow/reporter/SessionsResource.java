package org.fairfollow.reporter;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.time.Instant;
import org.fairfollow.http.Access;
import org.fairfollow.http.Body;
import org.fairfollow.http.ClientAddress;
import org.fairfollow.http.Quota;
import org.jspecify.annotations.Nullable;

/** {@code /v1/moderation/sessions} and {@code /password}: signing in and out for tools; people have pages for it. */
@Path("/v1/moderation")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SessionsResource {
    private final SignIn signIn;
    private final Sessions sessions;
    private final ClientAddress clientAddress;

    SessionsResource(SignIn signIn, Sessions sessions, ClientAddress clientAddress) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.clientAddress = clientAddress;
    }

    record Credentials(
            @Nullable String name,
            @Nullable String password,
            @Nullable String code) {}

    record Passwords(@Nullable String former, @Nullable String password) {}

    record Signed(
            String token,
            String role,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant endsAt) {
        static Signed of(Sessions.Opened opened) {
            return new Signed(opened.secretToken(), opened.moderator().role().id(), opened.endsAt());
        }
    }

    @POST
    @Path("/sessions")
    @Access(Access.Caller.ANYONE)
    @Quota(10)
    public Response open(InputStream body, RoutingContext call) {
        Credentials given = Body.read(body, Credentials.class);
        Sessions.Opened opened =
                signIn.signIn(given.name(), given.password(), given.code(), clientAddress.of(call.request()));
        return unkept(Response.status(Status.CREATED).entity(Signed.of(opened)));
    }

    @DELETE
    @Path("/sessions/mine")
    @Access(Access.Caller.REVIEWER)
    public Response end(RoutingContext call) {
        sessions.end(SessionToken.of(call).secret());
        return unkept(Response.noContent());
    }

    @POST
    @Path("/password")
    @Access(Access.Caller.REVIEWER)
    @Quota(10)
    public Response changePassword(InputStream body, RoutingContext call) {
        Passwords given = Body.read(body, Passwords.class);
        Sessions.Opened opened = signIn.changePassword(
                Moderator.of(call), given.former(), given.password(), clientAddress.of(call.request()));
        return unkept(Response.ok(Signed.of(opened)));
    }

    private static Response unkept(Response.ResponseBuilder answer) {
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
