package org.fairfollow.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Tells browsers, with every answer, what they must not make of it. An answer is no document unless it is a page, and a page
 * has a policy of its own ({@link Page}).
 */
@ApplicationScoped
class ProtectiveHeaders {
    /** Before all that may answer by itself. */
    private static final int PRIORITY = 1_000;

    private static final String PERMISSIONS =
            "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()";

    private final boolean https;

    ProtectiveHeaders(@ConfigProperty(name = "fairfollow.public-url") String publicUrl) {
        https = publicUrl.toLowerCase(Locale.ROOT).startsWith("https://");
    }

    void register(@Observes Filters filters) {
        filters.register(
                call -> {
                    watch(call);
                    call.next();
                },
                PRIORITY);
    }

    void watch(RoutingContext call) {
        // At the end: what an answer says of itself stands.
        call.addHeadersEndHandler(
                written -> putOn(call.request(), call.response().headers()));
    }

    private void putOn(HttpServerRequest request, MultiMap headers) {
        putIfAbsent(headers, "X-Content-Type-Options", "nosniff");
        putIfAbsent(headers, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        putIfAbsent(headers, "X-Frame-Options", "DENY");
        putIfAbsent(headers, "Referrer-Policy", "no-referrer");
        putIfAbsent(headers, "Permissions-Policy", PERMISSIONS);
        putIfAbsent(headers, "Cross-Origin-Opener-Policy", "same-origin");
        putIfAbsent(headers, "Cross-Origin-Resource-Policy", isPublic(request) ? "cross-origin" : "same-origin");
        if (https) {
            // Browsers take it over https only; said over http it would promise what the service does not do.
            putIfAbsent(headers, "Strict-Transport-Security", "max-age=31536000");
        }
    }

    private static void putIfAbsent(MultiMap headers, String name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }

    /** What anybody may read, pages of any origin included. */
    private static boolean isPublic(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        return path.startsWith("/v1/") && !path.startsWith("/v1/moderation");
    }
}
