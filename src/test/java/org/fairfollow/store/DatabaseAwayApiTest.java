package org.fairfollow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.fairfollow.account.AccountHash;
import org.fairfollow.publication.ListCodec;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.JetstreamLines;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes away, by breaking every connection or by falling silent, and comes back. */
@QuarkusTest
class DatabaseAwayApiTest {
    enum Fault {
        CUT,
        SILENT
    }

    /** More than the pool has connections. */
    private static final int READERS = 40;

    DatabaseLine line;

    @Inject
    Pipeline pipeline;

    @Inject
    TestStore tables;

    @Inject
    Store store;

    private String listed;
    private final String notListed = Names.did();

    @BeforeEach
    void listSomebody() {
        tables.empty();
        ListedAccount churner = new ListedAccount();
        listed = churner.did;
        pipeline.send(churner.lines).statusCode(200);
        pipeline.send(aFollowOf(notListed)).statusCode(200);
        pipeline.judgeAndPublish();
    }

    @AfterEach
    void bringItBack() {
        line.restore();
        until(false);
    }

    @ParameterizedTest
    @EnumSource
    void readsGoOnAndWritesAreRefusedUntilItIsBack(Fault fault) {
        long version = Api.call().get("/v1/list").jsonPath().getLong("version");
        strike(fault);
        for (int again = 0; again < 3; again++) {
            Api.call()
                    .get("/v1/accounts/bluesky/" + notListed)
                    .then()
                    .statusCode(200)
                    .body("status", is("not-listed"), "stale", is(true), "verdicts", empty());
            until(true);
            Api.call()
                    .get("/v1/accounts/bluesky/" + listed)
                    .then()
                    .statusCode(200)
                    .header("Fairfollow-Stale", "true")
                    .body("status", is("assessed"), "stale", is(true))
                    .body("verdicts[0].standing", is("likely"));
            Api.call()
                    .contentType("application/json")
                    .body(Map.of(
                            "accounts",
                            List.of(
                                    Map.of("network", "bluesky", "name", notListed),
                                    Map.of("network", "bluesky", "name", listed))))
                    .post("/v1/lookups")
                    .then()
                    .statusCode(200)
                    .body("results.status", equalTo(List.of("not-listed", "assessed")));
            Api.call().get("/v1/list").then().statusCode(200).body("version", is((int) version));
            byte[] list = Api.call()
                    .get("/v1/list/" + version)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asByteArray();
            assertThat(Arrays.stream(ListCodec.decode(list)).boxed())
                    .contains(AccountHash.ofKey("bluesky:" + listed).listEntry());
            String prefix = AccountHash.ofKey("bluesky:" + listed).hex().substring(0, 1);
            Api.call().get("/v1/ranges/" + prefix).then().statusCode(200).body("entries", not(empty()));
            assertAway(Api.call()
                    .get("/v1/accounts/bluesky/" + listed + "/evidence")
                    .then());
            assertAway(Api.call()
                    .get("/v1/accounts/bluesky/" + listed + "/dossier")
                    .then());
            assertAway(pipeline.send(aFollowOf(Names.did())));
        }
        line.restore();
        until(false);
        pipeline.send(aFollowOf(Names.did())).statusCode(200).body("accepted", is(1));
        pipeline.judgeAndPublish();
        Api.call()
                .get("/v1/accounts/bluesky/" + notListed)
                .then()
                .statusCode(200)
                .body("status", is("unknown"), "stale", is(false));
        Api.call()
                .get("/v1/accounts/bluesky/" + listed + "/evidence")
                .then()
                .statusCode(200)
                .body("practices.'follow-churn'.tables", not(empty()));
    }

