package org.fairfollow.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.detection.Practice;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.Moderation;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.RulesOfBefore;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.verdict.Rejudgement;
import org.fairfollow.verdict.Rulebook;
import org.fairfollow.verdict.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators see of rules on trial and how they put them in force, by calls and on the desk. */
@QuarkusTest
class RuleChangesApiTest {
    private static final String REASON = "Looked at all of the withdrawals.";

    @Inject
    TestStore tables;

    @Inject
    HeldVerdicts verdicts;

    @Inject
    RulesOfBefore others;

    @Inject
    Rejudgement rejudgement;

    @Inject
    Moderation moderation;

    @Inject
    TestClock clock;

    private final byte[] before = RulesOfBefore.differingIn(Practice.FOLLOW_CHURN);

    @BeforeEach
    void holdSomething() {
        tables.empty();
        for (int i = 0; i < 3; i++) {
            verdicts.hold(
                    verdicts.account(Names.did()), Practice.FOLLOW_CHURN, Standing.LIKELY, "It left many <i>once</i>.");
        }
        verdicts.hold(verdicts.account(Names.did()), Practice.FOLLOW_CHURN, Standing.SIGNS, "It left some.");
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
        tables.empty();
    }

    @Test
    void withoutOtherRulesThereIsNothingToLookAt() {
        rules("")
                .statusCode(200)
                .body("inForce", is(Rulebook.sha256()))
                .body("trial", nullValue())
                .body("changes", empty());
    }

    @Test
    void whileTheVersionBeforeIsThereItWaits() {
        others.putInForce(before);
        rules("")
                .statusCode(200)
                .body("inForce", is(Rulebook.sha256(before)))
                .body("trial.rules", is(Rulebook.sha256()))
                .body("trial.phase", is("waiting"));
        adopt(Rulebook.sha256(), REASON).statusCode(409).body("code", is("not-adoptable"));
    }

    @Test
    void whatWouldChangeIsCountedAndListedPageByPage() {
        judgeAside();

        ValidatableResponse first = rules("?limit=2")
                .statusCode(200)
                .body("trial.phase", is("judged"))
                .body("trial.judged", is(4))
                .body("trial.differences.difference", contains("unlisted", "withdrawn"))
                .body("trial.differences.verdicts", contains(1, 3))
                .body("changes.difference", contains("withdrawn", "withdrawn"))
                .body("changes[0].account.network", is("bluesky"))
                .body("changes[0].stands.standing", is("likely"))
                .body("changes[0].would.standing", is("unknown"))
                .body("next", notNullValue());
        String next = first.extract().path("next");
        rules("?limit=2&after=" + next)
                .statusCode(200)
                .body("changes.difference", contains("withdrawn", "unlisted"))
                .body("next", nullValue());
        rules("?difference=unlisted&practice=follow-churn").body("changes", hasSize(1));
        rules("?difference=listed").body("changes", empty());
        wrong("?limit=0").statusCode(400).body("code", is("invalid-limit"));
        wrong("?after=somewhere").statusCode(400).body("code", is("invalid-cursor"));
        wrong("?practice=none").statusCode(400).body("code", is("invalid-filter"));
        wrong("?difference=none").statusCode(400).body("code", is("invalid-filter"));
    }

    @Test
    void anOperatorPutsThemInForceAndTheLogSaysWho() {
        judgeAside();
        Moderation.Person operator = moderation.person("operator");
        adopt(Rulebook.sha256(), "too short").statusCode(400).body("code", is("invalid-reason"));
        adopt("00".repeat(32), REASON).statusCode(409).body("code", is("not-adoptable"));

        operator.call()
                .contentType(ContentType.JSON)
                .body(Map.of("rules", Rulebook.sha256(), "reason", REASON))
                .post("/v1/moderation/rules/adoption")
                .then()
                .statusCode(200)
                .body("inForce", is(Rulebook.sha256()))
                .body("trial", nullValue())
                .body("writing.verdicts", contains(1, 3));
        assertThat(tables.rows("SELECT m.name, l.subject, l.detail FROM audit_log l JOIN moderator m"
                        + " ON m.number = l.moderator WHERE l.action = 'rules-adopted'"))
                .last()
                .isEqualTo(List.of(operator.name(), Rulebook.sha256(), REASON));
        adopt(Rulebook.sha256(), REASON).statusCode(409);
    }

