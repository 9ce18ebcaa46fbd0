package org.fairfollow.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.util.Set;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Turns what rooms and the framework throw into problems with a code, so that no answer is an error page. */
@ApplicationScoped
public class ProblemMappers implements ProblemPostProcessor {
    private static final String CALLS = "See openapi.yaml for the calls there are.";
    private static final String METHODS = "See openapi.yaml for the methods of this call.";
    private static final String FORMS = "Ask for application/json, or leave out the Accept header.";
    private static final String TYPES = "See openapi.yaml for the types this call takes.";
    private static final String BODY = "See openapi.yaml for what this call takes.";
    private static final Set<String> FOR_PROGRAMS = Set.of(CALLS, METHODS, FORMS, TYPES, BODY);

    private final Page page;

    ProblemMappers(Page page) {
        this.page = page;
    }

    @ServerExceptionMapper
    Response databaseAway(DatabaseAwayException e, ResourceInfo resource) {
        return answer(Problem.DATABASE_AWAY.with("Nothing is lost; do the same again in a few seconds."), resource);
    }

    @ServerExceptionMapper({RuntimeException.class, Error.class})
    Response fault(Throwable e, ResourceInfo resource) {
        return answer(e instanceof HttpProblem problem ? problem : Fault.report(e), resource);
    }

    /** Whoever asked for a page gets one. */
    private Response answer(HttpProblem problem, @Nullable ResourceInfo resource) {
        return resource != null && Page.isWrittenBy(resource.getResourceMethod())
                ? page.refusal(problem)
                : problem.toResponse();
    }

    /** Whoever asks for a page gets one also where no endpoint was reached: unknown addresses, other methods. */
    @ServerResponseFilter
    public void write(ContainerResponseContext answer, HttpServerRequest request) {
        if (answer.getEntity() instanceof HttpProblem problem && Page.isWantedBy(request)) {
            Response refusal = page.refusal(problem);
            answer.getHeaders().putAll(refusal.getHeaders());
            answer.setEntity(refusal.getEntity(), new Annotation[0], refusal.getMediaType());
        }
    }

    /** What a problem tells people: how to mend it, but nothing of calls, and the id by which the operator finds a fault. */
    static String forPeople(HttpProblem problem) {
        if (problem.getInstance() != null) {
            return "Try again later. If it goes on, tell whoever runs this service the id of what happened: "
                    + problem.getInstance();
        }
        String detail = String.valueOf(problem.getDetail());
        if (!FOR_PROGRAMS.contains(detail)) {
            return detail;
        }
        return switch (problem.getStatusCode()) {
            case 404 -> "The address may be mistyped, or what was here is gone. Look an account up above.";
            case 405 -> "This address opens by a button on another page. Go back to that page and press it again.";
            default -> "Go back to the page before and try again.";
        };
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
            case 404 -> Problem.NOT_FOUND.with(CALLS);
            case 405 -> Problem.METHOD_NOT_ALLOWED.with(METHODS);
            case 406 -> Problem.NOT_ACCEPTABLE.with(FORMS);
            case 413 -> Problem.TOO_LARGE.with("Send less at once.");
            case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE.with(TYPES);
            default -> status < 500 ? Problem.INVALID_BODY.with(BODY) : Fault.report(cause);
        };
    }
}
