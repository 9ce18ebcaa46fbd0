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
import org.fairfollow.http.ClientAddress;
import org.fairfollow.http.Form;
import org.fairfollow.http.Page;
import org.fairfollow.http.Problem;
import org.fairfollow.http.Quota;
import org.fairfollow.reporter.Moderator;
import org.fairfollow.reporter.SessionToken;
import org.fairfollow.reporter.SignIn;
import org.jspecify.annotations.Nullable;

/** Somebody's own account: who they are here, and another password. */
@Path("/moderation")
@Produces(Page.HTML)
@RunOnVirtualThread
public class OwnAccountResource {
    private final Page page;
    private final Desks desks;
    private final SignIn signIn;
    private final ClientAddress clientAddress;

    OwnAccountResource(Page page, Desks desks, SignIn signIn, ClientAddress clientAddress) {
        this.page = page;
        this.desks = desks;
        this.signIn = signIn;
        this.clientAddress = clientAddress;
    }

    /** @param refusal why the password is as it was; null at first */
    record View(Desk desk, @Nullable String refusal) {}

    @GET
    @Path("/account")
    @Access(Access.Caller.REVIEWER)
    public Response account(RoutingContext call) {
        return page(Status.OK, new View(desks.of(call), null));
    }

    /** All sessions of this account end; the browser in hand goes on with a new one. */
    @POST
    @Path("/password")
    @Access(Access.Caller.REVIEWER)
    @Quota(10)
    @Consumes(Form.TYPE)
    public Response changePassword(InputStream body, RoutingContext call) {
        try {
            Form form = Form.read(body, SessionToken.FORM_FIELD, "former", "password", "repeated");
            SessionToken.of(call).require(form);
            if (!Objects.equals(form.get("password"), form.get("repeated"))) {
                throw Problem.INVALID_PASSWORD.with("Write the same password twice.");
            }
            return SignInResource.signedIn(
                    page,
                    signIn.changePassword(
                            Moderator.of(call),
                            form.get("former"),
                            form.get("password"),
                            clientAddress.of(call.request())));
        } catch (HttpProblem refusal) {
            return page(
                    Status.fromStatusCode(refusal.getStatusCode()),
                    new View(desks.of(call), String.valueOf(refusal.getDetail())));
        }
    }

    private Response page(Status status, View view) {
        return page.withForm(status, "review/pages/ownAccount.jte", view);
    }
}
