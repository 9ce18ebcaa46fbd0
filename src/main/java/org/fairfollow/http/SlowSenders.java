package org.fairfollow.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Hangs up on whoever takes too long over a body, however busily it drips: the server's own time limits begin anew with
 * every byte. An import may take any time, but nobody's is read before the operator's token was seen.
 */
@ApplicationScoped
class SlowSenders {
    private static final int PRIORITY = 980;
    private static final String IMPORTS = "/v1/imports";

    private final long patienceMs;

    SlowSenders(@ConfigProperty(name = "fairfollow.slowest-body") Duration patience) {
        patienceMs = patience.toMillis();
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    private void handle(RoutingContext call) {
        HttpServerRequest request = call.request();
        if (!request.isEnded() && UnreadBody.bringsBody(request) && !IMPORTS.equals(request.path())) {
            long timer = call.vertx().setTimer(patienceMs, late -> {
                if (!request.isEnded()) {
                    request.connection().close();
                }
            });
            // Left to run out, it would keep an answered call in memory.
            call.addEndHandler(answered -> call.vertx().cancelTimer(timer));
        }
        call.next();
    }
}
