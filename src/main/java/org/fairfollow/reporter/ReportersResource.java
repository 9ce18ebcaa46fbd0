package org.fairfollow.reporter;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import org.fairfollow.http.Access;
import org.fairfollow.http.Body;
import org.fairfollow.http.Problem;
import org.fairfollow.http.Quota;
import org.jspecify.annotations.Nullable;

/** {@code /v1/reporters}: people become reporters by a proof of work, and are forgotten when they wish it. */
@Path("/v1/reporters")
@RunOnVirtualThread
public class ReportersResource {
    private final Challenges challenges;
    private final Reporters reporters;
    private final Reports reports;

    ReportersResource(Challenges challenges, Reporters reporters, Reports reports) {
        this.challenges = challenges;
        this.reporters = reporters;
        this.reports = reports;
    }

    // A node, for a number would be taken from text and cut from a fraction.
    record Solution(@Nullable Challenge challenge, @Nullable JsonNode number) {}

    record Told(int received, int upheld, int notUpheld, int setAside) {}

    record Worth(double weight, String explanation) {}

    record Self(String publicId, Told reports, Worth trust) {}

    @GET
    @Path("/challenge")
    @Access(Access.Caller.ANYONE)
    @Quota
    @Produces(MediaType.APPLICATION_JSON)
    public Response challenge() {
        return unkept(Response.ok(challenges.issue()));
    }

    @POST
    @Access(Access.Caller.ANYONE)
    @Quota(100)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response make(InputStream body) {
        Solution solution = Body.read(body, Solution.class);
        Challenge challenge = solution.challenge();
        JsonNode number = solution.number();
        if (challenge == null || number == null || !number.isIntegralNumber() || !number.canConvertToLong()) {
            throw Problem.INVALID_BODY.with(
                    "Send {\"challenge\": …, \"number\": …}: the challenge as it was given, and what solves it.");
        }
        Challenges.Solved solved = challenges.check(challenge, number.longValue());
        return unkept(Response.status(Status.CREATED).entity(reporters.make(solved)));
    }

    @GET
    @Path("/me")
    @Access(Access.Caller.REPORTER)
    @Quota
    @Produces(MediaType.APPLICATION_JSON)
    public Response self(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        Reports.Merits merits = reports.merits(reporters.of(authorization));
        return unkept(Response.ok(new Self(
                merits.publicId(),
                new Told(merits.open(), merits.upheld(), merits.notUpheld(), merits.setAside()),
                new Worth(Math.round(100 * merits.trust()) / 100.0, merits.explanation()))));
    }

    @DELETE
    @Path("/me")
    @Access(Access.Caller.REPORTER)
    @Quota
    @Produces(MediaType.APPLICATION_JSON)
    public Response erase(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        reporters.erase(reporters.of(authorization));
        return unkept(Response.noContent());
    }

    private static Response unkept(Response.ResponseBuilder answer) {
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
