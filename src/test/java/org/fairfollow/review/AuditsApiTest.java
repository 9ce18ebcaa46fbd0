package org.fairfollow.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.lookup.PracticeAudits;
import org.fairfollow.publication.Publisher;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.Moderation;
import org.fairfollow.testing.Moderation.Person;
import org.fairfollow.testing.Telling;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.TestTicker;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Ruling;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.audit.Answer;
import org.fairfollow.verdict.audit.Audits;
import org.fairfollow.verdict.audit.Cause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blind audits from the draw to what is published, and those who would rather they were neither blind nor fair. */
@QuarkusTest
class AuditsApiTest {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private static final Practice PRACTICE = Practice.FOLLOW_CHURN;
    private static final String REASON = "The rule was mended, and its errors looked at one by one.";
    /** The first look. */
    private static final int FIRST = 60;

    @Inject
    TestStore tables;

    @Inject
    HeldVerdicts verdicts;

    @Inject
    Audits audits;

    @Inject
    PracticeAudits published;

    @Inject
    Decisions decisions;

    @Inject
    Ledger ledger;

    @Inject
    Publisher publisher;

    @Inject
    Moderation moderation;

    @Inject
    Store store;

    @Inject
    TestClock clock;

    @Inject
    TestTicker ticker;

    DatabaseLine line;

    private Person first;
    private Person second;

