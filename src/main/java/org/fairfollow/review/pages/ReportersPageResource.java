package org.fairfollow.review.pages;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import org.fairfollow.http.Access;
import org.fairfollow.http.Page;
import org.fairfollow.http.Problem;
import org.fairfollow.reporter.ReporterRecords;
import org.fairfollow.reporter.ReporterRecords.Known;
import org.fairfollow.review.ReportersCases;
import org.jspecify.annotations.Nullable;

/** Who reports, by public ids alone: what their word is worth, and the cases it points at. */
@Path("/moderation/reporters")
@Produces(Page.HTML)
@RunOnVirtualThread
public class ReportersPageResource {
    private static final int REPORTERS_A_PAGE = 50;
    private static final int REPORTS_A_PAGE = 50;

    private final Page page;
    private final Desks desks;
    private final ReporterRecords records;
    private final ReportersCases cases;

    ReportersPageResource(Page page, Desks desks, ReporterRecords records, ReportersCases cases) {
        this.page = page;
        this.desks = desks;
        this.records = records;
        this.cases = cases;
    }

    /**
     * @param asked the id somebody looked for
     * @param refusal why it is not found; null if nobody looked for one
     * @param next address of the page after this; null on the last
     */
    record Listing(
            Desk desk,
            List<Known> reporters,
            String asked,
            @Nullable String refusal,
            @Nullable String next) {}

    /** @param next address of the page with older reports; null on the last */
    record View(
            Desk desk,
            Known reporter,
            List<ReportersCases.Reported> reports,
            @Nullable String next) {}

    @GET
    @Access(Access.Caller.MODERATOR)
    public Response list(
            @QueryParam("before") @DefaultValue("") String before,
            @QueryParam("id") @DefaultValue("") String id,
            @Context RoutingContext call) {
        String asked = id.strip();
        if (!asked.isEmpty() && records.find(asked).isPresent()) {
            return page.seeOther("/moderation/reporters/" + asked).build();
        }
        long number = before.matches("[0-9]{1,18}") ? Long.parseLong(before) : Long.MAX_VALUE;
        List<Known> found = records.before(number, REPORTERS_A_PAGE + 1);
        boolean more = found.size() > REPORTERS_A_PAGE;
        List<Known> shown = more ? found.subList(0, REPORTERS_A_PAGE) : found;
        Listing view = new Listing(
                desks.of(call),
                shown,
                asked,
                asked.isEmpty() ? null : "No reporter has this id, or they had everything erased.",
                more ? "/moderation/reporters?before=" + shown.getLast().number() : null);
        return page.withForm(asked.isEmpty() ? Status.OK : Status.NOT_FOUND, "review/pages/reporters.jte", view);
    }

    @GET
    @Path("/{id}")
    @Access(Access.Caller.MODERATOR)
    public Response read(
            @PathParam("id") String id,
            @QueryParam("from") @DefaultValue("") String from,
            @Context RoutingContext call) {
        Known reporter = records.find(id).orElse(null);
        if (reporter == null) {
            return page.refusal(Problem.NOT_FOUND.with("No reporter has this id, or they had everything erased."));
        }
        // Of one reporter a thousand are kept at most.
        int skipped = from.matches("[0-9]{1,4}") ? Integer.parseInt(from) : 0;
        List<ReportersCases.Reported> found = cases.of(reporter, skipped, REPORTS_A_PAGE + 1);
        boolean more = found.size() > REPORTS_A_PAGE;
        View view = new View(
                desks.of(call),
                reporter,
                more ? found.subList(0, REPORTS_A_PAGE) : found,
                more ? "/moderation/reporters/" + id + "?from=" + (skipped + REPORTS_A_PAGE) : null);
        return page.withForm(Status.OK, "review/pages/reporter.jte", view);
    }
}
