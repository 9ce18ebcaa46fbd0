package org.fairfollow.review.disputes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.fairfollow.network.ProfileText;
import org.fairfollow.network.Refusal;
import org.fairfollow.publication.Publisher;
import org.fairfollow.reporter.DisputeToken;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.ToldProfiles;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Ruling;
import org.fairfollow.verdict.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From opening a dispute to what comes of it, and what attackers get out of it. */
@QuarkusTest
class DisputesApiTest {
    private static final Practice PRACTICE = Practice.FOLLOW_CHURN;
    private static final String WORDS = "I tidied up once, after a hack.";

    @Inject
    TestStore tables;

    @Inject
    HeldVerdicts verdicts;

    @Inject
    Decisions decisions;

    @Inject
    Ledger ledger;

    @Inject
    Disputes disputes;

    @Inject
    ToldProfiles profiles;

    @Inject
    Directory directory;

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
        did = "did:plc:owned" + System.nanoTime();
        account = verdicts.account(did);
        verdicts.hold(account, PRACTICE, Standing.LIKELY, "Of follows not returned, 59 in 100 were dropped.");
        publisher.publish();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    // What comes of it

    @Test
    void provenControlTakesTheVerdictOffTheListAtOnceWithTheOwnersWordsBesideIt() {
        JsonPath dispute = open(did, "contest");
        assertThat(dispute.getString("state")).isEqualTo("open");
        assertThat(dispute.getString("code")).matches("fairfollow-[0-9A-Z]{4}-[0-9A-Z]{4}");
        assertThat(dispute.getString("secretToken")).startsWith("ffd_");
        assertThat(isListed()).isTrue();
        assertThat(tables.count("SELECT COUNT(*) FROM measurement"))
                .as("anybody can open a dispute")
                .isZero();

        say(dispute, did);
        prove(dispute)
                .statusCode(200)
                .body("state", is("proven"))
                .body("$", not(hasKey("code")))
                .body("reviewBy", notNullValue())
                .body("practices[0].standing", is("signs"))
                .body("practices[0].statement", startsWith("Of follows"));
        publisher.publish();

        assertThat(isListed()).isFalse();
        lookUp().body("verdicts[0].standing", is("signs"))
                .body("verdicts[0].disputed", is(true))
                .body("verdicts[0].rebuttal.text", is(WORDS))
                .body("measurement.state", is("queued"))
                .body("links.dispute", matchesPattern("https?://.+/disputes/about/bluesky/" + did));
    }

    @Test
    void whoObjectsToBeingLookedAtIsNotMeasuredForIt() {
        proven("objection");
        assertThat(tables.count("SELECT COUNT(*) FROM measurement")).isZero();
    }

    @Test
    void theOwnerReadsTheRulingWithItsReasonsAndNotWhoMadeIt() {
        JsonPath dispute = proven("contest");
        rule(Ruling.CLEAR);

        as(dispute)
                .get("/v1/disputes/" + dispute.getString("id"))
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("state", is("ruled"))
                .body("practices[0].standing", is("cleared"))
                .body("practices[0].ruling.outcome", is("clear"))
                .body("practices[0].ruling.reasons", is("As the evidence says."))
                .body("practices[0].ruling", not(hasKey("moderator")));
    }

    @Test
    void anObjectionHidesTheVerdictWholeButNotFromItsOwner() {
        JsonPath dispute = proven("objection");
        publisher.publish();

        assertThat(isListed()).isFalse();
        lookUp().body("verdicts[0].standing", is("unknown")).body("verdicts[0].reasons", empty());
        as(dispute)
                .get("/v1/disputes/" + dispute.getString("id"))
                .then()
                .body("practices[0].statement", startsWith("Of follows"));
    }

    @Test
    void anObjectionThatWasHeardAndRefusedHidesNothingASecondTime() {
        proven("objection");
        rule(Ruling.CONFIRM);
        JsonPath again = proven("objection");
        publisher.publish();

        assertThat(isListed()).isTrue();
        proven("objection");
        publisher.publish();
        assertThat(isListed()).isTrue();
        as(again).get("/v1/disputes/" + again.getString("id")).then().body("practices[0].standing", is("confirmed"));
    }

