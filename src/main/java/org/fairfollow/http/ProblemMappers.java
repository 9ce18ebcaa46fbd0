package org.fairfollow.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
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

    @ServerExceptionMapper({RuntimeException.class, Error.class})
    Response fault(Throwable e) {
        return e instanceof HttpProblem problem
                ? problem.toResponse()
                : Fault.report(e).toResponse();
    }

    /** Gives the framework's own refusals a code and a sentence. */
    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        if (problem.getParameters().containsKey("code")) {
            return problem;
        }
        return of(problem.getStatusCode(), context.cause);
    }

    /** The problem of a refusal or failure of the framework, of which it gave nothing but the status. */
    static HttpProblem of(int status, Throwable cause) {
        return switch (status) {
            case 404 -> Problem.NOT_FOUND.with("See openapi.yaml for the calls there are.");
            case 405 -> Problem.METHOD_NOT_ALLOWED.with("See openapi.yaml for the methods of this call.");
            case 406 -> Problem.NOT_ACCEPTABLE.with("Ask for application/json, or leave out the Accept header.");
            case 413 -> Problem.TOO_LARGE.with("Send less at once.");
            case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE.with("See openapi.yaml for the types this call takes.");
            default ->
                status < 500
                        ? Problem.INVALID_BODY.with("See openapi.yaml for what this call takes.")
                        : Fault.report(cause);
        };
    }
}
