package org.fairfollow.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.fairfollow.reporter.FirstAnswers;
import org.fairfollow.reporter.Reporters;
import org.fairfollow.reporter.Reports;
import org.fairfollow.reporter.Reports.Adjudication;
import org.fairfollow.reporter.Reports.Complaint;
import org.fairfollow.reporter.Reports.Reported;
import org.fairfollow.store.Store;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Reporting;
import org.fairfollow.testing.Telling;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reporters send reports, follow what becomes of them and take them back; those who look at cases see them weighed. */
@QuarkusTest
class ReportsApiTest {
    @Inject
    TestStore tables;

    @Inject
    TestClock clock;

    @Inject
    Store store;

    @Inject
    Reports reports;

    @Inject
    Reporters reporters;

    @Inject
    FirstAnswers firstAnswers;

    @Inject
    Directory directory;

    DatabaseLine line;

    @BeforeEach
    void begin() {
        tables.empty();
    }

    @AfterEach
    void putClockAndDatabaseBack() {
        // Else a challenge that was solved in the future would stay used.
        clock.advance(Duration.ofDays(2));
        reporters.forget();
        clock.reset();
        line.restore();
    }

    // Sending and following

    @Test
    void aReportIsKeptAndItsReporterFollowsIt() {
        String token = Telling.token();
        Map<String, Object> report = Reporting.of("mastodon", "@Gwen@Social.example", "auto-dm");
        report.put("note", "  It wrote\r\n\tat once. ");
        report.put("message", Reporting.message(1));
        String id = Reporting.send(token, report)
                .statusCode(202)
                .header("Cache-Control", is("no-store"))
                .header("Location", matchesPattern("http://.*/v1/reports/[0-9a-f]{24}"))
                .body("account.name", is("gwen@social.example"))
                .body("note", is("It wrote at once."))
                .body("hasMessage", is(true))
                .body("state", is("received"))
                .body("explanation", containsString("A report alone marks nobody"))
                .extract()
                .path("id");
        Telling.as(token)
                .get("/v1/reports/" + id)
                .then()
                .statusCode(200)
                .header("Cache-Control", is("no-store"))
                .body("id", is(id))
                .body("practice", is("auto-dm"))
                .body("statusUrl", endsWith("/v1/reports/" + id));
        Telling.as(token)
                .get("/v1/reports")
                .then()
                .statusCode(200)
                .body("reports.id", is(List.of(id)), "next", nullValue());
        Telling.as(token).delete("/v1/reports/" + id).then().statusCode(204);
        Telling.as(token).delete("/v1/reports/" + id).then().statusCode(404).body("code", is("not-found"));
        Telling.as(token).get("/v1/reports").then().body("reports", empty());
        assertThat(tables.count("SELECT COUNT(*) FROM report")).isZero();
    }

    @Test
    void everyPracticeThatIsJudgedCanBeReportedAndNoOther() {
        assertThat(Reports.PRACTICES)
                .isEqualTo(Arrays.stream(Practice.values()).map(Practice::id).collect(Collectors.toSet()));
    }

    @Test
    void sentAgainItSaysWhatWasSentLastAndIsStillOne() {
        String token = Telling.token();
        Map<String, Object> report = Reporting.of("x", "gwen_example", "follow-churn");
        String id = Reporting.sent(token, report);
        clock.advance(Duration.ofDays(1));
        report.put("note", "Again.");
        String sentAt = Telling.as(token).get("/v1/reports/" + id).path("sentAt");
        Reporting.send(token, report)
                .statusCode(202)
                .body("id", is(id), "note", is("Again."), "sentAt", is(sentAt))
                .body("updatedAt", greaterThan(sentAt));
        Reporting.sent(token, Reporting.of("x", "gwen_example", "never-replies"));
        assertThat(tables.count("SELECT COUNT(*) FROM report")).isEqualTo(2);
    }

    @Test
    void twoNamesOfOneAccountAreOneReport() {
        String did = Names.did();
        String handle = Names.handle("two");
        int account = known(did, handle);
        String token = Telling.token();
        String id = Reporting.sent(token, Reporting.of("bluesky", handle, "follow-churn"));
        Reporting.send(token, Reporting.of("bluesky", did, "follow-churn"))
                .statusCode(202)
                .body("id", is(id))
                .body("account.name", is(handle));
        assertThat(tables.rows("SELECT account_id FROM report")).containsExactly(List.of("" + account));
    }

