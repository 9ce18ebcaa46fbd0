package org.fairfollow.intake;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.fairfollow.http.Access;
import org.fairfollow.reporter.AuditLog;
import org.fairfollow.reporter.Moderator;

/** {@code POST /v1/imports}: evidence as a stream of lines. */
@Path("/v1/imports")
public class ImportResource {
    private final Importer importer;
    private final AuditLog log;

    ImportResource(Importer importer, AuditLog log) {
        this.importer = importer;
        this.log = log;
    }

    @POST
    @Access(Access.Caller.OPERATOR)
    @Consumes({"application/x-ndjson", MediaType.APPLICATION_OCTET_STREAM})
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public ImportResult run(InputStream lines, RoutingContext call) {
        Moderator by = Moderator.find(call);
        if (by != null) {
            // What comes with the operator token comes all day, from machines: the log is for what people do.
            log.write(by, "import-begun", "", "");
        }
        return importer.run(lines, batch -> {});
    }
}
