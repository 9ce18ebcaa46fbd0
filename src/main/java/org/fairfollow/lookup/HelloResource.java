package org.fairfollow.lookup;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.fairfollow.http.Access;

/** {@code GET /hello}: the least the service can answer, to measure other answers beside it. */
@Path("/hello")
public class HelloResource {
    @GET
    @Access(Access.Caller.ANYONE)
    @Produces(MediaType.TEXT_PLAIN)
    @NonBlocking
    public String hello() {
        return "hello";
    }
}
