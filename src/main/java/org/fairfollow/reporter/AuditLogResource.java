package org.fairfollow.reporter;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.fairfollow.http.Access;
import org.fairfollow.http.Problem;

/** {@code GET /v1/moderation/log}: what moderators did, the oldest first. */
@Path("/v1/moderation/log")
@RunOnVirtualThread
public class AuditLogResource {
    private static final int MOST = 500;

    private final AuditLog log;

    AuditLogResource(AuditLog log) {
        this.log = log;
    }

    /** @param next what to ask for next as {@code after}, now or when there is more */
    record Listing(List<AuditLog.Entry> entries, long next) {}

    @GET
    @Access(Access.Caller.MODERATOR)
    @Produces(MediaType.APPLICATION_JSON)
    public Response entries(
            @QueryParam("after") @DefaultValue("0") String after,
            @QueryParam("limit") @DefaultValue("100") String asked) {
        int limit = asked.matches("[0-9]{1,4}") ? Integer.parseInt(asked) : 0;
        if (limit < 1 || limit > MOST) {
            throw Problem.INVALID_LIMIT.with("Ask for 1 to " + MOST + " entries.");
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw Problem.INVALID_CURSOR.with("Take `after` from `next` of the page before, or leave it out.");
        }
        long number = Long.parseLong(after);
        List<AuditLog.Entry> entries = log.after(number, limit);
        long next = entries.isEmpty() ? number : entries.getLast().number();
        return Response.ok(new Listing(entries, next))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
