package org.fairfollow.lookup;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.fairfollow.http.Access;
import org.fairfollow.http.Conditional;
import org.fairfollow.publication.Payload;

/** One account: its verdicts and the evidence behind them. */
@Path("/v1/accounts/{network}/{name}")
@Produces(MediaType.APPLICATION_JSON)
public class AccountsResource {
    /** Whose answer it is changes with the verdict; nobody in between keeps it. */
    private static final String CACHE_CONTROL = "no-cache";

    private final AccountLookup lookup;
    private final EvidenceLookup evidence;

    AccountsResource(AccountLookup lookup, EvidenceLookup evidence) {
        this.lookup = lookup;
        this.evidence = evidence;
    }

    @GET
    @Access(Access.Caller.ANYONE)
    @RunOnVirtualThread
    public Response account(
            @PathParam("network") String network,
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        return answer(ifNoneMatch, lookup.answer(PathName.parse(network, name)));
    }

    @GET
    @Path("/evidence")
    @Access(Access.Caller.ANYONE)
    @RunOnVirtualThread
    public Response evidence(
            @PathParam("network") String network,
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        return answer(ifNoneMatch, evidence.of(PathName.parse(network, name)));
    }

    private static Response answer(List<String> ifNoneMatch, Object body) {
        Payload payload = Payload.json(body);
        return Conditional.answer(
                ifNoneMatch, payload.bytes(), payload.etag(), MediaType.APPLICATION_JSON, CACHE_CONTROL);
    }
}
