package org.fairfollow.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fairfollow.detection.Practice;
import org.fairfollow.http.Access;
import org.fairfollow.http.Body;
import org.fairfollow.http.Problem;
import org.fairfollow.http.Quota;
import org.fairfollow.reporter.AuditLog;
import org.fairfollow.reporter.Moderator;
import org.fairfollow.reporter.Printable;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.audit.Audits;
import org.fairfollow.verdict.audit.Tally;
import org.jspecify.annotations.Nullable;

/** {@code /v1/moderation/practices}: what audits made of each practice, and the word that lets a stopped one go on. */
@Path("/v1/moderation/practices")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AuditedPracticesResource {
    private static final int SHORTEST_REASON = 20;
    private static final int LONGEST_REASON = 1_000;

    private final Store store;
    private final Audits audits;
    private final AuditLog log;

    AuditedPracticesResource(Store store, Audits audits, AuditLog log) {
        this.store = store;
        this.audits = audits;
        this.log = log;
    }

    record States(List<State> practices) {}

    /**
     * @param stoppedAt null while it is published
     * @param lastLook null before the first
     */
    record State(
            Practice id,
            @JsonProperty @Nullable Instant stoppedAt,
            @JsonProperty @Nullable Tally lastLook,
            Audits.Underway underway,
            Map<String, Integer> overturned) {}

    record Wish(@Nullable String reason) {}

    @GET
    @Access(Access.Caller.OPERATOR)
    public Response practices() {
        return unkept(store.readPromptly(this::states));
    }

    @POST
    @Path("/{practice}/resumption")
    @Access(Access.Caller.OPERATOR)
    @Quota
    @Consumes(MediaType.APPLICATION_JSON)
    public Response resume(@PathParam("practice") String id, InputStream body, RoutingContext call) {
        String reason = reason(Body.read(body, Wish.class).reason());
        Practice practice = Practice.of(id)
                .orElseThrow(() -> Problem.NOT_FOUND.with("Take the id from the list, GET /v1/moderation/practices."));
        Moderator moderator = Moderator.find(call);
        Audits.Resumed resumed = store.inTransaction(connection -> {
            Audits.Resumed result =
                    audits.resume(connection, practice, reason, moderator == null ? null : moderator.number());
            if (result == Audits.Resumed.RESUMED) {
                log.write(connection, moderator, "practice-resumed", practice.id(), reason);
            }
            return result;
        });
        if (resumed == Audits.Resumed.NOT_STOPPED) {
            throw Problem.NOT_STOPPED.with("There is nothing to do: no audit has stopped it.");
        }
        return unkept(store.readPromptly(this::states));
    }

    private States states(Connection connection) throws SQLException {
        List<State> states = new ArrayList<>();
        for (var one : audits.published(connection).entrySet()) {
            Audits.Published known = one.getValue();
            states.add(new State(
                    one.getKey(),
                    known.stoppedAt() == 0 ? null : Instant.ofEpochSecond(known.stoppedAt()),
                    known.tally(),
                    audits.underway(connection, one.getKey()),
                    known.overturned()));
        }
        return new States(states);
    }

    private static String reason(@Nullable String written) {
        String reason = written == null ? "" : written.strip();
        int length = reason.codePointCount(0, reason.length());
        if (length < SHORTEST_REASON || length > LONGEST_REASON || !Printable.is(reason)) {
            throw Problem.INVALID_REASON.with(
                    "Say why in one line of " + SHORTEST_REASON + " to " + LONGEST_REASON + " printable characters.");
        }
        return reason;
    }

    private static Response unkept(States states) {
        return Response.ok(states).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
