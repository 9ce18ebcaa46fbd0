package org.fairfollow.review.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.reporter.Moderators;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Moderation;
import org.fairfollow.testing.Moderation.Person;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.TestTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages on which people sign in, as a browser without scripts uses them. */
@QuarkusTest
class SignInPagesApiTest {
    private static final String COOKIE = "__Host-fairfollow";
    private static final Pattern KEY = Pattern.compile("secret=([A-Z2-7]{32})");
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");

    @Inject
    Moderation moderation;

    @Inject
    Moderators moderators;

    @Inject
    TestStore tables;

    @Inject
    TestClock clock;

    @Inject
    TestTicker ticker;

    @BeforeEach
    void forgetWhoTried() {
        ticker.advance(Duration.ofDays(2));
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void whoeverIsInvitedSetsPasswordAndAuthenticatorSignsOutAndInAgain() {
        String name = Moderation.randomName();
        String invitation = moderators.add(name, "moderator", null).code();
        page().get("/moderation/invitation").then().statusCode(200).body(containsString("Use your invitation"));
        Response setup = form(Map.of("invitation", invitation)).post("/moderation/invitation");
        setup.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body(
                        containsString("otpauth://totp/Fairfollow:" + name),
                        containsString("<svg"),
                        not(containsString("<script")));
        Matcher key = KEY.matcher(setup.asString());
        assertThat(key.find()).isTrue();

        Response in = form(Map.of(
                        "invitation",
                        invitation,
                        "password",
                        "gull lantern quay",
                        "repeated",
                        "gull lantern quay",
                        "code",
                        moderation.code(key.group(1))))
                .post("/moderation/invitation/acceptance");
        in.then().statusCode(303).header("Location", endsWith("/moderation"));
        assertThat(in.header("Set-Cookie").toLowerCase(Locale.ROOT))
                .matches(COOKIE.toLowerCase(Locale.ROOT) + "=ffm_[a-z0-9_-]{32};.*")
                .contains("path=/", "secure", "httponly", "samesite=strict")
                .doesNotContain("domain");
        String cookie = in.cookie(COOKIE);
        Response account = with(cookie).get("/moderation/account");
        account.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body(containsString(name), not(containsString(key.group(1))));

        Response out = form(Map.of("form-token", formToken(account)))
                .cookie(COOKIE, cookie)
                .post("/moderation/sign-out");
        out.then().statusCode(303).header("Location", containsString("/moderation/sign-in"));
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
        with(cookie).get("/moderation/account").then().statusCode(303);

        clock.advance(Duration.ofMinutes(2));
        form(Map.of("name", name, "password", "gull lantern quay", "code", moderation.code(key.group(1))))
                .post("/moderation/sign-in")
                .then()
                .statusCode(303);
    }

    @Test
    void whatIsToBeMendedIsSaidAndTheKeyStays() {
        String invitation =
                moderators.add(Moderation.randomName(), "reviewer", null).code();
        Matcher key = KEY.matcher(form(Map.of("invitation", invitation))
                .post("/moderation/invitation")
                .asString());
        assertThat(key.find()).isTrue();
        form(accepting(invitation, "short", "short", "000000"))
                .post("/moderation/invitation/acceptance")
                .then()
                .statusCode(400)
                .body(containsString("12 to 128 characters"), containsString(key.group(1)));
        form(accepting(invitation, "gull lantern quay", "gull lantern quai", "000000"))
                .post("/moderation/invitation/acceptance")
                .then()
                .statusCode(400)
                .body(containsString("twice"), not(containsString("lantern")));
        form(accepting(invitation, "gull lantern quay", "gull lantern quay", "000000"))
                .post("/moderation/invitation/acceptance")
                .then()
                .statusCode(400)
                .body(containsString("six digits"));
        form(Map.of("invitation", "ffi_wrong"))
                .post("/moderation/invitation")
                .then()
                .statusCode(401)
                .body(containsString("The invitation is wrong"));
    }

    @Test
    void aRefusedSignInKeepsTheNameAndNothingElse() {
        form(Map.of("name", "\"><script>alert(1)</script>", "password", "hunter2hunter2", "code", "123456"))
                .post("/moderation/sign-in")
                .then()
                .statusCode(401)
                .header("Cache-Control", "no-store")
                .body(
                        containsString("role=\"alert\""),
                        not(containsString("<script>")),
                        not(containsString("hunter2")),
                        not(containsString("123456\"")));
    }

    // Mass assignment at enrolment

    @Test
    void nobodyChoosesTheirOwnRoleWhenTheyEnrol() {
        String name = Moderation.randomName();
        String invitation = moderators.add(name, "reviewer", null).code();
        form(Map.of("invitation", invitation, "role", "operator"))
                .post("/moderation/invitation")
                .then()
                .statusCode(400);
        Matcher key = KEY.matcher(form(Map.of("invitation", invitation))
                .post("/moderation/invitation")
                .asString());
        assertThat(key.find()).isTrue();
        Map<String, String> accepting = new HashMap<>(
                accepting(invitation, "gull lantern quay", "gull lantern quay", moderation.code(key.group(1))));
        accepting.put("role", "operator");
        form(accepting).post("/moderation/invitation/acceptance").then().statusCode(400);
        assertThat(tables.rows("SELECT role, password FROM moderator WHERE name = '" + name + "'")
                        .getFirst())
                .containsExactly("reviewer", null);
    }

    // Session fixation

    @Test
    void aSessionThatSomebodyElseKnowsIsNotTheOneThatIsBegun() {
        Person attacker = moderation.person("reviewer");
        Person person = moderation.person("operator");
        clock.advance(Duration.ofMinutes(2));
        for (String planted : List.of(attacker.token(), "ffm_" + "A".repeat(32))) {
            String begun = form(Map.of(
                            "name",
                            person.name(),
                            "password",
                            person.password(),
                            "code",
                            moderation.code(person.key())))
                    .cookie(COOKIE, planted)
                    .post("/moderation/sign-in")
                    .then()
                    .statusCode(303)
                    .extract()
                    .cookie(COOKIE);
            assertThat(begun).isNotEqualTo(planted).startsWith("ffm_");
            clock.advance(Duration.ofMinutes(1));
        }
        with(attacker.token()).get("/moderation/account").then().body(containsString(attacker.name()));
        with("ffm_" + "A".repeat(32)).get("/moderation/account").then().statusCode(303);
    }

    // Open redirects

    @ParameterizedTest
    @ValueSource(strings = {"next", "return", "redirect", "url", "continue"})
    void signingInLeadsNowhereButToTheDesk(String parameter) {
        Person person = moderation.person("reviewer");
        clock.advance(Duration.ofMinutes(2));
        form(Map.of("name", person.name(), "password", person.password(), "code", moderation.code(person.key())))
                .queryParam(parameter, "https://evil.example/")
                .post("/moderation/sign-in")
                .then()
                .statusCode(303)
                .header("Location", is(own() + "/moderation"));
        page().queryParam(parameter, "//evil.example")
                .get("/moderation/account")
                .then()
                .statusCode(303)
                .header("Location", is(own() + "/moderation/sign-in"));
    }

    // CSRF on every moderator form

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/moderation/sign-in",
                "/moderation/sign-out",
                "/moderation/password",
                "/moderation/invitation",
                "/moderation/invitation/acceptance"
            })
    void noFormIsTakenFromAForeignPage(String form) {
        Person person = moderation.person("reviewer");
        String token = formToken(with(person.token()).get("/moderation/account"));
        for (String origin : new String[] {"https://evil.example", "null", null}) {
            RequestSpecification call = with(person.token())
                    .contentType("application/x-www-form-urlencoded")
                    .formParam("form-token", token);
            Response answer = (origin == null ? call : call.header("Origin", origin)).post(form);
            answer.then().statusCode(403).header("Set-Cookie", nullValue());
            assertThat(answer.asString()).contains("another site");
        }
        with(person.token())
                .contentType("application/x-www-form-urlencoded")
                .header("Origin", own())
                .header("Sec-Fetch-Site", "same-site")
                .post(form)
                .then()
                .statusCode(403);
        with(person.token()).get("/moderation/account").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/moderation/sign-out", "/moderation/password"})
    void noFormIsTakenWithoutTheTokenOfItsSession(String form) {
        Person person = moderation.person("reviewer");
        Person other = moderation.person("reviewer");
        String others = formToken(with(other.token()).get("/moderation/account"));
        for (Map<String, String> fields :
                List.of(Map.of("x", ""), Map.of("form-token", ""), Map.of("form-token", others))) {
            form(fields.containsKey("x") ? Map.of() : fields)
                    .cookie(COOKIE, person.token())
                    .post(form)
                    .then()
                    .statusCode(403);
        }
        with(person.token()).get("/moderation/account").then().statusCode(200);
    }

    @Test
    void aPasswordIsChangedOnItsPageAndTheBrowserStaysSignedIn() {
        Person person = moderation.person("reviewer");
        String token = formToken(with(person.token()).get("/moderation/account"));
        String next = form(Map.of(
                        "form-token",
                        token,
                        "former",
                        person.password(),
                        "password",
                        "another gull lantern",
                        "repeated",
                        "another gull lantern"))
                .cookie(COOKIE, person.token())
                .post("/moderation/password")
                .then()
                .statusCode(303)
                .extract()
                .cookie(COOKIE);
        with(person.token()).get("/moderation/account").then().statusCode(303);
        with(next).get("/moderation/account").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/moderation/sign-in", "/moderation/invitation"})
    void pagesLoadNothingButTheirStyle(String path) {
        String answer = page().get(path)
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .extract()
                .asString();
        assertThat(answer).doesNotContain("<script", "style=", "onclick");
    }

    /** Browsers send "Origin: null" with forms of pages that have no-referrer, which are refused. */
    @ParameterizedTest
    @ValueSource(strings = {"/moderation/sign-in", "/moderation/invitation", "/moderation/account"})
    void browsersSayWhereAFormStood(String path) {
        with(moderation.person("reviewer").token())
                .get(path)
                .then()
                .statusCode(200)
                .header("Referrer-Policy", "same-origin");
    }

    private static Map<String, String> accepting(String invitation, String password, String repeated, String code) {
        return Map.of("invitation", invitation, "password", password, "repeated", repeated, "code", code);
    }

    private static RequestSpecification page() {
        return Api.unknownCall().redirects().follow(false);
    }

    private static RequestSpecification with(String cookie) {
        return page().cookie(COOKIE, cookie);
    }

    private static RequestSpecification form(Map<String, String> fields) {
        return page().contentType("application/x-www-form-urlencoded")
                .header("Origin", own())
                .header("Sec-Fetch-Site", "same-origin")
                .formParams(fields);
    }

    private static String formToken(Response page) {
        Matcher found = FORM_TOKEN.matcher(page.asString());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static String own() {
        return "http://localhost:" + RestAssured.port;
    }
}
