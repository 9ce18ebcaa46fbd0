package org.fairfollow.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.fairfollow.http.Access;
import org.fairfollow.http.Body;
import org.fairfollow.http.Problem;
import org.fairfollow.http.Quota;
import org.fairfollow.reporter.Allowance;
import org.fairfollow.reporter.FirstAnswers;
import org.fairfollow.reporter.Hearsay;
import org.fairfollow.reporter.Quotas;
import org.fairfollow.reporter.Reporter;
import org.fairfollow.reporter.Reporters;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/observations}: what a reporter saw. */
@Path("/v1/observations")
public class ObservationsResource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Reporters reporters;
    private final Quotas quotas;
    private final Hearsay hearsay;
    private final Clock clock;

    ObservationsResource(Reporters reporters, Quotas quotas, Hearsay hearsay, Clock clock) {
        this.reporters = reporters;
        this.quotas = quotas;
        this.hearsay = hearsay;
        this.clock = clock;
    }

    record Told(@Nullable List<JsonNode> observations) {}

    /** An observation that was not kept, by its place from 0. */
    record Rejected(int index, String code) {}

    record Result(int accepted, int duplicates, List<Rejected> rejected) {}

    @POST
    @Access(Access.Caller.REPORTER)
    @Quota(Quota.BY_CONTENT)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response tell(
            InputStream body,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Context RoutingContext call) {
        Reporter reporter = reporters.of(authorization);
        List<JsonNode> items = Body.read(body, Told.class).observations();
        if (items == null || items.isEmpty()) {
            throw Problem.INVALID_BODY.with("Send {\"observations\": [{\"kind\": …}]} with at least one.");
        }
        Allowance allowance = Allowance.of(call);
        quotas.alsoOf(reporter, allowance);
        allowance.spendOnItems(items.size());
        List<Hearsay.Fact> facts = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        long now = clock.instant().getEpochSecond();
        for (int i = 0; i < items.size(); i++) {
            try {
                facts.add(ToldObservations.read(items.get(i), now));
            } catch (Refused e) {
                rejected.add(new Rejected(i, e.code()));
            }
        }
        String answer = hearsay.tell(
                reporter,
                idempotencyKey == null ? null : FirstAnswers.sameCall("observations", idempotencyKey, items.toString()),
                facts,
                tally -> json(new Result(tally.accepted(), tally.duplicates(), rejected)));
        return Response.status(Status.ACCEPTED)
                .type(MediaType.APPLICATION_JSON)
                .entity(answer)
                .build();
    }

    private static String json(Result result) {
        try {
            return JSON.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
