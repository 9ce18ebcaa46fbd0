package org.fairfollow.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.RecordKey;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventWriterTest {
    private static final long SEED = 20_260_701;
    private static final long DAY = 86_400;
    /** Not at midnight, so that neither the first nor the last day is whole. */
    private static final long END = Instant.parse("2026-07-01T09:30:00Z").getEpochSecond();

    private static final Span PERIOD = new Span(END - 40 * DAY, END);
    private static final Population POPULATION = Population.mixed(60, PERIOD, SEED);
    private static final Names NAMES = new Names(POPULATION.size(), SEED);

    private static String text;
    private static List<JsonNode> events;

    @BeforeAll
    static void write() throws IOException {
        System.out.println("seed " + SEED);
        text = written(20_000);
        events = text.lines().map(WrittenStream::parse).toList();
    }

    private static String written(int mostInMemory) throws IOException {
        StringWriter out = new StringWriter();
        long lines = new EventWriter(POPULATION, NAMES, mostInMemory, line -> {}).write(out);
        assertThat(out.toString().lines().count()).isEqualTo(lines);
        return out.toString();
    }

    @Test
    void theStretchesThatFitInMemoryDoNotShow() throws IOException {
        assertThat(written(1_000_000)).isEqualTo(text);
    }

    @Test
    void everyEventHasTheFieldsOfItsKind() {
        Set<String> kinds = new HashSet<>();
        for (JsonNode event : events) {
            assertThat(event.get("did").asText()).matches("did:plc:[a-z2-7]{24}");
            assertThat(fields(event))
                    .isEqualTo(
                            Set.of("did", "time_us", "kind", event.get("kind").asText()));
            kinds.add(
                    switch (event.get("kind").asText()) {
                        case "commit" -> checkedCommit(event.get("commit"));
                        case "identity" -> checkedIdentity(event);
                        case "account" -> checkedAccount(event);
                        default -> throw new AssertionError(event);
                    });
        }
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "create app.bsky.graph.follow",
                        "delete app.bsky.graph.follow",
                        "create app.bsky.graph.block",
                        "delete app.bsky.graph.block",
                        "create app.bsky.feed.post",
                        "create app.bsky.feed.like",
                        "create app.bsky.feed.repost",
                        "identity",
                        "active",
                        "suspended",
                        "deactivated",
                        "deleted");
    }

    private static String checkedCommit(JsonNode commit) {
        assertThat(commit.get("rev").asText()).matches("[2-7a-z]{13}");
        assertThat(commit.get("rkey").asText()).matches("[2-7a-z]{13}");
        String collection = commit.get("collection").asText();
        if (commit.get("operation").asText().equals("delete")) {
            assertThat(fields(commit)).isEqualTo(Set.of("rev", "operation", "collection", "rkey"));
        } else {
            assertThat(fields(commit)).isEqualTo(Set.of("rev", "operation", "collection", "rkey", "record", "cid"));
            assertThat(commit.get("cid").asText()).matches("bafyrei[a-z2-7]{52}");
            assertThat(commit.at("/record/$type").asText()).isEqualTo(collection);
            if (collection.startsWith("app.bsky.graph.")) {
                assertThat(fields(commit.get("record"))).isEqualTo(Set.of("$type", "createdAt", "subject"));
            }
        }
        return commit.get("operation").asText() + " " + collection;
    }

    private static String checkedIdentity(JsonNode event) {
        assertThat(fields(event.get("identity"))).isEqualTo(Set.of("did", "handle", "seq", "time"));
        assertThat(event.at("/identity/did")).isEqualTo(event.get("did"));
        return "identity";
    }

    private static String checkedAccount(JsonNode event) {
        JsonNode account = event.get("account");
        assertThat(account.get("did")).isEqualTo(event.get("did"));
        boolean active = account.get("active").asBoolean();
        assertThat(fields(account))
                .isEqualTo(
                        active
                                ? Set.of("active", "did", "seq", "time")
                                : Set.of("active", "did", "seq", "status", "time"));
        return active ? "active" : account.get("status").asText();
    }

    private static Set<String> fields(JsonNode node) {
        Set<String> names = new HashSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void timesAscendWithinThePeriod() {
        long last = PERIOD.from() * 1_000_000;
        for (JsonNode event : events) {
            long micros = event.get("time_us").asLong();
            assertThat(micros).isGreaterThanOrEqualTo(last);
            last = micros;
        }
        assertThat(last).isLessThan(PERIOD.to() * 1_000_000);
    }

    @Test
    void recordKeysTellTheTimeOfTheirCreation() {
        Set<String> keys = new HashSet<>();
        for (JsonNode event : commits("create")) {
            JsonNode commit = event.get("commit");
            String key = commit.get("rkey").asText();
            long keyMicros = RecordKey.of(key).number() >>> 10;
            assertThat(event.get("time_us").asLong() - keyMicros).isBetween(1L, 1_000_000L);
            assertThat(Instant.parse(commit.at("/record/createdAt").asText()).toEpochMilli())
                    .isEqualTo(keyMicros / 1_000);
            assertThat(keys.add(event.get("did").asText() + commit.get("collection") + key))
                    .as("key used once")
                    .isTrue();
        }
    }

    @Test
    void deletesNameARecordOfTheStreamOrOneFromBeforeIt() {
        Set<String> standing = new HashSet<>();
        int older = 0;
        int deletes = 0;
        for (JsonNode event : events) {
            JsonNode commit = event.path("commit");
            String record = event.get("did") + " " + commit.path("collection") + " " + commit.path("rkey");
            if (commit.path("operation").asText().equals("create")) {
                standing.add(record);
            } else if (commit.path("operation").asText().equals("delete")) {
                deletes++;
                if (!standing.remove(record)) {
                    older++;
                    assertThat(RecordKey.of(commit.get("rkey").asText()).claimedSecond())
                            .isLessThan(PERIOD.from());
                }
            }
        }
        assertThat(older).isPositive().isLessThan(deletes / 2);
    }

    @Test
    void everyoneHasAHandleOfTheirOwnVerifiedNearTheEnd() {
        Map<String, String> owners = new HashMap<>();
        Map<String, Long> lastSeen = new HashMap<>();
        Set<String> gone = new HashSet<>();
        for (JsonNode event : events) {
            String did = event.get("did").asText();
            if (event.has("identity")) {
                String handle = event.at("/identity/handle").asText();
                assertThat(handle).matches("[a-z]+[-.][a-z]+[0-9]{2,3}\\.demo\\.example");
                assertThat(owners.putIfAbsent(handle, did)).isIn(null, did);
                lastSeen.put(did, event.get("time_us").asLong() / 1_000_000);
            }
            if (event.has("account") && !event.at("/account/active").asBoolean()) {
                gone.add(did);
            }
        }
        assertThat(owners.size()).as("some renamed").isGreaterThan(lastSeen.size());
        for (JsonNode event : events) {
            String did = event.get("did").asText();
            if (!gone.contains(did)) {
                assertThat(lastSeen.get(did)).isGreaterThanOrEqualTo(END - 3 * DAY);
            }
        }
    }

    @Test
    void whoIsGoneDoesNothing() {
        Set<String> gone = new HashSet<>();
        for (JsonNode event : events) {
            String did = event.get("did").asText();
            if (event.has("account")) {
                if (event.at("/account/active").asBoolean()) {
                    gone.remove(did);
                } else {
                    gone.add(did);
                }
            } else {
                assertThat(gone).doesNotContain(did);
            }
        }
    }

    @Test
    void dossiersFromTheModelAreThoseOfTheEvents() {
        Map<String, Integer> numbers =
                IntStream.range(0, POPULATION.size()).boxed().collect(Collectors.toMap(NAMES::did, number -> number));
        WrittenStream stream = new WrittenStream(numbers);
        events.forEach(stream::read);
        int returned = 0;
        int gone = 0;
        int blocked = 0;
        for (int account = 0; account < POPULATION.judged(); account++) {
            Dossier dossier = POPULATION.history(account).dossier(POPULATION::life);
            List<FollowEpisode> follows = stream.follows(account);
            Map<Integer, Target> targets = stream.targets(account);
            String who = POPULATION.agent(account).id() + " " + account;
            assertThat(dossier.follows()).as(who).isEqualTo(follows);
            assertThat(dossier.targets()).as(who).isEqualTo(targets);
            assertThat(dossier.coverage().ownPaired())
                    .as(who)
                    .isEqualTo(follows.stream()
                            .filter(follow -> follow.span().to() != Span.OPEN)
                            .count());
            for (Target target : targets.values()) {
                returned += target.followedBack().size();
                gone += target.gone().size();
                blocked += target.blocked().size();
            }
        }
        assertThat(List.of(returned, gone, blocked)).as("what was compared").allMatch(count -> count > 10);
    }

    private static List<JsonNode> commits(String operation) {
        return events.stream()
                .filter(event -> event.at("/commit/operation").asText().equals(operation))
                .toList();
    }
}
