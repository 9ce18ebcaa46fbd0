package org.fairfollow.lookup.pages;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.fairfollow.account.AccountName;
import org.fairfollow.http.Access;
import org.fairfollow.lookup.AccountLookup;
import org.fairfollow.lookup.EvidenceLookup;
import org.fairfollow.lookup.PathName;
import org.fairfollow.store.Store.DatabaseAwayException;

/** The evidence page: what is held of an account and what it rests on. */
@Path("/accounts/{network}/{name}")
public class AccountPageResource {
    private final Page page;
    private final AccountLookup lookup;
    private final EvidenceLookup evidence;

    AccountPageResource(Page page, AccountLookup lookup, EvidenceLookup evidence) {
        this.page = page;
        this.lookup = lookup;
        this.evidence = evidence;
    }

    @GET
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @RunOnVirtualThread
    public Response account(@PathParam("network") String network, @PathParam("name") String name) {
        AccountName account;
        try {
            account = PathName.parse(network, name);
        } catch (HttpProblem problem) {
            return page.refusal(problem);
        }
        AccountView view = AccountView.of(lookup.answer(account), evidence(account));
        return page.of(Status.OK, Page.Keeping.NOBODY, "account.jte", view);
    }

    /** Empty while the database is away; what is listed shows all the same. */
    private Optional<EvidenceLookup.Evidence> evidence(AccountName account) {
        try {
            return Optional.of(evidence.of(account));
        } catch (DatabaseAwayException e) {
            return Optional.empty();
        }
    }
}
