package org.fairfollow.review.disputes;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.fairfollow.account.AccountName;
import org.fairfollow.detection.Practice;
import org.fairfollow.http.Access;
import org.fairfollow.http.Body;
import org.fairfollow.http.Problem;
import org.fairfollow.http.Quota;
import org.fairfollow.lookup.PathName;
import org.fairfollow.reporter.DisputeToken;
import org.fairfollow.review.disputes.DisputeJson.Named;
import org.jspecify.annotations.Nullable;

/** {@code /v1/disputes}: owners answer what is held against their account. */
@Path("/v1/disputes")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DisputesResource {
    private final Disputes disputes;
    private final DisputeViews views;
    private final Erasures erasures;

    DisputesResource(Disputes disputes, DisputeViews views, Erasures erasures) {
        this.disputes = disputes;
        this.views = views;
        this.erasures = erasures;
    }

    record Opening(
            @Nullable Named account,
            @Nullable String practice,
            @Nullable List<String> practices,
            @Nullable String kind,
            @Nullable String rebuttal) {}

    record Words(@Nullable String rebuttal) {}

    @POST
    @Access(Access.Caller.ANYONE)
    @Quota(100)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response open(InputStream body, @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey) {
        Opening asked = Body.read(body, Opening.class);
        Named account = asked.account();
        if (account == null || account.network() == null || account.name() == null) {
            throw Problem.INVALID_BODY.with("Send {\"account\": {\"network\": …, \"name\": …}, \"practices\": […],"
                    + " \"rebuttal\": …}; openapi.yaml has the rest.");
        }
        AccountName name = PathName.parse(account.network(), account.name());
        List<String> ids = new ArrayList<>(Objects.requireNonNullElse(asked.practices(), List.of()));
        if (asked.practice() != null) {
            ids.add(asked.practice());
        }
        DisputeKind kind = kind(asked.kind());
        String retry = idempotencyKey == null
                ? null
                : String.join("\n", idempotencyKey, name.key(), ids.toString(), kind.id(), asked.rebuttal());
        Disputes.Opened opened = disputes.open(name, practices(ids), kind, asked.rebuttal(), retry);
        return unkept(Response.status(Status.CREATED).entity(views.of(opened.dispute(), opened.secretToken())));
    }

    @GET
    @Path("/{id}")
    @Access(Access.Caller.OWNER)
    @Quota
    public Response dispute(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return unkept(Response.ok(views.of(disputes.find(id, DisputeToken.hashIn(authorization)))));
    }

    /** Takes as long as the network does. */
    @POST
    @Path("/{id}/proof")
    @Access(Access.Caller.OWNER)
    @Quota(20)
    public Response prove(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return unkept(Response.ok(views.of(disputes.prove(id, DisputeToken.hashIn(authorization)))));
    }

    @PUT
    @Path("/{id}/rebuttal")
    @Access(Access.Caller.OWNER)
    @Quota(20)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response rewrite(
            @PathParam("id") String id,
            InputStream body,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        String words = Body.read(body, Words.class).rebuttal();
        return unkept(Response.ok(views.of(disputes.rewrite(id, DisputeToken.hashIn(authorization), words))));
    }

    @DELETE
    @Path("/{id}")
    @Access(Access.Caller.OWNER)
    @Quota
    public Response withdraw(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        disputes.withdraw(id, DisputeToken.hashIn(authorization));
        return unkept(Response.noContent());
    }

    @GET
    @Path("/{id}/history")
    @Access(Access.Caller.OWNER)
    @Quota(20)
    public Response history(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return unkept(Response.ok(views.history(disputes.find(id, DisputeToken.hashIn(authorization)))));
    }

    @POST
    @Path("/{id}/erasure")
    @Access(Access.Caller.OWNER)
    @Quota(20)
    public Response erase(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        byte[] token = DisputeToken.hashIn(authorization);
        erasures.erase(id, token);
        return unkept(Response.ok(views.of(disputes.find(id, token))));
    }

    static DisputeKind kind(@Nullable String id) {
        return DisputeKind.of(id == null ? DisputeKind.CONTEST.id() : id)
                .orElseThrow(() -> Problem.INVALID_BODY.with("The kind is \"contest\" or \"objection\"."));
    }

    static List<Practice> practices(List<String> ids) {
        if (ids.isEmpty() || ids.size() > Practice.values().length) {
            throw Problem.INVALID_PRACTICE.with(
                    "Name 1 to " + Practice.values().length + " practices; GET /v1/practices" + " has their ids.");
        }
        return ids.stream()
                .map(id -> Practice.of(String.valueOf(id))
                        .orElseThrow(() -> Problem.INVALID_PRACTICE.with("GET /v1/practices has the ids there are.")))
                .toList();
    }

    private static Response unkept(Response.ResponseBuilder answer) {
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
