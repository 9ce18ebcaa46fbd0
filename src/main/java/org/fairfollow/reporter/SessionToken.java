package org.fairfollow.reporter;

import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.util.Objects;
import org.fairfollow.http.Form;
import org.fairfollow.http.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A session's token as a call brings it: in a header from tools, in a cookie from browsers.
 *
 * @param byCookie the browser sent it by itself, whoever made it call
 */
public record SessionToken(String secret, boolean byCookie) {
    /** The prefix has browsers take it from this host alone, over TLS, and send it nowhere else. */
    public static final String COOKIE = "__Host-fairfollow";
    /** What forms of whoever signed in carry besides. */
    public static final String FORM_FIELD = "form-token";

    private static final String CALL_KEY = SessionToken.class.getName();

    /** That of the call in hand, which is open only to those who signed in. */
    public static SessionToken of(RoutingContext call) {
        return Objects.requireNonNull(find(call), "the call is open to those who did not sign in");
    }

    static @Nullable SessionToken find(RoutingContext call) {
        return call.get(CALL_KEY);
    }

    /** What the call brings; null if it is nothing like a session's token. A header counts before a cookie. */
    static @Nullable SessionToken in(RoutingContext call) {
        String authorization = call.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            String token = Token.in(authorization);
            return token.startsWith(Sessions.PREFIX) ? new SessionToken(token, false) : null;
        }
        Cookie cookie = call.request().getCookie(COOKIE);
        return cookie != null && cookie.getValue().startsWith(Sessions.PREFIX)
                ? new SessionToken(cookie.getValue(), true)
                : null;
    }

    void belongsTo(RoutingContext call) {
        call.put(CALL_KEY, this);
    }

    /** What the forms on this session's pages carry. */
    public String forForms() {
        return Sessions.formToken(secret);
    }

    /** Throws {@link Problem#CROSS_ORIGIN} unless the form stood on a page of this session. */
    public void require(Form form) {
        if (!Token.isSame(forForms(), form.get(FORM_FIELD))) {
            throw Problem.CROSS_ORIGIN.with("Open the page again and send it from there: you signed in anew since.");
        }
    }

    /** The cookie of a session that was just begun; it ends with the browser's, and with the session. */
    public static NewCookie cookie(String secretToken) {
        return cookie(secretToken, NewCookie.DEFAULT_MAX_AGE);
    }

    /** What takes the cookie away. */
    public static NewCookie noCookie() {
        return cookie("", 0);
    }

    private static NewCookie cookie(String value, int maxAge) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path("/")
                .maxAge(maxAge)
                .secure(true)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
