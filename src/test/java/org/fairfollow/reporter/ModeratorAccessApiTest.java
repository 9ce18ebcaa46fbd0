package org.fairfollow.reporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Moderation;
import org.fairfollow.testing.Moderation.Person;
import org.fairfollow.testing.Project;
import org.fairfollow.testing.Telling;
import org.fairfollow.testing.TestTicker;
import org.fairfollow.testing.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the moderators' calls are shut to, whatever is tried. */
@QuarkusTest
class ModeratorAccessApiTest {
    private static final List<String> VERBS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND");
    private static final List<String> PAGES =
            List.of("/moderation/account", "/moderation/password", "/moderation/sign-out");

    @Inject
    Moderation moderation;

    @Inject
    Moderators moderators;

    @Inject
    TestTicker ticker;

    @BeforeEach
    void forgetWhoTried() {
        ticker.advance(Duration.ofDays(2));
    }

    // Every moderator call with every verb

    @Test
    void noVerbOnAnyModeratorCallAnswersAReporter() throws IOException {
        String token = Telling.token();
        everyVerbIsRefused(() -> Api.unknownCall().header("Authorization", "Bearer " + token));
    }

    @Test
    void noVerbOnAnyModeratorCallAnswersAnybody() throws IOException {
        everyVerbIsRefused(Api::unknownCall);
    }

    @Test
    void noVerbOnAnyModeratorCallAnswersTheHolderOfAKey() throws IOException {
        String key = Api.asOperator()
                .contentType("application/json")
                .body(Map.of("label", "reader of pier.example"))
                .post("/v1/keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
        everyVerbIsRefused(() -> Api.unknownCall().header("Authorization", "Bearer " + key));
    }

    private void everyVerbIsRefused(Supplier<RequestSpecification> caller) throws IOException {
        Person victim = moderation.person("reviewer");
        Set<String> paths = new TreeSet<>(PAGES);
        paths.addAll(moderatorPaths());
        assertThat(paths).hasSizeGreaterThan(8);
        for (String path : paths) {
            for (String verb : VERBS) {
                Response answer = caller.get()
                        .redirects()
                        .follow(false)
                        .contentType("application/json")
                        .body("{}")
                        .request(verb, path.replace("{name}", victim.name()).replaceAll("\\{[a-zA-Z]+}", "1"));
                assertThat(answer.statusCode()).as("%s %s", verb, path).isIn(303, 401, 403, 404, 405, 415, 501);
                if (answer.statusCode() == 303) {
                    assertThat(answer.header("Location")).endsWith("/moderation/sign-in");
                }
            }
        }
        victim.call().delete("/v1/moderation/sessions/mine").then().statusCode(204);
    }

    /** Those that are open to nobody but who signed in. */
    private static Set<String> moderatorPaths() throws IOException {
        JsonNode paths = new YAMLMapper().readTree(Project.read("openapi.yaml")).get("paths");
        Set<String> found = new TreeSet<>();
        paths.properties().forEach(path -> {
            boolean open = path.getKey().equals("/v1/moderation/sessions");
            if (path.getKey().startsWith("/v1/moderation/") && !open) {
                found.add(path.getKey());
            }
        });
        return found;
    }

    @Test
    void anOperatorTokenIsNobodyWhereAPersonIsNeeded() {
        for (String path : List.of("/v1/moderation/log")) {
            Api.asOperator().get(path).then().statusCode(403).body("code", is("forbidden"));
        }
        Api.asOperator().delete("/v1/moderation/sessions/mine").then().statusCode(403);
        Api.asOperator()
                .contentType("application/json")
                .body(Map.of("former", "gull lantern quay", "password", "gull lantern pier"))
                .post("/v1/moderation/password")
                .then()
                .statusCode(403);
    }

    // Roles

    @ParameterizedTest
    @CsvSource({"reviewer, 403, 403", "moderator, 200, 403", "operator, 200, 200"})
    void eachRoleMayDoItsOwnAndThatOfTheRolesBefore(String role, int log, int accounts) {
        Person person = moderation.person(role);
        person.call().get("/v1/moderation/log").then().statusCode(log);
        person.call().get("/v1/moderation/moderators").then().statusCode(accounts);
        person.call().get("/v1/moderation/release").then().statusCode(accounts);
        person.call().get("/v1/keys").then().statusCode(accounts);
    }

    /** Whether there is what was asked for is told to nobody who may not have it. */
    @Test
    void tooSmallARoleGetsTheSameAnswerWhetherOrNotThereIsSuchAnAccount() {
        Person reviewer = moderation.person("reviewer");
        String there = moderation.person("reviewer").name();
        for (String name : List.of(there, Moderation.randomName())) {
            reviewer.call()
                    .delete("/v1/moderation/moderators/" + name)
                    .then()
                    .statusCode(403)
                    .body("code", is("forbidden"))
                    .body("detail", is("Ask somebody who is operator to do it."));
        }
    }

    // Tokens

    @Test
    void revokedTruncatedAndInventedTokensLookTheSame() {
        Person person = moderation.person("moderator");
        Person gone = moderation.person("moderator");
        gone.call().delete("/v1/moderation/sessions/mine").then().statusCode(204);
        String token = person.token();
        Set<String> answers = new TreeSet<>();
        for (String wrong : List.of(
                gone.token(),
                token.substring(0, token.length() - 1),
                token + "A",
                token.substring(0, 4),
                token.toUpperCase(Locale.ROOT).replace("FFM_", "ffm_"),
                "ffm_" + "A".repeat(32),
                "ffm_" + "A".repeat(8_000))) {
            answers.add(Api.wrongCall()
                    .header("Authorization", "Bearer " + wrong)
                    .get("/v1/moderation/log")
                    .then()
                    .statusCode(401)
                    .header("Cache-Control", "no-store")
                    .extract()
                    .asString());
        }
        assertThat(answers).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "access_token", "authorization", "__Host-fairfollow"})
    void aTokenInAQueryStringOpensNothing(String parameter) {
        Person person = moderation.person("operator");
        Api.unknownCall()
                .queryParam(parameter, person.token())
                .get("/v1/moderation/log")
                .then()
                .statusCode(401);
    }

