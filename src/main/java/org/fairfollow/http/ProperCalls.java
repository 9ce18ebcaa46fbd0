package org.fairfollow.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Refuses what no client has a use for. Several Host headers, as RFC 9112 (3.2) demands: a proxy in front may have gone by the
 * first one and a cache by the last; the framework refuses a call with none. And TRACE and CONNECT: some routes of the
 * framework's own answer to any method.
 */
class ProperCalls {
    private static final int PRIORITY = 990;

    void register(@Observes Filters filters) {
        filters.register(ProperCalls::handle, PRIORITY);
    }

    private static void handle(RoutingContext call) {
        HttpMethod method = call.request().method();
        if (call.request().headers().getAll(HttpHeaders.HOST).size() > 1) {
            call.fail(400);
        } else if (method == HttpMethod.TRACE || method == HttpMethod.CONNECT) {
            call.fail(405);
        } else {
            call.next();
        }
    }
}
