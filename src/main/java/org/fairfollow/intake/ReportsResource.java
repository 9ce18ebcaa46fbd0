package org.fairfollow.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.http.Access;
import org.fairfollow.http.Body;
import org.fairfollow.http.Problem;
import org.fairfollow.http.Quota;
import org.fairfollow.reporter.Allowance;
import org.fairfollow.reporter.Claim;
import org.fairfollow.reporter.FirstAnswers;
import org.fairfollow.reporter.Quotas;
import org.fairfollow.reporter.Report;
import org.fairfollow.reporter.Reporter;
import org.fairfollow.reporter.Reporters;
import org.fairfollow.reporter.Reports;
import org.fairfollow.reporter.Reports.Adjudication;
import org.jspecify.annotations.Nullable;

/** {@code /v1/reports}: a reporter sends reports, sees what became of them, and takes them back. */
@Path("/v1/reports")
@RunOnVirtualThread
public class ReportsResource {
    /** First answers are kept in ASCII. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private final Reporters reporters;
    private final Quotas quotas;
    private final Reports reports;
    private final Clock clock;
    private final String address;

    ReportsResource(
            Reporters reporters,
            Quotas quotas,
            Reports reports,
            Clock clock,
            @ConfigProperty(name = "fairfollow.public-url") String publicUrl) {
        this.reporters = reporters;
        this.quotas = quotas;
        this.reports = reports;
        this.clock = clock;
        this.address = publicUrl.replaceFirst("(?<!/)/+$", "") + "/v1/reports/";
    }

    record ReportJson(
            String id,
            Named account,
            String practice,
            String state,
            String explanation,
            @Nullable String note,
            boolean hasMessage,
            Instant sentAt,
            Instant updatedAt,
            String statusUrl) {}

    record PageJson(List<ReportJson> reports, @Nullable String next) {}

    @POST
    @Access(Access.Caller.REPORTER)
    @Quota(Quota.BY_CONTENT)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response send(
            InputStream body,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Context RoutingContext call) {
        Reporter reporter = reporters.of(authorization);
        Allowance allowance = Allowance.of(call);
        quotas.alsoReportsOf(reporter, allowance);
        allowance.spendOnItems(1);
        JsonNode sent = Body.read(body, JsonNode.class);
        Claim claim = Claims.read(sent, clock.instant().getEpochSecond());
        String answer = reports.send(
                reporter,
                idempotencyKey == null ? null : FirstAnswers.sameCall("reports", idempotencyKey, sent.toString()),
                claim,
                report -> write(json(report)));
        return Response.status(Status.ACCEPTED)
                .location(URI.create(read(answer).path("statusUrl").asText()))
                .type(MediaType.APPLICATION_JSON)
                .entity(answer)
                .build();
    }

    @GET
    @Access(Access.Caller.REPORTER)
    @Quota
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") String asked) {
        int limit = asked.matches("[0-9]{1,4}") ? Integer.parseInt(asked) : 0;
        if (limit < 1 || limit > Reports.MOST_LISTED) {
            throw Problem.INVALID_LIMIT.with("Ask for 1 to " + Reports.MOST_LISTED + " reports.");
        }
        Reports.Page page = reports.list(reporters.of(authorization), after, limit);
        return Response.ok(write(
                        new PageJson(page.reports().stream().map(this::json).toList(), page.next())))
                .build();
    }

    @GET
    @Path("/{id}")
    @Access(Access.Caller.REPORTER)
    @Quota
    @Produces(MediaType.APPLICATION_JSON)
    public Response show(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @PathParam("id") String id) {
        return Response.ok(write(json(reports.find(reporters.of(authorization), id))))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Access(Access.Caller.REPORTER)
    @Quota
    @Produces(MediaType.APPLICATION_JSON)
    public Response withdraw(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @PathParam("id") String id) {
        reports.withdraw(reporters.of(authorization), id);
        return Response.noContent().build();
    }

    private ReportJson json(Report report) {
        return new ReportJson(
                report.id(),
                Named.of(report.account()),
                report.practice(),
                state(report.ruled()),
                report.explanation(),
                report.note(),
                report.hasMessage(),
                Instant.ofEpochSecond(report.sentAt()),
                Instant.ofEpochSecond(report.updatedAt()),
                address + report.id());
    }

    private static String state(@Nullable Adjudication ruled) {
        return switch (ruled) {
            case null -> "received";
            case RIGHT -> "upheld";
            case WRONG -> "not-upheld";
            case SET_ASIDE -> "set-aside";
        };
    }

    private static String write(Object answer) {
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String answer) {
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
