package org.fairfollow.intake.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.ErasedAccounts;
import org.fairfollow.account.Network;
import org.fairfollow.evidence.Evidence;
import org.fairfollow.evidence.EvidenceLog;
import org.fairfollow.evidence.Measurements;
import org.fairfollow.network.PublicAccount;
import org.fairfollow.network.Reading;
import org.fairfollow.network.Refusal;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Reporting;
import org.fairfollow.testing.Telling;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.ToldReaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the wish that an account were measured to what is held of it. */
@QuarkusTest
class MeasurementApiTest {
    @Inject
    TestStore tables;

    @Inject
    TestClock clock;

    @Inject
    ToldReaders readers;

    @Inject
    Turns turns;

    @Inject
    Pipeline pipeline;

    @Inject
    Measuring measuring;

    @Inject
    Measurements measurements;

    @Inject
    EvidenceLog log;

    @Inject
    ErasedAccounts erased;

    @Inject
    Store store;

    private final String did = Names.did();
    private final String handle = Names.handle("measured");
    private final AccountName account = name(did);

    @BeforeEach
    void begin() {
        tables.empty();
        readers.asked();
    }

    @AfterEach
    void putBack() {
        clock.reset();
        tables.empty();
    }

    // From the wish to the verdict

    @Test
    void aReportOnAFreshAccountLeadsToWhatIsHeldAndWhatIsMissing() {
        shows(2_000, true);
        readers.followers(did, () -> Shown.found(Shown.followers(2_000, 2_000, 400)));
        readers.posts(did, () -> Shown.found(Shown.posts(40, 3)));
        look(handle).body("status", is("unknown"), "measurement", nullValue());
        Reporting.sent(Telling.token(), Reporting.of("bluesky", handle, "buys-followers"));
        look(handle).body("measurement.state", is("queued"), "measurement.since", notNullValue());
        turns.take();
        pipeline.judgeAndPublish();
        for (String name : List.of(handle, did)) {
            look(name)
                    .body(
                            "account.handle",
                            is(handle),
                            "account.nativeId",
                            is(did),
                            "status",
                            is("assessed"),
                            "measurement.state",
                            is("done"),
                            "measurement.reason",
                            nullValue())
                    .body(standing("buys-followers"), is("not-found"))
                    .body(standing("automated-promotion"), is("unknown"))
                    .body(missing("automated-promotion"), hasItem("posts"));
        }
        assertThat(readers.asked()).containsExactly("account " + handle, "followers " + did, "posts " + did);
        assertThat(jobs()).isZero();
    }

    @Test
    void whatIsMeasuredIsFiledWithoutWordsAndNames() {
        shows(500, true);
        readers.followers(did, () -> Shown.found(Shown.followers(500, 500, 400)));
        readers.posts(did, () -> Shown.found(Shown.posts(20, 2)));
        ask(handle);
        turns.take();
        pipeline.judgeAndPublish();
        assertThat(tables.rows("SELECT kind, observer, measured FROM observation ORDER BY kind"))
                .containsExactly(
                        List.of("0", "fairfollow", "1"),
                        List.of("4", "fairfollow", "1"),
                        List.of("5", "fairfollow", "1"));
        assertThat(tables.count("SELECT COUNT(*) FROM account WHERE native_id LIKE 'did:plc:asker%'"))
                .isZero();
        assertThat(tables.count("SELECT COUNT(*) FROM stream_hour"))
                .as("a measurement says nothing of when the stream was watched")
                .isZero();
    }

    @Test
    void followersThatAreHiddenAreSaidAndHeldAgainstNobody() {
        for (boolean told : new boolean[] {true, false}) {
            tables.empty();
            shows(2_000, !told);
            readers.followers(did, () -> new Reading.Refused<>(Refusal.NOT_PUBLIC));
            readers.posts(did, () -> Shown.found(Shown.posts(20, 0)));
            readers.asked();
            ask(handle);
            turns.take();
            pipeline.judgeAndPublish();
            look(handle)
                    .body("measurement.state", is("done"))
                    .body(standing("buys-followers"), is("unknown"))
                    .body(missing("buys-followers"), is(List.of("followers-hidden")));
            assertThat(readers.asked().contains("followers " + did))
                    .as("who says that they are hidden is not asked for them")
                    .isEqualTo(!told);
        }
    }

