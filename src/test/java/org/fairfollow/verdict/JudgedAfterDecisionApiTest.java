package org.fairfollow.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.evidence.Retention;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was decided holds when the same evidence is judged anew, and ends when the verdict does. */
@QuarkusTest
class JudgedAfterDecisionApiTest {
    private static final Practice PRACTICE = Practice.FOLLOW_CHURN;

    @Inject
    TestStore tables;

    @Inject
    Pipeline pipeline;

    @Inject
    HeldVerdicts verdicts;

    @Inject
    Decisions decisions;

    @Inject
    DueQueue queue;

    @Inject
    Retention retention;

    @Inject
    Store store;

    @Inject
    TestClock clock;

    private String did = "";
    private int account;

    @BeforeEach
    void listSomebody() {
        tables.empty();
        ListedAccount churner = new ListedAccount();
        did = churner.did;
        pipeline.send(churner.lines).statusCode(200);
        pipeline.judgeAndPublish();
        account = (int) tables.count("SELECT account_id FROM verdict WHERE standing = 'likely'");
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void aClearedVerdictStaysCleared() {
        rule(Ruling.CLEAR);
        judgeAgain();

        assertStanding("cleared");
    }

    @Test
    void aConfirmedVerdictStaysConfirmedAndItsEvidenceCanStillBeJudgedByAnybody() {
        rule(Ruling.CONFIRM);
        judgeAgain();

        assertStanding("confirmed");
        Api.call()
                .get("/v1/accounts/bluesky/" + did + "/dossier")
                .then()
                .statusCode(200)
                .body("practices.'follow-churn'.standing", is("likely"));
    }

    @Test
    void whatExpiredCanBeFoundAgainOnlyWhenAllItRestedOnIsOld() {
        rule(Ruling.EXPIRE);
        clock.advance(Duration.ofDays(7));
        judgeAgain();

        assertStanding("unknown");
    }

    @Test
    void aContestedVerdictStaysOffTheListWhenJudgedAnew() {
        store.inTransaction(connection -> decisions.contest(connection, account, PRACTICE, "I was away."));
        judgeAgain();

        assertStanding("signs");
    }

    @Test
    void whatWasConfirmedIsNotConfirmedOnceTheVerdictHasLapsed() {
        rule(Ruling.CONFIRM);
        clock.advance(Duration.ofDays(91));
        retention.forget();
        judgeAgain();

        assertStanding("unknown");
        assertThat(tables.count("SELECT COUNT(*) FROM decision")).isZero();
        assertThat(tables.count("SELECT COUNT(*) FROM ruling"))
                .as("that it was ruled stays")
                .isEqualTo(1);
    }

    @Test
    void whatWasDecidedOfAHandleHoldsForTheAccountItTurnedOutToBe() {
        int provisional = verdicts.account(Names.did());
        store.inTransaction(connection ->
                decisions.rule(connection, provisional, PRACTICE, Ruling.CLEAR, "As the evidence says.", 1, null));
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(
                        "UPDATE account SET merged_into = " + account + " WHERE id = " + provisional);
            }
        });
        judgeAgain();

        assertStanding("cleared");
    }

    @Test
    void whatWasContestedUnderAHandleStaysOffTheListThoughTheHandleIsJudgedFirst() {
        int provisional = verdicts.account(Names.did());
        store.inTransaction(connection -> {
            decisions.contest(connection, provisional, PRACTICE, "I was away.");
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE account SET merged_into = " + account + " WHERE id = " + provisional);
            }
            return null;
        });
        judgeAgain(provisional);
        judgeAgain();

        assertStanding("signs");
    }

    private void rule(Ruling ruling) {
        store.inTransaction(
                connection -> decisions.rule(connection, account, PRACTICE, ruling, "As the evidence says.", 1, null));
    }

    private void judgeAgain() {
        judgeAgain(account);
    }

    private void judgeAgain(int one) {
        store.inTransaction(connection -> {
            queue.mark(connection, List.of(one));
            return null;
        });
        pipeline.judgeAndPublish();
    }

    private void assertStanding(String standing) {
        Api.call()
                .get("/v1/accounts/bluesky/" + did)
                .then()
                .statusCode(200)
                .body("verdicts[0].practice", is("follow-churn"))
                .body("verdicts[0].standing", is(standing));
    }
}
