package org.fairfollow.reporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.is;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Moderation;
import org.fairfollow.testing.Moderation.Person;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.TestTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets in, how, and for how long. */
@QuarkusTest
class SignInApiTest {
    private static final int AT_ONCE = 20;

    @Inject
    Moderation moderation;

    @Inject
    Moderators moderators;

    @Inject
    SignIn signIn;

    @Inject
    Sessions sessions;

    @Inject
    Store store;

    @Inject
    Attempts attempts;

    @Inject
    AuditLog log;

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

    // Getting in

    @Test
    void passwordAndCodeOpenASessionThatSaysWhoItIs() {
        Person person = moderation.person("moderator");
        clock.advance(Duration.ofMinutes(2));
        String token = signIn(person, moderation.code(person.key()))
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("role", is("moderator"))
                .extract()
                .path("token");
        assertThat(token).isNotEqualTo(person.token());
        Api.call()
                .header("Authorization", "Bearer " + token)
                .get("/v1/moderation/log")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store");
        assertThat(tables.rows("SELECT * FROM moderator").toString())
                .doesNotContain(person.password(), token.substring(4));
        assertThat(tables.rows("SELECT HEX(hash) FROM moderator_session").toString())
                .doesNotContain(token.substring(4));
    }

    @Test
    void aWrongNamePasswordAndCodeGetTheSameAnswer() {
        Person person = moderation.person("reviewer");
        clock.advance(Duration.ofMinutes(2));
        String code = moderation.code(person.key());
        List<String> answers = new ArrayList<>();
        for (Map<String, String> wrong : List.of(
                credentials(Moderation.randomName(), person.password(), code),
                credentials(person.name(), person.password() + "x", code),
                credentials(person.name(), person.password(), moderation.code(person.key(), 3)),
                credentials("no such\r\nname", person.password(), code),
                credentials("", "", ""))) {
            answers.add(post(wrong).statusCode(401).extract().asString());
        }
        assertThat(answers)
                .allMatch(answers.getFirst()::equals)
                .first()
                .asString()
                .contains("sign-in-refused");
        post(Map.of()).statusCode(401);
        signIn(person, code).statusCode(201);
    }

    /** How long it takes must not tell who is a moderator: a hash is computed whether or not there is one to compare with. */
    @Test
    void oneHashIsComputedForEveryTryWhoeverIsNamed() {
        Person person = moderation.person("reviewer");
        Person closed = moderation.person("reviewer");
        moderators.close(closed.name(), null);
        String invited = Moderation.randomName();
        moderators.add(invited, "reviewer", null);
        List<String> compared = new ArrayList<>();
        Passwords counting = new Passwords() {
            @Override
            boolean matches(String stored, String password) {
                compared.add(stored == null ? "nobody's" : "somebody's");
                return super.matches(stored, password);
            }
        };
        SignIn counted = new SignIn(store, counting, attempts, sessions, log, clock);
        for (String name : List.of(person.name(), closed.name(), invited, Moderation.randomName(), "'; --")) {
            refused(() -> counted.signIn(name, "wrong", "000000", Moderation.address()));
        }
        counting.stop();
        assertThat(compared).containsExactly("somebody's", "nobody's", "nobody's", "nobody's", "nobody's");
    }

    @Test
    void aCodeOpensOnceAndNoOlderOneAfterIt() {
        Person person = moderation.person("reviewer");
        clock.advance(Duration.ofMinutes(2));
        String older = moderation.code(person.key(), -1);
        String code = moderation.code(person.key());
        signIn(person, code).statusCode(201);
        signIn(person, code).statusCode(401);
        signIn(person, older).statusCode(401);
        signIn(person, moderation.code(person.key(), 1)).statusCode(201);
    }

