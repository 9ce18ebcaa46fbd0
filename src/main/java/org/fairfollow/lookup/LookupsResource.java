package org.fairfollow.lookup;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fairfollow.account.AccountName;
import org.fairfollow.http.Access;
import org.fairfollow.http.Body;
import org.fairfollow.http.Problem;
import org.fairfollow.http.Quota;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.publication.Payload;
import org.fairfollow.publication.VerdictJson;
import org.fairfollow.reporter.Allowance;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/lookups}: many accounts at once. */
@Path("/v1/lookups")
public class LookupsResource {
    private final AccountLookup lookup;

    LookupsResource(AccountLookup lookup) {
        this.lookup = lookup;
    }

    record Item(@Nullable String network, @Nullable String name) {}

    record Lookups(@Nullable List<@Nullable Item> accounts) {}

    record Refusal(String code, String detail) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            @JsonInclude Item input,
            String status,
            @Nullable AccountJson account,
            @Nullable Instant asOf,
            @Nullable List<VerdictJson> verdicts,
            AccountLookup.@Nullable Links links,
            @Nullable Refusal problem) {}

    record Results(List<Result> results) {}

    @POST
    @Access(Access.Caller.ANYONE)
    @Quota(Quota.BY_CONTENT)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response lookUp(InputStream body, @Context RoutingContext call) {
        List<@Nullable Item> items = Body.read(body, Lookups.class).accounts();
        if (items == null || items.isEmpty()) {
            throw Problem.INVALID_BODY.with(
                    "Send {\"accounts\": [{\"network\": …, \"name\": …}]} with at least one item.");
        }
        Allowance.of(call).spendOnItems(items.size());
        List<Object> parsed = items.stream().map(LookupsResource::parse).toList();
        LinkedHashSet<AccountName> names = new LinkedHashSet<>();
        parsed.forEach(one -> {
            if (one instanceof AccountName name) {
                names.add(name);
            }
        });
        Map<AccountName, AccountLookup.Answer> answers = lookup.answer(names);
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < parsed.size(); i++) {
            Item input = Objects.requireNonNullElse(items.get(i), new Item(null, null));
            results.add(
                    parsed.get(i) instanceof AccountName name
                            ? found(input, Objects.requireNonNull(answers.get(name)))
                            : new Result(input, "invalid", null, null, null, null, (Refusal) parsed.get(i)));
        }
        return Response.ok(Payload.json(new Results(results)).bytes())
                .type(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .build();
    }

    private static Result found(Item input, AccountLookup.Answer answer) {
        return new Result(
                input, answer.status(), answer.account(), answer.asOf(), answer.verdicts(), answer.links(), null);
    }

    /** An {@link AccountName}, or the {@link Refusal} of an item that names none. */
    private static Object parse(@Nullable Item item) {
        try {
            return PathName.parse(
                    item == null || item.network() == null ? "" : item.network(),
                    item == null || item.name() == null ? "" : item.name());
        } catch (HttpProblem e) {
            return new Refusal(String.valueOf(e.getParameters().get("code")), String.valueOf(e.getDetail()));
        }
    }
}
