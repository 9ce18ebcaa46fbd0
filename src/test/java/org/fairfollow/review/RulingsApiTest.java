package org.fairfollow.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.fairfollow.detection.Practice;
import org.fairfollow.publication.Publisher;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.Moderation;
import org.fairfollow.testing.Moderation.Person;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What moderators decide, alone and together, and what nobody can make them decide. */
@QuarkusTest
class RulingsApiTest {
    private static final Practice PRACTICE = Practice.FOLLOW_CHURN;
    private static final String REASONS = "The follows and leavings are those of one person.";

    @Inject
    TestStore tables;

    @Inject
    HeldVerdicts verdicts;

    @Inject
    Decisions decisions;

    @Inject
    Queue queue;

    @Inject
    Rulings rulings;

    @Inject
    Publisher publisher;

    @Inject
    Moderation moderation;

    @Inject
    Store store;

    @Inject
    TestClock clock;

    private Person moderator = new Person("", "", "", "");
    private String did = "";
    private int account;
    private String caseId = "";

    @BeforeEach
    void aListedAccount() {
        tables.empty();
        moderator = moderation.person("moderator");
        held(Standing.LIKELY);
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    private void held(Standing standing) {
        did = Names.did();
        account = verdicts.account(did);
        verdicts.hold(account, PRACTICE, standing, "Of follows not returned, 59 in 100 were dropped.");
        while (queue.follow()) {
            // Until it has followed all.
        }
        publisher.publish();
        caseId = caseOf(did);
    }

    private String caseOf(String nativeId) {
        return Api.asOperator()
                .get("/v1/moderation/queue?limit=500")
                .jsonPath()
                .getString("accounts.find { it.account.nativeId == '" + nativeId + "' }.caseId");
    }

    @Test
    void aCaseShowsWhatTheRulesFoundWhatIsPublishedAndWhatWasDone() {
        rule(moderator, "confirm").statusCode(201);
        publisher.publish();
        read(moderator)
                .body("id", is(caseId))
                .body("account.nativeId", is(did))
                .body("practices[0].practice", is("follow-churn"))
                .body("practices[0].held", is("confirmed"))
                .body("practices[0].rules.standing", is("likely"))
                .body("practices[0].rules.statement", startsWith("Of follows"))
                .body("practices[0].published", is(true))
                .body("practices[0].shown.standing", is("confirmed"))
                .body("practices[0].shown.statement", startsWith("Of follows"))
                .body("practices[0].decision.outcome", is("confirm"))
                .body("practices[0].rulings.moderator", contains(moderator.name()))
                .body("practices[0].rulings.onStanding", contains("likely"))
                .body("practices[0].history.standing", contains("confirmed", "likely"))
                .body("log.action", contains("ruled"))
                .body("log[0].moderator", is(moderator.name()))
                .body("log[0].detail", is("follow-churn: confirm on likely"));
    }

    @ParameterizedTest
    @CsvSource({"confirm,confirmed", "clear,cleared", "expire,unknown", "possibly-targeted,unknown"})
    void eachRulingMakesWhatItSaysOfTheVerdict(String outcome, String standing) {
        rule(moderator, outcome)
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("ruling.outcome", is(outcome))
                .body("ruling.moderator", is(moderator.name()))
                .body("ruling.second", nullValue())
                .body("ruling.onStanding", is("likely"));
        publisher.publish();
        Api.call().get("/v1/accounts/bluesky/" + did).then().body("verdicts[0].standing", is(standing));
        assertThat(caseOf(did)).as("nothing waits any more").isNull();
    }

    @Test
    void theLogNamesNobodyWhomItIsAbout() {
        rule(moderator, "clear").statusCode(201);
        assertThat(tables.rows("SELECT subject, detail FROM audit_log WHERE action = 'ruled'")
                        .toString())
                .doesNotContain(did)
                .doesNotContain(REASONS);
    }

    // Two people.

    @Test
    void overturningARulingTakesAnotherPersonAndNothingChangesUntilThen() {
        rule(moderator, "clear").statusCode(201);
        ValidatableResponse proposed = rule(moderator, "confirm")
                .statusCode(202)
                .body("proposal.moderator", is(moderator.name()))
                .body("proposal.outcome", is("confirm"));
        String proposal = proposed.extract().path("proposal.id");
        assertThat(standing()).isEqualTo("cleared");

        Person other = moderation.person("moderator");
        read(other).body("practices[0].proposal.id", is(proposal));
        agree(other, proposal)
                .statusCode(201)
                .body("ruling.moderator", is(moderator.name()))
                .body("ruling.second", is(other.name()))
                .body("ruling.reasons", is(REASONS));
        assertThat(standing()).isEqualTo("confirmed");
        read(other)
                .body("practices[0].proposal", nullValue())
                .body("log.action", contains("agreed", "proposed", "ruled"));
    }

    @Test
    void confirmingWhatTheRulesWouldNotListTakesAnotherPerson() {
        held(Standing.SIGNS);
        read(moderator).body("practices[0].secondNeeded", contains("confirm"));
        String proposal = rule(moderator, "confirm").statusCode(202).extract().path("proposal.id");
        assertThat(standing()).isEqualTo("signs");
        agree(moderation.person("operator"), proposal).statusCode(201);
        assertThat(standing()).isEqualTo("confirmed");
    }

    @Test
    void theSamePersonTwiceIsNotTwoPeople() {
        rule(moderator, "clear").statusCode(201);
        String proposal = rule(moderator, "expire").statusCode(202).extract().path("proposal.id");
        agree(moderator, proposal).statusCode(409).body("code", is("second-person-needed"));
        agree(moderator.wrongCall(), proposal, Map.of("basedOn", basedOn(), "moderator", 1))
                .statusCode(400)
                .body("code", is("unknown-field"));
        assertThat(standing()).isEqualTo("cleared");
    }

    @Test
    void aReviewerIsNotTheSecondPerson() {
        rule(moderator, "clear").statusCode(201);
        String proposal = rule(moderator, "expire").statusCode(202).extract().path("proposal.id");
        agree(moderation.person("reviewer"), proposal).statusCode(403).body("code", is("forbidden"));
        assertThat(standing()).isEqualTo("cleared");
    }

    @Test
    void aProposalIsRejectedOnceAndThenGone() {
        rule(moderator, "clear").statusCode(201);
        String proposal = rule(moderator, "expire").statusCode(202).extract().path("proposal.id");
        Person other = moderation.person("moderator");
        rule(other, "expire").statusCode(409).body("code", is("proposal-open"));
        String rejection = "/v1/moderation/cases/" + caseId + "/proposals/" + proposal + "/rejection";
        other.call().post(rejection).then().statusCode(200).body("rejectedBy", is(other.name()));
        other.wrongCall().post(rejection).then().statusCode(404);
        agree(other, proposal).statusCode(404);
        assertThat(standing()).isEqualTo("cleared");
        read(other).body("log.action", contains("rejected-proposal", "proposed", "ruled"));
    }

    @Test
    void aProposalEndsAfterSevenDays() {
        rule(moderator, "clear").statusCode(201);
        String proposal = rule(moderator, "expire").statusCode(202).extract().path("proposal.id");
        clock.advance(Duration.ofDays(7).plusSeconds(1));
        Person other = moderation.person("moderator");
        agree(other, proposal).statusCode(404);
        rulings.forget();
        assertThat(tables.count("SELECT COUNT(*) FROM proposal")).isZero();
        rule(other, "expire").statusCode(202).body("proposal.moderator", is(other.name()));
    }

    @Test
    void whatIsWithheldStaysSoWhileAProposalWaits() {
        rule(moderator, "confirm").statusCode(201);
        store.inTransaction(connection -> {
            decisions.object(connection, account, PRACTICE);
            return null;
        });
        rule(moderator, "clear").statusCode(202);
        publisher.publish();
        assertThat(standing()).isEqualTo("unknown");
    }

    @Test
    void whatNobodyMeasuredIsConfirmedByNobody() {
        rule(moderator.wrongCall(), caseId, Map.of("practice", "auto-dm", "outcome", "confirm", "reasons", REASONS))
                .statusCode(409)
                .body("code", is("case-changed"));
        String nothing = new Matter(Practice.AUTO_DM, null, org.fairfollow.verdict.Decision.NONE, 0).basedOn();
        rule(
                        moderator.call(),
                        caseId,
                        Map.of("practice", "auto-dm", "outcome", "confirm", "reasons", REASONS, "basedOn", nothing))
                .statusCode(409)
                .body("code", is("nothing-to-confirm"));
    }

    // Many at once, and again.

    @Test
    void ofTwoWhoRuleAtOnceOneIsToldThatTheCaseChanged() throws Exception {
        Person other = moderation.person("moderator");
        String seen = basedOn();
        Map<String, String> clear = asked("clear", seen);
        Map<String, String> expire = asked("expire", seen);
        List<Integer> statuses = atOnce(List.of(
                () -> rule(moderator.call(), caseId, clear).extract().statusCode(),
                () -> rule(other.call(), caseId, expire).extract().statusCode()));
        assertThat(statuses).containsExactlyInAnyOrder(201, 409);
        assertThat(tables.count("SELECT COUNT(*) FROM ruling WHERE account_id = " + account))
                .isEqualTo(1);
    }

    @Test
    void aHundredIdenticalRulingsWithOneKeyAreOneRulingWithOneAnswer() throws Exception {
        Map<String, String> asked = asked("clear", basedOn());
        List<String> answers = atOnce(IntStream.range(0, 100)
                .<Callable<String>>mapToObj(i -> () -> {
                    Response answer = moderator
                            .call()
                            .header("Idempotency-Key", "one")
                            .contentType("application/json")
                            .body(asked)
                            .post("/v1/moderation/cases/" + caseId + "/rulings");
                    return answer.statusCode() + answer.asString();
                })
                .toList());
        assertThat(answers).allMatch(answer -> answer.startsWith("201")).containsOnly(answers.getFirst());
        assertThat(tables.count("SELECT COUNT(*) FROM ruling WHERE account_id = " + account))
                .isEqualTo(1);
        assertThat(tables.count("SELECT COUNT(*) FROM audit_log WHERE subject = 'case " + caseId + "'"))
                .isEqualTo(1);
    }

    @Test
    void theKeyOfOneModeratorAnswersNobodyElse() {
        Map<String, String> asked = asked("clear", basedOn());
        String path = "/v1/moderation/cases/" + caseId + "/rulings";
        moderator
                .call()
                .header("Idempotency-Key", "one")
                .contentType("application/json")
                .body(asked)
                .post(path)
                .then()
                .statusCode(201);
        moderation
                .person("moderator")
                .call()
                .header("Idempotency-Key", "one")
                .contentType("application/json")
                .body(asked)
                .post(path)
                .then()
                .statusCode(409)
                .body("code", is("case-changed"));
    }

    // Attacks.

    @ParameterizedTest
    @ValueSource(strings = {"standing", "moderator", "second", "id", "ruledAt", "onStanding"})
    void massAssignmentIsRefused(String field) {
        Map<String, Object> asked = new HashMap<>(asked("clear", basedOn()));
        asked.put(field, "confirmed");
        moderator
                .wrongCall()
                .contentType("application/json")
                .body(asked)
                .post("/v1/moderation/cases/" + caseId + "/rulings")
                .then()
                .statusCode(400)
                .body("code", is("unknown-field"));
        assertThat(standing()).isEqualTo("likely");
    }

    @Test
    void everyRulingCallWithEveryVerbOpensToModeratorsAlone() {
        String reporter = "Bearer ffr_" + "a".repeat(32);
        Person reviewer = moderation.person("reviewer");
        List<String> calls =
                List.of("/rulings", "/proposals/AAAAAAAAAAAAAAAA/agreement", "/proposals/AAAAAAAAAAAAAAAA/rejection");
        for (String call : calls) {
            for (Method verb : Method.values()) {
                String path = "/v1/moderation/cases/" + caseId + call;
                for (String authorization : new String[] {
                    "", reporter, "Bearer " + Api.OPERATOR_TOKEN, "Bearer " + reviewer.token(), "Bearer ffm_nobody"
                }) {
                    RequestSpecification request = Api.unknownCall();
                    if (!authorization.isEmpty()) {
                        request.header("Authorization", authorization);
                    }
                    int status = request.contentType("application/json")
                            .body(asked("clear", basedOn()))
                            .request(verb, path)
                            .statusCode();
                    assertThat(status)
                            .as("%s %s with %s", verb, call, authorization)
                            .isIn(
                                    verb == Method.OPTIONS
                                            ? List.of(200, 204, 401, 403, 404, 405)
                                            : List.of(401, 403, 405));
                }
            }
        }
        assertThat(standing()).isEqualTo("likely");
        assertThat(tables.count("SELECT COUNT(*) FROM ruling")).isZero();
    }

    @Test
    void methodOverrideHeadersOverrideNothing() {
        moderator
                .wrongCall()
                .header("X-HTTP-Method-Override", "POST")
                .header("X-HTTP-Method", "POST")
                .get("/v1/moderation/cases/" + caseId)
                .then()
                .statusCode(200);
        assertThat(tables.count("SELECT COUNT(*) FROM ruling")).isZero();
    }

    @Test
    void whatIsNoCaseLooksTheSameWhateverItIs() {
        String other = caseId.substring(0, 15) + (caseId.endsWith("A") ? "B" : "A");
        for (String id : List.of(
                String.valueOf(account), "1", other, "x".repeat(500), "%00", "'%20OR%201=1", did, "did:plc:nobody")) {
            moderator
                    .wrongCall()
                    .urlEncodingEnabled(false)
                    .get("/v1/moderation/cases/" + id)
                    .then()
                    .statusCode(404)
                    .body("code", is("not-found"))
                    .body("detail", startsWith("Take the ids of cases"));
        }
    }

    @Test
    void idsOfCasesCannotBeWalked() {
        String first = caseId;
        held(Standing.LIKELY);
        assertThat(first).matches("[A-Za-z0-9_-]{16}");
        assertThat(caseId).matches("[A-Za-z0-9_-]{16}").isNotEqualTo(first);
        assertThat(caseId.substring(0, 8)).isNotEqualTo(first.substring(0, 8));
    }

    @Test
    void aProposalOfAnotherCaseIsNotFoundHere() {
        rule(moderator, "clear").statusCode(201);
        String proposal = rule(moderator, "expire").statusCode(202).extract().path("proposal.id");
        held(Standing.LIKELY);
        agree(moderation.person("moderator"), proposal).statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Turned round: \u202e and so on, twenty.",
                "Cannot be seen: \u200b and so on, twenty.",
                "A byte of zero: \u0000 and so on, twenty.",
                "An escape: \u001b[2J and so on, twenty.",
                "Too short.",
                "                              "
            })
    void reasonsThatHideOrTurnOrSayNothingAreRefused(String reasons) {
        Map<String, String> asked = new HashMap<>(asked("clear", basedOn()));
        asked.put("reasons", reasons);
        rule(moderator.wrongCall(), caseId, asked).statusCode(400).body("code", is("invalid-ruling"));
    }

