package org.fairfollow.review.pages;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.fairfollow.detection.Practice;
import org.fairfollow.http.Access;
import org.fairfollow.http.Form;
import org.fairfollow.http.Page;
import org.fairfollow.http.Quota;
import org.fairfollow.reporter.Moderator;
import org.fairfollow.reporter.SessionToken;
import org.fairfollow.review.CaseJson;
import org.fairfollow.review.Cases;
import org.fairfollow.review.Rulings;
import org.fairfollow.review.Waiting;
import org.jspecify.annotations.Nullable;

/** A case on one page, with the forms on which moderators rule; each form does what the call of the API does. */
@Path("/moderation/cases/{id}")
@Produces(Page.HTML)
@RunOnVirtualThread
public class CasePageResource {
    private final Page page;
    private final Desks desks;
    private final Cases cases;
    private final Rulings rulings;
    private final Waiting waiting;
    private final CaseCharts charts;

    CasePageResource(Page page, Desks desks, Cases cases, Rulings rulings, Waiting waiting, CaseCharts charts) {
        this.page = page;
        this.desks = desks;
        this.cases = cases;
        this.rulings = rulings;
        this.waiting = waiting;
        this.charts = charts;
    }

    /** What somebody wrote that was refused: it is not to be written again. */
    record Written(String practice, String outcome, String reasons) {}

    /**
     * @param key of the calls the forms make: whoever sends one twice rules once
     * @param refusal null at first
     * @param next what to look at after this; null when nothing else waits
     * @param done what came of a form that was sent; null before
     */
    record View(
            Desk desk,
            CaseJson shown,
            CaseCharts.Drawn charts,
            String key,
            @Nullable String refusal,
            Written written,
            Waiting.@Nullable Next next,
            @Nullable Done done) {

        /** Those whose owner waits for an answer first, then those that are published, then those that are held. */
        List<CaseJson.OfPractice> practices() {
            return shown.practices().stream()
                    .sorted(Comparator.comparing(View::isContested)
                            .thenComparing(CaseJson.OfPractice::published)
                            .thenComparing(
                                    one -> one.held() != null && one.held().isAdverse())
                            .reversed())
                    .toList();
        }

        private static boolean isContested(CaseJson.OfPractice one) {
            return one.decision().objectedAt() != null || one.decision().withheldUntil() != null;
        }

        boolean wrote(CaseJson.OfPractice practice, String outcome) {
            return written.practice.equals(practice.practice().id()) && written.outcome.equals(outcome);
        }

        /** Whether what was refused was written here. */
        boolean isRefused(CaseJson.OfPractice practice) {
            return refusal != null
                    && written.practice.equals(practice.practice().id());
        }

        /** What was refused of something that is here no more, or was no ruling. */
        @Nullable
        String refusalElsewhere() {
            return shown.practices().stream().anyMatch(one -> mayRuleOn(one) && isRefused(one)) ? null : refusal;
        }

        private boolean mayRuleOn(CaseJson.OfPractice practice) {
            return desk.mayRule() && practice.proposal() == null;
        }

        String reasons(CaseJson.OfPractice practice) {
            return written.practice.equals(practice.practice().id()) ? written.reasons : "";
        }

        /** Whoever proposed something takes it back; somebody else agrees. */
        boolean isOwn(CaseJson.Proposed proposal) {
            return proposal.moderator().equals(desk.name());
        }
    }

    /**
     * What stands on one practice after a form was sent; read from the case itself, so that no link can tell what was not done.
     *
     * @param proposed waits for a second person
     * @param ruled the newest ruling, if whoever asks had part in it
     */
    record Done(Practice practice, CaseJson.@Nullable Proposed proposed, CaseJson.@Nullable Made ruled) {
        static @Nullable Done of(CaseJson shown, @Nullable String practice, String who) {
            return shown.practices().stream()
                    .filter(one -> one.practice().id().equals(practice))
                    .findFirst()
                    .map(one -> new Done(
                            one.practice(),
                            one.proposal(),
                            one.rulings().stream()
                                    .findFirst()
                                    .filter(made -> who.equals(made.moderator()) || who.equals(made.second()))
                                    .orElse(null)))
                    .orElse(null);
        }
    }

