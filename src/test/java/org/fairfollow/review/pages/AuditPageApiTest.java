package org.fairfollow.review.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.detection.Finding;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.Moderation;
import org.fairfollow.testing.Moderation.Person;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.TestTicker;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.audit.Audits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page on which people audit, as a browser without scripts uses it. */
@QuarkusTest
class AuditPageApiTest {
    private static final String PATH = "/moderation/audits";

    @Inject
    TestStore tables;

    @Inject
    HeldVerdicts verdicts;

    @Inject
    Audits audits;

    @Inject
    Moderation moderation;

    @Inject
    TestTicker ticker;

    private Person person;

    @BeforeEach
    void twoVerdicts() throws IOException {
        ticker.advance(Duration.ofDays(2));
        tables.empty();
        person = moderation.person("reviewer");
        ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());
        Finding finding = json.treeToValue(
                json.readTree(Files.readAllBytes(Path.of("src/test/resources/captures/follow-churn/present.json")))
                        .get("finding"),
                Finding.class);
        verdicts.hold(Map.of(account(), finding, account(), finding), Standing.LIKELY);
        audits.draw();
    }

    @Test
    void whoAnswersIsLedToTheNextUntilThereIsNone() {
        Response page = with().get(PATH);
        page.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body(
                        containsString("Follow"),
                        containsString("Your answer"),
                        not(containsString("<script>")),
                        not(containsString(" style=")));
        assertThat(page.asString().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("likely", "signs", "for the pattern", "/accounts/");
        for (int i = 0; i < 2; i++) {
            Response asked = with().get(PATH);
            form(answer(asked, "does-not", "giveaway"))
                    .post(PATH)
                    .then()
                    .statusCode(303)
                    .header("Location", containsString(PATH));
        }
        with().get(PATH).then().statusCode(200).body(containsString("Nothing to look at now"));
        assertThat(tables.count("SELECT COUNT(*) FROM audit_answer")).isEqualTo(2);
    }

    @Test
    void anAnswerWithoutACauseIsSentBackWithAWord() {
        form(answer(with().get(PATH), "does-not", ""))
                .post(PATH)
                .then()
                .statusCode(400)
                .body(containsString("role=\"alert\""), containsString("Your answer"));
    }

    @Test
    void aFormOfAnotherSiteAnswersNothing() {
        Map<String, String> answer = answer(with().get(PATH), "practises", "");
        for (String origin : new String[] {"null", "https://elsewhere.example", ""}) {
            RequestSpecification call =
                    with().contentType("application/x-www-form-urlencoded").formParams(answer);
            (origin.isEmpty() ? call : call.header("Origin", origin))
                    .post(PATH)
                    .then()
                    .statusCode(403);
        }
        form(Map.of("task", answer.get("task"), "answer", "practises"))
                .post(PATH)
                .then()
                .statusCode(403);
        assertThat(tables.count("SELECT COUNT(*) FROM audit_answer")).isZero();
    }

    @Test
    void whoDidNotSignInIsLedToTheDoor() {
        RestAssured.given()
                .redirects()
                .follow(false)
                .get(PATH)
                .then()
                .statusCode(303)
                .header("Location", containsString("/moderation/sign-in"));
        Api.unknownCall()
                .header("Authorization", "Bearer " + Api.OPERATOR_TOKEN)
                .get(PATH)
                .then()
                .statusCode(403);
    }

    private int account() {
        return verdicts.account("did:plc:page" + System.nanoTime());
    }

    private RequestSpecification with() {
        return RestAssured.given().redirects().follow(false).cookie("__Host-fairfollow", person.token());
    }

    private RequestSpecification form(Map<String, String> fields) {
        return with().header("Origin", RestAssured.baseURI + ":" + RestAssured.port)
                .contentType("application/x-www-form-urlencoded")
                .formParams(fields);
    }

    private static Map<String, String> answer(Response page, String answer, String cause) {
        return Map.of(
                "form-token",
                value(page, "form-token"),
                "task",
                value(page, "task"),
                "answer",
                answer,
                "cause",
                cause,
                "note",
                "");
    }

    private static String value(Response page, String field) {
        Matcher found =
                Pattern.compile("name=\"" + field + "\" value=\"([^\"]+)\"").matcher(page.asString());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
