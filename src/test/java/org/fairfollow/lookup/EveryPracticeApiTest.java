package org.fairfollow.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Rounded;
import org.fairfollow.evidence.Arrivals.Arrival;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Observation;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observations;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.JetstreamLines;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Project;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.Told;
import org.fairfollow.verdict.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The captures of each practice, sent in by the door: what is published can be followed back to counts. */
@QuarkusTest
class EveryPracticeApiTest {
    private static final long DAY = 86_400;

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @Inject
    Pipeline pipeline;

    @Inject
    TestStore tables;

    @Inject
    Store store;

    @Inject
    DueQueue queue;

    @Inject
    Ledger ledger;

    @Inject
    TestClock clock;

    private final String did = Names.did();
    /** On Bluesky where a stream tells of it, else on X: its accounts may be older. */
    private AccountName account;

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @BeforeEach
    void invent() throws Exception {
        account = Network.X.nativeId(String.valueOf(900_000_000_000L + new Random().nextInt(1_000_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "buys-followers",
                "auto-dm",
                "auto-follow-back",
                "unfollow-shaming",
                "automated-promotion",
                "never-replies"
            })
    void whatIsPublishedCanBeFollowedBackToCounts(String practice) throws Exception {
        JsonPath answer = answerTo(practice, "present");
        Map<String, Object> verdict = verdict(answer, practice);
        assertThat(verdict).containsEntry("standing", "likely").containsEntry("confidence", null);
        assertThat((String) verdict.get("statement")).isNotBlank();
        if (!practice.equals("auto-follow-back")) { // There it depends on the hour how many follows are a day old.
            assertThat(
                            answer
                                    .getList("verdicts.find { it.practice == '%s' }.reasons.value".formatted(practice))
                                    .stream()
                                    .map(value -> Rounded.nearest(((Number) value).doubleValue(), 4)))
                    .containsExactlyElementsOf(captured(practice, "present").get("reasons").findValues("value").stream()
                            .map(JsonNode::asDouble)
                            .toList());
        }
        assertThat((List<?>) verdict.get("reasons")).isNotEmpty();
        assertThat((List<?>) verdict.get("caveats")).isNotEmpty();
        JsonPath evidence = Api.call()
                .get(path() + "/evidence")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(evidence.getList("practices.'" + practice + "'.tables.rows")).isNotEmpty();
        String hash = account.hash().hex();
        int length = Api.call().get("/v1/list").then().statusCode(200).extract().path("prefixLength");
        Api.call()
                .get("/v1/ranges/" + hash.substring(0, length))
                .then()
                .statusCode(200)
                .body("entries.find { it.hash == '%s' }.verdicts[0].practice".formatted(hash), is(practice));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto-dm", "auto-follow-back", "unfollow-shaming", "automated-promotion", "never-replies"})
    void signsAreToldToWhoeverAsksAndNeverListed(String practice) throws Exception {
        JsonPath answer = answerTo(practice, "borderline");
        assertThat(verdict(answer, practice)).containsEntry("standing", "signs");
        assertThat(Api.call().get("/v1/list").then().extract().<Integer>path("entries"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "buys-followers",
                "auto-dm",
                "auto-follow-back",
                "unfollow-shaming",
                "automated-promotion",
                "never-replies"
            })
    void nothingIsHeldNinetyDaysAfterTheLastEvidence(String practice) throws Exception {
        answerTo(practice, "present");
        clock.advance(Duration.ofDays(91));
        store.inTransaction(connection -> {
            queue.mark(connection, ledger.dueAgain(connection, clock.instant().getEpochSecond(), 1_000));
            return null;
        });
        pipeline.judgeAndPublish();
        Map<String, Object> verdict = verdict(answer(), practice);
        assertThat(verdict).containsEntry("standing", "unknown").containsEntry("reviewAt", null);
        assertThat((List<?>) verdict.get("missing")).isNotEmpty();
        assertThat(Api.call().get("/v1/list").then().extract().<Integer>path("entries"))
                .isZero();
    }

    @Test
    void theOwnersWordTakesBoughtBatchesOffTheList() throws Exception {
        answerTo("buys-followers", "present");
        long now = Instant.now().getEpochSecond();
        pipeline.send(bytes(List.of(Told.line(
                        account,
                        new Observation.OwnerStatement(
                                now - 5, "owner", true, Observation.OwnerClaim.FOLLOWERS_NOT_ORDERED)))))
                .statusCode(200)
                .body("accepted", is(1));
        pipeline.judgeAndPublish();
        Map<String, Object> verdict = verdict(answer(), "buys-followers");
        assertThat(verdict).containsEntry("standing", "signs");
        assertThat((List<?>) verdict.get("caveats")).asString().contains("owner-did-not-order");
        assertThat(Api.call().get("/v1/list").then().extract().<Integer>path("entries"))
                .isZero();
    }

    private JsonPath answerTo(String practice, String capture) throws Exception {
        tables.empty();
        pipeline.judgeAndPublish();
        Dossier dossier = JSON.treeToValue(read(practice, capture).get("dossier"), Dossier.class);
        pipeline.send(bytes(lines(dossier))).statusCode(200).body("rejected", empty());
        pipeline.judgeAndPublish();
        return answer();
    }

    private JsonPath answer() {
        return Api.call().get(path()).then().statusCode(200).extract().jsonPath();
    }

    private static Map<String, Object> verdict(JsonPath answer, String practice) {
        return answer.getMap("verdicts.find { it.practice == '" + practice + "' }");
    }

    private String path() {
        String id = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(account.value().getBytes(StandardCharsets.UTF_8));
        return "/v1/accounts/" + account.network().id() + "/id:" + id;
    }

    private static JsonNode captured(String practice, String capture) throws IOException {
        return read(practice, capture).get("finding");
    }

    private static JsonNode read(String practice, String capture) throws IOException {
        return JSON.readTree(Project.read("src/test/resources/captures/%s/%s.json".formatted(practice, capture)));
    }

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The evidence as its senders would send it, moved by whole days so that it ends today. */
    private List<String> lines(Dossier dossier) throws Exception {
        long moved = Math.floorDiv(Instant.now().getEpochSecond() - dossier.asOf(), DAY) * DAY;
        if (!dossier.arrivals().newest().isEmpty()
                && dossier.observations().followerSamples().isEmpty()) {
            account = Network.BLUESKY.nativeId(did);
        }
        List<String> lines = new ArrayList<>();
        Observations told = dossier.observations();
        Stream.of(told.profiles(), told.messages(), told.followerSamples(), told.postSamples(), told.statements())
                .flatMap(List::stream)
                .forEach(fact -> lines.add(moved(Told.line(account, fact), moved)));
        lines.addAll(streamed(dossier, moved));
        return lines;
    }

    private List<String> streamed(Dossier dossier, long moved) throws Exception {
        JetstreamLines lines = new JetstreamLines();
        List<Arrival> arrivals = dossier.arrivals().newest();
        if (arrivals.isEmpty()) {
            return List.of();
        }
        String watched = Names.did();
        long from = arrivals.stream()
                        .mapToLong(arrival -> arrival.span().from())
                        .min()
                        .orElseThrow()
                - 20 * DAY;
        for (long at = from; at <= dossier.asOf(); at += 3_600) {
            lines.activity(watched, at(at + moved));
        }
        Map<Integer, String> dids = new HashMap<>();
        for (Arrival arrival : arrivals) {
            String follower = dids.computeIfAbsent(arrival.follower(), number -> Names.did());
            lines.follow(follower, did, at(arrival.span().from() + moved));
            arrival.activeDays().forEach(day -> lines.activity(follower, at(day * DAY + moved)));
            if (arrival.counters() != null) {
                lines.add(Told.line(Network.BLUESKY.parse(follower), profile(arrival, moved)));
            }
        }
        for (FollowEpisode follow : dossier.follows()) {
            String target = dids.computeIfAbsent(follow.target(), number -> Names.did());
            lines.follow(did, target, at(follow.span().from() + moved));
        }
        return lines.list();
    }

    private static ProfileCounters profile(Arrival arrival, long moved) {
        Counters counters = arrival.counters();
        long at = arrival.span().from() + moved;
        return new ProfileCounters(
                at,
                "measuring",
                true,
                count(counters.followers()),
                count(counters.following()),
                count(counters.posts()),
                counters.createdAt() == null ? null : Long.valueOf(Math.min(at, counters.createdAt() + moved)),
                counters.hasAvatar(),
                counters.bioLength(),
                counters.lastPostAt() == null ? null : Long.valueOf(Math.min(at, counters.lastPostAt() + moved)));
    }

    private static Count count(Long value) {
        return value == null ? null : new Count(value, true);
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    /** Every time in the line, later by so many seconds. */
    private static String moved(String line, long seconds) {
        return Pattern.compile("\"(\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z)\"")
                .matcher(line)
                .replaceAll(time -> "\"" + Instant.parse(time.group(1)).plusSeconds(seconds) + "\"");
    }
}
