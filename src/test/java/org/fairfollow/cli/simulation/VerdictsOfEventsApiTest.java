package org.fairfollow.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fairfollow.cli.simulation.VerdictsOfEvents.Compared;
import org.fairfollow.evidence.Span;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.JetstreamLines;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Seed;
import org.fairfollow.testing.TestStore;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** What the evaluation says in memory holds for the service: through its door, its database and its look-ups. */
@QuarkusTest
class VerdictsOfEventsApiTest {
    /** Three of each kind, and the rest organic. */
    private static final int ACCOUNTS = 100;

    private static final int DAYS = 60;

    @Inject
    Pipeline pipeline;

    @Inject
    TestStore tables;

    @Test
    void theServiceHoldsOfTheEventsWhatTheEvaluationFindsInMemory() throws IOException {
        tables.empty();
        long end = Instant.now().truncatedTo(ChronoUnit.MINUTES).getEpochSecond();
        long seed = Seed.random("the population").nextLong();
        Population population = Population.mixed(ACCOUNTS, new Span(end - DAYS * Visits.DAY, end), seed);
        Names names = new Names(population.size(), seed);
        StringWriter events = new StringWriter();
        new EventWriter(population, names, 1_000_000, line -> {}).write(events);
        // A stream of a few people may be silent in the first and last minutes; the evaluation takes them for watched.
        JetstreamLines watched = new JetstreamLines();
        watched.activity(
                org.fairfollow.testing.Names.did(),
                Instant.ofEpochSecond(population.period().from()));
        watched.activity(org.fairfollow.testing.Names.did(), Instant.ofEpochSecond(end - 1));
        pipeline.send(watched).body("rejectedTotal", Matchers.is(0));
        pipeline.send(events.toString().getBytes(StandardCharsets.UTF_8)).body("rejectedTotal", Matchers.is(0));
        pipeline.judgeAndPublish();

        JsonNode results =
                lookUp(IntStream.range(0, ACCOUNTS).mapToObj(names::did).toList());
        VerdictsOfEvents comparison = new VerdictsOfEvents(population);
        List<Compared> compared = new ArrayList<>();
        for (int account = 0; account < ACCOUNTS; account++) {
            compared.add(comparison.compare(account, results.get(account)));
        }
        assertThat(compared).allMatch(Compared::isSame);
        assertThat(compared).anyMatch(one -> one.events().isListed());
        assertThat(compared)
                .anyMatch(one -> !one.agent().churns() && !one.events().isListed());
    }

    private static JsonNode lookUp(List<String> dids) throws IOException {
        List<Map<String, String>> accounts = dids.stream()
                .map(did -> Map.of("network", "bluesky", "name", did))
                .toList();
        return new ObjectMapper()
                .readTree(Api.call()
                        .contentType("application/json")
                        .body(Map.of("accounts", accounts))
                        .post("/v1/lookups")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray())
                .get("results");
    }
}