    @Test
    void aSampleThatEndsEarlyIsNoSampleOfAll() {
        shows(50_000, true);
        readers.followers(did, () -> Shown.found(Shown.followers(50_000, 10_000, 400)));
        readers.posts(did, () -> Shown.found(Shown.posts(20, 0)));
        ask(handle);
        turns.take();
        pipeline.judgeAndPublish();
        look(handle)
                .body(standing("buys-followers"), is("unknown"))
                .body(missing("buys-followers"), is(List.of("sample-ranks")));
    }

    @Test
    void whatANetworkRefusesIsTheReasonAndNothingIsFiled() {
        Map<Reading<PublicAccount>, String> refusals = Map.of(
                new Reading.Gone<>(),
                "gone",
                new Reading.Refused<>(Refusal.NOT_PUBLIC),
                "not-public",
                new Reading.Refused<>(Refusal.FORBIDDEN_ADDRESS),
                "forbidden-address",
                Shown.found(Shown.account("no-did-at-all", handle, 1, true)),
                "unreadable-answer");
        refusals.forEach((reading, reason) -> {
            tables.empty();
            readers.account(handle(handle), () -> reading);
            ask(handle);
            turns.take();
            look(handle)
                    .body("status", is("unknown"))
                    .body("measurement.state", is("refused"), "measurement.reason", is(reason));
            assertThat(tables.count("SELECT COUNT(*) FROM observation")).isZero();
            assertThat(tables.count("SELECT COUNT(*) FROM due")).isZero();
            assertThat(jobs()).isZero();
        });
    }

    @Test
    void onXNobodyCanBeMeasuredAndThatIsSaidAtOnce() {
        Api.call()
                .contentType("application/json")
                .body(asked("x", "gwen_example"))
                .post("/v1/measurements")
                .then()
                .statusCode(202)
                .body("account.name", is("gwen_example"))
                .body("measurement.state", is("refused"), "measurement.reason", is("no-public-api"));
        Reporting.sent(Telling.token(), Reporting.of("x", "other_example", "auto-dm"));
        turns.take();
        Api.call()
                .get("/v1/accounts/x/other_example")
                .then()
                .body("measurement.state", is("refused"), "measurement.reason", is("no-public-api"));
    }

    @Test
    void anAccountThatMovedIsToldAsOne() {
        readers.account(
                handle(handle), () -> Shown.found(Shown.account(did, handle, 0, true, "did:plc:elsewhere", Shown.AT)));
        readers.account(account, () -> new Reading.Gone<>());
        readers.posts(did, () -> Shown.found(Shown.posts(1, 0)));
        ask(handle);
        turns.take();
        look(handle).body("measurement.state", is("done"), "measurement.reason", is("moved"));
    }

    // Who asks

