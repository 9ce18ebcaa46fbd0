package org.fairfollow.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.reporter.FirstAnswers;
import org.fairfollow.reporter.Hearsay;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Telling;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.Told;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reporters tell is kept once, as they told it, and bears on nobody. */
@QuarkusTest
class ToldObservationsApiTest {
    private static final long DAY = 86_400;

    @Inject
    TestStore tables;

    @Inject
    TestClock clock;

    @Inject
    Pipeline pipeline;

    @Inject
    Hearsay hearsay;

    @Inject
    FirstAnswers firstAnswers;

    private Instant now;

    @BeforeEach
    void begin() {
        tables.empty();
        now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void whatIsToldIsKeptOnce() {
        String token = Telling.token();
        List<Map<String, Object>> told = List.of(
                Telling.follow("bluesky", "gwen.example", true, now.minusSeconds(60)),
                Telling.follow("bluesky", "gwen.example", false, now),
                Telling.counters("mastodon", "@Gwen@social.example", 10, 20, now));
        Telling.tell(token, told)
                .statusCode(202)
                .header("Cache-Control", is("no-store"))
                .body("accepted", is(3), "duplicates", is(0), "rejected", empty());
        Telling.tell(token, told).statusCode(202).body("accepted", is(0), "duplicates", is(3), "rejected", empty());
        assertThat(tables.rows("SELECT kind, account, seen_at FROM hearsay ORDER BY kind"))
                .containsExactly(
                        List.of("0", "mastodon:@gwen@social.example", "" + now.getEpochSecond()),
                        List.of(
                                "1",
                                "bluesky:@gwen.example",
                                "" + now.minusSeconds(60).getEpochSecond()),
                        List.of("2", "bluesky:@gwen.example", "" + now.getEpochSecond()));
        assertThat(tables.rows("SELECT body FROM hearsay WHERE kind = 0")
                        .getFirst()
                        .getFirst())
                .contains("\"measured\":false", "\"followers\":{\"count\":10,\"exact\":true}");
    }

    @Test
    void theSameInOneCallIsOneFactAndTheSameFromAnotherReporterIsAnother() {
        Map<String, Object> follow = Telling.follow("x", "gwen_example", true, now);
        Telling.tell(Telling.token(), List.of(follow, follow))
                .statusCode(202)
                .body("accepted", is(1), "duplicates", is(1));
        Telling.tell(Telling.token(), List.of(follow)).statusCode(202).body("accepted", is(1));
    }

    @Test
    void toldByManyCallsAtOnceItIsOneFact() throws Exception {
        String token = Telling.token();
        List<Map<String, Object>> told = List.of(Telling.follow("x", "gwen_example", true, now));
        List<Future<Integer>> calls = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(20)) {
            for (int i = 0; i < 20; i++) {
                calls.add(callers.submit(() ->
                        Telling.tell(token, told).statusCode(202).extract().<Integer>path("accepted")));
            }
        }
        int accepted = 0;
        for (Future<Integer> call : calls) {
            accepted += call.get();
        }
        assertThat(accepted).isEqualTo(1);
        assertThat(tables.count("SELECT COUNT(*) FROM hearsay")).isEqualTo(1);
    }