    /** It breaks, or falls silent, between a statement and its answer. */
    @ParameterizedTest
    @EnumSource
    void anImportInTheMiddleOfAStatementIsRefusedAndLeavesNothingHalfDone(Fault fault) {
        String did = Names.did();
        JetstreamLines follow = aFollowOf(did);
        strikeAfter(fault, "INSERT INTO tally");
        assertAway(pipeline.send(follow));
        assertThat(line.isUp()).as("the fault struck").isFalse();
        line.restore();
        until(false);
        pipeline.send(follow).statusCode(200).body("accepted", is(1), "duplicates", is(0));
        assertThat(tables.count("SELECT COUNT(*) FROM edge WHERE actor_id = (SELECT id FROM account WHERE native_id = '"
                        + did + "')"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void anImportWhoseCommitWasNotAcknowledgedIsFoundDoneWhenItIsSentAgain(Fault fault) {
        JetstreamLines follow = aFollowOf(Names.did());
        strikeAfter(fault, "COMMIT");
        assertAway(pipeline.send(follow));
        assertThat(line.isUp()).as("the fault struck").isFalse();
        line.restore();
        until(false);
        pipeline.send(follow).statusCode(200).body("accepted", is(0), "duplicates", is(1));
    }

    @ParameterizedTest
    @EnumSource
    void everybodyWhoWaitsForItIsLetGo(Fault fault) throws Exception {
        CountDownLatch begun = new CountDownLatch(READERS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> letGo = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                letGo.add(threads.submit(() -> {
                    begun.countDown();
                    try {
                        // Longer than anything here waits, and far from what is read promptly.
                        store.read(connection -> connection.createStatement().execute("DO SLEEP(50)"));
                        return false;
                    } catch (DatabaseAwayException e) {
                        return !Thread.currentThread().isInterrupted();
                    }
                }));
            }
            begun.await();
            strike(fault);
            for (Future<Boolean> one : letGo) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    @Test
    void aStatementThatTakesLongIsNoOutage() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> slow = threads.submit(() -> store.read(connection -> {
                try (var statement = connection.createStatement();
                        var row = statement.executeQuery("SELECT SLEEP(3)")) {
                    row.next();
                    return row.getInt(1);
                }
            }));
            assertThatExceptionOfType(DatabaseAwayException.class)
                    .as("a reader waits no longer than is prompt")
                    .isThrownBy(() -> store.readPromptly(
                            connection -> connection.createStatement().execute("DO SLEEP(20)")));
            assertThat(store.isAway()).isFalse();
            assertThat(slow.get()).isZero();
        }
    }

    @Test
    void aConnectionThatBreaksAloneIsReplacedUnseen() {
        AtomicInteger runs = new AtomicInteger();
        long answer = store.inTransaction(connection -> {
            if (runs.incrementAndGet() == 1) {
                kill(connection);
            }
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT 7")) {
                row.next();
                return row.getLong(1);
            }
        });
        assertThat(answer).isEqualTo(7);
        assertThat(runs).hasValue(2);
        assertThat(store.isAway()).isFalse();
    }

    @Test
    void aTransactionLeftOpenIsEndedByTheServer() {
        assertThat(tables.count("SELECT @@idle_transaction_timeout")).isEqualTo(60);
    }

    private void strike(Fault fault) {
        if (fault == Fault.CUT) {
            line.cut();
        } else {
            line.fallSilent();
        }
    }

    private void strikeAfter(Fault fault, String statement) {
        if (fault == Fault.CUT) {
            line.cutAfter(statement);
        } else {
            line.fallSilentAfter(statement);
        }
    }

    /** Ends the session as an operator, or a server that shuts down, would. */
    private void kill(java.sql.Connection connection) throws java.sql.SQLException {
        long session;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT CONNECTION_ID()")) {
            row.next();
            session = row.getLong(1);
        }
        store.read(other -> other.createStatement().execute("KILL " + session));
    }

    static void assertAway(ValidatableResponse response) {
        response.statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", Integer::parseInt, greaterThan(0))
                .body("code", is("database-away"));
    }

    private static JetstreamLines aFollowOf(String did) {
        JetstreamLines lines = new JetstreamLines();
        lines.follow(did, Names.did(), Instant.now().minus(Duration.ofHours(3)));
        return lines;
    }

    /** Nothing is restarted. */
    private void until(boolean away) {
        Instant tooLong = Instant.now().plus(Duration.ofSeconds(60));
        while (store.isAway() != away) {
            assertThat(Instant.now())
                    .as("the service never found its database again")
                    .isBefore(tooLong);
            Thread.onSpinWait();
        }
    }
}
