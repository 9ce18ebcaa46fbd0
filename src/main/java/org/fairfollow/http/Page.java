package org.fairfollow.http;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Writes pages: a template filled with its view, in the language of whoever reads it, under headers that let it load nothing but
 * this site's own styles and scripts.
 */
@ApplicationScoped
public class Page {
    public static final String HTML = "text/html;charset=UTF-8";

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; script-src 'self';"
            + " img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /** Pages for anybody may ask this site as well: the API is tried on one, and checkers of pages read {@code robots.txt} from them. */
    private static final String ASKS_ITSELF = CONTENT_SECURITY_POLICY + "; connect-src 'self'";

    private static final int RETRY_AFTER_SECONDS = 5;

    private final TemplateEngine templates =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Page.class.getClassLoader(), "org.fairfollow");
    private final boolean demo;
    private final String site;
    private final Supplier<Speech> speech;

    @Inject
    Page(
            @ConfigProperty(name = "fairfollow.demo", defaultValue = "false") boolean demo,
            @ConfigProperty(name = "fairfollow.public-url") String publicUrl,
            CurrentVertxRequest request) {
        this(demo, publicUrl, () -> isAsked() ? Speech.of(request.getCurrent().request()) : Speech.english());
    }

    /**
     * @param publicUrl this site's address, for those who want links with one: search engines
     * @param speech how to speak to whoever asks at this moment
     */
    public Page(boolean demo, String publicUrl, Supplier<Speech> speech) {
        this.demo = demo;
        site = publicUrl.replaceFirst("(?<!/)/+$", "");
        this.speech = speech;
    }

    private static boolean isAsked() {
        return Arc.container().requestContext().isActive();
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
    public record Message(String title, String text) {}

    /** @param template its file under {@code src/main/jte}, in the folder of its room */
    public Response of(Status status, Keeping keeping, String template, Object view) {
        return of(status, keeping, template, view, speech.get());
    }

    private Response of(Status status, Keeping keeping, String template, Object view, Speech spoken) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        templates.render(template, Map.of("view", view, "demo", demo, "site", site, "speech", spoken), output);
        Response.ResponseBuilder response = withHeaders(
                        Response.status(status).entity(output.toByteArray()).type(HTML), keeping)
                .header(HttpHeaders.CONTENT_LANGUAGE, spoken.language().tag())
                .header(HttpHeaders.VARY, "Accept-Language, Accept-Encoding");
        if (status == Status.SERVICE_UNAVAILABLE) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.build();
    }

    /**
     * A page with a form that changes something; nobody keeps it. Of a page that tells nobody where it is, browsers say that its
     * form has no origin ({@link SameOrigin}): this one tells its own site.
     */
    public Response withForm(Status status, String template, Object view) {
        Response response = of(status, Keeping.NOBODY, template, view);
        response.getHeaders().putSingle("Referrer-Policy", "same-origin");
        return response;
    }

    /** Leads to another page of this site after something was done; in the language the reader chose, if they did. */
    public Response.ResponseBuilder seeOther(String path) {
        return withHeaders(Response.seeOther(URI.create(speech.get().to(path))), Keeping.NOBODY);
    }

    public Response message(Status status, String title, String text) {
        return message(status, title, text, speech.get());
    }

    private Response message(Status status, String title, String text, Speech spoken) {
        return of(status, Keeping.NOBODY, "http/message.jte", new Message(title, text), spoken);
    }

    /** A refusal as a page, with what the problem tells a program: when to come back, for one. */
    public Response refusal(HttpProblem problem) {
        return refusal(problem, speech.get());
    }

    /** The same where the call failed before anybody could know who asks. */
    Response refusal(HttpProblem problem, Speech spoken) {
        Response page = message(
                Status.fromStatusCode(problem.getStatusCode()),
                String.valueOf(problem.getTitle()),
                ProblemMappers.forPeople(problem),
                spoken);
        problem.getHeaders().forEach((name, value) -> page.getHeaders().putSingle(name, value));
        return page;
    }

    /** How to speak to whoever asks at this moment. */
    public Speech speech() {
        return speech.get();
    }

    /** Whether whoever asks wants to read the answer: programs that read the API get problems, whatever they accept. */
    static boolean isWantedBy(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null
                && accepted.contains("text/html")
                && !(path + "/").startsWith("/v1/")
                && !path.startsWith("/q/");
    }

    /** Whether an endpoint answers with pages. */
    public static boolean isWrittenBy(@Nullable Method endpoint) {
        if (endpoint == null) {
            return false;
        }
        Produces own = endpoint.getAnnotation(Produces.class);
        Produces produces = own != null ? own : endpoint.getDeclaringClass().getAnnotation(Produces.class);
        return produces != null && Arrays.asList(produces.value()).contains(HTML);
    }

    public static Response.ResponseBuilder withHeaders(Response.ResponseBuilder response, Keeping keeping) {
        response.header(HttpHeaders.CACHE_CONTROL, keeping.cacheControl)
                .header("Content-Security-Policy", keeping == Keeping.ANYBODY ? ASKS_ITSELF : CONTENT_SECURITY_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
        // Nobody is to be found by what was held against an account once.
        return keeping == Keeping.NOBODY ? response.header("X-Robots-Tag", "noindex") : response;
    }
}