    @Test
    void aHundredThousandCharactersOfReasonsAreRefused() {
        Map<String, String> asked = new HashMap<>(asked("clear", basedOn()));
        asked.put("reasons", "a ".repeat(50_000));
        rule(moderator.wrongCall(), caseId, asked).statusCode(400).body("code", is("invalid-ruling"));
    }

    @Test
    void anUnknownOutcomeOrPracticeIsRefused() {
        for (Map<String, String> wrong : List.of(
                Map.of("practice", "follow-churn", "outcome", "confirmed"),
                Map.of("practice", "%", "outcome", "clear"),
                Map.of("outcome", "clear"))) {
            Map<String, String> asked = new HashMap<>(wrong);
            asked.put("reasons", REASONS);
            asked.put("basedOn", basedOn());
            rule(moderator.wrongCall(), caseId, asked).statusCode(400).body("code", is("invalid-ruling"));
        }
    }

    private ValidatableResponse read(Person person) {
        return person.call()
                .get("/v1/moderation/cases/" + caseId)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store");
    }

    private String basedOn() {
        return basedOn(moderator);
    }

    private String basedOn(Person person) {
        return read(person).extract().path("practices.find { it.practice == 'follow-churn' }.basedOn");
    }

    private static Map<String, String> asked(String outcome, String basedOn) {
        return Map.of("practice", "follow-churn", "outcome", outcome, "reasons", REASONS, "basedOn", basedOn);
    }

    private ValidatableResponse rule(Person person, String outcome) {
        return rule(person.call(), caseId, asked(outcome, basedOn(person)));
    }

    private static ValidatableResponse rule(RequestSpecification call, String id, Map<String, String> asked) {
        return call.contentType("application/json")
                .body(asked)
                .post("/v1/moderation/cases/" + id + "/rulings")
                .then();
    }

    private ValidatableResponse agree(Person person, String proposal) {
        return agree(person.call(), proposal, Map.of("basedOn", basedOn(person)));
    }

    private ValidatableResponse agree(RequestSpecification call, String proposal, Map<String, ?> body) {
        return call.contentType("application/json")
                .body(body)
                .post("/v1/moderation/cases/" + caseId + "/proposals/" + proposal + "/agreement")
                .then();
    }

    private String standing() {
        return tables.rows("SELECT standing FROM verdict WHERE account_id = " + account)
                .getFirst()
                .getFirst();
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> one : threads.invokeAll(calls)) {
                results.add(one.get());
            }
            return results;
        }
    }
}
