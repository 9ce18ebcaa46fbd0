package org.fairfollow.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what rooms and the framework throw into problems with a code, so that no answer is an error page. */
@ApplicationScoped
public class ProblemMappers implements ProblemPostProcessor {
    @ServerExceptionMapper
    Response databaseAway(DatabaseAwayException e) {
        return Problem.DATABASE_AWAY
                .with("Nothing is lost; do the same again in a few seconds.")
                .toResponse();
    }

    @ServerExceptionMapper
    Response fault(RuntimeException e) {
        if (e instanceof HttpProblem problem) {
            return problem.toResponse();
        }
        // What was asked for is not logged: it would say whom somebody looks at.
        Log.error("A call failed", e);
        return Problem.FAULT.with("Try again later.").toResponse();
    }

    /** Gives the framework's own refusals a code and a sentence. */
    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        if (problem.getParameters().containsKey("code")) {
            return problem;
        }
        return switch (problem.getStatusCode()) {
            case 404 -> Problem.NOT_FOUND.with("See openapi.yaml for the calls there are.");
            case 405 -> Problem.METHOD_NOT_ALLOWED.with("See openapi.yaml for the methods of this call.");
            case 406 -> Problem.NOT_ACCEPTABLE.with("Ask for application/json, or leave out the Accept header.");
            case 413 -> Problem.TOO_LARGE.with("Send less at once.");
            case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE.with("See openapi.yaml for the types this call takes.");
            default ->
                problem.getStatusCode() < 500
                        ? Problem.INVALID_BODY.with("See openapi.yaml for what this call takes.")
                        : Problem.FAULT.with("Try again later.");
        };
    }
}
