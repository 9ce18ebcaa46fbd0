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
import org.fairfollow.verdict.Rules;

/** {@code GET /v1/rulebook}: the bytes whose hash a release commits to. */
@Path("/v1/rulebook")
public class RulebookResource {
    /** Changes only when an operator puts other rules in force. */
    private static final String CACHE_CONTROL = "public, max-age=300";

    private final Rules rules;

    RulebookResource(Rules rules) {
        this.rules = rules;
    }

    @GET
    @Access(Access.Caller.ANYONE)
    @Produces(MediaType.APPLICATION_JSON)
    @NonBlocking
    public Response rulebook(@HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        Rules.Book inForce = rules.inForce();
        return Conditional.answer(
                ifNoneMatch, inForce.bytes(), '"' + inForce.sha256() + '"', MediaType.APPLICATION_JSON, CACHE_CONTROL);
    }
}
