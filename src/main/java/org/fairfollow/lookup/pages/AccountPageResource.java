package org.fairfollow.lookup.pages;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.vertx.http.Compressed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.fairfollow.account.AccountName;
import org.fairfollow.http.Access;
import org.fairfollow.http.Page;
import org.fairfollow.lookup.AccountLookup;
import org.fairfollow.lookup.EvidenceLookup;
import org.fairfollow.lookup.PathName;
import org.fairfollow.store.Store.DatabaseAwayException;

/** The evidence page: what is held of an account and what it rests on. */
@Path("/accounts/{network}/{name}")
public class AccountPageResource {
    private static final String TEMPLATE = "lookup/pages/account.jte";

    private final Page page;
    private final AccountLookup lookup;
    private final EvidenceLookup evidence;
    private final Clock clock;

    AccountPageResource(Page page, AccountLookup lookup, EvidenceLookup evidence, Clock clock) {
        this.page = page;
        this.lookup = lookup;
        this.evidence = evidence;
        this.clock = clock;
    }

    @GET
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @Compressed
    @RunOnVirtualThread
    public Response account(@PathParam("network") String network, @PathParam("name") String name) {
        AccountName account;
        try {
            account = PathName.parse(network, name);
        } catch (HttpProblem problem) {
            return page.of(
                    Status.BAD_REQUEST,
                    Page.Keeping.NOBODY,
                    "lookup/pages/lookUp.jte",
                    LookUpView.of(
                            String.valueOf(problem.getTitle()),
                            String.valueOf(problem.getDetail()),
                            name,
                            List.of(),
                            false));
        }
        AccountView view = AccountView.of(lookup.answer(account), evidence(account), clock.instant());
        return view.measurable()
                ? page.withForm(Status.OK, TEMPLATE, view)
                : page.of(Status.OK, Page.Keeping.NOBODY, TEMPLATE, view);
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
