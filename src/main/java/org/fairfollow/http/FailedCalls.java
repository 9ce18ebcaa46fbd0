package org.fairfollow.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response;

/**
 * Calls that fail before or beside any endpoint are answered with a problem as well; left to the framework, the log would
 * have their paths.
 */
@ApplicationScoped
class FailedCalls {
    private final ObjectMapper json;
    private final ProtectiveHeaders headers;
    private final Page page;

    FailedCalls(ObjectMapper json, ProtectiveHeaders headers, Page page) {
        this.json = json;
        this.headers = headers;
        this.page = page;
    }

    void watch(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
    }

    private void answer(RoutingContext call) {
        if (call.response().headWritten()) {
            call.next();
            return;
        }
        // A call without a path or a host fails before any filter.
        headers.watch(call);
        // A failure that brings no status is a fault of ours.
        int status = call.statusCode() < 0 ? 500 : call.statusCode();
        Throwable cause = call.failure();
        HttpProblem problem =
                ProblemMappers.of(status, cause == null ? new IllegalStateException("no cause was given") : cause);
        if (Page.isWantedBy(call.request())) {
            end(call, page.refusal(problem, Speech.of(call.request())));
            return;
        }
        try {
            byte[] body = json.writeValueAsBytes(problem);
            call.response()
                    .setStatusCode(problem.getStatusCode())
                    .putHeader("Content-Type", HttpProblem.MEDIA_TYPE.toString())
                    .putHeader("Cache-Control", "no-store")
                    .end(Buffer.buffer(body));
        } catch (JsonProcessingException e) {
            call.next();
        }
    }

    private static void end(RoutingContext call, Response page) {
        call.response().setStatusCode(page.getStatus());
        page.getStringHeaders().forEach((name, values) -> call.response().putHeader(name, values));
        call.response().end(Buffer.buffer((byte[]) page.getEntity()));
    }
}
