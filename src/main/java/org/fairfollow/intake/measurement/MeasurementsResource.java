package org.fairfollow.intake.measurement;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.evidence.Measurements;
import org.fairfollow.http.Access;
import org.fairfollow.http.Body;
import org.fairfollow.http.ClientAddress;
import org.fairfollow.http.Problem;
import org.fairfollow.http.Quota;
import org.fairfollow.intake.Named;
import org.fairfollow.reporter.Allowance;
import org.fairfollow.reporter.Quotas;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/measurements}: anybody wishes an account were measured. */
@Path("/v1/measurements")
public class MeasurementsResource {
    private final Requests requests;
    private final Quotas quotas;
    private final ClientAddress clientAddress;

    MeasurementsResource(Requests requests, Quotas quotas, ClientAddress clientAddress) {
        this.requests = requests;
        this.quotas = quotas;
        this.clientAddress = clientAddress;
    }

    record Given(@Nullable String network, @Nullable String name) {}

    record Asked(@Nullable Given account) {}

    record Answer(Named account, Measurements.Status measurement) {}

    /** An {@code Idempotency-Key} adds nothing: asked twice it is one measurement. */
    @POST
    @Access(Access.Caller.ANYONE)
    @Quota(Quota.BY_CONTENT)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response ask(InputStream body, @Context RoutingContext call) {
        Given given = Body.read(body, Asked.class).account();
        if (given == null || given.network() == null || given.name() == null) {
            throw Problem.INVALID_BODY.with("Send {\"account\": {\"network\": …, \"name\": …}}.");
        }
        AccountName account = account(given.network(), given.name());
        spend(call, quotas, clientAddress);
        return Response.status(Status.ACCEPTED)
                .type(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .entity(new Answer(Named.of(account), requests.ask(account)))
                .build();
    }

    static AccountName account(String network, String name) {
        Network of = Network.of(network)
                .orElseThrow(() -> Problem.INVALID_NETWORK.with("The network is one of x, bluesky and mastodon."));
        try {
            return of.parse(name);
        } catch (InvalidAccountException e) {
            throw Problem.INVALID_ACCOUNT.with(String.valueOf(e.getMessage()));
        }
    }

    /** By whichever door somebody comes, it is one quota. */
    static void spend(RoutingContext call, Quotas quotas, ClientAddress clientAddress) {
        Allowance allowance = Allowance.of(call);
        quotas.alsoMeasurementsOf(clientAddress.of(call.request()), allowance);
        allowance.spendOnItems(1);
    }
}