    @Test
    void aNativeIdComesBackAsItCanBeSentAgain() {
        String token = Telling.token();
        for (Map<String, Object> report : List.of(
                Reporting.of("x", "id:MTIzNDU", "follow-churn"),
                Reporting.of("bluesky", "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "follow-churn"))) {
            Map<String, Object> account =
                    Reporting.send(token, report).statusCode(202).extract().path("account");
            assertThat(account).isEqualTo(report.get("account"));
        }
    }

    @Test
    void reportsAreListedPageByPageTheNewestFirst() {
        String token = Telling.token();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.addFirst(Reporting.sent(token, Reporting.of("x", "page_" + i, "follow-churn")));
            clock.advance(Duration.ofSeconds(2));
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        while (next != null) {
            var call = Telling.as(token).queryParam("limit", "2");
            var page = (next.isEmpty() ? call : call.queryParam("after", next))
                    .get("/v1/reports")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("reports.id"));
            next = page.getString("next");
        }
        assertThat(seen).isEqualTo(sent);
        for (String bad : List.of("x", "1-", "99999999999-" + "0".repeat(24), "1-" + "0".repeat(24) + "'")) {
            Telling.as(token)
                    .queryParam("after", bad)
                    .get("/v1/reports")
                    .then()
                    .statusCode(400)
                    .body("code", is("invalid-cursor"));
        }
    }

    @Test
    void whatCannotBeAReportIsRefusedWithACode() {
        String token = Telling.token();
        Map<String, Object> good = Reporting.of("x", "gwen_example", "auto-dm");
        refused(token, with(good, "practice", "rudeness"), "invalid-practice");
        refused(token, with(good, "practice", null), "invalid-practice");
        refused(token, with(good, "practice", 3), "invalid-body");
        refused(token, with(good, "account", null), "invalid-account");
        refused(token, with(good, "account", Map.of("network", "friendster", "name", "gwen")), "invalid-account");
        refused(token, with(good, "account", Map.of("network", "x", "name", "no such name")), "invalid-account");
        refused(token, with(good, "account", Map.of("network", "x", "name", "a", "id", 1)), "unknown-field");
        refused(token, with(good, "note", 5), "invalid-body");
        refused(token, with(good, "note", List.of()), "invalid-body");
        refused(token, with(good, "note", "a".repeat(501)), "invalid-body");
        refused(token, with(good, "message", with(Reporting.message(1), "text", "Hello!")), "unknown-field");
        refused(token, with(good, "message", with(Reporting.message(1), "fingerprint", "x")), "invalid-body");
        refused(token, with(good, "message", with(Reporting.message(1), "bands", List.of("00000000"))), "invalid-body");
        refused(token, with(good, "message", with(Reporting.message(1), "kind", "poem")), "invalid-body");
        refused(token, with(good, "message", with(Reporting.message(1), "delaySeconds", 2_678_401)), "invalid-body");
        refused(token, with(good, "message", with(Reporting.message(1), "delaySeconds", -1)), "invalid-body");
        refused(token, with(with(good, "message", Reporting.message(1)), "practice", "never-replies"), "invalid-body");
        refused(token, with(good, "dates", Map.of("leftAt", "2026-01-02T00:00:00Z")), "invalid-body");
        refused(
                token,
                with(good, "dates", Map.of("followedAt", "2026-01-03T00:00:00Z", "leftAt", "2026-01-02T00:00:00Z")),
                "invalid-body");
        refused(token, with(good, "dates", Map.of("followedAt", "2099-01-03T00:00:00Z")), "invalid-body");
        refused(token, with(good, "dates", Map.of("followedAt", "1999-01-03T00:00:00Z")), "invalid-body");
        refused(token, with(good, "dates", Map.of("followedAt", "yesterday")), "invalid-body");
        refused(token, "[]", "invalid-body");
        refused(token, "null", "invalid-body");
        refused(token, "7", "invalid-body");
        refused(token, "{\"practice\": \"auto-dm\"", "invalid-body");
        refused(token, "", "invalid-body");
        assertThat(tables.count("SELECT COUNT(*) FROM report")).isZero();
        Reporting.send(token, with(good, "note", "😀".repeat(500))).statusCode(202);
        Reporting.send(token, with(with(good, "message", Reporting.message(1)), "note", null))
                .statusCode(202)
                .body("note", nullValue());
    }

    private static void refused(String token, Object report, String code) {
        Reporting.sendWrongly(token, report)
                .statusCode(400)
                .body("code", is(code))
                .body("detail", notNullValue());
    }

    private static Map<String, Object> with(Map<String, Object> report, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(report);
        changed.put(field, value);
        return changed;
    }

    @Test
    void ofDatesTheDayIsKept() {
        String token = Telling.token();
        int account = known(Names.did(), Names.handle("dates"));
        String did = tables.rows("SELECT native_id FROM account WHERE id = " + account)
                .getFirst()
                .getFirst();
        Map<String, Object> report = Reporting.of("bluesky", did, "follow-churn");
        report.put("dates", Map.of("followedAt", "2026-03-01T23:59:59Z", "leftAt", "2026-03-05T00:00:00+01:00"));
        Reporting.sent(token, report);
        assertThat(tables.rows("SELECT followed_on, left_on FROM report")).containsExactly(List.of("20513", "20516"));
        assertThat(of(account)).extracting(Complaint::keptFor).containsExactly(3);
    }

    @Test
    void withoutTheDatabaseReportsAreRefusedAtOnceAndKeptWhenItIsBack() {
        String token = Telling.token();
        Map<String, Object> report = Reporting.of("x", "gwen_example", "follow-churn");
        line.cut();
        Reporting.send(token, report)
                .statusCode(503)
                .body("code", is("database-away"))
                .header("Retry-After", notNullValue());
        line.restore();
        Reporting.send(token, report).statusCode(202);
    }

    // What a report sets going

    @Test
    void anAccountThatIsReportedIsWishedForOnceADayAndBecomesDueIfItIsKnown() {
        String did = Names.did();
        int account = known(did, Names.handle("wish"));
        String unknown = Names.did();
        tables.empty();
        for (String reported : List.of(did, unknown)) {
            for (int i = 0; i < 3; i++) {
                Reporting.sent(Telling.token(), Reporting.of("bluesky", reported, "follow-churn"));
            }
        }
        assertThat(tables.rows("SELECT account, state FROM measurement"))
                .containsExactlyInAnyOrder(
                        List.of("bluesky:" + did, "queued"), List.of("bluesky:" + unknown, "queued"));
        assertThat(tables.count("SELECT COUNT(*) FROM scheduled_tasks")).isEqualTo(2);
        assertThat(tables.rows("SELECT account_id, generation FROM due")).containsExactly(List.of("" + account, "1"));
        assertThat(tables.count("SELECT COUNT(*) FROM account WHERE native_id = '" + unknown + "'"))
                .as("a report makes nobody known")
                .isZero();
        refuseAll();
        clock.advance(Duration.ofHours(25));
        Reporting.sent(Telling.token(), Reporting.of("bluesky", did, "follow-churn"));
        assertThat(tables.rows("SELECT generation FROM due")).containsExactly(List.of("2"));
    }

    private void refuseAll() {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE measurement SET state = 'refused', reason = 'gone'");
            }
        });
    }

    @Test
    void whileManyWaitToBeJudgedReportsMakeNobodyWaitLonger() {
        String did = Names.did();
        known(did, Names.handle("starve"));
        tables.empty();
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("INSERT INTO due (account_id, due_at, generation)"
                        + " SELECT seq, 1, 1 FROM seq_900000000_to_900001000");
            }
        });
        // How many wait is counted once a second.
        clock.advance(Duration.ofHours(1));
        Reporting.sent(Telling.token(), Reporting.of("bluesky", did, "follow-churn"));
        assertThat(tables.count("SELECT COUNT(*) FROM due")).isEqualTo(1_001);
        assertThat(tables.count("SELECT COUNT(*) FROM measurement")).isEqualTo(1);
        tables.empty();
        clock.advance(Duration.ofSeconds(1));
        Reporting.sent(Telling.token(), Reporting.of("bluesky", did, "auto-dm"));
        assertThat(tables.count("SELECT COUNT(*) FROM due")).isEqualTo(1);
    }

    // Weighing

    @Test
    void reportsOfStrangersDaysApartAddUpAndLoseWeightWithTime() {
        int account = known("weigh");
        report(account, 3, Duration.ofDays(3));
        Reported reported = against(account);
        assertThat(reported.reports()).isEqualTo(3);
        assertThat(reported.clusters()).isEqualTo(3);
        assertThat(reported.weight()).isBetween(.85, .9);
        clock.advance(Duration.ofDays(90));
        assertThat(against(account).weight()).isCloseTo(reported.weight() / 2, within(.001));
    }

    /** What is held and what is weighed on the way are the same. */
    @Test
    void weighedOrNotYetItIsTheSame() {
        int one = known("one");
        int other = known("other");
        report(one, 2, Duration.ofDays(3));
        report(other, 1, Duration.ZERO);
        Map<Integer, List<Reported>> before = against(List.of(one, other));
        assertThat(reports.weigh()).isPositive();
        assertThat(tables.count("SELECT COUNT(*) FROM reported_due")).isZero();
        assertThat(tables.count("SELECT COUNT(*) FROM reported")).isEqualTo(2);
        assertThat(against(List.of(one, other)).toString().replaceAll("weight=0\\.(..)\\d+", "weight=$1"))
                .isEqualTo(before.toString().replaceAll("weight=0\\.(..)\\d+", "weight=$1"));
        assertThat(mostReported(10)).containsExactly(one, other);
        assertThat(mostReported(1)).containsExactly(one);
        assertThat(reports.weigh()).isZero();
    }

    @Test
    void whatIsWithdrawnOrErasedWeighsNothing() {
        int account = known("withdrawn");
        String first = Telling.token();
        String second = Telling.token();
        String id = Reporting.sent(first, Reporting.of("bluesky", did(account), "follow-churn"));
        Reporting.sent(second, Reporting.of("bluesky", did(account), "follow-churn"));
        reports.weigh();
        assertThat(against(account).reports()).isEqualTo(2);
        Telling.as(first).delete("/v1/reports/" + id).then().statusCode(204);
        assertThat(against(account).reports()).isEqualTo(1);
        Telling.as(second).delete("/v1/reporters/me").then().statusCode(204);
        assertThat(against(List.of(account))).isEmpty();
        reports.weigh();
        assertThat(mostReported(10)).isEmpty();
        assertThat(tables.count("SELECT COUNT(*) FROM reported")).isZero();
    }

    @Test
    void anAccountThatBecomesKnownLaterIsFoundWhileItsHandleCannotHaveChangedHands() {
        String did = Names.did();
        String soon = Names.handle("soon");
        String late = Names.handle("late");
        String token = Telling.token();
        for (String name : List.of(did, late)) {
            Reporting.sent(token, Reporting.of("bluesky", name, "follow-churn"));
        }
        clock.advance(Duration.ofDays(8));
        Reporting.sent(token, Reporting.of("bluesky", soon, "follow-churn"));
        clock.advance(Duration.ofDays(1));
        int byId = known(did, Names.handle("other"));
        int bySoon = known(Names.did(), soon);
        int byLate = known(Names.did(), late);
        reports.recognise();
        assertThat(against(List.of(byId, bySoon, byLate)).keySet()).containsExactlyInAnyOrder(byId, bySoon);
    }

    @Test
    void reportsOfAProvisionalAccountAreOfTheAccountItTurnsOutToBe() {
        String handle = Names.handle("merged");
        long now = clock.instant().getEpochSecond();
        AccountName name = name(handle);
        int provisional = store.inTransaction(connection -> directory.resolveHandle(connection, name, now));
        String token = Telling.token();
        Reporting.sent(token, Reporting.of("bluesky", handle, "follow-churn"));
        reports.weigh();
        int account = known(Names.did(), handle);
        assertThat(account).isNotEqualTo(provisional);
        assertThat(against(account).reports()).isEqualTo(1);
        assertThat(mostReported(5)).containsExactly(account);
        rule(account, Adjudication.RIGHT);
        me(token).body("reports.upheld", is(1), "reports.received", is(0));
    }

    @Test
    void thoseWhoLookAtACaseSeeWhatWasSaidAndNeverByWhom() {
        int account = known("case");
        for (int i = 0; i < 3; i++) {
            Map<String, Object> report = Reporting.of("bluesky", did(account), "auto-dm");
            report.put("message", Reporting.message(i < 2 ? 1 : 2));
            report.put("note", "note " + i);
            Reporting.sent(Telling.token(), report);
            clock.advance(Duration.ofDays(i == 0 ? 3 : 0));
        }
        List<Complaint> complaints = of(account);
        assertThat(complaints).hasSize(3);
        assertThat(complaints).extracting(Complaint::cluster).containsExactlyInAnyOrder(1, 2, 2);
        Complaint first = complaints.getLast();
        assertThat(first.note()).isEqualTo("note 0");
        assertThat(first.message()).isEqualTo(new Reports.Message("promotion", 60L, true, 2, 2));
        assertThat(complaints.getFirst().message().reporters()
                        + complaints.get(1).message().reporters())
                .isEqualTo(3);
        assertThat(against(account).messages()).isEqualTo(3);
    }

    // Rulings

    @Test
    void aRulingMovesTrustAndIsExplained() {
        int account = known("ruled");
        String right = Telling.token();
        String wrong = Telling.token();
        String id = Reporting.sent(right, Reporting.of("bluesky", did(account), "follow-churn"));
        String other = Reporting.sent(wrong, Reporting.of("bluesky", did(account), "never-replies"));
        me(right).body("trust.weight", equalTo(.3f)).body("trust.explanation", containsString("like everybody's"));
        rule(account, "follow-churn", Adjudication.RIGHT);
        rule(account, "never-replies", Adjudication.WRONG);
        me(right)
                .body("reports.upheld", is(1), "reports.received", is(0))
                .body("trust.weight", greaterThan(.3f))
                .body("trust.explanation", containsString("found 1 right and 0 wrong"));
        me(wrong).body("reports.notUpheld", is(1)).body("trust.weight", equalTo(0f));
        Telling.as(right)
                .get("/v1/reports/" + id)
                .then()
                .body(
                        "state",
                        is("upheld"),
                        "explanation",
                        matchesPattern("A moderator looked at the account on \\d+ \\w+ \\d{4} and.*"));
        Telling.as(wrong).get("/v1/reports/" + other).then().body("state", is("not-upheld"));
        assertThat(against(List.of(account))).as("ruled cases wait for nobody").isEmpty();
        Reporting.send(right, Reporting.of("bluesky", did(account), "follow-churn"))
                .body("state", is("upheld"));
        assertThat(against(List.of(account)))
                .as("nor when they are reported again")
                .isEmpty();
    }

    @Test
    void aRulingThatIsOverturnedTakesBackWhatItSaidAndNothingCountsTwice() {
        int account = known("overturned");
        String token = Telling.token();
        String id = Reporting.sent(token, Reporting.of("bluesky", did(account), "follow-churn"));
        List<String> before =
                tables.rows("SELECT upheld, not_upheld FROM reported_rulings").getFirst();
        rule(account, Adjudication.RIGHT);
        rule(account, Adjudication.RIGHT);
        me(token).body("reports.upheld", is(1));
        rule(account, Adjudication.WRONG);
        me(token).body("reports.upheld", is(0), "reports.notUpheld", is(1));
        rule(account, Adjudication.SET_ASIDE);
        me(token).body("reports.notUpheld", is(0), "reports.setAside", is(1)).body("trust.weight", equalTo(.3f));
        Telling.as(token).get("/v1/reports/" + id).then().body("state", is("set-aside"));
        assertThat(tables.rows("SELECT upheld, not_upheld FROM reported_rulings")
                        .getFirst())
                .isEqualTo(before);
    }

    @Test
    void whoWasFoundWrongWeighsLessElsewhereToo() {
        int one = known("here");
        int other = known("elsewhere");
        String token = Telling.token();
        for (int account : List.of(one, other)) {
            Reporting.sent(token, Reporting.of("bluesky", did(account), "follow-churn"));
        }
        reports.weigh();
        assertThat(against(other).weight()).isCloseTo(.3, within(.001));
        rule(one, Adjudication.WRONG);
        assertThat(against(other).weight()).isZero();
    }

    // Forgetting

    @Test
    void openReportsGoAfterHalfAYearAndWhatIsRuledLeavesNumbers() {
        int open = known("open");
        int ruled = known("counted");
        String token = Telling.token();
        for (int account : List.of(open, ruled)) {
            Map<String, Object> report = Reporting.of("bluesky", did(account), "auto-dm");
            report.put("note", "Said.");
            report.put("message", Reporting.message(1));
            report.put("dates", Map.of("followedAt", "2026-03-01T00:00:00Z"));
            Reporting.sent(token, report);
        }
        rule(ruled, "auto-dm", Adjudication.RIGHT);
        clock.advance(Duration.ofDays(32));
        reports.forget();
        assertThat(tables.rows("SELECT account_id, note, followed_on FROM report WHERE fingerprint IS NOT NULL"))
                .containsExactly(List.of("" + open, "Said.", "20513"));
        assertThat(tables.count("SELECT COUNT(*) FROM report WHERE note IS NULL AND followed_on IS NULL"))
                .isEqualTo(1);
        clock.advance(Duration.ofDays(147));
        reports.forget();
        assertThat(tables.count("SELECT COUNT(*) FROM report")).isEqualTo(2);
        clock.advance(Duration.ofDays(3));
        reports.forget();
        assertThat(tables.count("SELECT COUNT(*) FROM report")).isZero();
        assertThat(against(List.of(open, ruled))).isEmpty();
        me(token).body("reports.upheld", is(1), "reports.received", is(0));
        firstAnswers.forget();
    }

    @Test
    void whoGoesLeavesNoReportAndNoAnswer() {
        String token = Telling.token();
        Reporting.send(
                        Telling.as(token).header("Idempotency-Key", "one"),
                        Reporting.of("x", "gwen_example", "follow-churn"))
                .statusCode(202);
        Telling.as(token).delete("/v1/reporters/me").then().statusCode(204);
        assertThat(tables.count("SELECT COUNT(*) FROM report")).isZero();
        assertThat(tables.count("SELECT COUNT(*) FROM hearsay_answer WHERE report IS NOT NULL"))
                .isZero();
        Telling.as(token).get("/v1/reporters/me").then().statusCode(401);
    }

    private static ValidatableResponse me(String token) {
        return Telling.as(token)
                .get("/v1/reporters/me")
                .then()
                .statusCode(200)
                .body("publicId", matchesPattern("reporter-[0-9a-f]{16}"));
    }

    private void report(int account, int times, Duration apart) {
        for (int i = 0; i < times; i++) {
            if (i > 0) {
                clock.advance(apart);
            }
            Reporting.sent(Telling.token(), Reporting.of("bluesky", did(account), "follow-churn"));
        }
    }

    private int known(String handle) {
        return known(Names.did(), Names.handle(handle));
    }

    private int known(String did, String handle) {
        AccountName id = new AccountName(Network.BLUESKY, AccountName.Kind.NATIVE_ID, did);
        long now = clock.instant().getEpochSecond();
        return store.inTransaction(connection -> directory.learn(connection, name(handle), id, now));
    }

    private static AccountName name(String handle) {
        return new AccountName(Network.BLUESKY, AccountName.Kind.HANDLE, handle);
    }

    private String did(int account) {
        return tables.rows("SELECT native_id FROM account WHERE id = " + account)
                .getFirst()
                .getFirst();
    }

    private void rule(int account, Adjudication adjudication) {
        rule(account, "follow-churn", adjudication);
    }

    private void rule(int account, String practice, Adjudication adjudication) {
        store.inTransaction(connection -> {
            reports.ruled(connection, account, practice, adjudication);
            return null;
        });
    }

    private Reported against(int account) {
        return against(List.of(account)).get(account).getFirst();
    }

    private Map<Integer, List<Reported>> against(List<Integer> some) {
        return store.inTransaction(connection -> reports.against(connection, some));
    }

    private List<Complaint> of(int account) {
        return store.inTransaction(connection -> reports.of(connection, account));
    }

    private List<Integer> mostReported(int limit) {
        return store.inTransaction(connection -> reports.mostReported(connection, limit));
    }
}
