package org.fairfollow.network.bluesky;

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

/** An AppView that knows one account and whoever follows it, and speaks as the real one does. */
final class StubAppView implements ResponseDefinitionTransformerV2, AutoCloseable {
    static final String DID = "did:plc:growth";
    static final String HANDLE = "growth.example";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROFILE = """
            {"did": "did:plc:growth", "handle": "growth.example", "displayName": "G", "description": "wide \\ud83c\\udf31",
             "avatar": "https://cdn.example/a@jpeg", "associated": {"lists": 0}, "labels": [], "postsCount": 12,
             "followsCount": 34, "createdAt": "2024-11-20T03:47:49.503Z", "indexedAt": "2024-11-20T04:11:59.703Z"}""";
    private static final int LAST = 10;

    final WireMockServer server = new WireMockServer(WireMockConfiguration.options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .containerThreads(20)
            .extensions(this));
    /** DIDs, the newest first. */
    final List<String> followers = new ArrayList<>();

    final ObjectNode profile = JSON.createObjectNode();
    /** {@code feedViewPost}s, the newest first. */
    final List<ObjectNode> feed = new ArrayList<>();
    /** {@code threadViewPost}s by the URI of their post. */
    final Map<String, JsonNode> threads = new LinkedHashMap<>();

    StubAppView() {
        server.start();
    }

    /** As before the first test: followed by three. */
    void reset() {
        profile.removeAll();
        profile.setAll(object(PROFILE));
        feed.clear();
        threads.clear();
        followedBy(3);
        server.resetAll();
        speak();
    }

    /** Whatever is asked, unless a test has it say something else. */
    void speak() {
        server.stubFor(any(anyUrl()).atPriority(LAST).willReturn(aResponse().withTransformers(getName())));
    }

    URI address() {
        return URI.create(server.baseUrl());
    }

    /** The followers did:plc:f1 (who followed last) to did:plc:f{many}. */
    void followedBy(int many) {
        followers.clear();
        for (int rank = 1; rank <= many; rank++) {
            followers.add("did:plc:f" + rank);
        }
        profile.put("followersCount", many);
    }

    int calls() {
        return server.getAllServeEvents().size();
    }

    long calls(String method) {
        return server.getAllServeEvents().stream()
                .filter(event -> event.getRequest().getUrl().startsWith("/xrpc/" + method + "?"))
                .count();
    }

    static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String getName() {
        return "app-view";
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        Request request = event.getRequest();
        String path = URI.create(request.getUrl()).getPath();
        ObjectNode answer =
                switch (path) {
                    case "/xrpc/app.bsky.actor.getProfile" -> isOurs(request) ? profile : null;
                    case "/xrpc/com.atproto.identity.resolveHandle" ->
                        first(request, "handle").equals(HANDLE) ? object("{\"did\": \"" + DID + "\"}") : null;
                    case "/xrpc/app.bsky.graph.getFollowers" -> isOurs(request) ? followers(request) : null;
                    case "/xrpc/app.bsky.actor.getProfiles" -> profiles(request);
                    case "/xrpc/app.bsky.feed.getAuthorFeed" -> isOurs(request) ? feed(request) : null;
                    case "/xrpc/app.bsky.feed.getPostThread" -> thread(request);
                    default -> null;
                };
        return answer == null
                ? ResponseDefinitionBuilder.jsonResponse(
                        "{\"error\":\"InvalidRequest\",\"message\":\"not found\"}", 400)
                : ResponseDefinitionBuilder.responseDefinition()
                        .withStatus(200)
                        .withHeader("Content-Type", "application/json; charset=utf-8")
                        .withHeader("RateLimit-Limit", "3000")
                        .withHeader("RateLimit-Remaining", "2999")
                        .withHeader("RateLimit-Policy", "3000;w=300")
                        .withBody(answer.toString())
                        .build();
    }

    private static boolean isOurs(Request request) {
        return List.of(DID, HANDLE).contains(first(request, "actor"));
    }

    private static String first(Request request, String parameter) {
        return request.queryParameter(parameter).isPresent()
                ? request.queryParameter(parameter).firstValue()
                : "";
    }

    private ObjectNode followers(Request request) {
        ObjectNode page = JSON.createObjectNode();
        page.putObject("subject").put("did", DID).put("handle", HANDLE);
        ArrayNode list = page.putArray("followers");
        page(request, followers, "limit", page).forEach(did -> list.add(listed(did)));
        return page;
    }

    private ObjectNode feed(Request request) {
        ObjectNode page = JSON.createObjectNode();
        ArrayNode list = page.putArray("feed");
        page(request, feed, "limit", page).forEach(list::add);
        return page;
    }

    private static <T> List<T> page(Request request, List<T> all, String limit, ObjectNode page) {
        int from = first(request, "cursor").isEmpty() ? 0 : Integer.parseInt(first(request, "cursor"));
        int to = Math.min(all.size(), from + Integer.parseInt(first(request, limit)));
        // As there: a full page has a cursor, even if nothing comes after it.
        if (to - from == Integer.parseInt(first(request, limit))) {
            page.put("cursor", String.valueOf(to));
        }
        return all.subList(from, to);
    }

    /** What lists show of a follower: no numbers. */
    static ObjectNode listed(String did) {
        return object("""
                {"did": "%s", "handle": "f.example", "displayName": "", "labels": [], "viewer": {"muted": false},
                 "createdAt": "2024-11-23T07:13:18.108Z", "description": "abc"}""".formatted(did));
    }

    private ObjectNode profiles(Request request) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode profiles = answer.putArray("profiles");
        List<String> actors = request.queryParameter("actors").values();
        if (actors.size() > 25) {
            return null;
        }
        for (String did : actors) {
            if (followers.contains(did)) {
                int number = Integer.parseInt(did.substring("did:plc:f".length()));
                profiles.add(listed(did)
                        .put("followersCount", number)
                        .put("followsCount", 7)
                        .put("postsCount", 3));
            }
        }
        return answer;
    }

    private ObjectNode thread(Request request) {
        JsonNode thread = threads.get(first(request, "uri"));
        return thread == null ? null : JSON.createObjectNode().set("thread", thread);
    }

    @Override
    public void close() {
        server.stop();
    }
}
