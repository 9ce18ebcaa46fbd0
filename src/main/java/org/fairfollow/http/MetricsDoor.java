package org.fairfollow.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Shows the metrics to those alone whom the operator named; for everybody else there is nothing there. They tell of nobody,
 * but an attacker sees in them what hurts.
 */
@ApplicationScoped
class MetricsDoor {
    private static final int PRIORITY = 970;
    private static final String METRICS = "/q/metrics";
    /** What proxies add to say that they are one. */
    private static final List<String> SIGNS_OF_A_PROXY =
            List.of(ClientAddress.FORWARDED_FOR, "Forwarded", "X-Real-IP", "Via");

    private final ClientAddress clientAddress;
    private final NamedAddresses named;

    MetricsDoor(
            ClientAddress clientAddress,
            @ConfigProperty(name = "fairfollow.metrics-from") Optional<List<String>> named) {
        this.clientAddress = clientAddress;
        this.named = new NamedAddresses("FAIRFOLLOW_METRICS_FROM", named.orElse(List.of()));
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    private void handle(RoutingContext call) {
        // Normalized as the router sees it: no dots, escapes or double slashes lead around.
        if (call.normalizedPath().startsWith(METRICS) && !mayRead(call.request())) {
            call.fail(404);
        } else {
            call.next();
        }
    }

    private boolean mayRead(HttpServerRequest request) {
        // A proxy nobody named hides who asks: what it passes on comes from outside, though it stands on this machine.
        boolean hidden = !clientAddress.isByTrustedProxy(request)
                && SIGNS_OF_A_PROXY.stream().anyMatch(request.headers()::contains);
        return !hidden && named.contain(clientAddress.of(request));
    }
}