    @Test
    void whoeverAsksHoweverOftenItIsOneMeasurement() throws Exception {
        try (var callers = Executors.newFixedThreadPool(16)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(callers.submit(() -> ask(handle).body("measurement.state", is("queued"))));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
        assertThat(tables.count("SELECT COUNT(*) FROM measurement")).isOne();
        assertThat(jobs()).isOne();
    }

    @Test
    void aHandleAndTheNativeIdAreOneMeasurementOnceItIsKnown() {
        measured();
        ask(did).body("measurement.state", is("done"));
        ask("@" + handle.toUpperCase(Locale.ROOT)).body("measurement.state", is("done"));
        assertThat(tables.rows("SELECT account, state FROM measurement"))
                .containsExactly(List.of("bluesky:" + did, "done"));
        // Asked for under a handle nobody knew to be its own.
        String other = Names.handle("other");
        readers.account(
                handle(other), () -> Shown.found(Shown.account(did, other, 0, true, null, Shown.AT.plusSeconds(1))));
        readers.asked();
        ask(other);
        turns.take();
        assertThat(readers.asked()).as("it was measured today").containsExactly("account " + other);
        look(other).body("measurement.state", is("done"));
        assertThat(tables.count("SELECT COUNT(*) FROM measurement")).isOne();
    }

    @Test
    void anotherDayItIsMeasuredAgain() {
        measured();
        clock.advance(Duration.ofHours(23));
        ask(handle).body("measurement.state", is("done"));
        assertThat(jobs()).isZero();
        clock.advance(Duration.ofHours(2));
        ask(handle).body("measurement.state", is("queued"));
        assertThat(jobs()).isOne();
        clock.advance(Duration.ofDays(-2));
        ask(handle).body("measurement.state", is("queued"));
    }

    @Test
    void measurementsOfWhichNothingWasNewForAMonthAreForgotten() {
        measured();
        clock.advance(Duration.ofDays(29));
        measurements.forget();
        assertThat(tables.count("SELECT COUNT(*) FROM measurement")).isOne();
        clock.advance(Duration.ofDays(2));
        measurements.forget();
        assertThat(tables.count("SELECT COUNT(*) FROM measurement")).isZero();
        assertThat(tables.count("SELECT COUNT(*) FROM measurement_host")).isZero();
    }

    @Test
    void whatIsNoAccountIsRefused() {
        Api.wrongCall()
                .contentType("application/json")
                .body(asked("friendster", "gwen"))
                .post("/v1/measurements")
                .then()
                .statusCode(400)
                .body("code", is("invalid-network"));
        Api.call()
                .contentType("application/json")
                .body(asked("bluesky", "no such name"))
                .post("/v1/measurements")
                .then()
                .statusCode(400)
                .body("code", is("invalid-account"));
        for (String body : List.of("{}", "{\"account\": null}", "{\"account\": {\"network\": \"x\"}}", "[]")) {
            Api.wrongCall()
                    .contentType("application/json")
                    .body(body)
                    .post("/v1/measurements")
                    .then()
                    .statusCode(400)
                    .body("code", is("invalid-body"));
        }
        assertThat(tables.count("SELECT COUNT(*) FROM measurement")).isZero();
    }

    @Test
    void toLookWritesNothingAndAsksNobody() {
        measured();
        pipeline.judgeAndPublish();
        readers.asked();
        List<List<String>> before = everything();
        for (String name : List.of(handle, did, Names.did(), Names.handle("never"))) {
            for (String path : List.of("", "/evidence", "/dossier")) {
                Api.call().get("/v1/accounts/bluesky/" + name + path);
            }
            Api.unknownCall().get("/accounts/bluesky/" + name);
            Api.unknownCall().get("/disputes/about/bluesky/" + name);
            Api.call()
                    .contentType("application/json")
                    .body(Map.of("accounts", List.of(Map.of("network", "bluesky", "name", name))))
                    .post("/v1/lookups");
        }
        turns.take();
        assertThat(everything()).isEqualTo(before);
        assertThat(readers.asked()).isEmpty();
    }

    // On the account's page

    @Test
    void theButtonOnThePageAsksWithoutAScriptAndThePageSaysWhatThereIs() {
        page(handle)
                .header("Referrer-Policy", is("same-origin"))
                .body(containsString("action=\"/accounts/bluesky/" + handle + "/measurement\""));
        press(handle, "http://localhost:" + RestAssured.port)
                .statusCode(303)
                .header("Location", endsWith("/accounts/bluesky/" + handle))
                .header("Cache-Control", is("no-store"));
        page(handle)
                .header("Referrer-Policy", is("no-referrer"))
                .body(containsString("Asked for on "), not(containsString("Measure now")));
        shows(0, true);
        readers.posts(did, () -> Shown.found(Shown.posts(5, 0)));
        turns.take();
        page(handle).body(containsString("Done on "), not(containsString("Measure now")));
        clock.advance(Duration.ofDays(2));
        page(handle).body(containsString("Done on "), containsString("Measure now"));
    }

    @Test
    void aPageOfSomebodyElseCannotPressIt() {
        press(handle, "https://elsewhere.example").statusCode(403).body(containsString("another site"));
        assertThat(tables.count("SELECT COUNT(*) FROM measurement")).isZero();
    }

    @Test
    void onXThereIsNoButton() {
        Api.unknownCall()
                .get("/accounts/x/gwen_example")
                .then()
                .statusCode(200)
                .body(not(containsString("Measure now")));
    }

    // Whatever may happen in between

    @Test
    void killedBetweenAnyTwoStepsItComesToTheSame() {
        List<List<String>> clean = null;
        for (int kill = 0; kill <= 3; kill++) {
            tables.empty();
            AtomicInteger calls = new AtomicInteger(kill == 0 ? 100 : kill);
            for (AccountName name : List.of(handle(handle), account)) {
                readers.account(name, once(calls, () -> Shown.found(Shown.account(did, handle, 500, true))));
            }
            readers.followers(did, once(calls, () -> Shown.found(Shown.followers(500, 500, 400))));
            readers.posts(did, once(calls, () -> Shown.found(Shown.posts(30, 0))));
            ask(handle);
            turns.take();
            if (kill > 0) {
                assertThat(jobs()).isOne();
                turns.takeOver();
            }
            assertThat(readers.asked())
                    .as("a step that was filed is not done again")
                    .hasSize(kill == 0 ? 3 : 4);
            look(handle).body("measurement.state", is("done"));
            assertThat(jobs()).isZero();
            List<List<String>> filed =
                    tables.rows("SELECT kind, seen_at, HEX(natural_key), HEX(body) FROM observation ORDER BY kind");
            clean = clean == null ? filed : clean;
            assertThat(filed).hasSize(3).isEqualTo(clean);
        }
    }

    /** What an instance that was killed would do next is never done: an error ends the job's thread, and its mark stays. */
    private static <T> Supplier<Reading<T>> once(AtomicInteger calls, Supplier<Reading<T>> answer) {
        return () -> {
            if (calls.decrementAndGet() == 0) {
                throw new Killed();
            }
            return answer.get();
        };
    }

    private static final class Killed extends Error {}

    @Test
    void ofTwoThatMeasureTheSameOneIsOvertaken() {
        shows(500, true);
        AtomicBoolean first = new AtomicBoolean(true);
        readers.followers(did, () -> {
            if (first.getAndSet(false)) {
                assertThat(measuring.measure(account.hash())).isEmpty();
            }
            return Shown.found(Shown.followers(500, 500, 400));
        });
        readers.posts(did, () -> Shown.found(Shown.posts(30, 0)));
        ask(did);
        assertThat(measuring.measure(account.hash())).isEmpty();
        assertThat(tables.count("SELECT COUNT(*) FROM observation")).isEqualTo(3);
        look(did).body("measurement.state", is("done"));
    }

    @Test
    void whereNobodyAnswersItIsTriedAgainLaterEachTimeAndGivenUp() {
        readers.account(account, () -> new Reading.Unreachable<>(Duration.ofSeconds(100)));
        ask(did);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 20 && jobs() > 0; i++) {
            turns.take();
            if (jobs() > 0) {
                look(did).body("measurement.state", is("queued"), "measurement.reason", is("unreachable"));
                Duration wait = Duration.between(clock.instant(), nextTurn());
                waits.add(wait.toSeconds() / 10 * 10);
                turns.take();
                clock.advance(wait.plusSeconds(1));
            }
        }
        assertThat(readers.asked()).as("never before its time").hasSize(10);
        assertThat(waits).containsExactly(90L, 90L, 110L, 230L, 470L, 950L, 1_910L, 3_830L, 7_670L);
        look(did).body("measurement.state", is("refused"), "measurement.reason", is("unreachable"));
    }

