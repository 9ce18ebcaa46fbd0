package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Contract;
import org.fairfollow.testing.Contract.Operation;
import org.fairfollow.testing.Credentials;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Telling;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of the contract, with every method, as whoever should not be let in. */
@QuarkusTest
class DoorsApiTest {
    private static boolean published;

    @Inject
    Pipeline pipeline;

    @BeforeEach
    void publishOnce() {
        if (!published) {
            pipeline.judgeAndPublish();
            published = true;
        }
    }

    static List<Operation> operations() {
        return Contract.operations();
    }

    static List<Operation> closed() {
        return operations().stream()
                .filter(operation -> !operation.callers().isEmpty())
                .toList();
    }

    static Set<String> templates() {
        return operations().stream().map(Operation::template).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whoBringsNothingIsLetInWhereAnybodyIsAndNowhereElse(Operation operation) {
        Response answer = call(operation, null);
        if (operation.callers().isEmpty()) {
            assertLetIn(answer);
        } else {
            assertUnauthorized(answer);
        }
        assertThat(answer.statusCode()).isLessThan(504);
    }

    /** Whatever is wrong with a token looks the same, byte by byte. */
    @ParameterizedTest
    @MethodSource("operations")
    void unknownRevokedAndTruncatedTokensOpenNothingAndLookTheSame(Operation operation) {
        Map<String, String> key = Credentials.key();
        Api.asOperator().delete("/v1/keys/" + key.get("id"));
        String reporters = Telling.token();
        Telling.as(reporters).delete("/v1/reporters/me").then().statusCode(204);
        String alive = Telling.token();
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("unknown key", "ffk_" + "A".repeat(32));
        tokens.put("revoked key", key.get("key"));
        tokens.put("unknown operator", "ffo_" + "A".repeat(32));
        tokens.put("truncated operator", Api.OPERATOR_TOKEN.substring(0, Api.OPERATOR_TOKEN.length() - 1));
        tokens.put("longer operator", Api.OPERATOR_TOKEN + "A");
        tokens.put("unknown moderator", "ffm_" + "A".repeat(32));
        tokens.put("unknown reporter", "ffr_" + "A".repeat(32));
        tokens.put("erased reporter", reporters);
        tokens.put("truncated reporter", alive.substring(0, alive.length() - 1));
        tokens.put("nothing", "");
        tokens.put("nonsense", "%00'\"<>\u00e9");
        Set<String> answers = new TreeSet<>();
        tokens.forEach((what, token) -> {
            Response answer = call(operation, "Bearer " + token);
            assertThat(answer.statusCode()).as(what).isEqualTo(401);
            answers.add(answer.asString());
        });
        assertThat(answers).hasSize(1);
    }

    /** Addresses stand in histories and logs: no token is taken from there, nor from anywhere but its header. */
    @ParameterizedTest
    @MethodSource("closed")
    void aTokenInTheAddressOpensNothing(Operation operation) {
        String token = Credentials.opening(operation).replace("Bearer ", "");
        for (String name : List.of("token", "access_token", "authorization", "Authorization", "api_key", "key")) {
            assertUnauthorized(send(request(operation).queryParam(name, token), operation));
            assertUnauthorized(send(request(operation).cookie(name, token), operation));
        }
        for (String name : List.of("X-Api-Key", "X-Authorization", "Proxy-Authorization", "X-Auth-Token")) {
            assertUnauthorized(send(request(operation).header(name, "Bearer " + token), operation));
        }
    }

    @ParameterizedTest
    @MethodSource("closed")
    void aTokenOfAnotherKindOpensNothing(Operation operation) {
        String key = Credentials.key().get("key");
        assertRefused(operation, "Bearer " + key);
        if (!operation.callers().contains("reporter")) {
            assertRefused(operation, "Bearer " + Telling.token());
        }
        if (!operation.callers().contains("operator")) {
            assertRefused(operation, "Bearer " + Api.OPERATOR_TOKEN);
        }
        String opening = Credentials.opening(operation).replace("Bearer ", "");
        if (!opening.isEmpty()) {
            assertUnauthorized(call(operation, opening));
            assertUnauthorized(call(operation, "Token " + opening));
            assertUnauthorized(
                    call(operation, "Basic " + Base64.getEncoder().encodeToString((opening + ":").getBytes())));
            assertUnauthorized(call(operation, "Bearer " + opening + ", Bearer " + opening));
            assertUnauthorized(call(operation, "Bearer " + opening.toUpperCase(java.util.Locale.ROOT)));
        }
    }

    /** A reporter's token tells who looks: reading with it is refused. */
    @ParameterizedTest
    @MethodSource("operations")
    void aReporterReadsLikeAnybodyElse(Operation operation) {
        if (operation.callers().isEmpty()) {
            assertUnauthorized(call(operation, "Bearer " + Telling.token()));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whoseTokenItIsGetsIn(Operation operation) {
        String opening = operation.callers().isEmpty()
                ? "Bearer " + Credentials.key().get("key")
                : Credentials.opening(operation);
        if (!opening.isEmpty()) {
            Response answer = call(operation, opening);
            assertLetIn(answer);
            assertThat(answer.statusCode()).isLessThan(504);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    /** What a call cannot do is the same whoever asks: a token is not even looked at. */
    @ParameterizedTest
    @MethodSource("templates")
    void noOtherMethodDoesAnything(String template) {
        String path = operations().stream()
                .filter(operation -> operation.template().equals(template))
                .findFirst()
                .orElseThrow()
                .path();
        // "next" may be the id of a call beside it, which has other methods.
        List<String> known = operations().stream()
                .filter(operation -> path.matches(operation.template().replaceAll("\\{\\w+}", "[^/]+")))
                .map(Operation::method)
                .toList();
        List<String> others = new ArrayList<>(Contract.METHODS);
        others.addAll(List.of("TRACE", "PROPFIND", "MOVE", "X"));
        others.removeAll(known);
        List<String> tokens = List.of("", Api.OPERATOR_TOKEN, Telling.token(), "ffk_unknown");
        for (String method : others) {
            for (String token : tokens) {
                RequestSpecification request = Api.unknownCall();
                if (!token.isEmpty()) {
                    request.header("Authorization", "Bearer " + token);
                }
                Response answer = request.request(method, path);
                assertThat(answer.statusCode()).as(method).isEqualTo(405);
                assertThat(Api.json(answer).path("code").asText()).isEqualTo("method-not-allowed");
            }
        }
    }

    /** No list is so short that its ids could be tried: all that name something are drawn, and long. */
    @Test
    void anIdThatNamesNothingIsNotFoundAndTellsNothing() {
        for (Operation operation : operations()) {
            String opening = Credentials.opening(operation);
            if (operation.template().contains("{id}") && !opening.isEmpty()) {
                Set<String> answers = new TreeSet<>();
                for (String id : List.of("0123456789abcdef", "1", "0", "-1", "%27", "..%3b", "a".repeat(500))) {
                    RequestSpecification request =
                            request(operation).header("Authorization", opening).urlEncodingEnabled(false);
                    // As the contract has it: nothing but the id is wrong.
                    operation.body().ifPresent(body -> request.body(body.toString()));
                    Response answer = send(request, operation, operation.path().replace("0123456789abcdef", id));
                    assertThat(answer.statusCode()).as(operation + " " + id).isEqualTo(404);
                    // The path as it was asked for.
                    answers.add(answer.asString().replaceFirst("\"instance\":\"[^\"]*\"", ""));
                }
                assertThat(answers).as(operation.toString()).hasSize(1);
            }
        }
    }

    /** Who signs in is let in to do so, and then told that name or password are wrong. */
    private static void assertLetIn(Response answer) {
        if (!answer.asString().contains("\"sign-in-refused\"")) {
            assertThat(answer.statusCode()).isNotIn(401, 403);
        }
    }

    private static void assertRefused(Operation operation, String authorization) {
        Response answer = call(operation, authorization);
        assertThat(answer.statusCode()).isIn(401, 403);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    private static void assertUnauthorized(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Api.json(answer).path("code").asText()).isEqualTo("unauthorized");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    private static Response call(Operation operation, String authorization) {
        RequestSpecification request = request(operation);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return send(request, operation);
    }

    private static RequestSpecification request(Operation operation) {
        RequestSpecification request = Api.unknownCall();
        if (!operation.types().isEmpty()) {
            request.header("Content-Type", operation.types().getFirst()).body("{}".getBytes());
        }
        return request;
    }

    private static Response send(RequestSpecification request, Operation operation) {
        return send(request, operation, operation.path());
    }

    private static Response send(RequestSpecification request, Operation operation, String path) {
        return request.redirects().follow(false).request(operation.method(), path);
    }
}
