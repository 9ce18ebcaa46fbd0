package org.fairfollow.lookup.pages;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.fairfollow.http.Access;
import org.fairfollow.lookup.Practices;
import org.fairfollow.publication.ListManifest;
import org.fairfollow.publication.Publisher;
import org.fairfollow.publication.Snapshot;
import org.jspecify.annotations.Nullable;

/** The front page, and the page about the practices. */
@Path("/")
public class FrontResource {
    private final Page page;
    private final Publisher publisher;

    FrontResource(Page page, Publisher publisher) {
        this.page = page;
        this.publisher = publisher;
    }

    /** @param list null while nothing is published */
    record Front(@Nullable Figures list) {}

    record Figures(String entries, String version, String published) {
        static Figures of(ListManifest manifest) {
            return new Figures(
                    Written.number(manifest.entries()),
                    Written.number(manifest.version()),
                    Written.moment(manifest.publishedAt()));
        }
    }

    @GET
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @NonBlocking
    public Response front() {
        Figures figures =
                publisher.current().map(Snapshot::manifest).map(Figures::of).orElse(null);
        return page.of(Status.OK, Page.Keeping.ANYBODY, "front.jte", new Front(figures));
    }

    @GET
    @Path("/practices")
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @NonBlocking
    public Response practices() {
        return page.of(Status.OK, Page.Keeping.ANYBODY, "practices.jte", PracticesView.of(Practices.all()));
    }
}