    @Test
    void aHostThatAsksToBeLeftInPeaceIsAskedForNobody() {
        AccountName one = mastodon("one@busy.example");
        AccountName other = mastodon("other@busy.example");
        AccountName elsewhere = mastodon("one@calm.example");
        readers.account(one, () -> new Reading.Unreachable<>(Duration.ofMinutes(20)));
        readers.account(other, () -> new Reading.Gone<>());
        readers.account(elsewhere, () -> new Reading.Gone<>());
        askFor(one);
        turns.take();
        askFor(other);
        askFor(elsewhere);
        readers.account(one, () -> new Reading.Gone<>());
        turns.take();
        assertThat(readers.asked()).containsExactly("account " + one.value(), "account " + elsewhere.value());
        clock.advance(Duration.ofMinutes(21));
        turns.take();
        assertThat(readers.asked()).contains("account " + other.value());
    }

    @Test
    void oneServerIsAskedForOneAccountAtATime() {
        AccountName one = mastodon("first@single.example");
        AccountName other = mastodon("second@single.example");
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        readers.account(other, () -> {
            order.add("other");
            return new Reading.Gone<>();
        });
        readers.account(one, () -> {
            assertThat(measuring.measure(other.hash())).isPresent();
            order.add("one");
            return new Reading.Gone<>();
        });
        askFor(one);
        askFor(other);
        measuring.measure(one.hash());
        measuring.measure(other.hash());
        assertThat(order).containsExactly("one", "other");
    }

