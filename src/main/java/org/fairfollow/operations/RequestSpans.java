package org.fairfollow.operations;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * A span a call, where tracing is configured. It holds method, route and status and nothing else, and takes no trace of
 * the caller's on: neither what was asked for nor who asked can be told from it.
 */
@ApplicationScoped
class RequestSpans {
    static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private static final int SERVER_ERROR = 500;
    private static final Open NONE = (route, status) -> {};

    private final @Nullable Tracer tracer;

    /** A call that goes on. */
    @FunctionalInterface
    interface Open {
        void close(String route, int status);
    }

    RequestSpans(OpenTelemetry telemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean disabled) {
        tracer = disabled ? null : telemetry.getTracer("org.fairfollow");
    }

    Open open(String method) {
        if (tracer == null) {
            return NONE;
        }
        Span span = tracer.spanBuilder(method)
                .setNoParent()
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(METHOD, method)
                .startSpan();
        return (route, status) -> {
            span.updateName(method + " " + route);
            span.setAttribute(ROUTE, route);
            span.setAttribute(STATUS, (long) status);
            if (status >= SERVER_ERROR) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        };
    }
}
