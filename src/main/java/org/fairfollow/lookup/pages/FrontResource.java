package org.fairfollow.lookup.pages;

import io.quarkus.vertx.http.Compressed;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.http.Access;
import org.fairfollow.http.Page;
import org.fairfollow.lookup.Counted;
import org.fairfollow.lookup.PracticeAudits;
import org.fairfollow.lookup.Practices;
import org.fairfollow.publication.Publisher;

/** The front page, and the other pages that name nobody. All of them are told from memory. */
@Path("/")
public class FrontResource {
    private final Page page;
    private final Publisher publisher;
    private final PracticeAudits audits;
    private final Counted counted;
    private final Clock clock;
    private final String site;
    private final Contact contact;

    /** @param contact where whoever runs the service is reached: an address of mail or the web; without one the pages say so */
    FrontResource(
            Page page,
            Publisher publisher,
            PracticeAudits audits,
            Counted counted,
            Clock clock,
            @ConfigProperty(name = "fairfollow.public-url") String publicUrl,
            @ConfigProperty(name = "fairfollow.contact") Optional<String> contact) {
        this.page = page;
        this.publisher = publisher;
        this.audits = audits;
        this.counted = counted;
        this.clock = clock;
        this.site = publicUrl.replaceFirst("(?<!/)/+$", "");
        this.contact = Contact.of(contact.orElse(""));
    }

    @GET
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @Compressed
    @NonBlocking
    public Response front() {
        return open(
                "front",
                FrontView.of(
                        publisher.current(),
                        publisher.isStale(),
                        counted.last(),
                        Practices.all(),
                        audits::of,
                        clock.instant(),
                        site));
    }

    @GET
    @Path("/practices")
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @Compressed
    @NonBlocking
    public Response practices() {
        return open("practices", PracticesView.of(Practices.all(), audits::of));
    }

    @GET
    @Path("/marked")
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @Compressed
    @NonBlocking
    public Response marked() {
        return open("marked", contact);
    }

    @GET
    @Path("/privacy")
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @Compressed
    @NonBlocking
    public Response privacy() {
        return open("privacy", new PrivacyView(contact));
    }

    private Response open(String name, Object view) {
        return page.of(Status.OK, Page.Keeping.ANYBODY, "lookup/pages/" + name + ".jte", view);
    }
}
