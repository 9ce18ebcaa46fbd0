package org.fairfollow.review.pages;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.util.Objects;
import org.fairfollow.http.Access;
import org.fairfollow.http.Form;
import org.fairfollow.http.Page;
import org.fairfollow.http.Quota;
import org.fairfollow.reporter.Moderator;
import org.fairfollow.reporter.SessionToken;
import org.fairfollow.review.BlindAudits;
import org.jspecify.annotations.Nullable;

/** Blind audits for people: one account after the other, and what its evidence shows. */
@Path("/moderation/audits")
@Produces(Page.HTML)
@RunOnVirtualThread
public class AuditPageResource {
    private static final String NEXT = "/moderation/audits";

    private final Page page;
    private final Desks desks;
    private final BlindAudits audits;

    AuditPageResource(Page page, Desks desks, BlindAudits audits) {
        this.page = page;
        this.desks = desks;
        this.audits = audits;
    }

    /**
     * @param task null when there is nothing to look at
     * @param refusal why the answer was not taken; null at first
     */
    record View(
            Desk desk, @Nullable AuditView task, @Nullable String refusal) {}

    @GET
    @Access(Access.Caller.REVIEWER)
    @Quota
    public Response next(RoutingContext call) {
        return page(Status.OK, call, null);
    }

    @POST
    @Access(Access.Caller.REVIEWER)
    @Quota
    @Consumes(Form.TYPE)
    public Response answer(InputStream body, RoutingContext call) {
        try {
            Form form = Form.read(body, SessionToken.FORM_FIELD, "task", "answer", "cause", "note");
            SessionToken.of(call).require(form);
            audits.answer(
                    Moderator.of(call),
                    Objects.requireNonNullElse(form.get("task"), ""),
                    form.get("answer"),
                    "".equals(form.get("cause")) ? null : form.get("cause"),
                    form.get("note"));
        } catch (HttpProblem refusal) {
            return page(Status.fromStatusCode(refusal.getStatusCode()), call, String.valueOf(refusal.getDetail()));
        }
        return page.seeOther(NEXT).build();
    }

    private Response page(Status status, RoutingContext call, @Nullable String refusal) {
        AuditView task = audits.next(Moderator.of(call)).map(AuditView::of).orElse(null);
        return page.withForm(status, "review/pages/audit.jte", new View(desks.of(call), task, refusal));
    }
}
