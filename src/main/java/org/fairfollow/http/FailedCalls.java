package org.fairfollow.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Calls that fail before or beside any endpoint are answered with a problem as well; left to the framework, the log would
 * have their paths.
 */
@ApplicationScoped
class FailedCalls {
    private final ObjectMapper json;

    FailedCalls(ObjectMapper json) {
        this.json = json;
    }

    void watch(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
    }

    private void answer(RoutingContext call) {
        if (call.failure() == null || call.response().headWritten()) {
            call.next();
            return;
        }
        // A failure that brings no status is a fault of ours.
        int status = call.statusCode() < 0 ? 500 : call.statusCode();
        HttpProblem problem = ProblemMappers.of(status, call.failure());
        try {
            byte[] body = json.writeValueAsBytes(problem);
            call.response()
                    .setStatusCode(problem.getStatusCode())
                    .putHeader("Content-Type", HttpProblem.MEDIA_TYPE.toString())
                    .end(Buffer.buffer(body));
        } catch (JsonProcessingException e) {
            call.next();
        }
    }
}
