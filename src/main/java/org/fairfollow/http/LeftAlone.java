package org.fairfollow.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Takes {@code Content-Encoding: identity} off answers to HEAD, which are to say what GET would: the framework marks so what is not to be
 * compressed, and the compressor takes the mark off where there is a body only.
 */
@ApplicationScoped
class LeftAlone {
    private static final int PRIORITY = 900;

    void register(@Observes Filters filters) {
        filters.register(LeftAlone::watch, PRIORITY);
    }

    private static void watch(RoutingContext call) {
        if (call.request().method() == HttpMethod.HEAD) {
            call.addHeadersEndHandler(written -> {
                if ("identity".equals(call.response().headers().get(HttpHeaders.CONTENT_ENCODING))) {
                    call.response().headers().remove(HttpHeaders.CONTENT_ENCODING);
                }
            });
        }
        call.next();
    }
}
