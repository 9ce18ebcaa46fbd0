package org.fairfollow.operations;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Measures every call: how long it took, by method, route and status. A route is the template of an endpoint, never the
 * path that was called, so that no measurement says whom somebody looks at; the framework's own measuring falls back to
 * the path where it knows no template.
 */
@ApplicationScoped
class Requests {
    /** What matches no endpoint, and what is no endpoint of ours (static files, /q). */
    static final String NO_ROUTE = "other";

    /** The status of calls whose client went away before the answer was sent, as proxies log it. */
    private static final int CLIENT_WENT_AWAY = 499;
    /** Before everything else that handles calls: cross-origin answers, for instance, come from a filter of their own. */
    private static final int FIRST = 10_000;

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;
    private final RequestSpans spans;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    private record Kind(String method, String route, int status) {}

    Requests(MeterRegistry registry, RequestSpans spans) {
        this.registry = registry;
        this.spans = spans;
    }

    void watch(@Observes Filters filters) {
        filters.register(this::handle, FIRST);
    }

    private void handle(RoutingContext call) {
        long began = System.nanoTime();
        String method = method(call.request());
        RequestSpans.Open span = spans.open(method);
        call.addEndHandler(end -> {
            String route = route(call.request());
            int status = end.succeeded() ? call.response().getStatusCode() : CLIENT_WENT_AWAY;
            timers.computeIfAbsent(new Kind(method, route, status), this::timer)
                    .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            span.close(route, status);
        });
        call.next();
    }

    private static String method(HttpServerRequest request) {
        String name = request.method().name();
        return METHODS.contains(name) ? name : "OTHER";
    }

    /** The template that Quarkus leaves with the call when an endpoint matched. */
    private static String route(HttpServerRequest request) {
        String template = request instanceof HttpServerRequestInternal known
                ? known.context().getLocal("UrlPathTemplate")
                : null;
        return template == null ? NO_ROUTE : template;
    }

    private Timer timer(Kind kind) {
        return Timer.builder("http.server.requests")
                .description("Calls and how long they took")
                .tag("method", kind.method)
                .tag("uri", kind.route)
                .tag("status", String.valueOf(kind.status))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
