package org.fairfollow.review.pages;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.fairfollow.http.Access;
import org.fairfollow.http.Page;
import org.fairfollow.publication.Publisher;
import org.fairfollow.review.Queue;
import org.fairfollow.review.QueueJson;
import org.fairfollow.review.QueueQuery;
import org.fairfollow.review.Waiting;
import org.jspecify.annotations.Nullable;

/** The desk's first page: what waits. */
@Path("/moderation")
@Produces(Page.HTML)
public class QueuePageResource {
    private static final String CASES_A_PAGE = "25";

    private final Page page;
    private final Desks desks;
    private final Queue queue;
    private final Waiting waiting;
    private final Publisher publisher;
    private final Clock clock;

    QueuePageResource(Page page, Desks desks, Queue queue, Waiting waiting, Publisher publisher, Clock clock) {
        this.page = page;
        this.desks = desks;
        this.queue = queue;
        this.waiting = waiting;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** @param chosen whether it is what the page is filtered by */
    record Choice(String id, String name, boolean chosen) {}

    /**
     * @param proposals that wait for a second person; none for those who may not rule
     * @param next address of the page after this; null on the last
     * @param now what ages and deadlines are told from
     * @param held a release that waits for an operator; null if none does
     */
    record View(
            Desk desk,
            QueueJson queue,
            List<Waiting.Kind> kinds,
            List<Waiting.Proposed> proposals,
            List<Choice> states,
            List<Choice> practices,
            List<Choice> networks,
            boolean filtered,
            boolean first,
            @Nullable String next,
            Publisher.@Nullable Held held,
            Instant now) {
        /** The state the page is filtered by; empty for all. */
        String state() {
            return states.stream()
                    .filter(Choice::chosen)
                    .map(Choice::id)
                    .findFirst()
                    .orElse("");
        }

        long waiting() {
            return kinds.stream().mapToLong(Waiting.Kind::waiting).sum();
        }

        /** Whole days it has waited. */
        long days(QueueJson.Entry entry) {
            return Duration.between(entry.waitingSince(), now).toDays();
        }

        boolean isOverdue(QueueJson.Entry entry) {
            Instant deadline = entry.deadline();
            return deadline != null && deadline.isBefore(now);
        }

        /** What makes somebody look: verdicts that speak for the account stand in its case. */
        List<QueueJson.Held> against(QueueJson.Entry entry) {
            return entry.verdicts().stream()
                    .filter(held -> held.standing().isAdverse() || held.weight() > 0)
                    .toList();
        }
    }

    @GET
    @Access(Access.Caller.REVIEWER)
    @RunOnVirtualThread
    public Response queue(
            @QueryParam("after") @Nullable String after,
            @QueryParam("practice") @Nullable String practice,
            @QueryParam("network") @Nullable String network,
            @QueryParam("state") @Nullable String state,
            @Context RoutingContext call) {
        String ofPractice = Words.orEmpty(practice);
        String ofNetwork = Words.orEmpty(network);
        String inState = Words.orEmpty(state);
        QueueJson found;
        try {
            found = queue.page(QueueQuery.of(CASES_A_PAGE, after, ofPractice, ofNetwork, inState));
        } catch (HttpProblem refusal) {
            return page.refusal(refusal);
        }
        String next = found.next() == null
                ? null
                : "/moderation?state=" + inState + "&practice=" + ofPractice + "&network=" + ofNetwork + "&after="
                        + URLEncoder.encode(found.next(), StandardCharsets.UTF_8);
        Desk desk = desks.of(call);
        View view = new View(
                desk,
                found,
                waiting.kinds(),
                desk.mayRule() ? waiting.proposals() : List.of(),
                Stream.of("objected", "contested", "listed", "signs", "reported")
                        .map(id -> new Choice(id, Words.state(id), id.equals(inState)))
                        .toList(),
                Arrays.stream(Practice.values())
                        .map(one ->
                                new Choice(one.id(), Words.name(one), one.id().equals(ofPractice)))
                        .toList(),
                Network.all().stream()
                        .map(one -> new Choice(
                                one.id(), Words.code(one.id()), one.id().equals(ofNetwork)))
                        .toList(),
                !(ofPractice + ofNetwork + inState).isEmpty(),
                Words.orEmpty(after).isEmpty(),
                next,
                publisher.held().orElse(null),
                clock.instant());
        return page.withForm(Status.OK, "review/pages/queue.jte", view);
    }
}
