package org.fairfollow.review.pages;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.NonBlocking;
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
import org.fairfollow.http.Quota;
import org.fairfollow.reporter.SessionToken;
import org.fairfollow.reporter.Sessions;
import org.fairfollow.reporter.SignIn;
import org.jspecify.annotations.Nullable;

/** Signing in and out. Where it leads to afterwards is fixed: no address in a link can lead anybody elsewhere. */
@Path("/moderation")
@Produces(Page.HTML)
public class SignInResource {
    private static final String SIGN_IN = "/moderation/sign-in";
    private static final String AFTERWARDS = "/moderation";

    private final Page page;
    private final SignIn signIn;
    private final Sessions sessions;
    private final ClientAddress clientAddress;

    SignInResource(Page page, SignIn signIn, Sessions sessions, ClientAddress clientAddress) {
        this.page = page;
        this.signIn = signIn;
        this.sessions = sessions;
        this.clientAddress = clientAddress;
    }

    /** @param refusal why nothing was opened; null at first */
    record View(String name, @Nullable String refusal) {}

    @GET
    @Path("/sign-in")
    @Access(Access.Caller.ANYONE)
    @NonBlocking
    public Response form() {
        return page(Status.OK, new View("", null));
    }

    @POST
    @Path("/sign-in")
    @Access(Access.Caller.ANYONE)
    @Quota(10)
    @Consumes(Form.TYPE)
    @RunOnVirtualThread
    public Response signIn(InputStream body, RoutingContext call) {
        String name = "";
        try {
            Form form = Form.read(body, "name", "password", "code");
            name = Objects.requireNonNullElse(form.get("name"), "");
            return signedIn(
                    page,
                    signIn.signIn(name, form.get("password"), form.get("code"), clientAddress.of(call.request())));
        } catch (HttpProblem refusal) {
            return page(
                    Status.fromStatusCode(refusal.getStatusCode()),
                    new View(name, String.valueOf(refusal.getDetail())));
        }
    }

    @POST
    @Path("/sign-out")
    @Access(Access.Caller.REVIEWER)
    @Consumes(Form.TYPE)
    @RunOnVirtualThread
    public Response signOut(InputStream body, RoutingContext call) {
        SessionToken token = SessionToken.of(call);
        try {
            token.require(Form.read(body, SessionToken.FORM_FIELD));
        } catch (HttpProblem refusal) {
            return page.refusal(refusal);
        }
        sessions.end(token.secret());
        return page.seeOther(SIGN_IN).cookie(SessionToken.noCookie()).build();
    }

    /** The session that was begun, whatever session the browser had before. */
    static Response signedIn(Page page, Sessions.Opened opened) {
        return page.seeOther(AFTERWARDS)
                .cookie(SessionToken.cookie(opened.secretToken()))
                .build();
    }

    private Response page(Status status, View view) {
        return page.withForm(status, "review/pages/signIn.jte", view);
    }
}