    @Test
    void onlyOperatorsMayAndModeratorsMayReadThePage() {
        judgeAside();
        Api.wrongCall().get("/v1/moderation/rules").then().statusCode(401);
        Moderation.Person moderator = moderation.person("moderator");
        moderator.call().get("/v1/moderation/rules").then().statusCode(403);
        page(moderator, "")
                .then()
                .statusCode(200)
                .body(containsString("Only an operator puts them in force."))
                .body(not(containsString("Put these rules in force")));
        page(moderation.person("reviewer"), "").then().statusCode(403);
    }

    @Test
    void theDeskShowsWhatStandsBesideWhatWouldInBothLanguages() {
        judgeAside();
        Moderation.Person operator = moderation.person("operator");
        page(operator, "")
                .then()
                .statusCode(200)
                .body(containsString("Put these rules in force"))
                .body(containsString("It left many &lt;i&gt;once&lt;/i&gt;."))
                .body(containsString("Withdrawn"));
        page(operator, "?lang=es&difference=withdrawn")
                .then()
                .statusCode(200)
                .body(containsString("Poner estas reglas en vigor"))
                .body(containsString("Retirada"));
        page(operator, "?after=somewhere").then().statusCode(400).body(containsString("role=\"alert\""));
    }

    @Test
    void theFormPutsThemInForceAndSaysWhyItDoesNot() {
        judgeAside();
        Moderation.Person operator = moderation.person("operator");
        String html = page(operator, "").asString();
        Matcher token =
                Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"").matcher(html);
        assertThat(token.find()).isTrue();

        send(operator, token.group(1), "too short")
                .statusCode(400)
                .body(containsString("role=\"alert\""))
                .body(containsString("value=\"too short\""));
        send(operator, "another", REASON).statusCode(403);
        send(operator, token.group(1), REASON).statusCode(303).header("Location", endsWith("/moderation/rules"));
        page(operator, "").then().body(containsString("No other rules are on trial"), containsString("still to come"));
    }

    private static ValidatableResponse send(Moderation.Person person, String token, String reason) {
        return desk(person)
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("form-token", token)
                .formParam("rules", Rulebook.sha256())
                .formParam("reason", reason)
                .post("/moderation/rules/adoption")
                .then();
    }

    private void judgeAside() {
        others.putInForce(before);
        others.goAway();
        while (rejudgement.judgeAside() > 0) {
            clock.advance(Duration.ofSeconds(1));
        }
    }

    private static Response page(Moderation.Person person, String query) {
        return desk(person).get("/moderation/rules" + query);
    }

    private static RequestSpecification desk(Moderation.Person person) {
        String own = "http://localhost:" + RestAssured.port;
        return RestAssured.given()
                .redirects()
                .follow(false)
                .header("Cookie", "__Host-fairfollow=" + person.token())
                .header("Origin", own)
                .header("Sec-Fetch-Site", "same-origin");
    }

    private static ValidatableResponse rules(String query) {
        return Api.asOperator().get("/v1/moderation/rules" + query).then();
    }

    private static ValidatableResponse wrong(String query) {
        return wrongAsOperator().get("/v1/moderation/rules" + query).then();
    }

    private static RequestSpecification wrongAsOperator() {
        return Api.wrongCall().header("Authorization", "Bearer " + Api.OPERATOR_TOKEN);
    }

    private static ValidatableResponse adopt(String rules, String reason) {
        return wrongAsOperator()
                .contentType(ContentType.JSON)
                .body(Map.of("rules", rules, "reason", reason))
                .post("/v1/moderation/rules/adoption")
                .then();
    }
}
