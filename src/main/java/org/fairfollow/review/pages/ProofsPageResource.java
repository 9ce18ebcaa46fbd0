package org.fairfollow.review.pages;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.fairfollow.http.Access;
import org.fairfollow.http.Form;
import org.fairfollow.http.Page;
import org.fairfollow.http.Quota;
import org.fairfollow.reporter.Moderator;
import org.fairfollow.reporter.SessionToken;
import org.fairfollow.review.disputes.Disputes;
import org.fairfollow.review.disputes.Proofs;
import org.jspecify.annotations.Nullable;

/** Codes that moderators look for by eye, with the forms to say what stands there. */
@Path("/moderation/proofs")
@Produces(Page.HTML)
@RunOnVirtualThread
public class ProofsPageResource {
    private static final String LIST = "/moderation/proofs";

    private final Page page;
    private final Desks desks;
    private final Proofs proofs;

    ProofsPageResource(Page page, Desks desks, Proofs proofs) {
        this.page = page;
        this.desks = desks;
        this.proofs = proofs;
    }

    /** @param refusal null at first */
    record View(Desk desk, Proofs.Waiting waiting, @Nullable String refusal) {
        String name(Disputes.Awaiting one) {
            return (one.account().isHandle() ? "@" : "") + one.account().value();
        }

        String since(Disputes.Awaiting one) {
            return Words.moment(Instant.ofEpochSecond(one.since()));
        }

        String until(Disputes.Awaiting one) {
            return Words.moment(Instant.ofEpochSecond(one.until()));
        }
    }

    @GET
    @Access(Access.Caller.MODERATOR)
    public Response read(@Context RoutingContext call) {
        return page(Status.OK, null, call);
    }

    @POST
    @Path("/{id}/confirmation")
    @Access(Access.Caller.MODERATOR)
    @Quota
    @Consumes(Form.TYPE)
    public Response confirm(@PathParam("id") String id, InputStream body, @Context RoutingContext call) {
        return decide(id, body, call, proofs::confirm);
    }

    @POST
    @Path("/{id}/refusal")
    @Access(Access.Caller.MODERATOR)
    @Quota
    @Consumes(Form.TYPE)
    public Response refuse(@PathParam("id") String id, InputStream body, @Context RoutingContext call) {
        return decide(id, body, call, proofs::refuse);
    }

    private Response decide(String id, InputStream body, RoutingContext call, BiConsumer<Moderator, String> decision) {
        try {
            SessionToken.of(call).require(Form.read(body, SessionToken.FORM_FIELD));
            decision.accept(Moderator.of(call), id);
        } catch (HttpProblem refusal) {
            return page(Status.fromStatusCode(refusal.getStatusCode()), String.valueOf(refusal.getDetail()), call);
        }
        return page.seeOther(LIST).build();
    }

    private Response page(Status status, @Nullable String refusal, RoutingContext call) {
        View view = new View(desks.of(call), proofs.waiting(), refusal);
        return page.withForm(status, "review/pages/proofs.jte", view);
    }
}