    @Test
    void disputingAgainAndAgainTakesAVerdictOffTheListOnce() {
        proven("contest");
        rule(Ruling.CONFIRM);
        for (int i = 0; i < 3; i++) {
            proven("contest");
        }
        publisher.publish();

        assertThat(isListed()).isTrue();
        lookUp().body("verdicts[0].standing", is("confirmed")).body("verdicts[0].rebuttal.text", is(WORDS));
    }

    @Test
    void whatIsTakenBackLeavesTheVerdictAsItWas() {
        JsonPath dispute = proven("contest");
        for (int i = 0; i < 2; i++) {
            as(dispute).delete("/v1/disputes/" + dispute.getString("id")).then().statusCode(204);
        }
        publisher.publish();

        assertThat(isListed()).isTrue();
        lookUp().body("verdicts[0]", not(hasKey("rebuttal")));
        as(dispute)
                .get("/v1/disputes/" + dispute.getString("id"))
                .then()
                .body("state", is("withdrawn"))
                .body("$", not(hasKey("rebuttal")));
        prove(dispute).statusCode(409).body("code", is("dispute-ended"));
    }

    @Test
    void takingBackAnOldDisputeLeavesTheNewerOnesWords() {
        JsonPath old = proven("contest");
        proven("contest");
        as(old).delete("/v1/disputes/" + old.getString("id")).then().statusCode(204);
        publisher.publish();

        lookUp().body("verdicts[0].rebuttal.text", is(WORDS));
    }

    @Test
    void theWordsAreChangedOnce() {
        JsonPath dispute = proven("contest");
        String path = "/v1/disputes/" + dispute.getString("id") + "/rebuttal";
        for (int i = 0; i < 2; i++) {
            as(dispute)
                    .contentType("application/json")
                    .body(Map.of("rebuttal", "Other words."))
                    .put(path)
                    .then()
                    .statusCode(200)
                    .body("mayRewrite", is(false));
        }
        publisher.publish();
        lookUp().body("verdicts[0].rebuttal.text", is("Other words."));
        as(dispute)
                .contentType("application/json")
                .body(Map.of("rebuttal", "Again other words."))
                .put(path)
                .then()
                .statusCode(409)
                .body("code", is("dispute-ended"));
    }

    @Test
    void theHistoryHasEveryChangeAndRulingForTheOwnerAlone() {
        JsonPath dispute = open(did, "contest");
        String path = "/v1/disputes/" + dispute.getString("id") + "/history";
        as(dispute).get(path).then().statusCode(409).body("code", is("not-proven"));

        say(dispute, did);
        prove(dispute).statusCode(200);
        rule(Ruling.CONFIRM);

        as(dispute)
                .get(path)
                .then()
                .statusCode(200)
                .body("verdicts.cause", equalTo(List.of("ruled", "contested", "judged")))
                .body("verdicts[2].statement", startsWith("Of follows"))
                .body("rulings", hasSize(1))
                .body("rulings[0].reasons", is("As the evidence says."))
                .body("reports", empty());
    }

    @Test
    void onXAModeratorLooksForTheCode() {
        AccountName handle =
                new AccountName(Network.X, AccountName.Kind.HANDLE, "o" + System.nanoTime() % 1_000_000_000);
        int provisional = store.inTransaction(connection ->
                directory.resolveHandle(connection, handle, clock.instant().getEpochSecond()));
        verdicts.hold(provisional, PRACTICE, Standing.LIKELY, "Told by two.");
        JsonPath dispute = open("x", handle.value(), "contest", null, WORDS);

        prove(dispute).statusCode(200).body("state", is("awaiting-moderator")).body("code", notNullValue());
        String id = dispute.getString("id");
        List<Disputes.Awaiting> waitingNow = in(connection -> disputes.awaitingProof(connection, 10));
        assertThat(waitingNow).singleElement().satisfies(waiting -> {
            assertThat(waiting.id()).isEqualTo(id);
            assertThat(waiting.code()).isEqualTo(dispute.getString("code"));
            assertThat(waiting.profileUrl()).isEqualTo("https://x.com/" + handle.value());
        });
        assertThat((boolean) in(connection -> disputes.notProved(connection, id).isPresent()))
                .isTrue();
        prove(dispute).body("state", is("awaiting-moderator"));
        assertThat((boolean) in(connection -> disputes.proved(connection, id).isPresent()))
                .isTrue();
        assertThat((boolean) in(connection -> disputes.proved(connection, id).isPresent()))
                .isFalse();

        as(dispute)
                .get("/v1/disputes/" + id)
                .then()
                .body("state", is("proven"))
                .body("practices[0].standing", is("signs"))
                .body("practices[0].disputed", is(true));
    }

