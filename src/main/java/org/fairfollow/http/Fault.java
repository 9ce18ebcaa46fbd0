package org.fairfollow.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.logging.Log;
import java.net.URI;
import java.util.UUID;

/** Failures nobody foresaw: told to the log and to the caller under one id, by which the two can be brought together. */
public final class Fault {
    private Fault() {}

    /** Logs the failure, without what was asked for: it would say whom somebody looks at. */
    public static HttpProblem report(Throwable failure) {
        URI id = URI.create("urn:uuid:" + UUID.randomUUID());
        Log.errorf(Wordless.of(failure), "A call failed, %s", id);
        return HttpProblem.builder(Problem.FAULT.with("Try again later; tell the operator the id in \"instance\"."))
                .withInstance(id)
                .build();
    }
}
