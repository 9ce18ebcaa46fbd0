package org.fairfollow.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.fairfollow.detection.Practice;
import org.fairfollow.publication.Publisher;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a verdict when people rule on it, contest it or object to it, as everybody sees it. */
@QuarkusTest
class DecisionsApiTest {
    private static final Practice PRACTICE = Practice.FOLLOW_CHURN;

    @Inject
    TestStore tables;

    @Inject
    HeldVerdicts verdicts;

    @Inject
    Decisions decisions;

    @Inject
    Ledger ledger;

    @Inject
    Gates gates;

    @Inject
    Publisher publisher;

    @Inject
    Store store;

    @Inject
    TestClock clock;

    private String did = "";
    private int account;

    @BeforeEach
    void listed() {
        tables.empty();
        did = "did:plc:decided" + System.nanoTime();
        account = verdicts.account(did);
        verdicts.hold(account, PRACTICE, Standing.LIKELY, "Of follows not returned, 59 in 100 were dropped.");
        publisher.publish();
        lookUp().body("verdicts[0].standing", is("likely")).body("verdicts[0].disputed", is(false));
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void aConfirmedVerdictSaysThatItWasReviewed() {
        rule(Ruling.CONFIRM);
        publisher.publish();

        lookUp().body("verdicts[0].standing", is("confirmed"))
                .body("verdicts[0].reviewedAt", notNullValue())
                .body("verdicts[0].statement", startsWith("Of follows"));
    }

    @Test
    void ofAClearedVerdictNothingIsLeftButThatItWasCleared() {
        rule(Ruling.CLEAR);
        publisher.publish();

        assertThat(isListed()).isFalse();
        lookUp().body("verdicts[0].standing", is("cleared"))
                .body("verdicts[0].statement", startsWith("A moderator looked at this on "))
                .body("verdicts[0].reasons", empty())
                .body("verdicts[0].reviewAt", nullValue());
    }

    @ParameterizedTest
    @EnumSource(
            value = Ruling.class,
            names = {"EXPIRE", "POSSIBLY_TARGETED"})
    void whatIsWithdrawnIsUnknownAndSaysNothingAgainstAnybody(Ruling ruling) {
        rule(ruling);
        publisher.publish();

        assertThat(isListed()).isFalse();
        lookUp().body("verdicts[0].standing", is("unknown"))
                .body("verdicts[0].statement", startsWith("What was held here was withdrawn on "))
                .body("verdicts[0].reasons", empty());
    }

    @Test
    void contestingTakesItOffTheListAtOnceAndTheOwnersWordsStandBesideIt() {
        assertThat(contest("I was away.")).isTrue();
        publisher.publish();

        assertThat(isListed()).isFalse();
        lookUp().body("verdicts[0].standing", is("signs"))
                .body("verdicts[0].disputed", is(true))
                .body("verdicts[0].rebuttal.text", is("I was away."));
    }

    @Test
    void aVerdictThatWasUpheldIsListedWithTheOwnersWordsAndLeavesTheListNoSecondTime() {
        contest("I was away.");
        rule(Ruling.CONFIRM);
        publisher.publish();
        assertThat(isListed()).isTrue();

        assertThat(contest("I was still away.")).isFalse();
        publisher.publish();

        assertThat(isListed()).isTrue();
        lookUp().body("verdicts[0].standing", is("confirmed"))
                .body("verdicts[0].disputed", is(true))
                .body("verdicts[0].rebuttal.text", is("I was still away."));
    }

    @Test
    void contestingTwiceDoesNotMoveTheDeadline() {
        contest("I was away.");
        long deadline = decision().withheldUntil();
        clock.advance(Duration.ofDays(3));
        contest("I was away, I said.");

        assertThat(decision().withheldUntil()).isEqualTo(deadline);
        clock.advance(Duration.ofDays(11).plusSeconds(1));
        withdrawUnreviewed();
        publisher.publish();

        lookUp().body("verdicts[0].standing", is("unknown"));
        List<Decisions.RulingMade> rulings = in(connection -> decisions.rulings(connection, account));
        assertThat(rulings).singleElement().satisfies(ruling -> {
            assertThat(ruling.outcome()).isEqualTo(Ruling.EXPIRE);
            assertThat(ruling.moderator()).isNull();
            assertThat(ruling.onStanding()).isEqualTo(Standing.SIGNS);
        });
    }

    @Test
    void beforeTheDeadlineNothingIsWithdrawn() {
        contest("I was away.");
        clock.advance(Duration.ofDays(13));
        withdrawUnreviewed();
        publisher.publish();

        lookUp().body("verdicts[0].standing", is("signs"));
    }

    @Test
    void anObjectionHidesAllOfIt() {
        act(connection -> decisions.object(connection, account, PRACTICE));
        publisher.publish();

        assertThat(isListed()).isFalse();
        lookUp().body("verdicts[0].standing", is("unknown"))
                .body("verdicts[0].disputed", is(true))
                .body("verdicts[0].statement", startsWith("The account's owner objected on "))
                .body("verdicts[0].reasons", empty());
        Api.call()
                .get("/v1/accounts/bluesky/" + did + "/evidence")
                .then()
                .statusCode(200)
                .body("practices.'follow-churn'.series", empty())
                .body("practices.'follow-churn'.tables", empty());
    }

    @Test
    void ofAStoppedPracticeNothingIsListed() {
        act(connection -> gates.set(connection, PRACTICE, new Gate(.9, .88, false, 1)));
        assertThat(obeyStops()).isTrue();
        assertThat(obeyStops()).isFalse();
        publisher.publish();

        assertThat(isListed()).isFalse();
        lookUp().body("verdicts[0].standing", is("signs"));
    }

    @Test
    void whoTakesTheWordsBackHasTheVerdictBackAndNoSecondWayOffTheList() {
        contest("I was away.");
        act(connection -> decisions.takeBackContest(connection, account, PRACTICE));
        publisher.publish();

        assertThat(isListed()).isTrue();
        lookUp().body("verdicts[0].standing", is("likely")).body("verdicts[0]", not(hasKey("rebuttal")));
        assertThat(contest("I was away, I said.")).isFalse();
        publisher.publish();
        assertThat(isListed()).isTrue();
    }

    private ValidatableResponse lookUp() {
        return Api.call().get("/v1/accounts/bluesky/" + did).then().statusCode(200);
    }

    private boolean isListed() {
        return tables.count("SELECT COUNT(*) FROM released WHERE record IS NOT NULL AND account_id = " + account) > 0;
    }

    private void rule(Ruling ruling) {
        act(connection -> decisions.rule(connection, account, PRACTICE, ruling, "As the evidence says.", 1, null));
    }

    private boolean contest(String words) {
        return in(connection -> decisions.contest(connection, account, PRACTICE, words));
    }

    private void withdrawUnreviewed() {
        act(connection -> decisions.withdrawUnreviewed(connection));
    }

    private boolean obeyStops() {
        return in(connection -> ledger.obeyStops(connection, 1_795_000_000));
    }

    private Decision decision() {
        return in(connection -> decisions.of(connection, account, PRACTICE));
    }

    private interface Act {
        void on(Connection connection) throws SQLException;
    }

    private void act(Act act) {
        in(connection -> {
            act.on(connection);
            return 0;
        });
    }

    private <T> T in(Store.Work<T> work) {
        return store.inTransaction(work);
    }
}
