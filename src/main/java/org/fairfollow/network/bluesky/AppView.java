package org.fairfollow.network.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.fairfollow.network.outbound.Answer;
import org.fairfollow.network.outbound.Answer.Heard;
import org.fairfollow.network.outbound.Json;
import org.fairfollow.network.outbound.Outbound;
import org.fairfollow.network.outbound.Outbound.Keeping;
import org.fairfollow.network.outbound.UnansweredException;

/** The AppView that the operator chose, by one way out. */
final class AppView {
    private static final int BAD_REQUEST = 400;

    private final Outbound outbound;
    private final String base;

    /** @param base without a slash at its end */
    AppView(Outbound outbound, String base) {
        this.outbound = outbound;
        this.base = base;
    }

    Outbound outbound() {
        return outbound;
    }

    /** @param query parameters, encoded */
    Answer ask(String method, String query, Keeping keeping, long until) {
        return outbound.askChosen(
                URI.create(base + "/xrpc/" + method + "?" + query), "application/json", keeping, until);
    }

    /** What is said of an account whose name is well formed: a bad request is one for an account that is not there, or suspended. */
    JsonNode askOf(String method, String query, Keeping keeping, long until) throws UnansweredException {
        Answer answer = ask(method, query, keeping, until);
        if (answer instanceof Heard heard && heard.status() == BAD_REQUEST) {
            throw UnansweredException.gone();
        }
        return Json.object(answer);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
