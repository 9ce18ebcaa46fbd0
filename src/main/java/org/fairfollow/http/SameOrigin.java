package org.fairfollow.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call comes from one of the service's own pages: what a browser sends a cookie with by itself, and what a form does,
 * must not be had by a page of somebody else's.
 */
@ApplicationScoped
public class SameOrigin {
    private final String publicOrigin;

    SameOrigin(@ConfigProperty(name = "fairfollow.public-url") URI publicUrl) {
        publicOrigin = origin(publicUrl.getScheme(), publicUrl.getAuthority());
    }

    /** Throws {@link Problem#CROSS_ORIGIN} unless the browser says that the call comes from here. */
    public void require(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        // Browsers send Origin with whatever is no GET. The address the service is known by is configured; before that
        // is
        // done, or behind a proxy that keeps Host, it is the one that was asked.
        String asked = origin(request.scheme(), String.valueOf(request.getHeader("Host")));
        boolean own = origin != null && (is(origin, publicOrigin) || is(origin, asked));
        if (!own || (site != null && !site.equals("same-origin"))) {
            throw Problem.CROSS_ORIGIN.with("Open the page on this service itself and send it from there.");
        }
    }

    private static boolean is(String origin, String own) {
        return origin.toLowerCase(Locale.ROOT).equals(own);
    }

    /** As browsers write it, without the scheme's own port. */
    private static String origin(@Nullable String scheme, String authority) {
        String port = "https".equals(scheme) ? ":443" : ":80";
        String shortened =
                authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
        return (scheme + "://" + shortened).toLowerCase(Locale.ROOT);
    }
}
