package org.fairfollow.review.disputes;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.fairfollow.detection.Practice;
import org.fairfollow.http.Access;
import org.fairfollow.http.Quota;
import org.fairfollow.reporter.Moderator;
import org.fairfollow.review.disputes.DisputeJson.Named;

/** {@code /v1/moderation/proofs}: moderators look for the codes that no program may look for. */
@Path("/v1/moderation/proofs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ProofsResource {
    private final Proofs proofs;

    ProofsResource(Proofs proofs) {
        this.proofs = proofs;
    }

    record Listed(int waiting, List<Proof> proofs) {}

    record Proof(
            String id,
            Named account,
            String profileUrl,
            String code,
            DisputeKind kind,
            List<Practice> practices,
            Instant waitingSince,
            Instant waitingUntil) {
        static Proof of(Disputes.Awaiting one) {
            return new Proof(
                    one.id(),
                    new Named(one.account().network().id(), one.account().value()),
                    one.profileUrl(),
                    one.code(),
                    one.kind(),
                    one.practices(),
                    Instant.ofEpochSecond(one.since()),
                    Instant.ofEpochSecond(one.until()));
        }
    }

    @GET
    @Access(Access.Caller.MODERATOR)
    public Response list() {
        Proofs.Waiting waiting = proofs.waiting();
        return unkept(new Listed(
                waiting.count(), waiting.first().stream().map(Proof::of).toList()));
    }

    @POST
    @Path("/{id}/confirmation")
    @Access(Access.Caller.MODERATOR)
    @Quota
    public Response confirm(@PathParam("id") String id, @Context RoutingContext call) {
        return unkept(proofs.confirm(Moderator.of(call), id));
    }

    @POST
    @Path("/{id}/refusal")
    @Access(Access.Caller.MODERATOR)
    @Quota
    public Response refuse(@PathParam("id") String id, @Context RoutingContext call) {
        return unkept(proofs.refuse(Moderator.of(call), id));
    }

    private static Response unkept(Object answer) {
        return Response.ok(answer).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
