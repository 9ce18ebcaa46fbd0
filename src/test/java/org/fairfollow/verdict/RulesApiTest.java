package org.fairfollow.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.RulesOfBefore;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A version with other rules than those in force: what it may do by itself, what it writes aside, and what becomes of that. */
@QuarkusTest
class RulesApiTest {
    private static final Practice PRACTICE = Practice.FOLLOW_CHURN;
    private static final String OLD_STATEMENT = "It left many, by the rules of before.";

    @Inject
    TestStore tables;

    @Inject
    Pipeline pipeline;

    @Inject
    HeldVerdicts verdicts;

    @Inject
    Rules rules;

    @Inject
    Rejudgement rejudgement;

    @Inject
    RulesOfBefore others;

    @Inject
    Decisions decisions;

    @Inject
    DueQueue queue;

    @Inject
    Store store;

    @Inject
    TestClock clock;

    private final ListedAccount churner = new ListedAccount();
    private final byte[] before = RulesOfBefore.differingIn(PRACTICE);

    @BeforeEach
    void empty() {
        tables.empty();
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
        tables.empty();
    }

    @Test
    void theFirstStartOnAStorePutsItsRulesInForce() {
        pipeline.send(churner.lines).statusCode(200);
        pipeline.judgeAndPublish();

        assertThat(inForce()).isEqualTo(Rulebook.sha256());
        assertThat(standing(churner.did)).isEqualTo("likely");
        assertThat(tables.count("SELECT COUNT(*) FROM rules_trial")).isZero();
    }

    @Test
    void whileAnInstanceWithTheRulesInForceIsAboutAnotherJudgesNobody() {
        others.putInForce(before);
        pipeline.send(churner.lines).statusCode(200);
        pipeline.judgeAndPublish();

        assertThat(tables.count("SELECT COUNT(*) FROM verdict")).isZero();
        assertThat(rejudgement.judgeAside()).isZero();
        assertThat(tables.count("SELECT COUNT(*) FROM due")).isPositive();
        assertThat(state().trial().phase()).isEqualTo(Rules.Phase.WAITING);
    }

    @Test
    void nobodyIsAccusedByRulesThatAreOnTrial() {
        others.putInForce(before);
        others.goAway();
        pipeline.send(churner.lines).statusCode(200);
        pipeline.judgeAndPublish();

        assertThat(tables.count("SELECT COUNT(*) FROM due")).isZero();
        assertThat(tables.count("SELECT COUNT(*) FROM verdict WHERE standing IN ('signs', 'likely', 'confirmed')"))
                .isZero();
        assertThat(tables.rows("SELECT practice, difference, standing FROM judged_aside"))
                .containsExactly(List.of("follow-churn", "listed", "likely"));
        assertThat(tables.count("SELECT COUNT(*) FROM watched"))
                .as("what others do can still clear it")
                .isEqualTo(1);
    }

    @Test
    void whatTheyNoLongerHoldIsWithdrawnAtOnceWhenItIsDue() {
        String did = Names.did();
        int account = heldByOldRules(did);
        others.putInForce(before);
        others.goAway();
        judgeDue(account);

        assertThat(tables.rows("SELECT standing FROM verdict WHERE practice = 'follow-churn'"))
                .containsExactly(List.of("unknown"));
        assertThat(tables.count("SELECT COUNT(*) FROM judged_aside")).isZero();
    }

    @Test
    void whatTheySayInOtherWordsWaitsAndWhatStandsGoesOnStanding() {
        int account = churnerHeldByOldRules();
        others.putInForce(before);
        others.goAway();
        judgeDue(account);

        assertThat(statement(churner.did)).isEqualTo(OLD_STATEMENT);
        assertThat(tables.rows("SELECT difference, standing FROM judged_aside WHERE practice = 'follow-churn'"))
                .containsExactly(List.of("changed", "likely"));
        assertThat(tables.count("SELECT COUNT(*) FROM verdict_entry WHERE cause <> 'judged'"))
                .as("nothing changed")
                .isZero();
    }

