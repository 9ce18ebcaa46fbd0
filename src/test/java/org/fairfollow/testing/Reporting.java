package org.fairfollow.testing;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Calls of people who report accounts. */
public final class Reporting {
    private Reporting() {}

    /** What is sent to report an account, to be changed at will. */
    public static Map<String, Object> of(String network, String name, String practice) {
        return new HashMap<>(Map.of("account", Map.of("network", network, "name", name), "practice", practice));
    }

    /** The marks of a message; equal seeds stand for equal texts. */
    public static Map<String, Object> message(int seed) {
        List<String> bands = new ArrayList<>(IntStream.range(0, 32)
                .mapToObj(band -> "%08x".formatted(seed * 1_000 + band))
                .toList());
        return new HashMap<>(Map.of(
                "fingerprint",
                "%032x".formatted(seed),
                "bands",
                bands,
                "kind",
                "promotion",
                "delaySeconds",
                60,
                "hasLink",
                true));
    }

    public static ValidatableResponse send(String token, Map<String, Object> report) {
        return send(Telling.as(token), report);
    }

    /** The same where the report is wrong on purpose. */
    public static ValidatableResponse sendWrongly(String token, Object report) {
        return send(Api.wrongCall().header("Authorization", "Bearer " + token), report);
    }

    public static ValidatableResponse send(RequestSpecification call, Object report) {
        return call.contentType("application/json")
                .body(report)
                .post("/v1/reports")
                .then();
    }

    /** Sends it, and its id. */
    public static String sent(String token, Map<String, Object> report) {
        return Api.json(send(token, report).statusCode(202).extract().response())
                .get("id")
                .asText();
    }
}
