package org.fairfollow.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.fairfollow.detection.Practice;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Moderation;
import org.fairfollow.testing.Moderation.Person;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.Ruling;
import org.fairfollow.verdict.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What waits for a person to look at, in which order, and who may see it. */
@QuarkusTest
class QueueApiTest {
    private static final Practice PRACTICE = Practice.FOLLOW_CHURN;

    @Inject
    Pipeline pipeline;

    @Inject
    TestStore tables;

    @Inject
    HeldVerdicts verdicts;

    @Inject
    Decisions decisions;

    @Inject
    Queue queue;

    @Inject
    Moderation moderation;

    @Inject
    Store store;

    @Inject
    TestClock clock;

    private Person reviewer = new Person("", "", "", "");

    @BeforeEach
    void forgetEverything() {
        tables.empty();
        follow();
        reviewer = moderation.person("reviewer");
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void nothingWaitsWhereNothingIsHeldAgainstAnybody() {
        pipeline.judgeAndPublish();
        follow();
        reviewer.call()
                .get("/v1/moderation/queue")
                .then()
                .statusCode(200)
                .body("accounts", empty())
                .body("next", nullValue());
    }

    @Test
    void aListedAccountWaitsWithItsWeights() {
        ListedAccount churner = new ListedAccount();
        pipeline.send(churner.lines).statusCode(200);
        pipeline.judgeAndPublish();
        follow();
        JsonPath page = reviewer.call()
                .get("/v1/moderation/queue?limit=5")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("accounts[0].state", is("listed"))
                .body("accounts[0].caseId", notNullValue())
                .extract()
                .jsonPath();
        assertThat(page.getList("accounts")).hasSize(1);
        assertThat(page.getString("accounts[0].verdicts[0].practice")).isEqualTo("follow-churn");
        assertThat(page.getString("accounts[0].verdicts[0].standing")).isEqualTo("likely");
        assertThat(page.getDouble("accounts[0].verdicts[0].weight")).isGreaterThan(3);
        // One practice moves the odds by e^3 and no more, however clear it is: from 1 % to 17 %.
        double logOdds = page.getDouble("accounts[0].logOdds");
        assertThat(1 / (1 + Math.exp(-logOdds))).isBetween(.15, .17);
    }

    @Test
    void ownersWhoWaitComeFirstAndWhatIsRuledOnIsGone() {
        String old = held(Standing.LIKELY);
        clock.advance(java.time.Duration.ofMinutes(10));
        String contested = held(Standing.LIKELY);
        String objected = held(Standing.LIKELY);
        String ruled = held(Standing.LIKELY);
        in(contested, (connection, account) -> decisions.contest(connection, account, PRACTICE, "I was away."));
        follow();
        in(objected, (connection, account) -> {
            decisions.object(connection, account, PRACTICE);
            return true;
        });
        in(
                ruled,
                (connection, account) -> decisions.rule(
                                connection, account, PRACTICE, Ruling.CLEAR, "It is a backup of another.", 1, null)
                        > 0);
        follow();
        reviewer.call()
                .get("/v1/moderation/queue")
                .then()
                .statusCode(200)
                .body("accounts.account.nativeId", contains(contested, objected, old))
                .body("accounts.state", contains("contested", "objected", "listed"))
                .body("accounts[0].deadline", notNullValue())
                .body("accounts[2].deadline", nullValue());
    }

    @Test
    void pagesLeadThroughAllOfItOnce() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            all.add(held(i % 2 == 0 ? Standing.LIKELY : Standing.SIGNS));
        }
        List<String> read = new ArrayList<>();
        String after = "";
        while (after != null) {
            JsonPath page = reviewer.call()
                    .queryParam("limit", "3")
                    .queryParam("after", after)
                    .get("/v1/moderation/queue")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            read.addAll(page.getList("accounts.account.nativeId"));
            after = page.getString("next");
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(all).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "state=signs,1",
        "state=listed,1",
        "practice=follow-churn,2",
        "practice=auto-dm,0",
        "network=bluesky,2",
        "network=x,0",
        "network=bluesky&practice=follow-churn&state=listed,1"
    })
    void itIsFilteredByPracticeNetworkAndState(String filter, int accounts) {
        held(Standing.LIKELY);
        held(Standing.SIGNS);
        JsonPath page = reviewer.call()
                .get("/v1/moderation/queue?" + filter)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(page.getList("accounts")).hasSize(accounts);
    }

    @ParameterizedTest
    @CsvSource({
        "state,signs' OR '1'='1",
        "practice,%",
        "practice,follow_churn",
        "network,bluesky; DROP TABLE moderation_case",
        "state,LISTED"
    })
    void sqlMetacharactersInFiltersAreNoFilters(String name, String value) {
        held(Standing.LIKELY);
        reviewer.wrongCall()
                .queryParam(name, value)
                .get("/v1/moderation/queue")
                .then()
                .statusCode(400)
                .body("code", is("invalid-filter"));
        assertThat(tables.count("SELECT COUNT(*) FROM moderation_case")).isPositive();
    }

    @Test
    void whatIsNoCursorIsRefused() {
        for (String after : new String[] {"1", "0", "AAAAAAAAAAA.AAAAAAAAAAAAAAA'", "../../etc", "a".repeat(500)}) {
            reviewer.wrongCall()
                    .queryParam("after", after)
                    .get("/v1/moderation/queue")
                    .then()
                    .statusCode(400)
                    .body("code", is("invalid-cursor"));
        }
    }

    @Test
    void whoeverSignedInAndTheOperatorMayAskAndNobodyElse() {
        Api.asOperator().get("/v1/moderation/queue").then().statusCode(200);
        moderation.person("operator").call().get("/v1/moderation/queue").then().statusCode(200);
        Api.wrongCall().get("/v1/moderation/queue").then().statusCode(401).body("code", is("unauthorized"));
    }

    @Test
    void asksForAReasonableNumber() {
        for (String limit : new String[] {"0", "501", "-1", "many", "9999999999"}) {
            reviewer.wrongCall()
                    .queryParam("limit", limit)
                    .get("/v1/moderation/queue")
                    .then()
                    .statusCode(400)
                    .body("code", is("invalid-limit"));
        }
    }

    @Test
    void aPageOfALongQueueIsReadWithoutReadingTheRest() {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(
                        "INSERT INTO moderation_case (account_id, id, place, network, state, practices,"
                                + " waiting_since) SELECT 100000000 + seq, UNHEX(LPAD(HEX(seq), 24, '0')), seq, 1, 'signs',"
                                + " 'follow-churn', 1 FROM seq_1_to_20000");
            }
        });
        CaseRepository.Filter all = new CaseRepository.Filter(null, null, null);
        store.read(connection -> {
            List<CaseRepository.Line> first = CaseRepository.waiting(connection, all, QueueCursor.BEGINNING, 50);
            CaseRepository.Line last = first.getLast();
            long before = rowsRead(connection);
            assertThat(CaseRepository.waiting(connection, all, new QueueCursor(last.at(), last.id()), 50))
                    .hasSize(50)
                    .extracting(CaseRepository.Line::at)
                    .startsWith(51L);
            assertThat(rowsRead(connection) - before).isLessThan(300);
            return null;
        });
    }

    private static long rowsRead(java.sql.Connection connection) throws java.sql.SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT SUM(variable_value) FROM information_schema.session_status"
                        + " WHERE variable_name IN ('HANDLER_READ_NEXT', 'HANDLER_READ_KEY', 'HANDLER_READ_RND_NEXT',"
                        + " 'HANDLER_READ_PREV')")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void readingTheQueueWritesNothing() {
        held(Standing.LIKELY);
        String before = state();
        reviewer.call().get("/v1/moderation/queue").then().statusCode(200);
        assertThat(state()).isEqualTo(before);
    }

    private String state() {
        return tables.rows("SELECT * FROM moderation_case").toString()
                + tables.rows("SELECT MAX(number) FROM audit_log");
    }

    private String held(Standing standing) {
        String did = Names.did();
        verdicts.hold(verdicts.account(did), PRACTICE, standing, "Of follows not returned, 59 in 100 were dropped.");
        follow();
        return did;
    }

    private void follow() {
        while (queue.follow()) {
            // Until it has followed all.
        }
    }

    private interface Act {
        boolean on(java.sql.Connection connection, int account) throws java.sql.SQLException;
    }

    private void in(String did, Act act) {
        int account = (int) tables.count("SELECT id FROM account WHERE native_id = '" + did + "'");
        store.inTransaction(connection -> act.on(connection, account));
    }
}
