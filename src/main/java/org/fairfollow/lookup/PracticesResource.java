package org.fairfollow.lookup;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.fairfollow.http.Access;
import org.fairfollow.http.Conditional;
import org.fairfollow.publication.Payload;

/** {@code GET /v1/practices}: what is judged, and how. */
@Path("/v1/practices")
public class PracticesResource {
    /** Changes with another version of the service, with an audit's look and with a ruling. */
    private static final String CACHE_CONTROL = "public, max-age=60";

    private final PracticeAudits audits;

    PracticesResource(PracticeAudits audits) {
        this.audits = audits;
    }

    @GET
    @Access(Access.Caller.ANYONE)
    @Produces(MediaType.APPLICATION_JSON)
    @NonBlocking
    public Response practices(@HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        Payload json = audits.json();
        return Conditional.answer(ifNoneMatch, json.bytes(), json.etag(), MediaType.APPLICATION_JSON, CACHE_CONTROL);
    }
}