    @Test
    void aLostAnswerIsHadAgainWithTheSameKey() {
        JsonPath first = open("bluesky", did, "contest", "3f0c1a52-lost-answer", WORDS);
        JsonPath second = open("bluesky", did, "contest", "3f0c1a52-lost-answer", WORDS);
        JsonPath other = open("bluesky", did, "contest", "77aa0000-lost-answer", WORDS);

        assertThat(second.getString("secretToken")).isEqualTo(first.getString("secretToken"));
        assertThat(second.getString("id")).isEqualTo(first.getString("id"));
        assertThat(second.getString("code")).isEqualTo(first.getString("code"));
        assertThat(other.getString("secretToken")).isNotEqualTo(first.getString("secretToken"));

        say(first, did);
        prove(first).statusCode(200);
        Api.call()
                .contentType("application/json")
                .header("Idempotency-Key", "3f0c1a52-lost-answer")
                .body(opening("bluesky", did, "contest"))
                .post("/v1/disputes")
                .then()
                .statusCode(409)
                .body("code", is("dispute-ended"));
    }

    @Test
    void withoutProofItEndsAfterAWeekAndIsDeleted() {
        JsonPath dispute = open(did, "contest");
        clock.advance(Duration.ofDays(7));
        say(dispute, did);
        prove(dispute).statusCode(409).body("code", is("dispute-ended"));
        as(dispute).get("/v1/disputes/" + dispute.getString("id")).then().body("state", is("expired"));
        disputes.forget();
        assertThat(tables.count("SELECT COUNT(*) FROM dispute")).isOne();

        clock.advance(Duration.ofDays(1).plusSeconds(1));
        disputes.forget();
        assertThat(tables.count("SELECT COUNT(*) FROM dispute")).isZero();
        assertThat(tables.count("SELECT COUNT(*) FROM dispute_practice")).isZero();
        lookUp().body("verdicts[0].standing", is("likely"));
    }

    // Attacks

