package org.fairfollow.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.publication.ListCodec;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.JetstreamLines;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.verdict.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a verdict when time goes on and more is learned. Each test has a world to itself. */
@QuarkusTest
class VerdictsOverTimeApiTest {
    private static final long DAY = 86_400;

    @Inject
    Pipeline pipeline;

    @Inject
    TestStore tables;

    @Inject
    TestClock clock;

    @Inject
    Ledger ledger;

    @Inject
    DueQueue queue;

    @Inject
    Store store;

    private World world;

    @BeforeEach
    void judgeAWorld() {
        tables.empty();
        world = new World(clock.instant().getEpochSecond() / DAY * DAY);
        pipeline.send(world.lines).statusCode(200).body("rejectedTotal", is(0));
        pipeline.judgeAndPublish();
        assertThat(listed())
                .containsExactlyInAnyOrder(entry("bluesky:" + world.churner), entry("bluesky:@" + world.churnerHandle));
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void publishingWhatIsPublishedMakesNoNewVersion() {
        long version = Api.call().get("/v1/list").jsonPath().getLong("version");
        pipeline.send(world.lines).body("accepted", is(0));
        pipeline.judgeAndPublish();
        assertThat(Api.call().get("/v1/list").jsonPath().getLong("version")).isEqualTo(version);
    }

    @Test
    void aRenameKeepsTheVerdictAndTheHandlesNextOwnerGetsNone() {
        JetstreamLines later = new JetstreamLines();
        String other = Names.did();
        String newHandle = Names.handle("renamed");
        Instant at = Instant.ofEpochSecond(world.end);
        later.add(JetstreamLines.identity(world.churner, newHandle, 1_001, at.plusSeconds(1)));
        later.add(JetstreamLines.identity(other, world.churnerHandle, 1_002, at.plusSeconds(2)));
        pipeline.send(later);
        pipeline.judgeAndPublish();
        assertThat(listed())
                .containsExactlyInAnyOrder(entry("bluesky:" + world.churner), entry("bluesky:@" + newHandle));
        assertThat(get("bluesky", newHandle).getString("verdicts[0].standing")).isEqualTo("likely");
        JsonPath taken = get("bluesky", world.churnerHandle);
        assertThat(taken.getString("account.nativeId")).isEqualTo(other);
        assertThat(taken.getString("verdicts[0].standing")).isEqualTo("unknown");
    }

    @Test
    void aHandleTakenByAnotherIsWithdrawnAndTheIdStaysListed() {
        JetstreamLines later = new JetstreamLines();
        String other = Names.did();
        later.add(JetstreamLines.identity(other, world.churnerHandle, 1_003, Instant.ofEpochSecond(world.end)));
        pipeline.send(later);
        pipeline.judgeAndPublish();
        assertThat(listed()).containsExactly(entry("bluesky:" + world.churner));
        assertThat(get("bluesky", world.churnerHandle).getString("account.nativeId"))
                .isEqualTo(other);
        JsonPath churner = get("bluesky", world.churner);
        assertThat(churner.getString("verdicts[0].standing")).isEqualTo("likely");
        assertThat((Object) churner.get("account.handle")).isNull();
    }

    @Test
    void aHandleThatIsNotSeenAgainForAWeekIsListedNoMore() {
        clock.advance(Duration.ofDays(8));
        judgeAgainWhatIsDue();
        assertThat(listed()).containsExactly(entry("bluesky:" + world.churner));
    }

    /** Follow-backs of everybody, told late: the accusation falls as soon as they are known. */
    @Test
    void followBacksThatArriveLateClearTheAccount() throws IOException {
        JetstreamLines late = new JetstreamLines();
        for (String line : world.lines.list()) {
            if (line.contains("\"did\":\"" + world.churner) && line.contains("\"create\"")) {
                JsonNode event = new ObjectMapper().readTree(line);
                Instant at = Instant.ofEpochSecond(event.get("time_us").asLong() / 1_000_000 + 30);
                late.follow(event.at("/commit/record/subject").asText(), world.churner, at);
            }
        }
        assertThat(late.list()).hasSizeGreaterThan(400);
        pipeline.send(late);
        pipeline.judgeAndPublish();
        assertThat(get("bluesky", world.churner).getString("verdicts[0].standing"))
                .isNotEqualTo("likely");
        assertThat(listed()).isEmpty();
    }

    @Test
    void aVerdictLapsesNinetyDaysAfterItsLastEvidence() {
        clock.advance(Duration.ofDays(91));
        assertThat(listed()).as("until it is judged again").hasSize(2);
        judgeAgainWhatIsDue();
        JsonPath answer = get("bluesky", world.churner);
        assertThat(answer.getString("verdicts[0].standing")).isEqualTo("unknown");
        assertThat(answer.getList("verdicts[0].missing")).isNotEmpty();
        assertThat(listed()).isEmpty();
    }

    private void judgeAgainWhatIsDue() {
        store.inTransaction(connection -> {
            queue.mark(connection, ledger.dueAgain(connection, clock.instant().getEpochSecond(), 1_000));
            return null;
        });
        pipeline.judgeAndPublish();
    }

    private static JsonPath get(String network, String name) {
        return Api.call()
                .get("/v1/accounts/{network}/{name}", network, name)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static List<String> listed() {
        long version = Api.call().get("/v1/list").jsonPath().getLong("version");
        byte[] list = Api.call().get("/v1/list/" + version).asByteArray();
        return Arrays.stream(ListCodec.decode(list)).mapToObj("%08x"::formatted).toList();
    }

    private static String entry(String key) {
        return sha(key).substring(0, 8);
    }

    private static String sha(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