    /** What a form asks for. */
    @FunctionalInterface
    private interface Act {
        void as(Moderator moderator, Form form);
    }

    @GET
    @Access(Access.Caller.REVIEWER)
    public Response read(
            @PathParam("id") String id,
            @QueryParam("done") @Nullable String done,
            @QueryParam("next") @Nullable String next,
            @Context RoutingContext call) {
        return page(Status.OK, id, null, new Written("", "", ""), done, next, call);
    }

    @POST
    @Path("/rulings")
    @Access(Access.Caller.MODERATOR)
    @Quota
    @Consumes(Form.TYPE)
    public Response rule(@PathParam("id") String id, InputStream body, @Context RoutingContext call) {
        return act(
                id,
                body,
                call,
                (moderator, form) -> rulings.rule(
                        moderator,
                        id,
                        new Rulings.Asked(
                                form.get("practice"), form.get("outcome"), form.get("reasons"), form.get("based-on")),
                        form.get("key")));
    }

    @POST
    @Path("/proposals/{proposal}/agreement")
    @Access(Access.Caller.MODERATOR)
    @Quota
    @Consumes(Form.TYPE)
    public Response agree(
            @PathParam("id") String id,
            @PathParam("proposal") String proposal,
            InputStream body,
            @Context RoutingContext call) {
        return act(
                id,
                body,
                call,
                (moderator, form) -> rulings.agree(
                        moderator, id, proposal, new Rulings.Agreed(form.get("based-on")), form.get("key")));
    }

    @POST
    @Path("/proposals/{proposal}/rejection")
    @Access(Access.Caller.MODERATOR)
    @Quota
    @Consumes(Form.TYPE)
    public Response reject(
            @PathParam("id") String id,
            @PathParam("proposal") String proposal,
            InputStream body,
            @Context RoutingContext call) {
        return act(id, body, call, (moderator, form) -> rulings.reject(moderator, id, proposal, form.get("key")));
    }

    private Response act(String id, InputStream body, RoutingContext call, Act act) {
        Written written = new Written("", "", "");
        String next = "";
        try {
            Form form = Form.read(
                    body, SessionToken.FORM_FIELD, "key", "practice", "based-on", "outcome", "reasons", "next");
            SessionToken.of(call).require(form);
            written = new Written(
                    Words.orEmpty(form.get("practice")),
                    Words.orEmpty(form.get("outcome")),
                    Words.orEmpty(form.get("reasons")));
            next = Words.orEmpty(form.get("next"));
            act.as(Moderator.of(call), form);
        } catch (HttpProblem refusal) {
            return page(
                    Status.fromStatusCode(refusal.getStatusCode()),
                    id,
                    String.valueOf(refusal.getDetail()),
                    written,
                    null,
                    next,
                    call);
        }
        // It names a case there is, so it has nothing in it that leads elsewhere.
        return page.seeOther("/moderation/cases/" + id + "?done=" + encoded(written.practice) + "&next=" + encoded(next)
                        + "#done")
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Response page(
            Status status,
            String id,
            @Nullable String refusal,
            Written written,
            @Nullable String done,
            @Nullable String next,
            RoutingContext call) {
        CaseJson shown;
        try {
            shown = cases.read(id);
        } catch (HttpProblem noSuchCase) {
            return page.refusal(noSuchCase);
        }
        Desk desk = desks.of(call);
        View view = new View(
                desk,
                shown,
                charts.of(shown),
                UUID.randomUUID().toString(),
                refusal,
                written,
                waiting.next(id, next).orElse(null),
                Done.of(shown, done, desk.name()));
        return page.withForm(status, "review/pages/case.jte", view);
    }
}
