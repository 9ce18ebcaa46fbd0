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
import java.util.List;
import java.util.Objects;
import org.fairfollow.http.Access;
import org.fairfollow.http.ClientAddress;
import org.fairfollow.http.Form;
import org.fairfollow.http.Page;
import org.fairfollow.http.Problem;
import org.fairfollow.http.Quota;
import org.fairfollow.reporter.SignIn;
import org.jspecify.annotations.Nullable;

/** Whoever was invited sets a password and an authenticator. The code of the invitation stands in no address. */
@Path("/moderation/invitation")
@Produces(Page.HTML)
public class InvitationResource {
    private static final int GROUP = 4;

    private final Page page;
    private final SignIn signIn;
    private final ClientAddress clientAddress;

    InvitationResource(Page page, SignIn signIn, ClientAddress clientAddress) {
        this.page = page;
        this.signIn = signIn;
        this.clientAddress = clientAddress;
    }

    /** @param refusal null at first */
    record Code(@Nullable String refusal) {}

    /**
     * @param key in groups, for those who type it
     * @param refusal null at first
     */
    record Setup(
            String invitation,
            SignIn.Enrolment enrolment,
            List<String> key,
            QrPicture picture,
            @Nullable String refusal) {
        static Setup of(String invitation, SignIn.Enrolment enrolment, @Nullable String refusal) {
            return new Setup(
                    invitation,
                    enrolment,
                    List.of(enrolment.key().split("(?<=\\G.{" + GROUP + "})")),
                    QrPicture.of(enrolment.address()),
                    refusal);
        }
    }

    @GET
    @Access(Access.Caller.ANYONE)
    @NonBlocking
    public Response form() {
        return page.withForm(Status.OK, "review/pages/invitation.jte", new Code(null));
    }

    @POST
    @Access(Access.Caller.ANYONE)
    @Quota(10)
    @Consumes(Form.TYPE)
    @RunOnVirtualThread
    public Response begin(InputStream body, RoutingContext call) {
        try {
            Form form = Form.read(body, "invitation");
            String invitation = Objects.requireNonNullElse(form.get("invitation"), "");
            SignIn.Enrolment enrolment = signIn.begin(invitation, clientAddress.of(call.request()));
            return setup(Status.OK, Setup.of(invitation, enrolment, null));
        } catch (HttpProblem refusal) {
            return refused(refusal);
        }
    }

    @POST
    @Path("/acceptance")
    @Access(Access.Caller.ANYONE)
    @Quota(10)
    @Consumes(Form.TYPE)
    @RunOnVirtualThread
    public Response accept(InputStream body, RoutingContext call) {
        String invitation = "";
        try {
            Form form = Form.read(body, "invitation", "password", "repeated", "code");
            invitation = Objects.requireNonNullElse(form.get("invitation"), "");
            if (!Objects.equals(form.get("password"), form.get("repeated"))) {
                throw Problem.INVALID_PASSWORD.with("Write the same password twice.");
            }
            return SignInResource.signedIn(
                    page,
                    signIn.accept(
                            invitation, form.get("password"), form.get("code"), clientAddress.of(call.request())));
        } catch (HttpProblem refusal) {
            boolean mendable = refusal.getStatusCode() == Status.BAD_REQUEST.getStatusCode() && !invitation.isEmpty();
            return mendable ? again(invitation, refusal) : refused(refusal);
        }
    }

    /** Only what was written with the invitation is to be mended: it is asked for again, with the same key. */
    private Response again(String invitation, HttpProblem refusal) {
        try {
            return setup(
                    Status.BAD_REQUEST,
                    Setup.of(invitation, signIn.again(invitation), String.valueOf(refusal.getDetail())));
        } catch (HttpProblem other) {
            return refused(other);
        }
    }

    private Response setup(Status status, Setup view) {
        return page.withForm(status, "review/pages/setup.jte", view);
    }

    private Response refused(HttpProblem refusal) {
        return page.withForm(
                Status.fromStatusCode(refusal.getStatusCode()),
                "review/pages/invitation.jte",
                new Code(String.valueOf(refusal.getDetail())));
    }
}
