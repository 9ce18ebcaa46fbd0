package org.fairfollow.intake.measurement;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.fairfollow.account.AccountName;
import org.fairfollow.http.Access;
import org.fairfollow.http.ClientAddress;
import org.fairfollow.http.Form;
import org.fairfollow.http.Page;
import org.fairfollow.http.Quota;
import org.fairfollow.intake.Named;
import org.fairfollow.reporter.Quotas;

/** The button on an account's page, which works without a script. */
@Path("/accounts/{network}/{name}/measurement")
@Produces(Page.HTML)
public class MeasurementPageResource {
    private final Page page;
    private final Requests requests;
    private final Quotas quotas;
    private final ClientAddress clientAddress;

    MeasurementPageResource(Page page, Requests requests, Quotas quotas, ClientAddress clientAddress) {
        this.page = page;
        this.requests = requests;
        this.quotas = quotas;
        this.clientAddress = clientAddress;
    }

    /** Leads back to the page, which says what there is of the measurement now. */
    @POST
    @Access(Access.Caller.ANYONE)
    @Quota(Quota.BY_CONTENT)
    @Consumes(Form.TYPE)
    @RunOnVirtualThread
    public Response measure(
            InputStream body,
            @PathParam("network") String network,
            @PathParam("name") String name,
            @Context RoutingContext call) {
        Form.read(body);
        AccountName account = MeasurementsResource.account(network, name);
        MeasurementsResource.spend(call, quotas, clientAddress);
        requests.ask(account);
        Named named = Named.of(account);
        return page.seeOther("/accounts/" + named.network() + "/" + named.name())
                .build();
    }
}
