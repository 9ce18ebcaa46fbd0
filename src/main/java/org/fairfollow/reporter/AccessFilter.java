package org.fairfollow.reporter;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.util.function.Supplier;
import org.fairfollow.http.Access;
import org.fairfollow.http.ClientAddress;
import org.fairfollow.http.Problem;
import org.fairfollow.http.Quota;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Lets only those call an endpoint whom it names, and only as often as their quota allows. */
public class AccessFilter {
    private final Tokens tokens;
    private final Quotas quotas;
    private final ClientAddress clientAddress;

    AccessFilter(Tokens tokens, Quotas quotas, ClientAddress clientAddress) {
        this.tokens = tokens;
        this.quotas = quotas;
        this.clientAddress = clientAddress;
    }

    @ServerRequestFilter(nonBlocking = true)
    public void enter(ContainerRequestContext request, ResourceInfo resource, RoutingContext call) {
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        Method method = resource.getResourceMethod();
        Access access = method.getAnnotation(Access.class);
        boolean reporters = access != null && access.value() == Access.Caller.REPORTER;
        Caller caller = Caller.ANONYMOUS;
        if (reporters) {
            Reporters.requireToken(authorization);
        } else {
            caller = tokens.callerOf(authorization);
            boolean open = access != null && access.value() == Access.Caller.ANYONE;
            if (!open && !(caller instanceof Caller.Operator)) {
                throw Problem.UNAUTHORIZED.with("Send the operator token as \"Authorization: Bearer ffo_…\".");
            }
        }
        Quota quota = method.getAnnotation(Quota.class);
        if (quota != null) {
            Supplier<InetAddress> address = () -> clientAddress.of(call.request());
            Allowance allowance = reporters ? quotas.reporters(address.get()) : quotas.allowance(caller, address);
            allowance.belongsTo(call);
            if (quota.value() != Quota.BY_CONTENT) {
                allowance.spendOnCall(quota.value());
            }
        }
    }

    @ServerResponseFilter
    public void leave(ContainerRequestContext request, ContainerResponseContext response, RoutingContext call) {
        Allowance allowance = Allowance.find(call);
        if (allowance != null) {
            allowance.tell(response.getHeaders());
        }
        // No cache keeps what a token opened or what a quota closed, so what caches keep was said to anybody and is the
        // same
        // bytes for all: it needs no Vary on the token.
        if (request.getHeaderString(HttpHeaders.AUTHORIZATION) != null
                || response.getStatus() == Status.TOO_MANY_REQUESTS.getStatusCode()) {
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }
}