    @Test
    void aSessionOpensNothingThatIsRead() {
        Person person = moderation.person("operator");
        person.call().get("/v1/accounts/x/someone").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method"})
    void aMethodOverrideHeaderChangesNothing(String header) {
        Person operator = moderation.person("operator");
        Person victim = moderation.person("reviewer");
        Api.unknownCall()
                .header("Authorization", "Bearer " + operator.token())
                .header(header, "DELETE")
                .post("/v1/moderation/moderators/" + victim.name())
                .then()
                .statusCode(405);
        victim.call().delete("/v1/moderation/sessions/mine").then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/moderation/%2e%2e/moderation/log",
                "/v1/lookups/../moderation/log",
                "//v1/moderation/log",
                "/v1//moderation/log",
                "/v1/moderation/log/",
                "/v1/moderation/log;a=b",
                "/v1/moderation/%6cog"
            })
    void noWayOfWritingAPathLeadsAroundTheDoor(String path) throws IOException {
        assertThat(Wire.get(path).status()).isIn(301, 302, 303, 308, 400, 401, 404);
    }

    // Cookies

    @Test
    void aCookieOpensLikeAHeaderAndNoOriginIsNeededToRead() {
        Person person = moderation.person("moderator");
        cookie(person).get("/v1/moderation/log").then().statusCode(200).header("Cache-Control", "no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "https://evil.example",
                "http://localhost",
                "http://localhost:1",
                "http://localhost.evil.example",
                "",
                "http://127.0.0.1@evil.example"
            })
    void withACookieNothingIsChangedFromAForeignOrigin(String origin) {
        Person person = moderation.person("reviewer");
        cookie(person)
                .header("Origin", origin)
                .delete("/v1/moderation/sessions/mine")
                .then()
                .statusCode(403)
                .body("code", is("cross-origin"));
        person.call().delete("/v1/moderation/sessions/mine").then().statusCode(204);
    }

    @Test
    void withACookieNothingIsChangedWithoutAnOriginNorWhereTheBrowserSaysItIsAnothers() {
        Person person = moderation.person("reviewer");
        cookie(person).delete("/v1/moderation/sessions/mine").then().statusCode(403);
        for (String site : List.of("cross-site", "same-site", "none")) {
            cookie(person)
                    .header("Origin", own())
                    .header("Sec-Fetch-Site", site)
                    .delete("/v1/moderation/sessions/mine")
                    .then()
                    .statusCode(403);
        }
        cookie(person)
                .header("Origin", own())
                .header("Sec-Fetch-Site", "same-origin")
                .delete("/v1/moderation/sessions/mine")
                .then()
                .statusCode(204);
    }

    @Test
    void noAnswerLetsAForeignPageReadWithTheCookie() {
        Person person = moderation.person("moderator");
        for (String method : List.of("GET", "OPTIONS")) {
            Response answer = Api.unknownCall()
                    .header("Cookie", SessionToken.COOKIE + "=" + person.token())
                    .header("Origin", "https://evil.example")
                    .header("Access-Control-Request-Method", "GET")
                    .request(method, "/v1/moderation/log");
            assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
            assertThat(answer.header("Access-Control-Allow-Origin")).isNotEqualTo("https://evil.example");
        }
    }

    // Names, roles and what they are written into

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "=cmd",
                "@ada",
                "-ada",
                "ada\\r\\nSet-Cookie: x=1",
                "ada\\u202e",
                "ada\\u200b",
                "\\u0430da",
                "a'; DROP TABLE moderator",
                "../ada",
                "<b>ada</b>"
            })
    void aNameIsWrittenInPlainLettersOnly(String name) {
        Api.wrongCall()
                .header("Authorization", "Bearer " + Api.OPERATOR_TOKEN)
                .contentType("application/json")
                .body("{\"name\": \"" + name + "\", \"role\": \"reviewer\"}")
                .post("/v1/moderation/moderators")
                .then()
                .statusCode(400)
                .body("code", is("invalid-moderator"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "OPERATOR", "", "anyone"})
    void aRoleIsOneOfThree(String role) {
        Api.wrongCall()
                .header("Authorization", "Bearer " + Api.OPERATOR_TOKEN)
                .contentType("application/json")
                .body(Map.of("name", Moderation.randomName(), "role", role))
                .post("/v1/moderation/moderators")
                .then()
                .statusCode(400)
                .body("code", is("invalid-moderator"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "number", "password", "closedAt"})
    void whatIsNotAskedForIsNotTaken(String field) {
        Api.wrongCall()
                .header("Authorization", "Bearer " + Api.OPERATOR_TOKEN)
                .contentType("application/json")
                .body(Map.of("former", "x", "name", Moderation.randomName(), "code", "000000", field, "operator"))
                .post(field.equals("role") ? "/v1/moderation/sessions" : "/v1/moderation/moderators")
                .then()
                .statusCode(400)
                .body("code", is("unknown-field"));
    }

    private static RequestSpecification cookie(Person person) {
        return Api.wrongCall().header("Cookie", SessionToken.COOKIE + "=" + person.token());
    }

    private static String own() {
        return "http://localhost:" + RestAssured.port;
    }
}
