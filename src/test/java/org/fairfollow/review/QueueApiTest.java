package org.fairfollow.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for a person to look at, for the operator alone. */
@QuarkusTest
class QueueApiTest {
    @Inject
    Pipeline pipeline;

    @Inject
    TestStore tables;

    @BeforeEach
    void forgetEverything() {
        tables.empty();
    }

    @Test
    void nothingWaitsWhereNothingIsHeldAgainstAnybody() {
        pipeline.judgeAndPublish();
        Api.asOperator().get("/v1/moderation/queue").then().statusCode(200).body("accounts", empty());
    }

    @Test
    void aListedAccountWaitsWithItsWeights() {
        ListedAccount churner = new ListedAccount();
        pipeline.send(churner.lines).statusCode(200);
        pipeline.judgeAndPublish();
        JsonPath queue = Api.asOperator()
                .get("/v1/moderation/queue?limit=5")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .jsonPath();
        assertThat(queue.getList("accounts")).hasSize(1);
        assertThat(queue.getString("accounts[0].verdicts[0].practice")).isEqualTo("follow-churn");
        assertThat(queue.getString("accounts[0].verdicts[0].standing")).isEqualTo("likely");
        assertThat(queue.getDouble("accounts[0].verdicts[0].weight")).isGreaterThan(3);
        // One practice moves the odds by e^3 and no more, however clear it is: from 1 % to 17 %.
        double logOdds = queue.getDouble("accounts[0].logOdds");
        assertThat(1 / (1 + Math.exp(-logOdds))).isBetween(.15, .17);
    }

    @Test
    void onlyTheOperatorMayAsk() {
        Api.wrongCall().get("/v1/moderation/queue").then().statusCode(401).body("code", is("unauthorized"));
    }

    @Test
    void asksForAReasonableNumber() {
        for (String limit : new String[] {"0", "501", "-1", "many", "9999999999"}) {
            Api.wrongCall()
                    .header("Authorization", "Bearer " + Api.OPERATOR_TOKEN)
                    .queryParam("limit", limit)
                    .get("/v1/moderation/queue")
                    .then()
                    .statusCode(400)
                    .body("code", is("invalid-limit"));
        }
    }
}