    @Test
    void aBadObservationSpoilsOnlyItself() {
        Map<String, Object> good = Telling.follow("x", "gwen_example", true, now);
        Map<String, Object> counters = Telling.counters("x", "gwen_example", 1, 2, now);
        List<Object> told = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        add(told, codes, with(good, "kind", "message"), "unknown-kind");
        add(told, codes, with(good, "kind", "owner-statement"), "unknown-kind");
        add(told, codes, with(good, "kind", null), "unknown-kind");
        add(told, codes, 7, "unknown-kind");
        add(told, codes, List.of(), "unknown-kind");
        add(told, codes, with(good, "observer", "somebody"), "unknown-field");
        add(told, codes, with(counters, "observer", "somebody"), "unknown-field");
        add(told, codes, with(counters, "measured", true), "unknown-field");
        add(told, codes, with(good, "reporterId", 1), "unknown-field");
        add(told, codes, with(good, "actor", null), "missing-field");
        add(told, codes, with(good, "actor", "gwen_example"), "invalid-field");
        add(told, codes, with(good, "actor", Map.of("network", "myspace", "name", "gwen")), "invalid-network");
        add(told, codes, with(good, "actor", Map.of("network", "x", "name", "no such name")), "invalid-account");
        add(told, codes, with(good, "actor", Map.of("network", "x", "name", "x' OR 1=1")), "invalid-account");
        add(told, codes, with(good, "target", Map.of("network", "x", "name", "@GWEN_example")), "self-follow");
        add(told, codes, with(good, "target", Map.of("network", "bluesky", "name", "gwen.example")), "invalid-account");
        add(told, codes, with(good, "time", null), "invalid-time");
        add(told, codes, with(good, "time", "yesterday"), "invalid-time");
        add(told, codes, with(good, "time", now.plusSeconds(3_600).toString()), "time-out-of-range");
        add(told, codes, with(good, "time", now.minus(Duration.ofHours(49)).toString()), "too-old");
        add(told, codes, with(good, "time", "1999-01-01T00:00:00Z"), "too-old");
        add(told, codes, with(counters, "followers", Map.of("count", -1, "exact", true)), "impossible-count");
        add(
                told,
                codes,
                with(counters, "followers", Map.of("count", 9_000_000_000L, "exact", true)),
                "impossible-count");
        add(told, codes, with(counters, "followers", Map.of("count", "1", "exact", true)), "invalid-field");
        add(told, codes, with(counters, "followers", Map.of("count", 1.5, "exact", true)), "invalid-field");
        add(told, codes, with(counters, "followers", Map.of("count", 1)), "missing-field");
        add(told, codes, without(counters, "followers", "following"), "missing-field");
        add(told, codes, with(counters, "createdAt", now.plusSeconds(3_600).toString()), "time-out-of-range");
        told.add(good);
        told.add(counters);
        Telling.tellWrongly(Telling.token(), told)
                .statusCode(202)
                .body("accepted", is(2), "duplicates", is(0))
                .body("rejected.code", equalTo(codes))
                .body(
                        "rejected.index",
                        equalTo(IntStream.range(0, codes.size()).boxed().toList()));
        assertThat(tables.count("SELECT COUNT(*) FROM hearsay")).isEqualTo(2);
    }

    private static void add(List<Object> told, List<String> codes, Object item, String code) {
        told.add(item);
        codes.add(code);
    }

    private static Map<String, Object> with(Map<String, Object> item, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(item);
        changed.put(field, value);
        return changed;
    }

    private static Map<String, Object> without(Map<String, Object> item, String... fields) {
        Map<String, Object> changed = new HashMap<>(item);
        List.of(fields).forEach(changed::remove);
        return changed;
    }

    @Test
    void aBodyThatIsNotOneIsRefusedWhole() {
        String token = Telling.token();
        String follow = "{\"kind\":\"follow\",\"actor\":{\"network\":\"x\",\"name\":\"gwen_example\"},\"time\":\"" + now
                + "\"}";
        assertRefused(token, "{\"observations\": [" + follow + "], \"reporterId\": 1}", 400, "unknown-field");
        assertRefused(token, "{\"observations\": []}", 400, "invalid-body");
        assertRefused(token, "{}", 400, "invalid-body");
        assertRefused(token, "null", 400, "invalid-body");
        assertRefused(token, "", 400, "invalid-body");
        assertRefused(token, "{\"observations\": [" + follow, 400, "invalid-body");
        assertRefused(token, "{\"observations\": " + "[".repeat(10_000), 400, "too-deep");
        assertRefused(
                token,
                "{\"observations\": [" + String.join(",", Collections.nCopies(501, follow)) + "]}",
                400,
                "too-many-items");
        assertRefused(token, "{\"observations\": [\"" + "x".repeat(2 << 20) + "\"]}", 413, "too-large");
        Api.wrongCall()
                .header("Authorization", "Bearer " + token)
                .contentType("text/plain")
                .body("follow")
                .post("/v1/observations")
                .then()
                .statusCode(415);
        assertThat(tables.count("SELECT COUNT(*) FROM hearsay")).isZero();
        Telling.tell(token, Collections.nCopies(500, Telling.follow("x", "gwen_example", true, now)))
                .statusCode(202)
                .body("accepted", is(1), "duplicates", is(499));
    }

