package org.fairfollow.reporter;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import org.fairfollow.http.Access;
import org.fairfollow.http.Problem;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Lets only those call an endpoint whom it names. */
public class AccessFilter {
    private final OperatorToken operatorToken;

    AccessFilter(OperatorToken operatorToken) {
        this.operatorToken = operatorToken;
    }

    @ServerRequestFilter(nonBlocking = true)
    public void check(ContainerRequestContext request, SimpleResourceInfo resource) throws NoSuchMethodException {
        Method method = resource.getResourceClass().getMethod(resource.getMethodName(), resource.parameterTypes());
        Access access = method.getAnnotation(Access.class);
        boolean open = access != null && access.value() == Access.Caller.ANYONE;
        if (!open && !operatorToken.isIn(request.getHeaderString(HttpHeaders.AUTHORIZATION))) {
            throw Problem.UNAUTHORIZED.with("Send the operator token as \"Authorization: Bearer ffo_…\".");
        }
    }
}
