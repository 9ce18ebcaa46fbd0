package org.fairfollow.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * Lets pages and extensions of any origin read, and people's extensions tell: what is read is public, a reporter's token is
 * sent by whoever holds it and never by a browser on its own, and no other call takes a token from a browser.
 *
 * <p>What is said of it is the same whoever asks. The framework's own filter repeats the caller's origin and does so only
 * when there is one, so that an answer kept by a cache would shut out every other origin.
 */
class CrossOrigin {
    private static final int PRIORITY = 300;
    private static final Set<String> TAKE_A_REPORTERS_TOKEN =
            Set.of("/v1/observations", "/v1/reporters/me", "/v1/reports");
    private static final String ONE_REPORT = "/v1/reports/";
    private static final String HEADERS = "Content-Type, If-None-Match, Idempotency-Key";

    void register(@Observes Filters filters) {
        filters.register(CrossOrigin::handle, PRIORITY);
    }

    private static void handle(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        headers.set(
                HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
                "ETag, Retry-After, RateLimit, RateLimit-Policy, Fairfollow-Stale");
        if (context.request().method() == HttpMethod.OPTIONS
                && context.request().headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, DELETE");
            String path = String.valueOf(context.request().path());
            boolean takesToken = TAKE_A_REPORTERS_TOKEN.contains(path) || path.startsWith(ONE_REPORT);
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, takesToken ? HEADERS + ", Authorization" : HEADERS);
            headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400");
            context.response().setStatusCode(204).end();
            return;
        }
        context.next();
    }
}
