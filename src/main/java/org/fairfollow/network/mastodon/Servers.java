package org.fairfollow.network.mastodon;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.fairfollow.network.outbound.Answer;
import org.fairfollow.network.outbound.Outbound;
import org.fairfollow.network.outbound.Outbound.Keeping;
import org.fairfollow.network.outbound.Outbound.Redirects;
import org.fairfollow.network.outbound.Robots;
import org.fairfollow.network.outbound.UnansweredException;
import org.jspecify.annotations.Nullable;

/** Anybody's servers, by one way out. */
final class Servers {
    private static final String JSON = "application/json";

    private final Outbound outbound;
    private final @Nullable Robots robots;

    /** @param robots null where a person asks for what is theirs: that is no robot's call */
    Servers(Outbound outbound, @Nullable Robots robots) {
        this.outbound = outbound;
        this.robots = robots;
    }

    Outbound outbound() {
        return outbound;
    }

    /** Asks for something that is the host's own. */
    Answer ask(URI address, Keeping keeping, long until) throws UnansweredException {
        return ask(address, JSON, Redirects.SAME_HOST, keeping, until);
    }

    /** Asks a host whose account a name is. */
    Answer webFinger(String host, String resource, long until) throws UnansweredException {
        return ask(
                URI.create("https://" + host + "/.well-known/webfinger?resource=" + encoded(resource)),
                "application/jrd+json, application/json",
                Redirects.ANY_HOST,
                Keeping.NOTHING,
                until);
    }

    private Answer ask(URI address, String accept, Redirects redirects, Keeping keeping, long until)
            throws UnansweredException {
        if (robots != null) {
            robots.allow(address, until);
        }
        return outbound.ask(address, accept, redirects, keeping, until);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
