package org.fairfollow.reporter;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.fairfollow.http.Access;
import org.fairfollow.http.ClientAddress;
import org.fairfollow.http.Form;
import org.fairfollow.http.Page;
import org.fairfollow.http.Problem;
import org.fairfollow.http.Quota;
import org.fairfollow.http.SameOrigin;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Lets only those call an endpoint whom it names, and only as often as their quota allows. */
public class AccessFilter {
    private static final URI SIGN_IN = URI.create("/moderation/sign-in");
    private static final Set<String> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Tokens tokens;
    private final Sessions sessions;
    private final Quotas quotas;
    private final ClientAddress clientAddress;
    private final SameOrigin sameOrigin;
    private final Page page;

    AccessFilter(
            Tokens tokens,
            Sessions sessions,
            Quotas quotas,
            ClientAddress clientAddress,
            SameOrigin sameOrigin,
            Page page) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.quotas = quotas;
        this.clientAddress = clientAddress;
        this.sameOrigin = sameOrigin;
        this.page = page;
    }

    /** What can be told from memory alone; nobody waits for a thread to be refused. */
    @ServerRequestFilter(nonBlocking = true)
    public @Nullable Response enter(ResourceInfo resource, RoutingContext call) {
        return answered(resource, () -> letIn(resource.getResourceMethod(), call));
    }

    /** Who signed in is looked up in the database, on the thread of the endpoint. */
    @ServerRequestFilter(priority = Priorities.USER + 1)
    public @Nullable Response meet(ResourceInfo resource, RoutingContext call) {
        SessionToken token = SessionToken.find(call);
        return token == null ? null : answered(resource, () -> meet(resource.getResourceMethod(), call, token));
    }

    private void letIn(Method method, RoutingContext call) {
        Access.Caller wanted = wanted(method);
        Role role = role(wanted);
        SessionToken session = role == null ? null : SessionToken.in(call);
        boolean unsafe = !SAFE.contains(call.request().method().name());
        if (unsafe && (isForm(method) || (session != null && session.byCookie()))) {
            sameOrigin.require(call.request());
        }
        String authorization = call.request().getHeader(HttpHeaders.AUTHORIZATION);
        boolean reporters = wanted == Access.Caller.REPORTER;
        Caller caller = Caller.ANONYMOUS;
        if (reporters) {
            Reporters.requireToken(authorization);
        } else if (wanted == Access.Caller.OWNER) {
            DisputeToken.require(authorization);
        } else if (session == null) {
            caller = tokens.callerOf(authorization);
            if (role != null) {
                requireOperator(caller, role, takesOperatorToken(method));
            }
        } else {
            session.belongsTo(call);
        }
        Quota quota = method.getAnnotation(Quota.class);
        // A session is looked up in the database, whoever makes one up.
        if (quota != null || session != null) {
            int units = quota == null ? 1 : quota.value();
            Supplier<InetAddress> address = () -> clientAddress.of(call.request());
            Allowance allowance = reporters ? quotas.reporters(address.get()) : quotas.allowance(caller, address);
            allowance.belongsTo(call);
            if (units != Quota.BY_CONTENT) {
                allowance.spendOnCall(units);
            }
        }
    }

    /** The operator token opens what operators may do, but nothing that needs a person to answer for it. */
    private static void requireOperator(Caller caller, Role role, boolean tokenToo) {
        boolean operator = caller instanceof Caller.Operator;
        if (operator && (tokenToo || role == Role.OPERATOR)) {
            return;
        }
        if (operator) {
            throw Problem.FORBIDDEN.with("Sign in: this is for people, by name.");
        }
        throw Problem.UNAUTHORIZED.with(
                role == Role.OPERATOR
                        ? "Send the operator token as \"Authorization: Bearer ffo_…\", or sign in as an operator."
                        : "Sign in, and send the token as \"Authorization: Bearer ffm_…\".");
    }

    private void meet(Method method, RoutingContext call, SessionToken token) {
        Moderator moderator = sessions.find(token.secret()).orElseThrow(Tokens::unknown);
        Role role = Objects.requireNonNull(role(wanted(method)));
        if (!moderator.role().includes(role)) {
            throw Problem.FORBIDDEN.with("Ask somebody who is " + role.id() + " to do it.");
        }
        moderator.makes(call);
    }

    @ServerResponseFilter
    public void leave(ContainerRequestContext request, ContainerResponseContext response, RoutingContext call) {
        Allowance allowance = Allowance.find(call);
        if (allowance != null) {
            allowance.tell(response.getHeaders());
        }
        // No cache keeps what a token opened or what a quota closed, so what caches keep was said to anybody and is the
        // same bytes for all: it needs no Vary on the token.
        if (request.getHeaderString(HttpHeaders.AUTHORIZATION) != null
                || call.request().getCookie(SessionToken.COOKIE) != null
                || response.getStatus() == Status.TOO_MANY_REQUESTS.getStatusCode()) {
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    /** The refusal of a page is a page, or leads to where one signs in. */
    private @Nullable Response answered(ResourceInfo resource, Runnable check) {
        try {
            check.run();
            return null;
        } catch (HttpProblem refusal) {
            if (!Page.isWrittenBy(resource.getResourceMethod())) {
                throw refusal;
            }
            return refusal.getStatusCode() == Status.UNAUTHORIZED.getStatusCode()
                    ? Page.withHeaders(Response.seeOther(SIGN_IN), Page.Keeping.NOBODY)
                            .build()
                    : page.refusal(refusal);
        }
    }

    private static boolean takesOperatorToken(Method method) {
        Access access = method.getAnnotation(Access.class);
        return access != null && access.operatorTokenToo();
    }

    private static Access.@Nullable Caller wanted(Method method) {
        Access access = method.getAnnotation(Access.class);
        return access == null ? null : access.value();
    }

    /** Whom an endpoint is open to, of those who sign in; null where it is open to others. One that says nothing is for operators. */
    private static @Nullable Role role(Access.@Nullable Caller wanted) {
        return switch (wanted) {
            case ANYONE, REPORTER, OWNER -> null;
            case REVIEWER -> Role.REVIEWER;
            case MODERATOR -> Role.MODERATOR;
            case OPERATOR -> Role.OPERATOR;
            case null -> Role.OPERATOR;
        };
    }

    private static boolean isForm(Method method) {
        Consumes consumes = method.getAnnotation(Consumes.class);
        return consumes != null && Arrays.asList(consumes.value()).contains(Form.TYPE);
    }
}