    @Test
    void otherPeoplesDisputesAndThoseThatAreNotThereLookTheSame() {
        JsonPath mine = open(did, "contest");
        JsonPath theirs = open(did, "contest");
        for (String path : List.of("", "/history")) {
            String others = as(mine).get("/v1/disputes/" + theirs.getString("id") + path)
                    .then()
                    .statusCode(404)
                    .extract()
                    .asString();
            String nobodys = as(mine).get("/v1/disputes/0123456789abcdef" + path)
                    .then()
                    .statusCode(404)
                    .extract()
                    .asString();
            assertThat(others.replace(theirs.getString("id"), "")).isEqualTo(nobodys.replace("0123456789abcdef", ""));
        }
        for (String path : List.of("/proof", "/erasure")) {
            as(mine).post("/v1/disputes/" + theirs.getString("id") + path)
                    .then()
                    .statusCode(404);
        }
        as(mine).delete("/v1/disputes/" + theirs.getString("id")).then().statusCode(404);
        as(theirs).get("/v1/disputes/" + theirs.getString("id")).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "-1", "%27%20OR%201=1", "%25", "____", "..%2f..", "0000000000000000"})
    void walkingIdsFindsNothing(String id) {
        JsonPath mine = open(did, "contest");
        Api.unknownCall()
                .urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + mine.getString("secretToken"))
                .get("/v1/disputes/" + id)
                .then()
                .statusCode(404);
    }

    @Test
    void aTruncatedTokenOneInTheQueryAndOneOfAnotherKindOpenNothing() {
        JsonPath mine = open(did, "contest");
        String token = mine.getString("secretToken");
        String path = "/v1/disputes/" + mine.getString("id");
        bearer(token.substring(0, token.length() - 1)).get(path).then().statusCode(404);
        Api.unknownCall().queryParam("token", token).get(path).then().statusCode(401);
        Api.unknownCall().queryParam("access_token", token).get(path).then().statusCode(401);
        for (String other :
                List.of("ffr_" + token.substring(4), "ffo_" + token.substring(4), "", "ffd", Api.OPERATOR_TOKEN)) {
            bearer(other).get(path).then().statusCode(401).body("code", is("unauthorized"));
        }
    }

    @Test
    void aDisputesTokenOpensNoOtherDoor() {
        JsonPath mine = open(did, "contest");
        bearer(mine.getString("secretToken")).get("/v1/moderation/queue").then().statusCode(401);
        bearer(mine.getString("secretToken"))
                .get("/v1/accounts/bluesky/" + did)
                .then()
                .statusCode(401);
    }

    @Test
    void theCodeInSomebodyElsesProfileProvesNothing() {
        JsonPath dispute = open(did, "contest");
        AccountName other = new AccountName(Network.BLUESKY, AccountName.Kind.NATIVE_ID, "did:plc:somebodyelse");
        profiles.say(other, other.value(), "I am them: " + dispute.getString("code"));
        profiles.say(name(did), did, "My own profile, with a reply elsewhere.");

        prove(dispute).statusCode(409).body("code", is("not-proven"));
        assertThat(isListed()).isTrue();
        assertThat(tables.count("SELECT COUNT(*) FROM decision")).isZero();
    }

    @Test
    void aNetworkThatTellsOfAnotherAccountProvesNothing() {
        JsonPath dispute = open(did, "contest");
        profiles.say(name(did), "did:plc:thehandlesnextowner", dispute.getString("code"));

        prove(dispute).statusCode(409).body("code", is("not-proven"));
        assertThat(isListed()).isTrue();
    }

    @Test
    void whoGotTheHandleBetweenOpeningAndProofProvesNothingForItsFormerOwner() {
        AccountName handle =
                new AccountName(Network.BLUESKY, AccountName.Kind.HANDLE, "h" + System.nanoTime() + ".example");
        store.inTransaction(connection -> directory.sight(
                connection,
                List.of(new Directory.Sighting(account, handle, clock.instant().getEpochSecond()))));
        JsonPath dispute = open("bluesky", handle.value(), "contest", null, WORDS);
        // The handle's next owner has the code; the service asks for the account it was opened on, by its id.
        profiles.say(handle, "did:plc:nextowner", dispute.getString("code"));
        profiles.say(name(did), did, "nothing here");

        prove(dispute).statusCode(409).body("code", is("not-proven"));
        assertThat(isListed()).isTrue();
    }

    @Test
    void aProvisionalAccountThatWasNotSeenLatelyIsNotTheHandlesNextOwners() {
        AccountName handle =
                new AccountName(Network.MASTODON, AccountName.Kind.HANDLE, "u" + System.nanoTime() + "@social.example");
        int provisional = store.inTransaction(connection -> directory.resolveHandle(
                connection,
                handle,
                clock.instant().getEpochSecond() - Duration.ofDays(8).toSeconds()));
        verdicts.hold(provisional, PRACTICE, Standing.SIGNS, "Told by two.");
        JsonPath dispute = open("mastodon", handle.value(), "contest", null, WORDS);
        profiles.say(handle, "https://social.example/users/next", dispute.getString("code"));

        prove(dispute).statusCode(200).body("state", is("proven")).body("practices[0].disputed", is(false));
        assertThat(tables.count("SELECT COUNT(*) FROM decision")).isZero();
    }

    @Test
    void aHundredParallelProofsAreOne() throws Exception {
        JsonPath dispute = open(did, "contest");
        say(dispute, did);
        byte[] token = DisputeToken.hash(dispute.getString("secretToken"));
        List<Callable<Boolean>> calls = Collections.nCopies(100, () -> {
            try {
                return disputes.prove(dispute.getString("id"), token).provenAt() > 0;
            } catch (Store.DatabaseAwayException e) {
                // More than there are connections: to be done again, as the answer says.
                return false;
            }
        });
        int proven = 0;
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> one : together.invokeAll(calls)) {
                proven += one.get() ? 1 : 0;
            }
        }
        assertThat(proven).isPositive();
        assertThat(tables.count("SELECT COUNT(*) FROM verdict_entry WHERE cause = 'contested'"))
                .isOne();
    }

    /** Else the deadline of an answer to nothing would withdraw what was cleared for good. */
    @Test
    void whatWasClearedWhileControlWasBeingProvenIsNotContested() throws Exception {
        JsonPath dispute = open(did, "contest");
        say(dispute, did);
        byte[] token = DisputeToken.hash(dispute.getString("secretToken"));
        try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> proof = store.inTransaction(connection -> {
                ledger.head(connection);
                Future<?> begun = beside.submit(() -> disputes.prove(dispute.getString("id"), token));
                while (tables.count("SELECT COUNT(*) FROM information_schema.processlist"
                                + " WHERE info LIKE 'UPDATE latch%'")
                        == 0) {
                    Thread.onSpinWait();
                }
                decisions.rule(connection, account, PRACTICE, Ruling.CLEAR, "As the evidence says.", 1, null);
                return begun;
            });
            proof.get();
        }
        publisher.publish();
        lookUp().body("verdicts[0].standing", is("cleared")).body("verdicts[0].disputed", is(false));
        assertThat(tables.count("SELECT COUNT(*) FROM decision WHERE withheld_until IS NOT NULL"))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Refusal.class,
            names = {"NO_PUBLIC_API"},
            mode = EnumSource.Mode.EXCLUDE)
    void aProfileThatMayNotBeReadProvesNothing(Refusal refusal) {
        JsonPath dispute = open(did, "contest");
        profiles.answer(name(did), new ProfileText.Refused(refusal));
        prove(dispute).statusCode(409).body("code", is("not-proven"));
    }

    @Test
    void aNetworkThatIsAwayIsAskedAgainLater() {
        JsonPath dispute = open(did, "contest");
        profiles.answer(name(did), new ProfileText.Unreachable(Duration.ofSeconds(42)));
        prove(dispute).statusCode(503).header("Retry-After", "42").body("code", is("profile-unreachable"));
        profiles.answer(name(did), new ProfileText.Gone());
        prove(dispute).statusCode(409).body("code", is("not-proven"));
        say(dispute, did);
        prove(dispute).statusCode(200).body("state", is("proven"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "proven", "standing", "accountId", "id", "code", "secretToken", "provenAt"})
    void whatCallersMayNotSetIsRefused(String field) {
        Map<String, Object> body = new java.util.HashMap<>(opening("bluesky", did, "contest"));
        body.put(field, "proven");
        Api.wrongCall()
                .contentType("application/json")
                .body(body)
                .post("/v1/disputes")
                .then()
                .statusCode(400)
                .body("code", is("unknown-field"));
    }

    @Test
    void markupAndScriptsInTheWordsAreTextAndInvisibleCharactersAreGone() {
        String hostile =
                "<script>alert(1)</script> javascript:alert(1) \u202Eevil\u202C zero\u200Bwidth\u0000\u001B[31m";
        JsonPath dispute = open("bluesky", did, "contest", null, hostile);
        say(dispute, did);
        prove(dispute).statusCode(200);
        publisher.publish();

        lookUp().body(
                        "verdicts[0].rebuttal.text",
                        is("<script>alert(1)</script> javascript:alert(1) evil zerowidth[31m"));
        String page = Api.unknownCall()
                .get("/accounts/bluesky/" + did)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;").doesNotContain("<script>");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2_001, 100_000})
    void noWordsAndTooManyAreRefused(int length) {
        Map<String, Object> body = new java.util.HashMap<>(opening("bluesky", did, "contest"));
        body.put("rebuttal", "a".repeat(length));
        Api.wrongCall()
                .contentType("application/json")
                .body(body)
                .post("/v1/disputes")
                .then()
                .statusCode(400)
                .body("code", is("invalid-rebuttal"));
    }

    @Test
    void theAnswerToOpeningDoesNotTellWhatIsHeld() {
        JsonPath held = open(did, "contest");
        JsonPath nothing = open("did:plc:neverheardof" + System.nanoTime(), "contest");
        assertThat(held.getMap("$").keySet()).isEqualTo(nothing.getMap("$").keySet());
        assertThat(held.getMap("practices[0]")).isEqualTo(nothing.getMap("practices[0]"));
    }

    @Test
    void openingBlocksNobody() {
        for (int i = 0; i < 3; i++) {
            open(did, "contest");
        }
        JsonPath owners = open(did, "contest");
        say(owners, did);
        prove(owners).statusCode(200).body("state", is("proven"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o@localhost",
                "o@2130706433",
                "o@0x7f000001",
                "o@[::ffff:7f00:1]",
                "o@host.internal:8080",
                "o@a@b",
                "file:///etc/passwd",
                "o@host/../x",
                "o@host\r\nHost: x"
            })
    void namesThatLeadToTheServicesOwnHouseAreNoAccounts(String name) {
        Map<String, Object> body = new java.util.HashMap<>(opening("mastodon", name, "contest"));
        Api.wrongCall()
                .contentType("application/json")
                .body(body)
                .post("/v1/disputes")
                .then()
                .statusCode(400)
                .body("code", is("invalid-account"));
    }

    // The calls

    private JsonPath open(String who, String kind) {
        return open("bluesky", who, kind, null, WORDS);
    }

    private JsonPath open(String network, String who, String kind, String key, String words) {
        Map<String, Object> body = new java.util.HashMap<>(opening(network, who, kind));
        body.put("rebuttal", words);
        RequestSpecification call = Api.call().contentType("application/json").body(body);
        if (key != null) {
            call.header("Idempotency-Key", key);
        }
        return call.post("/v1/disputes")
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .extract()
                .jsonPath();
    }

    private static Map<String, Object> opening(String network, String who, String kind) {
        return Map.of(
                "account",
                Map.of("network", network, "name", who),
                "practices",
                List.of(PRACTICE.id()),
                "kind",
                kind,
                "rebuttal",
                WORDS);
    }

    private JsonPath proven(String kind) {
        JsonPath dispute = open(did, kind);
        say(dispute, did);
        prove(dispute).statusCode(200).body("state", is("proven"));
        return dispute;
    }

    private void say(JsonPath dispute, String who) {
        profiles.say(
                name(who), who, "Gardener. " + dispute.getString("code").toLowerCase(java.util.Locale.ROOT) + " Cats.");
    }

    private static ValidatableResponse prove(JsonPath dispute) {
        return as(dispute)
                .post("/v1/disputes/" + dispute.getString("id") + "/proof")
                .then()
                .header("Cache-Control", "no-store");
    }

    private static AccountName name(String did) {
        return new AccountName(Network.BLUESKY, AccountName.Kind.NATIVE_ID, did);
    }

    private static RequestSpecification as(JsonPath dispute) {
        return bearer(dispute.getString("secretToken"));
    }

    private static RequestSpecification bearer(String token) {
        return Api.call().header("Authorization", "Bearer " + token);
    }

    private ValidatableResponse lookUp() {
        return Api.call().get("/v1/accounts/bluesky/" + did).then().statusCode(200);
    }

    private boolean isListed() {
        return tables.count("SELECT COUNT(*) FROM released WHERE record IS NOT NULL AND account_id = " + account) > 0;
    }

    private void rule(Ruling ruling) {
        in(connection -> decisions.rule(connection, account, PRACTICE, ruling, "As the evidence says.", 1, null));
    }

    private <T> T in(Store.Work<T> work) {
        return store.inTransaction(work);
    }
}
