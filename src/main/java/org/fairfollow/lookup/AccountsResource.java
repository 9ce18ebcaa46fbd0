package org.fairfollow.lookup;

import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.common.annotation.NonBlocking;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.fairfollow.account.AccountName;
import org.fairfollow.http.Access;
import org.fairfollow.http.Conditional;
import org.fairfollow.http.Quota;
import org.fairfollow.publication.Payload;

/** One account: its verdicts, the evidence behind them, and all that is needed to judge it again. */
@Path("/v1/accounts/{network}/{name}")
@Produces(MediaType.APPLICATION_JSON)
public class AccountsResource {
    /** Whose answer it is changes with the verdict; nobody in between keeps it. */
    private static final String CACHE_CONTROL = "no-cache";

    private final AccountLookup lookup;
    private final EvidenceLookup evidence;
    private final DossierLookup dossiers;
    private final ExecutorService waiting;

    AccountsResource(
            AccountLookup lookup,
            EvidenceLookup evidence,
            DossierLookup dossiers,
            @VirtualThreads ExecutorService waiting) {
        this.lookup = lookup;
        this.evidence = evidence;
        this.dossiers = dossiers;
        this.waiting = waiting;
    }

    /** A listed account is answered at once from memory; only for others somebody has to wait for the database. */
    @GET
    @Access(Access.Caller.ANYONE)
    @Quota
    @NonBlocking
    public CompletionStage<Response> account(
            @PathParam("network") String network,
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        AccountName account = PathName.parse(network, name);
        return lookup.listedJson(account)
                .map(json -> CompletableFuture.completedFuture(answer(ifNoneMatch, Payload.of(json))))
                .orElseGet(() -> CompletableFuture.supplyAsync(
                        () -> answer(ifNoneMatch, Payload.of(lookup.json(account))), waiting));
    }

    @GET
    @Path("/evidence")
    @Access(Access.Caller.ANYONE)
    @Quota
    @RunOnVirtualThread
    public Response evidence(
            @PathParam("network") String network,
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        return answer(ifNoneMatch, Payload.json(evidence.of(PathName.parse(network, name))));
    }

    @GET
    @Path("/dossier")
    @Access(Access.Caller.ANYONE)
    @Quota(20)
    @RunOnVirtualThread
    public Response dossier(
            @PathParam("network") String network,
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        return answer(ifNoneMatch, dossiers.of(PathName.parse(network, name)));
    }

    private static Response answer(List<String> ifNoneMatch, Payload payload) {
        return Conditional.answer(
                ifNoneMatch, payload.bytes(), payload.etag(), MediaType.APPLICATION_JSON, CACHE_CONTROL);
    }
}