    @Test
    void whenTheDaysBudgetIsSpentTheRestWaitsForTomorrowAndSaysSo() {
        AccountName name = mastodon("late@large.example");
        readers.account(name, () -> new Reading.Gone<>());
        AccountName early = mastodon("early@large.example");
        readers.account(early, () -> new Reading.Gone<>());
        askFor(early);
        turns.take();
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE measurement_host SET measured = 200, open_at = 0");
            }
        });
        readers.asked();
        askFor(name);
        turns.take();
        assertThat(readers.asked()).isEmpty();
        lookAt(name).body("measurement.state", is("queued"), "measurement.reason", is("budget"));
        long midnight = (clock.instant().getEpochSecond() / 86_400 + 1) * 86_400;
        assertThat(nextTurn()).isBetween(Instant.ofEpochSecond(midnight), Instant.ofEpochSecond(midnight + 1_100));
        clock.advance(Duration.ofHours(25));
        turns.take();
        lookAt(name).body("measurement.state", is("refused"), "measurement.reason", is("gone"));
    }

    @Test
    void whatWaitedForDaysIsGivenUp() {
        AccountName name = mastodon("old@large.example");
        askFor(name);
        clock.advance(Duration.ofDays(4));
        turns.take();
        assertThat(readers.asked()).isEmpty();
        lookAt(name).body("measurement.state", is("refused"));
    }

    @Test
    void aFaultOfOursIsTriedAgainAndToldInNoLog() {
        readers.account(account, () -> {
            throw new IllegalStateException("of " + did);
        });
        ask(did);
        turns.take();
        look(did).body("measurement.state", is("queued"), "measurement.reason", is("unreachable"));
        assertThat(jobs()).isOne();
    }

    @Test
    void anErasedAccountIsNeverMeasured() {
        shows(500, true);
        ask(handle);
        erase(account, handle(handle));
        turns.take();
        assertThat(readers.asked()).isEmpty();
        assertThat(tables.count("SELECT COUNT(*) FROM measurement")).isZero();
        ask(did, 410).body("code", is("account-erased"));
        ask(handle, 410).body("code", is("account-erased"));
    }

    @Test
    void anErasedAccountDoesNotComeBackUnderAnotherHandle() {
        shows(500, true);
        ask(handle);
        erase(account);
        turns.take();
        assertThat(tables.count("SELECT COUNT(*) FROM measurement")).isZero();
        assertThat(tables.count("SELECT COUNT(*) FROM observation")).isZero();
        ask(handle, 410).body("code", is("account-erased"));
    }

    @Test
    void aHandleThatChangedHandsIsMeasuredAsWhoeverWasMeant() {
        String next = Names.did();
        seen(account, handle, clock.instant().minus(Duration.ofDays(30)));
        ask(handle);
        // Between the wish and the measurement somebody else takes the handle.
        seen(name(next), handle, clock.instant().minusSeconds(5));
        String renamed = Names.handle("renamed");
        readers.account(account, () -> Shown.found(Shown.account(did, renamed, 0, true)));
        readers.posts(did, () -> Shown.found(Shown.posts(5, 0)));
        turns.take();
        pipeline.judgeAndPublish();
        assertThat(readers.asked()).containsExactly("account " + did, "posts " + did);
        look(renamed).body("account.nativeId", is(did), "measurement.state", is("done"));
        look(handle).body("account.nativeId", is(next), "measurement", nullValue());
        assertThat(observationsOf(next)).isZero();
        assertThat(observationsOf(did)).isEqualTo(2);
    }

    @Test
    void whoAnswersForAnotherAccountThanWasAskedForIsRefused() {
        readers.account(account, () -> Shown.found(Shown.account(Names.did(), handle, 3, true)));
        ask(did);
        turns.take();
        look(did).body("measurement.state", is("refused"), "measurement.reason", is("another-account"));
        assertThat(tables.count("SELECT COUNT(*) FROM observation")).isZero();
    }

    @Test
    void aListedAccountIsAnsweredFromMemoryAndSaysNothingOfMeasurements() {
        ListedAccount listed = new ListedAccount();
        pipeline.send(listed.lines);
        pipeline.judgeAndPublish();
        ask(listed.did).body("measurement.state", is("queued"));
        look(listed.did).body("status", is("assessed"), "measurement", nullValue());
    }

    @Test
    void whileTooManyWaitNobodyIsPromisedATurn() {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("INSERT INTO measurement (account_hash, account, state, since, asked_at)"
                        + " SELECT UNHEX(MD5(seq)), 'bluesky:did:plc:x', 'queued', 1, 1 FROM seq_1_to_10001");
            }
        });
        // How many wait is counted once a second.
        clock.advance(Duration.ofHours(1));
        ask(did, 503).body("code", is("busy"));
        Reporting.sent(Telling.token(), Reporting.of("bluesky", did, "auto-dm"));
        assertThat(jobs()).isZero();
        tables.empty();
        clock.advance(Duration.ofSeconds(1));
        ask(did).body("measurement.state", is("queued"));
    }

    @Test
    void theLogTakesAllOrNothing() {
        assertThatThrownBy(() -> log.append(
                        List.of(new Evidence.HandleVerified(account, handle(handle), 1_700_000_000)), connection -> {
                            throw new IllegalStateException("nothing of it");
                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(tables.count("SELECT COUNT(*) FROM account WHERE native_id = '" + did + "'"))
                .isZero();
    }

    // For short

    private void shows(long followers, boolean showsFollowers) {
        for (AccountName name : List.of(handle(handle), account)) {
            readers.account(name, () -> Shown.found(Shown.account(did, handle, followers, showsFollowers)));
        }
    }

    private void measured() {
        shows(0, true);
        readers.posts(did, () -> Shown.found(Shown.posts(5, 0)));
        ask(handle);
        turns.take();
        look(handle).body("measurement.state", is("done"));
    }

    private void seen(AccountName who, String under, Instant at) {
        log.append(List.of(new Evidence.HandleVerified(who, handle(under), at.getEpochSecond())));
    }

    private void erase(AccountName... names) {
        store.inTransaction(connection -> {
            erased.remember(connection, List.of(names), 0, clock.instant().getEpochSecond());
            return null;
        });
    }

    private long observationsOf(String nativeId) {
        return tables.count("SELECT COUNT(*) FROM observation o JOIN account a ON a.id = o.account_id"
                + " WHERE a.native_id = '" + nativeId + "'");
    }

    private long jobs() {
        return tables.count("SELECT COUNT(*) FROM scheduled_tasks");
    }

    private Instant nextTurn() {
        return Instant.parse(tables.rows("SELECT MIN(execution_time) FROM scheduled_tasks")
                        .getFirst()
                        .getFirst()
                        .replace(' ', 'T')
                + "Z");
    }

    private List<List<String>> everything() {
        List<List<String>> all = new ArrayList<>();
        for (List<String> table : tables.rows("SELECT table_name FROM information_schema.tables WHERE table_schema ="
                + " DATABASE() AND table_type = 'BASE TABLE' ORDER BY 1")) {
            all.addAll(tables.rows("CHECKSUM TABLE `" + table.getFirst() + "`"));
        }
        return all;
    }

    private ValidatableResponse look(String name) {
        return Api.call().get("/v1/accounts/bluesky/" + name).then().statusCode(200);
    }

    private ValidatableResponse lookAt(AccountName name) {
        return Api.call()
                .get("/v1/accounts/" + name.network().id() + "/" + name.value())
                .then()
                .statusCode(200);
    }

    private ValidatableResponse ask(String name) {
        return ask(name, 202);
    }

    private ValidatableResponse ask(String name, int status) {
        return post("bluesky", name).statusCode(status);
    }

    private void askFor(AccountName name) {
        post(name.network().id(), name.value()).statusCode(202).body("measurement.state", not("done"));
    }

    private static ValidatableResponse page(String name) {
        return Api.unknownCall().get("/accounts/bluesky/" + name).then().statusCode(200);
    }

    private static ValidatableResponse press(String name, String origin) {
        return Api.unknownCall()
                .redirects()
                .follow(false)
                .header("Origin", origin)
                .contentType("application/x-www-form-urlencoded")
                .post("/accounts/bluesky/" + name + "/measurement")
                .then();
    }

    private static ValidatableResponse post(String network, String name) {
        return Api.call()
                .header("Idempotency-Key", "one of a kind")
                .contentType("application/json")
                .body(asked(network, name))
                .post("/v1/measurements")
                .then();
    }

    private static Map<String, Object> asked(String network, String name) {
        return Map.of("account", Map.of("network", network, "name", name));
    }

    private static String standing(String practice) {
        return "verdicts.find { it.practice == '" + practice + "' }.standing";
    }

    private static String missing(String practice) {
        return "verdicts.find { it.practice == '" + practice + "' }.missing.code";
    }

    @Test
    void aWishWaitsForNobodyElsesTransaction() {
        wish(account);
        clock.advance(Duration.ofDays(2));
        store.inTransaction(others -> {
            try (var statement = others.createStatement()) {
                statement.execute("SELECT account FROM measurement FOR UPDATE");
                wish(name(Names.did()));
                return null;
            }
        });
    }

    /** Rather than wait for a row it fails. */
    private void wish(AccountName whom) {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("SET SESSION innodb_lock_wait_timeout = 0");
                measurements.ask(connection, whom, null);
                statement.execute("SET SESSION innodb_lock_wait_timeout = DEFAULT");
                return null;
            }
        });
    }

    private static AccountName name(String did) {
        return new AccountName(Network.BLUESKY, AccountName.Kind.NATIVE_ID, did);
    }

    private static AccountName handle(String handle) {
        return new AccountName(Network.BLUESKY, AccountName.Kind.HANDLE, handle);
    }

    private static AccountName mastodon(String handle) {
        return new AccountName(Network.MASTODON, AccountName.Kind.HANDLE, handle);
    }
}