    @Test
    void whatStandsLapsesThoughTheRulesOnTrialWouldRenewIt() {
        int account = churnerHeldByOldRules();
        others.putInForce(before);
        others.goAway();
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE verdict SET review_at = as_of WHERE practice = 'follow-churn'");
            }
        });
        judgeDue(account);

        assertThat(standing(churner.did)).isEqualTo("unknown");
        assertThat(tables.count("SELECT COUNT(*) FROM judged_aside WHERE practice = 'follow-churn'"))
                .isEqualTo(1);
    }

    @Test
    void practicesThatBothJudgeAlikeGoOnAsEver() {
        store.inTransaction(connection -> {
            rules.sayThere(connection);
            return null;
        });
        // Only never-replies differs.
        others.putInForce(RulesOfBefore.differingIn(Practice.NEVER_REPLIES));
        others.goAway();
        pipeline.send(churner.lines).statusCode(200);
        pipeline.judgeAndPublish();

        assertThat(standing(churner.did)).isEqualTo("likely");
    }

    @Test
    void everybodyIsJudgedAsideAtTheSetRateAndWhatIsHeldStaysAsItIs() {
        heldByOldRules(Names.did());
        heldByOldRules(Names.did());
        others.putInForce(before);
        others.goAway();

        assertThat(rejudgement.judgeAside()).isEqualTo(2);
        assertThat(rejudgement.judgeAside()).as("not before its time").isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(rejudgement.judgeAside()).isZero();

        Rules.State state = state();
        assertThat(state.trial().phase()).isEqualTo(Rules.Phase.JUDGED);
        assertThat(state.trial().accounts()).isEqualTo(2);
        assertThat(state.trial().judged()).isEqualTo(2);
        assertThat(state.trial().differences()).containsExactly(new Rules.Count(PRACTICE, Difference.WITHDRAWN, 2));
        assertThat(tables.count("SELECT COUNT(*) FROM verdict WHERE standing = 'likely'"))
                .isEqualTo(2);
        List<Rules.Change> changes =
                store.read(connection -> rules.changes(connection, Difference.WITHDRAWN, PRACTICE, 0, 10));
        assertThat(changes).hasSize(2);
        assertThat(changes.getFirst().statement()).isEqualTo(OLD_STATEMENT);
        assertThat(changes.getFirst().would()).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void aPartThatSomebodyWasKilledWithIsDoneAgain() {
        heldByOldRules(Names.did());
        others.putInForce(before);
        others.goAway();
        rejudgement.judgeAside();
        // As if its transaction had not come to pass: claimed, and nothing filed.
        execute("UPDATE rules_trial SET next_account = 0, judged = 0, busy_until = "
                + (clock.millis() + Duration.ofSeconds(30).toMillis()));
        execute("DELETE FROM judged_aside");

        assertThat(rejudgement.judgeAside()).isZero();
        clock.advance(Duration.ofSeconds(31));
        assertThat(rejudgement.judgeAside()).isEqualTo(1);
        assertThat(tables.count("SELECT COUNT(*) FROM judged_aside")).isEqualTo(1);
    }

    @Test
    void adoptedRulesAreFollowedAndEachChangeSaysWhy() {
        String did = Names.did();
        heldByOldRules(did);
        others.putInForce(before);
        others.goAway();
        pipeline.send(churner.lines).statusCode(200);
        pipeline.judgeAndPublish();
        assertThat(adopt()).isEqualTo(Rules.Adoption.UNFINISHED);
        judgeEverybodyAside();

        assertThat(Api.call().get("/v1/rulebook").asByteArray())
                .as("what is published rests on the rules of before")
                .isEqualTo(before);
        assertThat(adopt()).isEqualTo(Rules.Adoption.ADOPTED);
        assertThat(standing(did)).isEqualTo("likely");
        followAdopted();

        assertThat(standing(did)).isEqualTo("unknown");
        assertThat(standing(churner.did)).isEqualTo("likely");
        assertThat(tables.rows("SELECT standing FROM verdict_entry WHERE cause = 'rules-adopted' ORDER BY standing"))
                .containsExactly(List.of("likely"), List.of("unknown"));
        assertThat(tables.count("SELECT COUNT(*) FROM judged_aside")).isZero();
        assertThat(tables.count("SELECT COUNT(*) FROM rules_trial WHERE written_at IS NOT NULL"))
                .isEqualTo(1);
        assertThat(state().writing()).isEmpty();
        assertThat(inForce()).isEqualTo(Rulebook.sha256());
        assertThat(Api.call().get("/v1/rulebook").asByteArray()).isEqualTo(Rulebook.bytes());
    }

    @Test
    void aReleaseNamesTheRulesInForceAndNotThoseOnTrial() {
        String did = Names.did();
        int account = heldByOldRules(did);
        others.putInForce(before);
        pipeline.judgeAndPublish();
        others.goAway();
        judgeDue(account);

        assertThat(Api.call().get("/v1/list").then().statusCode(200).extract().asByteArray())
                .as("the manifest is in the head of the list")
                .satisfies(list -> assertThat(new String(list, StandardCharsets.ISO_8859_1))
                        .contains("\"rules\":\"" + Rulebook.sha256(before) + '"'));
    }

    @Test
    void rulesThatNobodyHasAreNotAdopted() {
        heldByOldRules(Names.did());
        others.putInForce(before);
        others.goAway();
        judgeEverybodyAside();

        Rules.Adoption adoption = store.inTransaction(connection -> rules.adopt(connection, "00".repeat(32)));
        assertThat(adoption).isEqualTo(Rules.Adoption.UNKNOWN);
    }

    @Test
    void aTrialBeginsAnewWhenTheOldVersionHadComeBack() {
        heldByOldRules(Names.did());
        others.putInForce(before);
        others.goAway();
        judgeEverybodyAside();
        others.areThere(before);

        assertThat(adopt()).isEqualTo(Rules.Adoption.OTHERS_ABOUT);
        assertThat(rejudgement.judgeAside()).isZero();
        assertThat(state().trial().phase()).isEqualTo(Rules.Phase.WAITING);

        others.goAway();
        assertThat(rejudgement.judgeAside()).isEqualTo(1);
        assertThat(tables.count("SELECT COUNT(*) FROM rules_trial")).isEqualTo(2);
        while (store.inTransaction(rules::forget)) {
            // Until nothing is left.
        }
        assertThat(tables.count("SELECT COUNT(DISTINCT trial) FROM judged_aside"))
                .isEqualTo(1);
        assertThat(tables.count("SELECT COUNT(*) FROM judged_aside")).isEqualTo(1);
    }

    @Test
    void aRollBackAfterAdoptionIsATrialOfTheRulesOfBefore() {
        heldByOldRules(Names.did());
        // This build's rules were in force, then others were adopted, and this build is started again.
        store.inTransaction(connection -> {
            rules.sayThere(connection);
            return null;
        });
        others.putInForce(before);
        others.goAway();
        judgeEverybodyAside();

        assertThat(adopt()).isEqualTo(Rules.Adoption.ADOPTED);
        assertThat(inForce()).isEqualTo(Rulebook.sha256());
    }

    @Test
    void anErasedAccountIsAsideNoMore() {
        int account = heldByOldRules(Names.did());
        others.putInForce(before);
        others.goAway();
        judgeEverybodyAside();
        assertThat(tables.count("SELECT COUNT(*) FROM judged_aside")).isEqualTo(1);

        store.inTransaction(connection -> decisions.erase(connection, account));
        assertThat(tables.count("SELECT COUNT(*) FROM judged_aside")).isZero();
    }

    @Test
    void whatDiffersIsFoundPracticeByPractice() {
        assertThat(Rules.untried(before, Rulebook.bytes())).containsExactly(PRACTICE);
        assertThat(Rules.untried(Rulebook.bytes(), Rulebook.bytes())).isEmpty();
        assertThat(Rules.untried("{}".getBytes(StandardCharsets.UTF_8), Rulebook.bytes()))
                .containsExactlyInAnyOrder(Practice.values());
    }

    private int heldByOldRules(String did) {
        int account = verdicts.account(did);
        verdicts.hold(account, PRACTICE, Standing.LIKELY, OLD_STATEMENT);
        return account;
    }

    private int churnerHeldByOldRules() {
        pipeline.send(churner.lines).statusCode(200);
        pipeline.judgeAndPublish();
        int account = (int) tables.count("SELECT account_id FROM verdict WHERE standing = 'likely'");
        verdicts.hold(account, PRACTICE, Standing.LIKELY, OLD_STATEMENT);
        return account;
    }

    private void judgeDue(int account) {
        store.inTransaction(connection -> {
            queue.mark(connection, List.of(account));
            return null;
        });
        pipeline.judgeAndPublish();
    }

    private void judgeEverybodyAside() {
        while (rejudgement.judgeAside() > 0) {
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(tables.count("SELECT COUNT(*) FROM rules_trial WHERE judged_at IS NOT NULL"))
                .isPositive();
    }

    private void followAdopted() {
        while (rejudgement.makeAdoptedDue() > 0) {
            pipeline.judgeAndPublish();
            clock.advance(Duration.ofSeconds(1));
        }
        store.inTransaction(connection -> {
            rules.sayThere(connection);
            return null;
        });
    }

    private Rules.Adoption adopt() {
        return store.inTransaction(connection -> rules.adopt(connection, Rulebook.sha256()));
    }

    private Rules.State state() {
        return store.read(rules::state);
    }

    private String inForce() {
        return tables.rows("SELECT LOWER(HEX(sha256)) FROM rules_in_force")
                .getFirst()
                .getFirst();
    }

    private static String standing(String did) {
        return verdict(did, "standing");
    }

    private static String statement(String did) {
        return verdict(did, "statement");
    }

    private static String verdict(String did, String field) {
        return Api.call()
                .get("/v1/accounts/bluesky/" + did)
                .then()
                .statusCode(200)
                .extract()
                .path("verdicts.find { it.practice == 'follow-churn' }." + field);
    }

    private void execute(String sql) {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }
}
