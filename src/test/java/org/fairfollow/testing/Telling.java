package org.fairfollow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.common.mapper.TypeRef;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.altcha.altcha.Altcha;

/** Calls of people who become reporters and tell what they saw. */
public final class Telling {
    private Telling() {}

    /** A challenge as it is given. */
    public static Map<String, Object> challenge() {
        return Api.call()
                .get("/v1/reporters/challenge")
                .then()
                .statusCode(200)
                .extract()
                .as(new TypeRef<>() {});
    }

    /** The body that sends it back with what solves it. */
    public static Map<String, Object> solved(Map<String, Object> challenge) {
        try {
            Altcha.Solution solution = Altcha.solveChallenge(
                    (String) challenge.get("challenge"),
                    (String) challenge.get("salt"),
                    Altcha.Algorithm.SHA256,
                    ((Number) challenge.get("maxnumber")).longValue(),
                    0);
            return Map.of("challenge", challenge, "number", solution.number);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public static ValidatableResponse register(Map<String, Object> solved) {
        return Api.call()
                .contentType("application/json")
                .body(solved)
                .post("/v1/reporters")
                .then();
    }

    /** The token of a new reporter. */
    public static String token() {
        JsonNode registered =
                Api.json(register(solved(challenge())).statusCode(201).extract().response());
        assertThat(registered.path("publicId").asText()).isNotEmpty();
        return registered.get("secretToken").asText();
    }

    public static RequestSpecification as(String token) {
        return Api.call().header("Authorization", "Bearer " + token);
    }

    public static ValidatableResponse tell(String token, List<?> observations) {
        return tell(as(token), observations);
    }

    /** The same where the observations are wrong on purpose. */
    public static ValidatableResponse tellWrongly(String token, List<?> observations) {
        return tell(Api.wrongCall().header("Authorization", "Bearer " + token), observations);
    }

    private static ValidatableResponse tell(RequestSpecification call, List<?> observations) {
        return call.contentType("application/json")
                .body(Map.of("observations", observations))
                .post("/v1/observations")
                .then();
    }

    /** "It followed me", or with {@code follows} false "it follows me no longer". */
    public static Map<String, Object> follow(String network, String actor, boolean follows, Instant at) {
        return new HashMap<>(Map.of(
                "kind",
                follows ? "follow" : "unfollow",
                "actor",
                Map.of("network", network, "name", actor),
                "time",
                at.toString()));
    }

    public static Map<String, Object> counters(
            String network, String account, long followers, long following, Instant at) {
        return new HashMap<>(Map.of(
                "kind",
                "profile-counters",
                "account",
                Map.of("network", network, "name", account),
                "time",
                at.toString(),
                "followers",
                Map.of("count", followers, "exact", true),
                "following",
                Map.of("count", following, "exact", true)));
    }
}
