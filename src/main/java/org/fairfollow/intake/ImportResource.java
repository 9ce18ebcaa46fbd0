package org.fairfollow.intake;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.fairfollow.http.Access;

/** {@code POST /v1/imports}: evidence as a stream of lines. */
@Path("/v1/imports")
public class ImportResource {
    private final Importer importer;

    ImportResource(Importer importer) {
        this.importer = importer;
    }

    @POST
    @Access(Access.Caller.OPERATOR)
    @Consumes({"application/x-ndjson", MediaType.APPLICATION_OCTET_STREAM})
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public ImportResult run(InputStream lines) {
        return importer.run(lines, batch -> {});
    }
}
