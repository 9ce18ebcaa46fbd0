package org.fairfollow.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Who is answered before all of a body has come (it is too large, the database is away) is given a moment to read the
 * answer, and then hung up on: what is still sent is thrown away meanwhile, for an answer is lost on whoever cannot send.
 */
class UnreadBody {
    /** Before {@link CrossOrigin}, so that nothing is answered without it. */
    private static final int PRIORITY = 310;

    private static final int MOMENT_MS = 2_000;

    void register(@Observes Filters filters) {
        filters.register(UnreadBody::handle, PRIORITY);
    }

    private static void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        // A call answered at once has not ended yet even when nothing more comes of it: a timer for each would keep its
        // answer in memory for seconds, gigabytes under load.
        if (!request.isEnded() && bringsBody(request)) {
            context.addEndHandler(answered -> {
                if (!request.isEnded()) {
                    request.handler(thrownAway -> {});
                    request.resume();
                    context.vertx().setTimer(MOMENT_MS, timer -> {
                        if (!request.isEnded()) {
                            request.connection().close();
                        }
                    });
                }
            });
        }
        context.next();
    }

    static boolean bringsBody(HttpServerRequest request) {
        boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        return !reads
                || request.getHeader(HttpHeaders.CONTENT_LENGTH) != null
                || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }
}
