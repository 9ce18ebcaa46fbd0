package org.fairfollow.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.publication.Publisher;
import org.fairfollow.reporter.Reports;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Moderation;
import org.fairfollow.testing.Moderation.Person;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Reporting;
import org.fairfollow.testing.Telling;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From events and a report to a moderator's ruling, to what everybody reads and what becomes of the report. */
@QuarkusTest
class ReportToRulingApiTest {
    @Inject
    Pipeline pipeline;

    @Inject
    Reports reports;

    @Inject
    Queue queue;

    @Inject
    Publisher publisher;

    @Inject
    Moderation moderation;

    @Inject
    TestStore tables;

    @BeforeEach
    void forgetEverything() {
        tables.empty();
    }

    @ParameterizedTest
    @CsvSource({
        "confirm,confirmed,upheld",
        "clear,cleared,not-upheld",
        "expire,unknown,set-aside",
        "possibly-targeted,unknown,set-aside"
    })
    void aReportedAccountIsRuledOnAndEverybodyReadsIt(String outcome, String standing, String state) {
        ListedAccount churner = new ListedAccount();
        pipeline.send(churner.lines).statusCode(200);
        pipeline.judgeAndPublish();
        String reporter = Telling.token();
        double trusted = trust(reporter);
        String report = Reporting.sent(reporter, Reporting.of("bluesky", churner.did, "follow-churn"));
        reports.weigh();
        follow();
        range(churner.did).body("entries.verdicts.flatten().standing", contains("likely"));

        Person moderator = moderation.person("moderator");
        JsonPath waiting = moderator.call().get("/v1/moderation/queue").jsonPath();
        assertThat(waiting.getString("accounts[0].account.nativeId")).isEqualTo(churner.did);
        assertThat(waiting.getInt("accounts[0].reports[0].reports")).isEqualTo(1);
        String address = "/v1/moderation/cases/" + waiting.getString("accounts[0].caseId");
        String basedOn = moderator
                .call()
                .get(address)
                .then()
                .statusCode(200)
                .body("practices[0].complaints.cluster", contains(1))
                .body("practices[0].complaints[0].weight", greaterThan(0f))
                .extract()
                .path("practices[0].basedOn");
        moderator
                .call()
                .contentType("application/json")
                .body(Map.of(
                        "practice",
                        "follow-churn",
                        "outcome",
                        outcome,
                        "reasons",
                        "The follows and leavings are those of one person.",
                        "basedOn",
                        basedOn))
                .post(address + "/rulings")
                .then()
                .statusCode(201);
        publisher.publish();

        Api.call()
                .get("/v1/accounts/bluesky/" + churner.did)
                .then()
                .body("verdicts.find { it.practice == 'follow-churn' }.standing", is(standing));
        range(churner.did)
                .body(
                        "entries.verdicts.flatten().standing",
                        standing.equals("confirmed") ? hasItem("confirmed") : not(hasItem("likely")));
        Telling.as(reporter).get("/v1/reports/" + report).then().body("state", is(state));
        assertThat(Double.compare(trust(reporter), trusted))
                .isEqualTo(
                        switch (state) {
                            case "upheld" -> 1;
                            case "not-upheld" -> -1;
                            default -> 0;
                        });
        moderator.call().get("/v1/moderation/queue").then().body("accounts.caseId", is(java.util.List.of()));
    }

    private void follow() {
        while (queue.follow()) {
            // Until it has followed all.
        }
        queue.refresh();
    }

    private static double trust(String reporter) {
        return Telling.as(reporter)
                .get("/v1/reporters/me")
                .then()
                .extract()
                .jsonPath()
                .getDouble("trust.weight");
    }

    private ValidatableResponse range(String did) {
        int digits = publisher.current().orElseThrow().prefixLength();
        String hash = new AccountName(Network.BLUESKY, AccountName.Kind.NATIVE_ID, did)
                .hash()
                .hex();
        return Api.call().get("/v1/ranges/" + hash.substring(0, digits)).then().statusCode(200);
    }
}
