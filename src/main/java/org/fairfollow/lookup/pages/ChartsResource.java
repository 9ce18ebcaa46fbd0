package org.fairfollow.lookup.pages;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import org.fairfollow.account.AccountName;
import org.fairfollow.http.Access;
import org.fairfollow.http.Page;
import org.fairfollow.http.Problem;
import org.fairfollow.http.Quota;
import org.fairfollow.lookup.AccountLookup;
import org.fairfollow.lookup.EvidenceLookup;
import org.fairfollow.lookup.PathName;

/** The numbers of an account's charts, for spreadsheets. */
@Path("/accounts/{network}/{name}/charts")
public class ChartsResource {
    /** Longer names of files are cut short by some systems. */
    private static final int LONGEST = 60;

    private final AccountLookup lookup;
    private final EvidenceLookup evidence;
    private final Clock clock;

    ChartsResource(AccountLookup lookup, EvidenceLookup evidence, Clock clock) {
        this.lookup = lookup;
        this.evidence = evidence;
        this.clock = clock;
    }

    @GET
    @Path("/{chart}.csv")
    @Access(Access.Caller.ANYONE)
    @Quota
    @Produces("text/csv;charset=UTF-8")
    @RunOnVirtualThread
    public Response numbers(
            @PathParam("network") String network, @PathParam("name") String name, @PathParam("chart") String chart) {
        AccountName account = PathName.parse(network, name);
        AccountView view = AccountView.of(lookup.answer(account), Optional.of(evidence.of(account)), clock.instant());
        Chart found = view.verdicts().stream()
                .flatMap(verdict -> verdict.charts().stream())
                .filter(one -> one.id().equals(chart))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.with("The account's page has no such chart."));
        return Page.withHeaders(Response.ok(found.numbers().csv()), Page.Keeping.NOBODY)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + fileName(view.name(), chart) + "\"")
                .build();
    }

    /** What any system takes for the name of a file, whatever the account is called. */
    private static String fileName(String account, String chart) {
        String plain = account.replaceAll("[^A-Za-z0-9.-]+", "-");
        return plain.substring(0, Math.min(LONGEST, plain.length())) + "-" + chart + ".csv";
    }
}
