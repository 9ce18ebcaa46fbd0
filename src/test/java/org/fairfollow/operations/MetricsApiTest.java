package org.fairfollow.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.JetstreamLines;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Project;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MetricsApiTest {
    private static final String ACCOUNT = "/v1/accounts/{network}/{name}";

    DatabaseLine line;

    @Inject
    DatabaseWatch database;

    @Inject
    Store store;

    @Inject
    Pipeline pipeline;

    @Inject
    TestStore tables;

    @AfterEach
    void bringTheDatabaseBack() {
        line.restore();
        until(false);
    }

    @Test
    void callsAreCountedByRouteAndNothingTellsWhomTheyWereAbout() {
        pipeline.judgeAndPublish();
        Scrape before = Scrape.now();
        Api.call().get("/v1/accounts/bluesky/secret.example").then().statusCode(200);
        Api.unknownCall().head("/v1/accounts/bluesky/secret.example");
        Api.call().get("/v1/accounts/bluesky/secret.example/evidence").then().statusCode(200);
        Api.wrongCall().get("/v1/accounts/x/secret-is-no-name").then().statusCode(400);
        Api.unknownCall().get("/accounts/bluesky/secret.example").then().statusCode(200);
        Api.unknownCall().redirects().follow(false).get("/look-up?name=secret.example");
        Api.wrongCall().get("/v1/ranges/secret").then().statusCode(400);
        Api.wrongCall().get("/v1/ranges/5ec7e75ec7e7").then().statusCode(400);
        Api.wrongCall().get("/v1/list/5377537753775377").then().statusCode(404);
        Api.call()
                .contentType("application/json")
                .body(Map.of("accounts", List.of(Map.of("network", "bluesky", "name", "secret.example"))))
                .post("/v1/lookups")
                .then()
                .statusCode(200);
        Api.unknownCall()
                .get("/v1/accounts/bluesky/secret.example/secret")
                .then()
                .statusCode(404);
        Api.unknownCall().get("/<script>secret</script>").then().statusCode(404);
        Api.unknownCall().get("/q/health/secret");
        Api.unknownCall().put("/v1/accounts/bluesky/secret.example").then().statusCode(405);
        Api.unknownCall().get("/broken/EXCEPTION/secret").then().statusCode(500);
        Api.unknownCall().get("/broken-route/secret").then().statusCode(500);
        // A browser asks so before it sends; it is answered before any endpoint is found.
        Api.unknownCall()
                .header("Origin", "https://secret.example")
                .header("Access-Control-Request-Method", "GET")
                .options("/v1/accounts/bluesky/secret.example");

        Scrape scrape = Scrape.now();

        assertThat(scrape.text())
                .doesNotContainIgnoringCase("secret")
                .doesNotContain("5ec7e7", "53775377", "127.0.0.1");
        assertThat(calls(before, scrape, "GET", 200, ACCOUNT)).isEqualTo(1);
        assertThat(calls(before, scrape, "HEAD", 200, ACCOUNT)).isEqualTo(1);
        assertThat(calls(before, scrape, "GET", 400, ACCOUNT)).isEqualTo(1);
        assertThat(calls(before, scrape, "GET", 200, ACCOUNT + "/evidence")).isEqualTo(1);
        assertThat(calls(before, scrape, "GET", 200, "/accounts/{network}/{name}"))
                .isEqualTo(1);
        assertThat(calls(before, scrape, "GET", 400, "/v1/ranges/{prefix}")).isEqualTo(2);
        assertThat(calls(before, scrape, "POST", 200, "/v1/lookups")).isEqualTo(1);
        assertThat(calls(before, scrape, "GET", 500, "/broken/{way}/{name}")).isEqualTo(1);
        assertThat(calls(before, scrape, "GET", 500, "other")).isEqualTo(1);
        assertThat(calls(before, scrape, "PUT", 405, "other")).isEqualTo(1);
        assertThat(calls(before, scrape, "OPTIONS", 204, "other")).isEqualTo(1);
    }

    @Test
    void whateverIsCalledTheKindsOfCallsStayFew() {
        Api.unknownCall().get("/nothing").then().statusCode(404);
        Api.unknownCall().request("BREW", "/v1/list");
        Scrape.now();
        long kinds = Scrape.now().kindsOfCalls();
        for (int i = 0; i < 50; i++) {
            Api.unknownCall().get("/nothing/" + i);
            Api.unknownCall().get("/nothing?" + i);
            Api.unknownCall().request("BREW" + i, "/v1/list");
        }
        assertThat(Scrape.now().kindsOfCalls()).isEqualTo(kinds);
    }

    @Test
    void durationsAreCountedInBuckets() {
        Api.call().get("/v1/practices").then().statusCode(200);

        Scrape scrape = Scrape.now();

        String kind = "method=\"GET\",status=\"200\",uri=\"/v1/practices\"";
        assertThat(scrape.value("http_server_requests_seconds_bucket{" + kind + ",le=\"+Inf\"}"))
                .isEqualTo(scrape.value("http_server_requests_seconds_count{" + kind + "}"));
        assertThat(scrape.series()).containsKey("http_server_requests_seconds_bucket{" + kind + ",le=\"0.005\"}");
        assertThat(scrape.value("http_server_requests_seconds_sum{" + kind + "}"))
                .isPositive();
    }

    @Test
    void whatIsServedAndWhatWaitsIsTold() {
        tables.empty();
        Scrape before = Scrape.now();
        pipeline.send(new ListedAccount().lines).statusCode(200);
        pipeline.send(new byte[] {'?', '\n', '\n'}).statusCode(200);
        countAnew(database);
        Scrape due = Scrape.now();
        pipeline.judgeAndPublish();
        countAnew(database);
        Scrape judged = Scrape.now();

        assertThat(due.value("fairfollow_due_accounts")).isPositive();
        assertThat(due.value("fairfollow_due_oldest_seconds")).isNotNegative();
        assertThat(judged.value("fairfollow_due_accounts")).isZero();
        assertThat(judged.value("fairfollow_due_oldest_seconds")).isZero();
        assertThat(judged.value("fairfollow_verdicts{practice=\"follow-churn\",standing=\"likely\"}"))
                .isEqualTo(1);
        assertThat(judged.value("fairfollow_list_entries")).isEqualTo(1);
        int version = Api.call().get("/v1/list").path("version");
        assertThat(judged.value("fairfollow_snapshot_version")).isEqualTo(version);
        assertThat(judged.value("fairfollow_snapshot_age_seconds")).isBetween(0.0, 3_600.0);
        assertThat(judged.value("fairfollow_snapshot_stale")).isZero();
        assertThat(judged.value("fairfollow_publication_held")).isZero();
        assertThat(judged.value("fairfollow_judged_accounts_total"))
                .isGreaterThanOrEqualTo(
                        before.value("fairfollow_judged_accounts_total") + due.value("fairfollow_due_accounts"));
        String lines = "fairfollow_imported_lines_total{outcome=";
        assertThat(judged.value(lines + "\"accepted\"}")).isGreaterThan(before.value(lines + "\"accepted\"}") + 300);
        assertThat(judged.value(lines + "\"rejected\"}")).isEqualTo(before.value(lines + "\"rejected\"}") + 1);
        assertThat(judged.value(lines + "\"ignored\"}")).isEqualTo(before.value(lines + "\"ignored\"}") + 1);
    }

    @Test
    void aScrapeAsksNoDatabaseAndIsAnsweredWithoutOne() {
        pipeline.send(aFollow()).statusCode(200);
        pipeline.judgeAndPublish();
        countAnew(database);
        Scrape up = Scrape.now();
        assertThat(up.value("fairfollow_database_up")).isEqualTo(1);

        line.fallSilent();
        until(true);
        Scrape away = Scrape.now();
        Scrape again = Scrape.now();

        assertThat(away.value("fairfollow_database_up")).isZero();
        assertThat(away.value("fairfollow_snapshot_stale")).isEqualTo(1);
        for (String kept : List.of(
                "fairfollow_snapshot_version",
                "fairfollow_list_entries",
                "fairfollow_due_accounts",
                "fairfollow_verdicts{practice=\"follow-churn\",standing=\"likely\"}")) {
            assertThat(away.value(kept)).as(kept).isEqualTo(up.value(kept));
        }
        String connections = "agroal_acquire_count_total{datasource=\"default\"}";
        assertThat(again.value(connections)).isEqualTo(away.value(connections));
    }

    /** The table in docs/operations.md names every metric of the service's own, in its own words. */
    @Test
    void theDocumentTellsWhatIsMeasured() {
        Api.call().get("/v1/practices");
        Map<String, String> measured = new TreeMap<>(Scrape.now().help());
        measured.keySet()
                .removeIf(name -> !name.startsWith("fairfollow_") && !name.equals("http_server_requests_seconds"));
        Map<String, String> documented = new TreeMap<>();
        Matcher row =
                Pattern.compile("(?m)^\\| `([a-z_]+)[^`]*` \\| (.*) \\|$").matcher(Project.read("docs/operations.md"));
        while (row.find()) {
            documented.put(row.group(1), row.group(2));
        }
        assertThat(documented).isEqualTo(measured);
    }

    private static double calls(Scrape before, Scrape after, String method, int status, String route) {
        return after.calls(method, status, route) - before.calls(method, status, route);
    }

    /** Counting rests between two readings; a test does not wait for that. */
    private static void countAnew(DatabaseWatch database) {
        Object former = database.figures();
        while (database.figures().equals(former)) {
            database.count();
            Thread.onSpinWait();
        }
    }

    private static JetstreamLines aFollow() {
        JetstreamLines lines = new JetstreamLines();
        lines.follow(Names.did(), Names.did(), Instant.now().minusSeconds(7_200));
        return lines;
    }

    /** The service finds out by itself. */
    private void until(boolean away) {
        while (store.isAway() != away) {
            Thread.onSpinWait();
        }
    }
}
