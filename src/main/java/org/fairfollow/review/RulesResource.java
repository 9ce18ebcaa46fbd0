package org.fairfollow.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.fairfollow.http.Access;
import org.fairfollow.http.Body;
import org.fairfollow.http.Quota;
import org.fairfollow.reporter.Moderator;
import org.fairfollow.verdict.Rules;
import org.jspecify.annotations.Nullable;

/** {@code /v1/moderation/rules}: which rules are in force, what those of another version would change, and the word that adopts them. */
@Path("/v1/moderation/rules")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RulesResource {
    private final RuleChanges changes;

    RulesResource(RuleChanges changes) {
        this.changes = changes;
    }

    /** @param trial null while no instance has other rules */
    record Answer(
            String inForce,
            Instant since,
            List<Rules.Count> writing,
            @JsonProperty @Nullable Trial trial,
            List<RuleChanges.Entry> changes,
            @JsonProperty @Nullable String next) {}

    record Trial(
            String rules,
            Rules.Phase phase,
            @JsonProperty @Nullable Instant beganAt,
            long accounts,
            long judged,
            List<Rules.Count> differences) {}

    record Wish(@Nullable String rules, @Nullable String reason) {}

    @GET
    @Access(Access.Caller.OPERATOR)
    public Response rules(
            @QueryParam("limit") @DefaultValue("50") String limit,
            @QueryParam("after") @Nullable String after,
            @QueryParam("practice") @Nullable String practice,
            @QueryParam("difference") @Nullable String difference) {
        return answer(changes.list(limit, after, practice, difference));
    }

    @POST
    @Path("/adoption")
    @Access(Access.Caller.OPERATOR)
    @Quota
    @Consumes(MediaType.APPLICATION_JSON)
    public Response adopt(InputStream body, RoutingContext call) {
        Wish wish = Body.read(body, Wish.class);
        changes.adopt(Moderator.find(call), wish.rules(), wish.reason());
        return answer(changes.list("50", null, null, null));
    }

    private static Response answer(RuleChanges.Listing listing) {
        Rules.State state = listing.state();
        Rules.OnTrial trial = state.trial();
        return Response.ok(new Answer(
                        state.inForce(),
                        state.since(),
                        state.writing(),
                        trial == null
                                ? null
                                : new Trial(
                                        trial.rules(),
                                        trial.phase(),
                                        trial.beganAt(),
                                        trial.accounts(),
                                        trial.judged(),
                                        trial.differences()),
                        listing.changes(),
                        listing.next()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
