package org.fairfollow.lookup.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;
import org.fairfollow.store.StoreIdentity;

/** Writes pages: a template filled with its view, under headers that let a page load nothing but its own style. */
@ApplicationScoped
public class Page {
    public static final String HTML = "text/html;charset=UTF-8";

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:;"
            + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static final int RETRY_AFTER_SECONDS = 5;

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Page.class.getClassLoader(), "org.fairfollow.lookup.pages");
    private final boolean demo;

    @Inject
    Page(StoreIdentity identity) {
        this(identity.isDemo());
    }

    public Page(boolean demo) {
        this.demo = demo;
    }

    /** Who may keep a page. */
    public enum Keeping {
        /** It names an account: no copy may outlive a withdrawal, and none tells whom a reader looked at. */
        NOBODY("no-store"),
        ANYBODY("public, max-age=60");

        private final String cacheControl;

        Keeping(String cacheControl) {
            this.cacheControl = cacheControl;
        }
    }

    /** A page that says one thing. */
    public record Message(String title, String text, List<Choice> choices) {
        public record Choice(String text, String address) {}
    }

    public Response of(Status status, Keeping keeping, String template, Object view) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        templates.render(template, Map.of("view", view, "demo", demo), output);
        Response.ResponseBuilder response =
                withHeaders(Response.status(status).entity(output.toByteArray()).type(HTML), keeping);
        if (status == Status.SERVICE_UNAVAILABLE) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.build();
    }

    public Response message(Status status, String title, String text) {
        return of(status, Keeping.NOBODY, "message.jte", new Message(title, text, List.of()));
    }

    /** A refusal as a page, in the words of the problem a program would get. */
    Response refusal(HttpProblem problem) {
        return message(
                Status.fromStatusCode(problem.getStatusCode()),
                String.valueOf(problem.getTitle()),
                String.valueOf(problem.getDetail()));
    }

    public static Response.ResponseBuilder withHeaders(Response.ResponseBuilder response, Keeping keeping) {
        response.header(HttpHeaders.CACHE_CONTROL, keeping.cacheControl)
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
        // Nobody is to be found by what was held against an account once.
        return keeping == Keeping.NOBODY ? response.header("X-Robots-Tag", "noindex") : response;
    }
}
