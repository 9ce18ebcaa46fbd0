package org.fairfollow.review.pages;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.fairfollow.detection.Practice;
import org.fairfollow.http.Access;
import org.fairfollow.http.Form;
import org.fairfollow.http.Page;
import org.fairfollow.http.Quota;
import org.fairfollow.lookup.PathName;
import org.fairfollow.reporter.Moderator;
import org.fairfollow.reporter.Role;
import org.fairfollow.reporter.SessionToken;
import org.fairfollow.review.RuleChanges;
import org.fairfollow.verdict.Difference;
import org.fairfollow.verdict.Rules;
import org.jspecify.annotations.Nullable;

/** What another version's rules would change, beside what stands, and the form by which an operator puts them in force. */
@Path("/moderation/rules")
@Produces(Page.HTML)
@RunOnVirtualThread
public class RulesPageResource {
    private static final String CHANGES_A_PAGE = "50";

    private final Page page;
    private final Desks desks;
    private final RuleChanges changes;

    RulesPageResource(Page page, Desks desks, RuleChanges changes) {
        this.page = page;
        this.desks = desks;
        this.changes = changes;
    }

    /** @param chosen whether the page is filtered by it */
    record Choice(String id, String name, boolean chosen) {}

    /**
     * @param mayAdopt whether who reads is an operator
     * @param reason as it was written, where it was refused; else empty
     * @param refusal why it was refused; null if nothing was
     * @param next address of the page after this; null on the last
     */
    record View(
            Desk desk,
            boolean mayAdopt,
            Rules.State state,
            List<RuleChanges.Entry> changes,
            List<Choice> practices,
            List<Choice> differences,
            boolean filtered,
            String reason,
            @Nullable String refusal,
            @Nullable String next) {
        static int shortest() {
            return RuleChanges.SHORTEST_REASON;
        }

        static int longest() {
            return RuleChanges.LONGEST_REASON;
        }

        /** Enough to tell two apart by eye. */
        static String brief(String rules) {
            return rules.substring(0, 12);
        }

        String address(RuleChanges.Entry entry) {
            String handle = entry.account().handle();
            return "/accounts/" + entry.account().network() + "/"
                    + PathName.of(
                            handle != null
                                    ? handle
                                    : Objects.requireNonNull(entry.account().nativeId()));
        }
    }

    @GET
    @Access(Access.Caller.MODERATOR)
    public Response read(
            @QueryParam("practice") @DefaultValue("") String practice,
            @QueryParam("difference") @DefaultValue("") String difference,
            @QueryParam("after") @DefaultValue("") String after,
            @Context RoutingContext call) {
        try {
            return show(Status.OK, practice, difference, after, "", null, call);
        } catch (HttpProblem refusal) {
            // A cursor or filter that nobody was given: all of it is shown.
            return show(Status.BAD_REQUEST, "", "", "", "", refusal.getDetail(), call);
        }
    }

    @POST
    @Path("/adoption")
    @Access(Access.Caller.OPERATOR)
    @Quota
    @Consumes(Form.TYPE)
    public Response adopt(InputStream body, @Context RoutingContext call) {
        String reason = "";
        try {
            Form form = Form.read(body, SessionToken.FORM_FIELD, "rules", "reason");
            SessionToken.of(call).require(form);
            reason = Words.orEmpty(form.get("reason"));
            changes.adopt(Moderator.of(call), form.get("rules"), reason);
        } catch (HttpProblem refusal) {
            return show(Status.fromStatusCode(refusal.getStatusCode()), "", "", "", reason, refusal.getDetail(), call);
        }
        return page.seeOther("/moderation/rules").build();
    }

    private Response show(
            Status status,
            String practice,
            String difference,
            String after,
            String reason,
            @Nullable String refusal,
            RoutingContext call) {
        RuleChanges.Listing listing = changes.list(CHANGES_A_PAGE, after, practice, difference);
        String next = listing.next() == null
                ? null
                : "/moderation/rules?practice=" + encoded(practice) + "&difference=" + encoded(difference) + "&after="
                        + encoded(listing.next());
        View view = new View(
                desks.of(call),
                Moderator.of(call).role().includes(Role.OPERATOR),
                listing.state(),
                listing.changes(),
                Arrays.stream(Practice.values())
                        .map(one ->
                                new Choice(one.id(), Words.name(one), one.id().equals(practice)))
                        .toList(),
                Arrays.stream(Difference.values())
                        .map(one -> new Choice(
                                one.id(), Words.difference(one), one.id().equals(difference)))
                        .toList(),
                !(practice + difference + after).isEmpty(),
                reason,
                refusal,
                next);
        return page.withForm(status, "review/pages/rules.jte", view);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