    @BeforeEach
    void twoPeople() {
        ticker.advance(Duration.ofDays(2));
        tables.empty();
        first = moderation.person("reviewer");
        second = moderation.person("moderator");
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    // From the draw to what is published

    @Test
    void whatTwoPeopleSayOfVerdictsDrawnByLotIsPublishedAtTheLookAndNotBefore() {
        hold(70, 20);
        audits.draw();
        everybodySays((task, listed) -> listed ? "practises" : "does-not", first, second, FIRST);
        published.renew();
        practice().body("audited", nullValue()).body("audit", is("not audited yet"));

        audits.look();
        published.renew();

        practice()
                .body("auditedPrecision", equalTo(1f))
                .body("audit", startsWith("100\u00a0%, between 93.85\u00a0% and 100\u00a0%, by 60 verdicts"))
                .body("audited.verdicts", is(60))
                .body("audited.controls.n", is(15))
                .body("audited.controls.practises", is(0))
                .body("audited.agreement.kappa", equalTo(1f))
                .body("stoppedAt", nullValue());
        assertThat(tables.count("SELECT COUNT(*) FROM audit_task WHERE evidence IS NOT NULL"))
                .isZero();
    }

    @Test
    void aLookIsTakenOnceHoweverOftenTheJobRuns() {
        hold(60, 0);
        audits.draw();
        audits.draw();
        everybodySays((task, listed) -> "practises", first, second, FIRST);
        audits.look();
        List<List<String>> gate = tables.rows("SELECT * FROM practice_gate");
        List<List<String>> look = tables.rows("SELECT * FROM audit_look");
        clock.advance(Duration.ofDays(1));
        audits.look();

        assertThat(tables.rows("SELECT * FROM practice_gate")).isEqualTo(gate);
        assertThat(tables.rows("SELECT * FROM audit_look")).isEqualTo(look).hasSize(1);
        assertThat(tables.count("SELECT COUNT(*) FROM audit_draw")).isOne();
    }

    @Test
    void theGateFollowsTheLooksAgainWhateverBecameOfIt() {
        stopped();
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("DELETE FROM practice_gate");
            }
        });

        audits.look();

        assertThat(tables.count("SELECT COUNT(*) FROM practice_gate WHERE stopped_at IS NOT NULL"))
                .isOne();
    }

    @Test
    void aPracticeWhoseVerdictsAreWrongStopsPublishingUntilAnOperatorActs() {
        stopped();
        practice()
                .body("stoppedAt", notNullValue())
                .body("audited.right", is(0))
                .body("audited.causes.bridge", is(120));
        assertThat(obeyStops()).isTrue();
        publisher.publish();
        assertThat(listed()).isZero();

        Api.asOperator()
                .contentType("application/json")
                .body(Map.of("reason", REASON))
                .post("/v1/moderation/practices/follow-churn/resumption")
                .then()
                .statusCode(200)
                .body("practices[0].id", is("follow-churn"))
                .body("practices[0].stoppedAt", nullValue())
                .body("practices[0].lastLook.n", is(60))
                .body("practices[0].underway.nextLook", is(240));
        audits.look();

        published.renew();
        practice().body("stoppedAt", nullValue());
        assertThat(tables.count("SELECT COUNT(*) FROM audit_log WHERE action = 'practice-resumed'"))
                .isOne();
    }

    @Test
    void theSameReasonAgainChangesNothing() {
        stopped();
        String log = "SELECT COUNT(*) FROM audit_log WHERE action = 'practice-resumed'";
        long before = tables.count(log);
        for (int i = 0; i < 2; i++) {
            resume(Api.asOperator(), "follow-churn", REASON).then().statusCode(200);
        }

        assertThat(tables.count(log)).isEqualTo(before + 1);
        resume(Api.asOperator(), "follow-churn", REASON + " Again.")
                .then()
                .statusCode(409)
                .body("code", is("not-stopped"));
    }

    @Test
    void aPersonWhoIsAnOperatorMayLetItGoOnToo() {
        stopped();
        resume(moderation.person("operator").call(), "follow-churn", REASON)
                .then()
                .statusCode(200);
        assertThat(tables.rows("SELECT moderator FROM practice_resumption")
                        .getFirst()
                        .getFirst())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "too short", "<b>mended</b> \u202e and looked at", "a line\nand another, long enough"})
    void aReasonNobodyCouldReadLetsNothingGoOn(String reason) {
        stopped();
        RequestSpecification operator = Api.wrongCall().header("Authorization", "Bearer " + Api.OPERATOR_TOKEN);
        resume(operator, "follow-churn", reason).then().statusCode(400).body("code", is("invalid-reason"));
    }

    @Test
    void whatIsRightForTwoInThreeIsRight() {
        hold(1, 0);
        audits.draw();
        answer(first, next(first), "practises", null);
        answer(second, next(second), "cannot-tell", "data-gap");
        assertThat(settled()).isZero();
        Person third = moderation.person("reviewer");
        answer(third, next(third), "practises", null);

        assertThat(settled()).isOne();
        assertThat(tables.count("SELECT SUM(is_right) FROM audit_task")).isOne();
    }

    @Test
    void twoWhoCannotFindItForDifferentReasonsNeedNoThird() {
        hold(1, 0);
        audits.draw();
        answer(first, next(first), "does-not", "giveaway");
        answer(second, next(second), "cannot-tell", "data-gap");

        assertThat(tables.count("SELECT SUM(is_right) FROM audit_task WHERE settled_at IS NOT NULL"))
                .isZero();
    }

    @Test
    void whatNoThirdLooksAtInTimeIsNotRight() {
        hold(1, 0);
        audits.draw();
        answer(first, next(first), "practises", null);
        answer(second, next(second), "does-not", "other");
        clock.advance(Duration.ofDays(14).plusSeconds(1));
        audits.look();

        assertThat(tables.count("SELECT COUNT(*) FROM audit_task WHERE is_right = FALSE"))
                .isOne();
    }

    @Test
    void whatNobodyAnswersForNinetyDaysIsForgotten() {
        hold(1, 0);
        audits.draw();
        next(first);
        clock.advance(Duration.ofDays(90).plusSeconds(1));
        audits.look();

        assertThat(tables.count("SELECT (SELECT COUNT(*) FROM audit_task) + (SELECT COUNT(*) FROM audit_lease)"))
                .isZero();
    }

    @Test
    void erasureLeavesNothingOfAnAccountButWhatWasCounted() {
        List<Integer> accounts = hold(2, 0);
        audits.draw();
        String id = next(first);
        first.call()
                .contentType("application/json")
                .body(Map.of("answer", "does-not", "cause", "other", "note", "It is the shop by the pier."))
                .post("/v1/moderation/audits/" + id)
                .then()
                .statusCode(200);
        answer(second, next(second), "does-not", "other");
        store.inTransaction(connection -> {
            for (int account : accounts) {
                audits.erase(connection, account);
            }
            return null;
        });

        assertThat(tables.rows("SELECT account_id, evidence, is_right FROM audit_task"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsExactly(null, null, "0"));
        assertThat(tables.count("SELECT COUNT(note) FROM audit_answer")).isZero();
    }

    @Test
    void verdictsPeopleTookBackAreDrawnAsWellSoThatErrorsAreNotForgotten() {
        List<Integer> accounts = hold(1, 0);
        store.inTransaction(connection -> decisions.rule(
                connection, accounts.getFirst(), PRACTICE, Ruling.CLEAR, "A shared account.", 4_000_000, null));
        audits.draw();
        published.renew();

        assertThat(tables.count("SELECT COUNT(*) FROM audit_task WHERE stratum IS NOT NULL"))
                .isOne();
        practice().body("overturned.count", is(1)).body("overturned.causes.clear", is(1));
    }

    @Test
    void readersAreToldWhatWasKnownWhileTheDatabaseIsAway() {
        stopped();
        String etag = practice().extract().header("ETag");
        line.cut();
        try {
            practice().body("audited.verdicts", is(60));
            Api.call().header("If-None-Match", etag).get("/v1/practices").then().statusCode(304);
        } finally {
            line.restore();
        }
    }

    // Blindness

    @Test
    void theStandingIsReadOffNoFieldSizeOrOrderOfTheTask() throws IOException {
        hold(20, 5);
        audits.draw();
        Map<Boolean, Set<String>> shapes = new HashMap<>();
        List<Boolean> order = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            JsonNode task = JSON.readTree(task(first).asString());
            boolean listed = isListed(task.get("id").asText());
            order.add(listed);
            Set<String> paths = new TreeSet<>();
            paths("", task, paths);
            shapes.computeIfAbsent(listed, key -> new TreeSet<>()).addAll(paths);
            answer(first, task.get("id").asText(), "practises", null);
        }

        assertThat(shapes.get(true)).isEqualTo(shapes.get(false));
        assertThat(shapes.get(true))
                .noneMatch(path -> path.matches(".*(standing|threshold|statement|alibi|survived|opinion|listed|stratum"
                        + "|control|dispute|rebuttal|confidence|weight|answers|needed).*"));
        assertThat(order.indexOf(false)).as("controls are among the others").isLessThan(20);
    }

    @Test
    void whoComesSecondIsToldTheSameAsWhoCameFirst() throws IOException {
        hold(1, 0);
        audits.draw();
        JsonNode before = withoutTime(task(first));
        answer(first, before.get("id").asText(), "does-not", "bridge");

        assertThat(withoutTime(task(second))).isEqualTo(before);
        second.call().get("/v1/moderation/log?limit=500").then().body("entries.detail", everyItem(not("does-not")));
    }

    @Test
    void aTaskSaysWhatWasSeenAtTheDrawThoughTheVerdictChangedSince() throws IOException {
        List<Integer> accounts = hold(1, 0);
        audits.draw();
        JsonNode before = withoutTime(task(first));
        store.inTransaction(connection -> decisions.rule(
                connection, accounts.getFirst(), PRACTICE, Ruling.CLEAR, "A shared account.", 4_000_000, null));
        store.inTransaction(connection ->
                decisions.contest(connection, accounts.getFirst(), PRACTICE, "I never did that to anybody."));

        assertThat(withoutTime(task(first))).isEqualTo(before);
    }

    // Attacks

    @Test
    void nobodyAuditsButWhoSignedIn() {
        hold(1, 0);
        audits.draw();
        String id = next(first);
        Map<String, String> body = Map.of("answer", "practises");
        List<RequestSpecification> callers = List.of(
                Api.wrongCall(),
                Api.wrongCall().header("Authorization", "Bearer " + Telling.token()),
                Api.wrongCall().header("Authorization", "Bearer " + Api.OPERATOR_TOKEN),
                Api.wrongCall()
                        .header("Authorization", "Bearer " + first.token().substring(0, 20)));
        for (RequestSpecification caller : callers) {
            caller.get("/v1/moderation/audits/next").then().statusCode(oneOf(401, 403));
            caller.contentType("application/json")
                    .body(body)
                    .post("/v1/moderation/audits/" + id)
                    .then()
                    .statusCode(oneOf(401, 403));
        }
        Api.wrongCall()
                .queryParam("token", first.token())
                .get("/v1/moderation/audits/next")
                .then()
                .statusCode(401);
        assertThat(answers()).isZero();
    }

    @Test
    void onlyAnOperatorSeesAndResumesPractices() {
        stopped();
        for (Person person : List.of(first, second)) {
            person.wrongCall().get("/v1/moderation/practices").then().statusCode(403);
            resume(person.wrongCall(), "follow-churn", REASON).then().statusCode(403);
        }
        Api.wrongCall().get("/v1/moderation/practices").then().statusCode(401);
        resume(Api.wrongCall(), "follow-churn", REASON).then().statusCode(401);
        resume(Api.asOperator(), "no-such-practice", REASON).then().statusCode(404);
    }

    @Test
    void somebodyElsesTaskLooksLikeOneThatIsNotThere() {
        hold(2, 0);
        audits.draw();
        String others = next(first);

        Response notYours = wrong(second, others, Map.of("answer", "practises"));
        Response notThere = wrong(second, "0".repeat(32), Map.of("answer", "practises"));

        assertThat(notYours.statusCode()).isEqualTo(404);
        assertThat(notYours.asString()).isEqualTo(notThere.asString().replace("0".repeat(32), others));
        assertThat(answers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "-1", "00000000000000000000000000000001", "' OR 1=1 -- ", "%25", "next"})
    void walkingIdsFindsNothing(String id) {
        hold(2, 0);
        audits.draw();
        next(first);

        Response answer = first.wrongCall()
                .contentType("application/json")
                .body(Map.of("answer", "practises"))
                .pathParam("id", id)
                .post("/v1/moderation/audits/{id}");

        assertThat(answer.statusCode()).isIn(404, 405);
        assertThat(answers()).isZero();
    }

    @Test
    void whatWasAnsweredFirstCounts() {
        hold(1, 0);
        audits.draw();
        String id = next(first);
        answer(first, id, "practises", null);
        answer(first, id, "practises", null);
        wrong(first, id, Map.of("answer", "does-not", "cause", "bridge"))
                .then()
                .statusCode(409)
                .body("code", is("answered-before"));

        assertThat(tables.rows("SELECT answer FROM audit_answer")).containsExactly(List.of("practises"));
    }

    @Test
    void anAnswerAfterTheLeaseEndedIsRefusedAndMayBeGivenAnew() {
        hold(1, 0);
        audits.draw();
        String id = next(first);
        theLeaseEnds(first);
        wrong(first, id, Map.of("answer", "practises")).then().statusCode(409).body("code", is("lease-ended"));

        assertThat(answers()).isZero();
        assertThat(next(first)).isEqualTo(id);
        answer(first, id, "practises", null);
        assertThat(answers()).isOne();
    }

    @Test
    void oneTaskIsInTheHandsOfTwoAtMost() {
        hold(1, 0);
        audits.draw();
        Person third = moderation.person("reviewer");
        next(first);
        next(second);

        third.call().get("/v1/moderation/audits/next").then().statusCode(204);
        theLeaseEnds(first, second, third);
        assertThat(next(third)).isNotNull();
        assertThat(next(first)).isNotNull();
        second.call().get("/v1/moderation/audits/next").then().statusCode(204);
    }

    @Test
    void nobodyIsBothOfTheTwo() {
        hold(1, 0);
        audits.draw();
        answer(first, next(first), "practises", null);

        first.call().get("/v1/moderation/audits/next").then().statusCode(204);
        assertThat(next(second)).isNotNull();
    }

    @Test
    void nobodyChoosesWhatToLookAt() {
        hold(5, 0);
        audits.draw();
        String id = next(first);

        assertThat(Stream.generate(() -> next(first)).limit(5)).containsOnly(id);
    }

    @Test
    void whoRuledOnAVerdictDoesNotAuditIt() {
        List<Integer> accounts = hold(1, 0);
        int number = (int) tables.count("SELECT number FROM moderator WHERE name = '" + second.name() + "'");
        store.inTransaction(connection -> decisions.rule(
                connection, accounts.getFirst(), PRACTICE, Ruling.CONFIRM, "It is all there.", 4_000_000, number));
        audits.draw();

        second.call().get("/v1/moderation/audits/next").then().statusCode(204);
        assertThat(next(first)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"precision", "right", "is_right", "moderator", "stratum", "standing", "nth"})
    void aFieldThatIsNobodysToSetIsRefused(String field) {
        hold(1, 0);
        audits.draw();
        wrong(first, next(first), Map.of("answer", "practises", field, 1))
                .then()
                .statusCode(400)
                .body("code", is("unknown-field"));
        assertThat(answers()).isZero();
    }

    @Test
    void anAnswerThatIsNoneIsRefused() {
        hold(1, 0);
        audits.draw();
        String id = next(first);
        List<Map<String, String>> bodies = List.of(
                Map.of(),
                Map.of("answer", "PRACTISES"),
                Map.of("answer", "yes"),
                Map.of("answer", "does-not"),
                Map.of("answer", "does-not", "cause", "because"),
                Map.of("answer", "practises", "cause", "bridge"),
                Map.of("answer", "practises", "note", "x".repeat(1_001)),
                Map.of("answer", "practises", "note", "turned \u202e round"),
                Map.of("answer", "practises", "note", "hid\u200bden"),
                Map.of("answer", "practises", "note", "two\r\nlines"));
        for (Map<String, String> body : bodies) {
            wrong(first, id, body).then().statusCode(400).body("code", is("invalid-answer"));
        }
        assertThat(answers()).isZero();
    }

    @Test
    void aHundredAnswersAtOnceAreOne() throws Exception {
        hold(1, 0);
        audits.draw();
        String id = next(first);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(() -> wrong(first, id, Map.of("answer", "practises")).statusCode());
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (var call : threads.invokeAll(calls)) {
                assertThat(call.get()).isEqualTo(200);
            }
        }

        assertThat(answers()).isOne();
        assertThat(tables.count("SELECT answers FROM audit_task")).isOne();
    }

    // What the tests share

    /** Verdicts as the rule's captures have them; the numbers of the listed accounts. */
    private List<Integer> hold(int listed, int controls) {
        Map<Integer, Finding> present = new HashMap<>();
        Map<Integer, Finding> signs = new HashMap<>();
        for (int i = 0; i < listed; i++) {
            present.put(account(), capture("present"));
        }
        for (int i = 0; i < controls; i++) {
            signs.put(account(), capture("borderline"));
        }
        verdicts.hold(present, Standing.LIKELY);
        verdicts.hold(signs, Standing.SIGNS);
        return List.copyOf(present.keySet());
    }

    private int account() {
        return verdicts.account("did:plc:audited" + System.nanoTime());
    }

    private static Finding capture(String name) {
        try {
            return JSON.treeToValue(
                    JSON.readTree(Files.readAllBytes(
                                    Path.of("src/test/resources/captures", PRACTICE.id(), name + ".json")))
                            .get("finding"),
                    Finding.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sixty verdicts, all of them wrong. */
    private void stopped() {
        hold(60, 0);
        publisher.publish();
        audits.draw();
        everybodySays((task, listed) -> "does-not", first, second, FIRST);
        audits.look();
        published.renew();
    }

    /** Through the room itself, where it is not the calls that are tried. */
    private void everybodySays(BiFunction<String, Boolean, String> says, Person one, Person other, int verdictsWanted) {
        for (Person person : List.of(one, other)) {
            int number = (int) tables.count("SELECT number FROM moderator WHERE name = '" + person.name() + "'");
            while (true) {
                String id = store.inTransaction(connection -> audits.next(connection, number))
                        .map(Audits.Task::id)
                        .orElse(null);
                if (id == null) {
                    break;
                }
                String answer = says.apply(id, isListed(id));
                var given = new Audits.Given(
                        Answer.of(answer).orElseThrow(), answer.equals("practises") ? null : Cause.BRIDGE, null);
                Audits.Taken taken = store.inTransaction(connection -> audits.answer(connection, number, id, given));
                assertThat(taken).isEqualTo(Audits.Taken.TAKEN);
            }
        }
        assertThat(tables.count("SELECT COUNT(stratum) FROM audit_task WHERE settled_at IS NOT NULL"))
                .isEqualTo(verdictsWanted);
    }

    /** While these people go on doing other things, for half an hour of nothing ends a session. */
    private void theLeaseEnds(Person... people) {
        for (int i = 0; i < 3; i++) {
            clock.advance(Audits.LEASE.dividedBy(3));
            for (Person person : people) {
                person.wrongCall().get("/v1/moderation/practices").then().statusCode(403);
            }
        }
    }

    private boolean isListed(String id) {
        return tables.count("SELECT stratum IS NOT NULL FROM audit_task WHERE id = UNHEX('" + id + "')") == 1;
    }

    private static Response task(Person person) {
        return person.call()
                .get("/v1/moderation/audits/next")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .response();
    }

    private static JsonNode withoutTime(Response task) throws IOException {
        JsonNode node = JSON.readTree(task.asString());
        ((ObjectNode) node).remove("answerBy");
        return node;
    }

    private static String next(Person person) {
        return task(person).path("id");
    }

    private static void answer(Person person, String id, String answer, String cause) {
        Map<String, String> body = cause == null ? Map.of("answer", answer) : Map.of("answer", answer, "cause", cause);
        person.call()
                .contentType("application/json")
                .body(body)
                .post("/v1/moderation/audits/" + id)
                .then()
                .statusCode(200)
                .body("answer", is(answer));
    }

    private static Response wrong(Person person, String id, Map<String, ?> body) {
        return person.wrongCall().contentType("application/json").body(body).post("/v1/moderation/audits/" + id);
    }

    private static Response resume(RequestSpecification caller, String practice, String reason) {
        return caller.contentType("application/json")
                .body(Map.of("reason", reason))
                .post("/v1/moderation/practices/" + practice + "/resumption");
    }

    private static ValidatableResponse practice() {
        return Api.call().get("/v1/practices").then().statusCode(200).rootPath("practices[0]");
    }

    private boolean obeyStops() {
        return store.inTransaction(
                connection -> ledger.obeyStops(connection, clock.instant().getEpochSecond()));
    }

    private long listed() {
        return tables.count("SELECT COUNT(*) FROM released WHERE record IS NOT NULL");
    }

    private long settled() {
        return tables.count("SELECT COUNT(*) FROM audit_task WHERE settled_at IS NOT NULL");
    }

    private long answers() {
        return tables.count("SELECT COUNT(*) FROM audit_answer");
    }

    private static void paths(String at, JsonNode node, Set<String> found) {
        found.add(at + ":" + node.getNodeType());
        if (node.isObject()) {
            node.properties().forEach(field -> paths(at + "." + field.getKey(), field.getValue(), found));
        } else if (node.isArray()) {
            node.forEach(item -> paths(at + "[]", item, found));
        }
    }
}