    @Test
    void ofManyWithTheSameCodeAtOnceOneGetsIn() throws Exception {
        Person person = moderation.person("reviewer");
        clock.advance(Duration.ofMinutes(2));
        String code = moderation.code(person.key());
        List<Future<Sessions.Opened>> tries = new ArrayList<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                tries.add(
                        all.submit(() -> signIn.signIn(person.name(), person.password(), code, Moderation.address())));
            }
        }
        assertThat(tries).filteredOn(one -> one.state() == Future.State.SUCCESS).hasSize(1);
    }

    /** Who knows the password alone is slowed down in the database: 96 codes a day, of a million. */
    @Test
    void wrongCodesMakeEvenTheRightOneWait() {
        Person person = moderation.person("reviewer");
        clock.advance(Duration.ofMinutes(2));
        for (int i = 0; i < 5; i++) {
            refused(() -> enter(person, "000000"));
        }
        refused(() -> enter(person, moderation.code(person.key())));
        clock.advance(Duration.ofSeconds(61));
        enter(person, moderation.code(person.key()));
        assertThat(log()).contains("[null, wrong-code, " + person.name() + ", the password was right]");
    }

    @Test
    void aStrangersTriesShutOutNobodyForLong() {
        Person person = moderation.person("reviewer");
        clock.advance(Duration.ofMinutes(2));
        InetAddress home = Moderation.address();
        signIn.signIn(person.name(), person.password(), moderation.code(person.key()), home);
        for (int i = 0; i < 100; i++) {
            assertThatExceptionOfType(HttpProblem.class)
                    .isThrownBy(() -> signIn.signIn(person.name(), "wrong", "000000", Moderation.address()));
        }
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> signIn.signIn(person.name(), person.password(), "000000", Moderation.address()))
                .satisfies(problem -> assertThat(problem.getStatusCode()).isEqualTo(429));
        clock.advance(Duration.ofMinutes(2));
        assertThat(signIn.signIn(person.name(), person.password(), moderation.code(person.key()), home))
                .as("where its owner signed in before")
                .isNotNull();
        clock.advance(Duration.ofMinutes(2));
        ticker.advance(Duration.ofMinutes(10));
        enter(person, moderation.code(person.key()));
    }

    @Test
    void oneAddressTriesTenTimesAndThenWaits() {
        for (int i = 0; i < 10; i++) {
            post(credentials(Moderation.randomName(), "wrong", "000000")).statusCode(401);
        }
        post(credentials(Moderation.randomName(), "wrong", "000000"))
                .statusCode(429)
                .header("Retry-After", "60");
        ticker.advance(Duration.ofMinutes(1));
        post(credentials(Moderation.randomName(), "wrong", "000000")).statusCode(401);
    }

    // For how long

    @Test
    void aSessionEndsAfterHalfAnHourInWhichNothingWasDone() {
        String token = moderation.person("reviewer").token();
        for (int i = 0; i < 4; i++) {
            clock.advance(Duration.ofMinutes(29));
            assertThat(sessions.find(token)).isPresent();
        }
        clock.advance(Duration.ofMinutes(31));
        assertThat(sessions.find(token)).isEmpty();
    }

    @Test
    void aSessionEndsAfterTwelveHoursWhateverWasDone() {
        String token = moderation.person("reviewer").token();
        for (int i = 0; i < 24; i++) {
            assertThat(sessions.find(token)).isPresent();
            clock.advance(Duration.ofMinutes(29));
        }
        clock.advance(Duration.ofMinutes(25));
        assertThat(sessions.find(token)).isEmpty();
        sessions.forget();
        assertThat(tables.count("SELECT COUNT(*) FROM moderator_session WHERE hash = UNHEX('"
                        + HexFormat.of().formatHex(Token.hash(token)) + "')"))
                .isZero();
    }

    @Test
    void whoSignsOutIsOut() {
        Person person = moderation.person("reviewer");
        person.call().delete("/v1/moderation/sessions/mine").then().statusCode(204);
        person.call().delete("/v1/moderation/sessions/mine").then().statusCode(401);
    }

    // A moderator's session after password change, reset, role change or closing

    @Test
    void aModeratorsSessionsEndAtAPasswordChange() {
        Person person = moderation.person("moderator");
        clock.advance(Duration.ofMinutes(2));
        String other = enter(person, moderation.code(person.key())).secretToken();
        String next = person.call()
                .contentType("application/json")
                .body(Map.of("former", person.password(), "password", "another gull lantern"))
                .post("/v1/moderation/password")
                .then()
                .statusCode(200)
                .extract()
                .path("token");
        assertThat(sessions.find(person.token())).isEmpty();
        assertThat(sessions.find(other)).isEmpty();
        assertThat(sessions.find(next)).isPresent();
        clock.advance(Duration.ofMinutes(2));
        signIn(person, moderation.code(person.key())).statusCode(401);
        signIn.signIn(person.name(), "another gull lantern", moderation.code(person.key()), Moderation.address());
    }

    @Test
    void aPasswordIsChangedOnlyByWhoKnowsTheFormerOne() {
        Person person = moderation.person("moderator");
        person.call()
                .contentType("application/json")
                .body(Map.of("former", "wrong", "password", "another gull lantern"))
                .post("/v1/moderation/password")
                .then()
                .statusCode(401)
                .body("code", is("sign-in-refused"));
        assertThat(sessions.find(person.token())).isPresent();
    }

    @Test
    void aModeratorsSessionsEndAtAReset() {
        Person person = moderation.person("moderator");
        Api.asOperator()
                .post("/v1/moderation/moderators/" + person.name() + "/invitation")
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store");
        assertThat(sessions.find(person.token())).isEmpty();
        clock.advance(Duration.ofMinutes(2));
        signIn(person, moderation.code(person.key())).statusCode(401);
    }

    @Test
    void aModeratorsSessionsEndAtARoleChange() {
        Person person = moderation.person("operator");
        Api.asOperator()
                .contentType("application/json")
                .body(Map.of("role", "reviewer"))
                .put("/v1/moderation/moderators/" + person.name() + "/role")
                .then()
                .statusCode(200)
                .body("role", is("reviewer"));
        assertThat(sessions.find(person.token())).isEmpty();
    }

    @Test
    void aModeratorsSessionsEndWhenTheAccountIsClosed() {
        Person person = moderation.person("operator");
        for (int i = 0; i < 2; i++) {
            Api.asOperator()
                    .delete("/v1/moderation/moderators/" + person.name())
                    .then()
                    .statusCode(204);
        }
        person.call().get("/v1/moderation/log").then().statusCode(401);
        clock.advance(Duration.ofMinutes(2));
        signIn(person, moderation.code(person.key())).statusCode(401);
        Api.asOperator()
                .contentType("application/json")
                .body(Map.of("name", person.name(), "role", "operator"))
                .post("/v1/moderation/moderators")
                .then()
                .statusCode(409)
                .body("code", is("name-taken"));
        Api.asOperator()
                .post("/v1/moderation/moderators/" + person.name() + "/invitation")
                .then()
                .statusCode(404);
    }

    // Invitations

    @Test
    void anInvitationWorksOnceAndForADay() {
        String name = Moderation.randomName();
        String invitation = moderators.add(name, "reviewer", null).code();
        String key = signIn.begin(invitation, Moderation.address()).key();
        clock.advance(Duration.ofHours(25));
        refused(() -> signIn.begin(invitation, Moderation.address()));
        refused(() -> accept(invitation, key));
        clock.reset();
        accept(invitation, key);
        refused(() -> accept(invitation, key));
        refused(() -> signIn.begin(invitation, Moderation.address()));
    }

    @Test
    void aNewInvitationVoidsTheFormer() {
        String name = Moderation.randomName();
        String former = moderators.add(name, "reviewer", null).code();
        String invitation = moderators.reset(name, null).orElseThrow().code();
        refused(() -> signIn.begin(former, Moderation.address()));
        accept(invitation, signIn.begin(invitation, Moderation.address()).key());
    }

    @Test
    void nobodyIsEnrolledBeforeAKeyWasShownNorWithAnOlderOne() {
        String invitation =
                moderators.add(Moderation.randomName(), "reviewer", null).code();
        refused(() -> accept(invitation, "A".repeat(32)));
        String seenBySomebody = signIn.begin(invitation, Moderation.address()).key();
        String key = signIn.begin(invitation, Moderation.address()).key();
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> accept(invitation, seenBySomebody))
                .satisfies(problem -> assertThat(problem.getParameters()).containsEntry("code", "invalid-code"));
        assertThat(accept(invitation, key).moderator().role()).isEqualTo(Role.REVIEWER);
    }

    @Test
    void ofManyWhoUseAnInvitationAtOnceOneIsEnrolled() throws Exception {
        String invitation =
                moderators.add(Moderation.randomName(), "reviewer", null).code();
        String key = signIn.begin(invitation, Moderation.address()).key();
        List<Future<Sessions.Opened>> tries = new ArrayList<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                tries.add(all.submit(() -> accept(invitation, key)));
            }
        }
        assertThat(tries).filteredOn(one -> one.state() == Future.State.SUCCESS).hasSize(1);
    }

    private Sessions.Opened accept(String invitation, String key) {
        return signIn.accept(invitation, "gull lantern quay", moderation.code(key), Moderation.address());
    }

    private Sessions.Opened enter(Person person, String code) {
        return signIn.signIn(person.name(), person.password(), code, Moderation.address());
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(call)
                .satisfies(problem -> assertThat(problem.getParameters()).containsEntry("code", "sign-in-refused"));
    }

    private String log() {
        return tables.rows("SELECT moderator, action, subject, detail FROM audit_log")
                .toString();
    }

    private static ValidatableResponse signIn(Person person, String code) {
        return post(credentials(person.name(), person.password(), code));
    }

    private static ValidatableResponse post(Map<String, String> credentials) {
        return Api.wrongCall()
                .contentType("application/json")
                .body(credentials)
                .post("/v1/moderation/sessions")
                .then();
    }

    private static Map<String, String> credentials(String name, String password, String code) {
        return Map.of("name", name, "password", password, "code", code);
    }
}
