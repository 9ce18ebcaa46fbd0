package org.fairfollow.testing;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Map;
import java.util.function.Supplier;
import org.fairfollow.testing.Contract.Operation;

/** Tokens that open calls, by the names openapi.yaml gives to those who hold them. */
public final class Credentials {
    private static final Map<String, Supplier<String>> OPENING = Map.of(
            "operator", () -> Api.OPERATOR_TOKEN,
            "reporter", Telling::token,
            // Of somebody new each time: some calls end sessions. An operator is let in wherever anybody is who signed
            // in.
            "session",
                    () -> CDI.current()
                            .select(Moderation.class)
                            .get()
                            .person("operator")
                            .token());

    private Credentials() {}

    /** What to send as Authorization to be let in; empty where anybody is, or where no token alone does it. */
    public static String opening(Operation operation) {
        return operation.callers().stream()
                .filter(OPENING::containsKey)
                .findFirst()
                .map(caller -> "Bearer " + OPENING.get(caller).get())
                .orElse("");
    }

    /** A new key, with its id. */
    public static Map<String, String> key() {
        JsonNode issued = Api.json(Api.asOperator()
                .contentType("application/json")
                .body(Map.of("label", "a key of a test"))
                .post("/v1/keys")
                .then()
                .statusCode(201)
                .extract()
                .response());
        return Map.of("id", issued.get("id").asText(), "key", issued.get("key").asText());
    }
}
