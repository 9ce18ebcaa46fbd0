package org.fairfollow.lookup;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.fairfollow.http.Access;
import org.fairfollow.http.Conditional;
import org.fairfollow.http.Problem;
import org.fairfollow.publication.Dump;
import org.fairfollow.publication.Dumps;
import org.fairfollow.publication.Payload;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/dump}: every public verdict in one file, for mirrors. */
@Path("/v1/dump")
@RunOnVirtualThread
public class DumpResource {
    private static final String GZIP = "application/gzip";
    private static final String CACHING = "public, max-age=20, stale-if-error=86400";

    private final Dumps dumps;

    DumpResource(Dumps dumps) {
        this.dumps = dumps;
    }

    @GET
    @Path("/manifest")
    @Access(Access.Caller.ANYONE)
    @Produces(MediaType.APPLICATION_JSON)
    public Response manifest(@HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        Payload manifest = Payload.json(newest().manifest());
        return Conditional.answer(ifNoneMatch, manifest.bytes(), manifest.etag(), MediaType.APPLICATION_JSON, CACHING);
    }

    @GET
    @Access(Access.Caller.ANYONE)
    @Produces(GZIP)
    public Response dump(
            @QueryParam("version") @Nullable String version,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        Dump dump = version == null ? newest() : of(version);
        String etag = '"' + dump.manifest().sha256().substring(0, 32) + '"';
        return Conditional.answer(ifNoneMatch, dump.file().toFile(), etag, GZIP, CACHING);
    }

    private Dump newest() {
        return dumps.current().orElseThrow(() -> Problem.NOTHING_PUBLISHED.with("Try again in a few seconds."));
    }

    private Dump of(String version) {
        if (!version.matches("[0-9]{1,18}")) {
            throw Problem.INVALID_VERSION.with("Take the version from the manifest, GET /v1/dump/manifest.");
        }
        return dumps.of(Long.parseLong(version))
                .orElseThrow(() ->
                        Problem.VERSION_EXPIRED.with("Take the newest one, GET /v1/dump/manifest says which it is."));
    }
}