    private static void assertRefused(String token, String body, int status, String code) {
        Api.wrongCall()
                .header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body)
                .post("/v1/observations")
                .then()
                .statusCode(status)
                .body("code", is(code));
    }

    @Test
    void nobodyChoosesATimeThatHasNotComeOrIsLongPast() {
        String token = Telling.token();
        Instant ahead = now.plus(Duration.ofMinutes(4));
        Map<String, Object> early = Telling.counters("x", "gwen_example", 1, 2, ahead);
        Telling.tell(token, List.of(early)).statusCode(202).body("accepted", is(1));
        assertThat(tables.count("SELECT MAX(seen_at - arrived_at) FROM hearsay"))
                .isZero();
        assertThat(tables.count("SELECT COUNT(*) FROM hearsay WHERE body LIKE CONCAT('%\"at\":', seen_at, '%')"))
                .isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));
        Telling.tell(token, List.of(early)).statusCode(202).body("duplicates", is(1));
        clock.reset();
        Telling.tell(
                        token,
                        List.of(Telling.follow(
                                "x",
                                "gwen_example",
                                true,
                                now.minus(Duration.ofHours(48)).plusSeconds(60))))
                .statusCode(202)
                .body("accepted", is(1));
    }

    @Test
    void aRetryGetsTheFirstAnswer() {
        String token = Telling.token();
        List<Object> told = List.of(
                Telling.follow("x", "gwen_example", true, now), with(Telling.follow("x", "a", true, now), "time", "?"));
        String first = tellAs(token, "one", told);
        assertThat(first)
                .isEqualTo("{\"accepted\":1,\"duplicates\":0,\"rejected\":[{\"index\":1,\"code\":\"invalid-time\"}]}");
        assertThat(tellAs(token, "one", told)).isEqualTo(first);
        assertThat(tellAs(token, "two", told)).contains("\"duplicates\":1");
        assertThat(tellAs(Telling.token(), "one", told))
                .as("another reporter's call")
                .isEqualTo(first);
        List<Object> other = List.of(Telling.follow("x", "ben_example", true, now));
        assertThat(tellAs(token, "one", other))
                .as("another body is another call")
                .contains("\"accepted\":1");
        clock.advance(Duration.ofHours(49));
        firstAnswers.forget();
        assertThat(tables.count("SELECT COUNT(*) FROM hearsay_answer")).isZero();
    }

    private static String tellAs(String token, String idempotencyKey, List<Object> told) {
        return Api.wrongCall()
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", idempotencyKey)
                .contentType("application/json")
                .body(Map.of("observations", told))
                .post("/v1/observations")
                .then()
                .statusCode(202)
                .extract()
                .asString();
    }

    @Test
    void whoIsFollowedIsNotKept() {
        Map<String, Object> follow = Telling.follow("bluesky", "gwen.example", true, now);
        Map<String, Object> named = with(follow, "target", Map.of("network", "bluesky", "name", "ben.example"));
        Telling.tell(Telling.token(), List.of(named)).statusCode(202).body("accepted", is(1));
        assertThat(tables.rows("SELECT * FROM hearsay").toString())
                .contains("gwen.example")
                .doesNotContain("ben.example");
    }

    @Test
    void itIsForgottenAfterNinetyDays() {
        Telling.tell(Telling.token(), List.of(Telling.follow("x", "gwen_example", true, now)))
                .statusCode(202);
        clock.advance(Duration.ofDays(89));
        hearsay.forget();
        assertThat(tables.count("SELECT COUNT(*) FROM hearsay")).isEqualTo(1);
        clock.advance(Duration.ofDays(2));
        hearsay.forget();
        assertThat(tables.count("SELECT COUNT(*) FROM hearsay")).isZero();
    }

    /** Neither who exists, nor who was seen under which handle, nor whom to judge. */
    @Test
    void whatIsToldTeachesTheDirectoryNothing() {
        String did = Names.did();
        String handle = Names.handle("told");
        List<List<String>> accounts = tables.rows("SELECT * FROM account ORDER BY id");
        List<List<String>> sightings =
                tables.rows("SELECT * FROM handle_sighting ORDER BY account_id, HEX(handle_hash)");
        Telling.tell(
                        Telling.token(),
                        List.of(
                                Telling.follow("bluesky", did, true, now),
                                Telling.counters("bluesky", handle, 1, 2, now),
                                Telling.counters("bluesky", did, 1, 2, now)))
                .statusCode(202)
                .body("accepted", is(3));
        assertThat(tables.rows("SELECT * FROM account ORDER BY id")).isEqualTo(accounts);
        assertThat(tables.rows("SELECT * FROM handle_sighting ORDER BY account_id, HEX(handle_hash)"))
                .isEqualTo(sightings);
        assertThat(tables.count("SELECT COUNT(*) FROM due")).isZero();
        Api.call().get("/v1/accounts/bluesky/" + handle).then().statusCode(200).body("status", is("unknown"));
    }

    /**
     * A hundred fresh reporters, and one who never tires, tell of an innocent account whatever would accuse most, and of two
     * whose doings were measured whatever would clear them.
     */
    @Test
    void reportsAloneConvictNobodyAndClearNobody() {
        ListedAccount churner = new ListedAccount();
        pipeline.send(churner.lines).statusCode(200);
        pipeline.send(measured("calm_example", day -> 300)).statusCode(200);
        pipeline.send(measured("sawtooth_x", day -> 1_000 + 60 * (day % 14))).statusCode(200);
        pipeline.judgeAndPublish();
        List<String> paths = List.of(
                "/v1/accounts/x/calm_example", "/v1/accounts/x/sawtooth_x", "/v1/accounts/bluesky/" + churner.did);
        List<String> before = asAnybodySees(paths);
        assertThat(before.get(0)).doesNotContain("\"likely\"", "\"signs\"");
        assertThat(before.get(1)).contains("\"standing\":\"signs\"");
        assertThat(before.get(2)).contains("\"standing\":\"likely\"");

        for (int i = 0; i < 100; i++) {
            Instant at = now.minusSeconds(60L * i);
            Telling.tell(
                            Telling.token(),
                            List.of(
                                    Telling.follow("x", "calm_example", true, at.minus(Duration.ofHours(30))),
                                    Telling.follow("x", "calm_example", false, at),
                                    Telling.counters("x", "calm_example", 9_000L * (i % 2), 5_000L * (i % 3), at),
                                    Telling.counters("bluesky", churner.did, 100, 100, at)))
                    .statusCode(202)
                    .body("accepted", is(4));
        }
        String tireless = Telling.token();
        for (int call = 0; call < 2; call++) {
            Instant at = now.minusSeconds(call);
            tellManyTimes(
                    tireless,
                    i -> Telling.counters(
                            "x", "calm_example", i % 2 * 90_000, i % 2 * 7_000, at.minusSeconds(100L * i)));
            tellManyTimes(tireless, i -> Telling.counters("x", "sawtooth_x", 1_000, 1_000, at.minusSeconds(100L * i)));
        }
        pipeline.judgeAndPublish();
        assertThat(tables.count("SELECT COUNT(*) FROM hearsay")).isEqualTo(2_400);
        assertThat(asAnybodySees(paths)).isEqualTo(before);
    }

    private static void tellManyTimes(String token, IntFunction<Object> observation) {
        Telling.tell(token, IntStream.range(0, 500).mapToObj(observation).toList())
                .statusCode(202)
                .body("accepted", is(500));
    }

    /** Three months of an account, measured once a day. */
    private byte[] measured(String handle, IntUnaryOperator following) {
        AccountName account = new AccountName(Network.X, AccountName.Kind.HANDLE, handle);
        List<String> lines = IntStream.range(0, 90)
                .mapToObj(day -> Told.line(
                        account,
                        new ProfileCounters(
                                now.getEpochSecond() - DAY * (90 - day),
                                "crawler",
                                true,
                                new Count(1_000 + day, true),
                                new Count(following.applyAsInt(day), true),
                                new Count(2_000 + day, true),
                                now.getEpochSecond() - 2_000 * DAY,
                                true,
                                120,
                                now.getEpochSecond() - DAY * (90 - day) - 3_600)))
                .toList();
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    /** Every practice, listed or not, and the evidence shown for it. */
    private static List<String> asAnybodySees(List<String> paths) {
        return paths.stream()
                .map(path -> Stream.of(path, path + "/evidence")
                        .map(part -> Api.call()
                                .get(part)
                                .then()
                                .statusCode(200)
                                .extract()
                                .asString())
                        .map(answer -> answer.replaceAll("\"(asOf|reviewAt)\":\"[^\"]*\"", ""))
                        .collect(Collectors.joining()))
                .toList();
    }
}
