package org.fairfollow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fairfollow.account.AccountHash;
import org.fairfollow.publication.ListCodec;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.JetstreamLines;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes away, by breaking every connection or by falling silent, and comes back. */
@QuarkusTest
class DatabaseAwayApiTest {
    enum Fault {
        CUT,
        SILENT
    }

    DatabaseLine line;

    @Inject
    Pipeline pipeline;

    @Inject
    TestStore tables;

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
        untilItIsBack();
    }

    @ParameterizedTest
    @EnumSource
    void readsGoOnAndWritesAreRefusedUntilItIsBack(Fault fault) {
        long version = Api.call().get("/v1/list").jsonPath().getLong("version");
        if (fault == Fault.CUT) {
            line.cut();
        } else {
            line.fallSilent();
        }
        for (int again = 0; again < 3; again++) {
            Api.call()
                    .get("/v1/accounts/bluesky/" + listed)
                    .then()
                    .statusCode(200)
                    .body("status", is("assessed"), "stale", is(true))
                    .body("verdicts[0].standing", is("likely"));
            Api.call()
                    .get("/v1/accounts/bluesky/" + notListed)
                    .then()
                    .statusCode(200)
                    .body("status", is("not-listed"), "stale", is(true), "verdicts", empty());
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
            Api.call()
                    .get("/v1/accounts/bluesky/" + listed + "/evidence")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", Integer::parseInt, greaterThan(0))
                    .body("code", is("database-away"));
            Api.call()
                    .get("/v1/accounts/bluesky/" + listed + "/dossier")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", Integer::parseInt, greaterThan(0))
                    .body("code", is("database-away"));
        }
        if (fault == Fault.CUT) {
            // A silent database holds an import up until its connection breaks; a broken one is told at once.
            pipeline.send(aFollowOf(Names.did()))
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", Integer::parseInt, greaterThan(0))
                    .body("code", is("database-away"));
        }
        line.restore();
        untilItIsBack();
        JetstreamLines more = aFollowOf(Names.did());
        pipeline.send(more).statusCode(200).body("accepted", is(1));
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

    private static JetstreamLines aFollowOf(String did) {
        JetstreamLines lines = new JetstreamLines();
        lines.follow(did, Names.did(), Instant.now().minus(Duration.ofHours(3)));
        return lines;
    }

    /** Readers leave a database that was away in peace for a moment; nothing is restarted. */
    private void untilItIsBack() {
        Instant tooLong = Instant.now().plus(Duration.ofSeconds(60));
        while (Api.call().get("/v1/accounts/bluesky/" + notListed).jsonPath().getBoolean("stale")) {
            assertThat(Instant.now())
                    .as("the service never found its database again")
                    .isBefore(tooLong);
            Thread.onSpinWait();
        }
    }
}
