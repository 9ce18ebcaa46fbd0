package org.fairfollow.network.mastodon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairfollow.network.outbound.SmallInternet;

/** A server of Mastodon with one account of its own, and whoever follows it. */
final class StubMastodon implements ResponseDefinitionTransformerV2, AutoCloseable {
    static final String HOST = "social.example";
    static final String HANDLE = "growth@social.example";
    static final String ACTOR = "https://social.example/users/Growth";
    static final String API = "https://social.example/api/v1/accounts/7";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACCOUNT = """
            {"id": "7", "username": "Growth", "acct": "Growth", "display_name": "G", "locked": false, "bot": false,
             "discoverable": true, "group": false, "created_at": "2022-11-03T00:00:00.000Z",
             "note": "<p>I &amp; <a href=\\"https://a.example\\">mine</a></p>", "url": "https://social.example/@Growth",
             "uri": "https://social.example/users/Growth",
             "avatar": "https://social.example/avatars/original/missing.png", "following_count": 34,
             "followers_count": 0, "statuses_count": 12, "last_status_at": "2026-11-08", "emojis": [], "fields": []}""";
    private static final int LAST = 10;

    final WireMockServer server = new WireMockServer(WireMockConfiguration.options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .dynamicHttpsPort()
            .keystorePath(SmallInternet.keys().toString())
            .keystorePassword(SmallInternet.password())
            .keyManagerPassword(SmallInternet.password())
            .keystoreType("PKCS12")
            .containerThreads(20)
            .extensions(this));

    final ObjectNode account = JSON.createObjectNode();
    /** The newest first; each has its id in the list. */
    final List<ObjectNode> followers = new ArrayList<>();
    /** The newest first. */
    final List<ObjectNode> statuses = new ArrayList<>();
    /** Descendants by the id of a status. */
    final Map<String, JsonNode> contexts = new LinkedHashMap<>();

    StubMastodon() {
        server.start();
    }

    /** As before the first test: followed by three. */
    void reset() {
        account.removeAll();
        account.setAll(object(ACCOUNT));
        statuses.clear();
        contexts.clear();
        followedBy(3);
        server.resetAll();
        speak();
    }

    /** Whatever is asked, unless a test has it say something else. */
    private void speak() {
        server.stubFor(any(anyUrl()).atPriority(LAST).willReturn(aResponse().withTransformers(getName())));
    }

    void followedBy(int many) {
        followers.clear();
        for (int rank = 1; rank <= many; rank++) {
            followers.add(object("""
                    {"id": "%d", "username": "f", "acct": "f@other.example", "created_at": "2022-11-06T00:00:00.000Z",
                     "note": "<p>abc</p>", "avatar": "https://social.example/a.png", "followers_count": %d,
                     "following_count": 33, "statuses_count": 5, "last_status_at": "2022-11-09", "bot": false}""".formatted(100_000 - rank, rank)));
        }
        account.put("followers_count", many);
    }

    int calls() {
        return server.getAllServeEvents().size();
    }

    long calls(String path) {
        return server.getAllServeEvents().stream()
                .filter(event ->
                        URI.create(event.getRequest().getUrl()).getPath().equals(path))
                .count();
    }

    static ObjectNode object(String json) {
        return (ObjectNode) tree(json);
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String webFinger(String handle, String actor) {
        return """
                {"subject": "acct:%s", "aliases": [], "links": [
                  {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": "https://a.example/"},
                  {"rel": "self", "type": "application/activity+json", "href": "%s"}]}""".formatted(handle, actor);
    }

    @Override
    public String getName() {
        return "mastodon";
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        Request request = event.getRequest();
        String path = URI.create(request.getUrl()).getPath();
        return switch (path) {
            case "/robots.txt" ->
                answer("User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow: /media_proxy/\n")
                        .build();
            case "/.well-known/webfinger" -> answer(webFinger(HANDLE, ACTOR)).build();
            case "/api/v1/accounts/lookup" -> answer(account.toString()).build();
            case "/api/v1/accounts/7/followers" -> page(request, path, followers);
            case "/api/v1/accounts/7/statuses" -> page(request, path, statuses);
            default -> {
                String id = path.replaceFirst("^/api/v1/statuses/(.+)/context$", "$1");
                yield contexts.containsKey(id)
                        ? answer("{\"ancestors\": [], \"descendants\": " + contexts.get(id) + "}")
                                .build()
                        : ResponseDefinitionBuilder.jsonResponse("{\"error\":\"Record not found\"}", 404);
            }
        };
    }

    private static ResponseDefinitionBuilder answer(String body) {
        return ResponseDefinitionBuilder.responseDefinition()
                .withStatus(200)
                .withHeader("X-RateLimit-Limit", "300")
                .withHeader("X-RateLimit-Remaining", "299")
                .withHeader("X-RateLimit-Reset", "2026-11-23T10:05:00.000000Z")
                .withBody(body);
    }

    private static ResponseDefinition page(Request request, String path, List<ObjectNode> all) {
        int limit = Integer.parseInt(request.queryParameter("limit").firstValue());
        int from = 0;
        if (request.queryParameter("max_id").isPresent()) {
            String before = request.queryParameter("max_id").firstValue();
            while (from < all.size() && !all.get(from).path("id").asText().equals(before)) {
                from++;
            }
            from++;
        }
        List<ObjectNode> page = all.subList(Math.min(from, all.size()), Math.min(from + limit, all.size()));
        ArrayNode list = JSON.createArrayNode();
        page.forEach(list::add);
        ResponseDefinitionBuilder answer = answer(list.toString());
        return (page.size() < limit
                        ? answer
                        : answer.withHeader(
                                "Link",
                                "<https://%s%s?limit=%d&max_id=%s>; rel=\"next\", <https://%s%s?limit=%d&since_id=1>; rel=\"prev\""
                                        .formatted(
                                                HOST,
                                                path,
                                                limit,
                                                page.getLast().path("id").asText(),
                                                HOST,
                                                path,
                                                limit)))
                .build();
    }

    @Override
    public void close() {
        server.stop();
    }
}
