package org.fairfollow.lookup.pages;

import io.quarkus.vertx.http.Compressed;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.http.Access;
import org.fairfollow.http.Conditional;
import org.fairfollow.http.Page;
import org.fairfollow.publication.Payload;

/** For developers: the first calls, examples, every call of the contract, and the contract itself. */
@Path("/")
public class ApiPageResource {
    /** RFC 9512. */
    private static final String YAML = "application/yaml";
    /** Changes only with another version of the service. */
    private static final String CACHE_CONTROL = "public, max-age=300";

    private final Page page;
    private final ApiDocument document;
    private final Api api;

    ApiPageResource(Page page, ApiDocument document, @ConfigProperty(name = "fairfollow.public-url") String publicUrl) {
        this.page = page;
        this.document = document;
        this.api = new Api(publicUrl.replaceFirst("(?<!/)/+$", ""), document.groups(), document.scripts());
    }

    /** @param base the service's address */
    record Api(String base, List<ApiDocument.Group> groups, List<ApiDocument.Script> scripts) {}

    @GET
    @Path("/api")
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @Compressed
    @NonBlocking
    public Response api() {
        return page.of(Response.Status.OK, Page.Keeping.ANYBODY, "lookup/pages/api.jte", api);
    }

    @GET
    @Path("/openapi.yaml")
    @Access(Access.Caller.ANYONE)
    @Produces(YAML)
    @NonBlocking
    public Response yaml(@HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        return contract(ifNoneMatch, document.yaml(), YAML);
    }

    @GET
    @Path("/openapi.json")
    @Access(Access.Caller.ANYONE)
    @Produces(MediaType.APPLICATION_JSON)
    @NonBlocking
    public Response json(@HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        return contract(ifNoneMatch, document.json(), MediaType.APPLICATION_JSON);
    }

    private static Response contract(List<String> ifNoneMatch, Payload payload, String type) {
        Response answer = Conditional.answer(ifNoneMatch, payload.bytes(), payload.etag(), type, CACHE_CONTROL);
        // Tools on other sites read it as they read the calls.
        answer.getHeaders().putSingle("Cross-Origin-Resource-Policy", "cross-origin");
        return answer;
    }
}
