package org.fairfollow.intake.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.fairfollow.evidence.Dossiers;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.StreamCursor;
import org.fairfollow.intake.bluesky.Following.One;
import org.fairfollow.store.Store;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.JetstreamLines;
import org.fairfollow.testing.JetstreamStub;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Seed;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The consumer against a real WebSocket and a real database. */
@QuarkusTest
class JetstreamConsumerApiTest {
    private static final List<String> TABLES = List.of(
            "SELECT * FROM edge ORDER BY 1, 2, 3, 4",
            "SELECT * FROM tally ORDER BY 1, 2",
            "SELECT * FROM activity ORDER BY 1, 2",
            "SELECT * FROM account_event ORDER BY 1, 2, 3",
            "SELECT * FROM stream_hour ORDER BY 1",
            "SELECT * FROM stream_day WHERE paired <> 0 OR orphaned <> 0 ORDER BY 1",
            "SELECT time_us FROM stream_cursor",
            "SELECT * FROM stream_gap ORDER BY 1");

    DatabaseLine line;

    @Inject
    Following following;

    @Inject
    StreamCursor cursor;

    @Inject
    Dossiers dossiers;

    @Inject
    Store store;

    @Inject
    TestStore tables;

    @Inject
    TestClock clock;

    private final JetstreamStub stub = JetstreamStub.start();
    private final JetstreamLines lines = new JetstreamLines();
    /** Of the test's first event. */
    private final Instant start = Instant.now().minus(Duration.ofHours(2));

    @BeforeEach
    void startAfresh() {
        tables.empty();
    }

    @AfterEach
    void end() {
        clock.reset();
        line.restore();
        stub.close();
    }

    @Test
    void whatTheStreamSaysIsAppendedAndTheCursorCommittedWithIt() {
        String did = Names.did();
        try (One one = following.start(stub)) {
            Following.await("a connection", () -> stub.asked().size() == 1);
            String key = lines.follow(did, Names.did(), start);
            lines.unfollow(did, key, start.plusSeconds(60));
            stub.say(lines.list());
            following.awaitCursor(micros(start.plusSeconds(60)));
            assertThat(tables.rows("SELECT followed, unfollowed FROM tally WHERE account_id = " + id(did)))
                    .containsExactly(List.of("1", "1"));
            assertThat(one.figures.events()).isEqualTo(2);
            assertThat(one.figures.isFollowing()).isTrue();
            Following.await("the lag", () -> one.figures.lagSeconds() > 7_000);
        }
        JetstreamStub.Asked asked = stub.asked().getFirst();
        assertThat(asked.cursor()).as("from now on, when it was never followed").isNull();
        assertThat(asked.collections()).contains("app.bsky.graph.follow", "app.bsky.feed.post");
        assertThat(asked.userAgent()).startsWith("Fairfollow/");
    }

    /** Wherever connections break, within a frame or between, the end is as if none had. */
    @Test
    void cutAnywhereTheEndIsTheSame() {
        Random random = Seed.random("cuts of the stream");
        List<String> story = story(random, 400);
        long end = micros(start.plusSeconds(400 * 7L));
        List<List<List<String>>> expected = follow(story, end);
        assertThat(expected.getFirst()).hasSizeGreaterThan(50);
        for (int run = 0; run < 8; run++) {
            tables.empty();
            try (JetstreamStub cut = JetstreamStub.start()) {
                for (int i = 0; i < 12; i++) {
                    if (random.nextBoolean()) {
                        cut.cutAfterBytes(1 + random.nextInt(30_000));
                        cut.cutAfterEvents(Integer.MAX_VALUE);
                    } else {
                        cut.cutAfterBytes(Long.MAX_VALUE);
                        cut.cutAfterEvents(random.nextInt(80));
                    }
                }
                cut.say(story);
                begin();
                try (One one = following.start(cut)) {
                    following.awaitCursor(end);
                }
                assertThat(rows()).as("run " + run).isEqualTo(expected);
            }
        }
    }

    /** Killed between any two batches, it goes on where it was; the stream is asked for some seconds before. */
    @Test
    void whoTakesOverGoesOnWhereItWasLeft() {
        Random random = Seed.random("consumers one after the other");
        List<String> story = story(random, 200);
        begin();
        int said = 0;
        while (said < story.size()) {
            int next = Math.min(story.size(), said + 1 + random.nextInt(60));
            stub.say(story.subList(said, next));
            said = next;
            long time = timeOf(story.get(next - 1));
            try (One one = following.start(stub)) {
                following.awaitCursor(time);
            }
            assertThat(following.cursor()).isEqualTo(time);
        }
        List<List<List<String>>> piecemeal = rows();
        assertThat(stub.asked().getLast().cursor()).isLessThan(timeOf(story.getLast()));
        tables.empty();
        assertThat(piecemeal).isEqualTo(follow(story, timeOf(story.getLast())));
    }

    @Test
    void timeTheServerNoLongerHasIsAGapInCoverage() {
        String somebody = Names.did();
        for (int minute = 0; minute < 60; minute++) {
            lines.activity(somebody, start.plusSeconds(minute * 60L));
        }
        List<String> all = lines.list();
        begin();
        stub.say(all.subList(0, 20));
        try (One one = following.start(stub)) {
            following.awaitCursor(timeOf(all.get(19)));
        }
        stub.say(all.subList(20, 60));
        stub.forgetBefore(timeOf(all.get(40)));
        try (One one = following.start(stub)) {
            following.awaitCursor(timeOf(all.getLast()));
            Following.await("the gap's figure", () -> one.figures.gapSeconds() == 21 * 60);
        }
        assertThat(tables.rows("SELECT from_at, to_at FROM stream_gap"))
                .containsExactly(List.of(second(all.get(19)), second(all.get(40))));
        List<Span> covered = store.read(connection -> dossiers.coverage(
                        connection, id(somebody), clock.instant().getEpochSecond())
                .spans());
        assertThat(covered)
                .hasSize(2)
                .noneMatch(span -> span.contains(timeOf(all.get(30)) / 1_000_000))
                .anyMatch(span -> span.to() == timeOf(all.get(19)) / 1_000_000)
                .anyMatch(span -> span.from() == timeOf(all.get(40)) / 1_000_000);
    }

    @Test
    void whoWasFrozenWhileAnotherTookOverCommitsNothingMore() {
        String did = Names.did();
        lines.follow(did, Names.did(), start);
        lines.follow(did, Names.did(), start.plusSeconds(1));
        begin();
        One frozen = following.start(stub);
        stub.say(lines.list().getFirst());
        following.awaitCursor(micros(start));
        cursor.take();
        stub.say(lines.list().getLast());
        frozen.join();
        assertThat(following.cursor()).isEqualTo(micros(start));
        assertThat(tables.count("SELECT SUM(followed) FROM tally WHERE account_id = " + id(did)))
                .isEqualTo(1);
        assertThat(frozen.figures.isFollowing()).isFalse();
    }

    @Test
    void garbageIsCountedAndPassedOver() {
        String did = Names.did();
        String target = Names.did();
        begin();
        try (One one = following.start(stub)) {
            stub.say("not json", "[]", "{", "", "{\"did\":" + "[".repeat(5_000) + "}");
            stub.sayBinary(new byte[] {1, 2, 3});
            stub.say("x".repeat(9_000_000));
            stub.say("{\"did\":\"" + did + "\",\"time_us\":" + micros(start) + ",\"kind\":\"pulse\"}");
            stub.say("{\"did\":\"" + did + "\",\"time_us\":1,\"kind\":\"commit\"}");
            stub.say(JetstreamLines.create("app.bsky.graph.follow", did, "self", did, start));
            stub.say(JetstreamLines.create("app.bsky.graph.follow", did, "good", target, start.plusSeconds(1)));
            following.awaitCursor(micros(start.plusSeconds(1)));
            assertThat(one.figures.connections()).as("the line never broke").isEqualTo(1);
            assertThat(one.figures.refused("not-json")).isEqualTo(4);
            for (String code : List.of(
                    "too-deep",
                    "binary-message",
                    "message-too-long",
                    "unknown-kind",
                    "time-out-of-range",
                    "self-follow")) {
                assertThat(one.figures.refused(code)).as(code).isEqualTo(1);
            }
        }
        assertThat(tables.count("SELECT COUNT(*) FROM edge WHERE target_id = " + id(target)))
                .isEqualTo(1);
        assertThat(tables.rows("SELECT * FROM stream_gap")).isEmpty();
    }

    /** Bytes that are no text end a connection, as its protocol wants, and would again each time. */
    @Test
    void whatBreaksTheLineEachTimeIsPassedOverAndAGap() {
        String did = Names.did();
        begin();
        stub.say(JetstreamLines.account(did, true, 1, start));
        stub.sayGarbled(micros(start.plusSeconds(20)));
        stub.say(JetstreamLines.account(did, false, 2, start.plusSeconds(21)));
        stub.say(JetstreamLines.account(did, true, 3, start.plusSeconds(200)));
        try (One one = following.start(stub)) {
            following.awaitCursor(micros(start.plusSeconds(200)));
        }
        assertThat(tables.rows("SELECT from_at FROM stream_gap"))
                .containsExactly(List.of(String.valueOf(start.getEpochSecond())));
        assertThat(tables.rows("SELECT MAX(seq) FROM account_event WHERE account_id = " + id(did)))
                .containsExactly(List.of("3"));
    }

    @Test
    void whatCannotBeReadInBulkIsAGap() {
        String did = Names.did();
        begin();
        try (One one = following.start(stub)) {
            for (int i = 0; i < 900; i++) {
                lines.activity(did, start.plusSeconds(i));
            }
            stub.say(lines.list());
            stub.say(java.util.Collections.nCopies(200, "what?"));
            lines.activity(did, start.plusSeconds(1_000));
            stub.say(lines.list().getLast());
            following.awaitCursor(micros(start.plusSeconds(1_000)));
        }
        assertThat(tables.count("SELECT MAX(to_at) FROM stream_gap")).isEqualTo(start.getEpochSecond() + 1_000);
    }

    @Test
    void anEventFromTheFutureMovesNoCursor() {
        String did = Names.did();
        Instant now = Instant.now();
        begin();
        try (One one = following.start(stub)) {
            stub.say(
                    JetstreamLines.account(did, false, 1, now.plus(Duration.ofDays(400))),
                    JetstreamLines.account(did, true, 2, now.plusSeconds(200)),
                    JetstreamLines.account(did, false, 3, now.minusSeconds(60)));
            following.awaitCursor(micros(now.minusSeconds(60)));
            assertThat(following.cursor()).isEqualTo(micros(now.minusSeconds(60)));
            assertThat(one.figures.refused("time-out-of-range")).isEqualTo(1);
        }
    }

    /** While the clock is behind, the stream seems to come from the future; when it is put right nothing is missing. */
    @Test
    void aClockThatGoesBackLosesNothing() {
        String did = Names.did();
        Instant now = Instant.now();
        begin();
        try (One one = following.start(stub)) {
            stub.say(JetstreamLines.account(did, true, 1, now.minusSeconds(30)));
            following.awaitCursor(micros(now.minusSeconds(30)));
            clock.advance(Duration.ofHours(-3));
            stub.say(JetstreamLines.account(did, false, 2, now.minusSeconds(20)));
            Following.await("a refusal", () -> one.figures.refused("time-out-of-range") > 0);
            assertThat(following.cursor()).isEqualTo(micros(now.minusSeconds(30)));
            clock.reset();
            stub.say(JetstreamLines.account(did, true, 3, now.minusSeconds(10)));
            following.awaitCursor(micros(now.minusSeconds(10)));
        }
        assertThat(tables.rows("SELECT seq FROM account_event WHERE account_id = " + id(did) + " ORDER BY seq"))
                .containsExactly(List.of("1"), List.of("2"), List.of("3"));
    }

    @Test
    void aConnectionThatSaysNothingAndAnswersNoPingIsGivenUp() {
        begin();
        stub.fallSilent(true);
        try (One one =
                following.start(stub, new JetstreamConsumer.Patience(Duration.ofMillis(20), Duration.ofMillis(300)))) {
            Following.await("another try", () -> stub.asked().size() > 2);
            assertThat(stub.pings()).isPositive();
            stub.fallSilent(false);
            lines.activity(Names.did(), start);
            stub.say(lines.list());
            following.awaitCursor(micros(start));
        }
    }

    @Test
    void refusedAndSentElsewhereItComesBackLaterAndLater() {
        begin();
        try (JetstreamStub elsewhere = JetstreamStub.start()) {
            stub.redirect(elsewhere.url());
            lines.activity(Names.did(), start);
            stub.say(lines.list());
            try (One one = following.start(stub)) {
                Following.await("some tries", () -> stub.asked().size() > 20);
                stub.redirect(null);
                stub.refuse(503);
                Following.await("more tries", () -> stub.asked().size() > 40);
                stub.refuse(0);
                following.awaitCursor(micros(start));
                assertThat(one.waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(30)) <= 0);
                assertThat(one.waits).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(5)) > 0);
            }
            assertThat(elsewhere.asked()).as("nobody goes where nobody chose").isEmpty();
        }
    }

    /** While the database is away the line waits: what is not yet appended stays with the server. */
    @Test
    void aDatabaseThatIsAwayMakesTheServerWaitAndLosesNothing() {
        int events = 150_000;
        String somebody = Names.did();
        for (int i = 0; i < events; i++) {
            lines.activity(somebody, start.plusMillis(i * 10L));
        }
        begin();
        try (One one = following.start(stub)) {
            Following.await("a connection", () -> stub.asked().size() == 1);
            line.cut();
            stub.say(lines.list());
            long before;
            do {
                before = stub.said();
                LockSupport.parkNanos(300_000_000);
            } while (stub.said() != before || before == 0);
            assertThat(stub.said()).isLessThan(events);
            line.restore();
            following.awaitCursor(timeOf(lines.list().getLast()));
            assertThat(one.figures.events()).isGreaterThanOrEqualTo(events);
        }
        assertThat(tables.rows("SELECT * FROM stream_gap")).isEmpty();
    }

    @Test
    void whoIsWatchedAndPostsIsMeasuredAgain() {
        String poster = Names.did();
        String liker = Names.did();
        String nobody = Names.did();
        begin();
        try (One one = following.start(stub)) {
            for (String did : List.of(poster, liker, nobody)) {
                stub.say(JetstreamLines.account(did, true, 1, start));
            }
            following.awaitCursor(micros(start));
            Following.await(
                    "accounts",
                    () -> tables.count("SELECT COUNT(*) FROM account WHERE native_id IN ('" + poster + "','" + liker
                                    + "','" + nobody + "')")
                            == 3);
            store.inTransaction(connection -> connection
                    .createStatement()
                    .executeUpdate("INSERT INTO watched (account_id) VALUES (" + id(poster) + "),(" + id(liker) + ")"));
            stub.say(JetstreamLines.create("app.bsky.feed.like", liker, "a", nobody, start.plusSeconds(1)));
            lines.activity(nobody, start.plusSeconds(2));
            lines.activity(poster, start.plusSeconds(3));
            lines.activity(poster, start.plusSeconds(4));
            stub.say(lines.list());
            following.awaitCursor(micros(start.plusSeconds(4)));
        }
        assertThat(tables.rows("SELECT account FROM measurement")).containsExactly(List.of("bluesky:" + poster));
    }

    /** As if the stream had been followed until then: the stub has everything that comes. */
    private void begin() {
        cursor.take();
        long at = micros(start) - 1;
        store.inTransaction(
                connection -> connection.createStatement().executeUpdate("UPDATE stream_cursor SET time_us = " + at));
    }

    private List<List<List<String>>> follow(List<String> story, long end) {
        try (JetstreamStub whole = JetstreamStub.start()) {
            whole.say(story);
            begin();
            try (One one = following.start(whole)) {
                following.awaitCursor(end);
            }
            return rows();
        }
    }

    private List<List<List<String>>> rows() {
        return TABLES.stream().map(tables::rows).toList();
    }

    /** Some accounts' days, seven seconds an event; the first one is at the start. */
    private List<String> story(Random random, int events) {
        JetstreamLines told = new JetstreamLines();
        List<String> people = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            people.add(Names.did());
        }
        List<String[]> standing = new ArrayList<>();
        told.activity(people.getFirst(), start);
        for (int i = 1; i <= events; i++) {
            Instant at = start.plusSeconds(i * 7L);
            String actor = people.get(random.nextInt(6));
            String other = people.get(6 + random.nextInt(6));
            switch (random.nextInt(6)) {
                case 0, 1 -> standing.add(new String[] {actor, told.follow(actor, other, at)});
                case 2 -> {
                    if (standing.isEmpty()) {
                        told.activity(other, at);
                    } else {
                        String[] end = standing.remove(random.nextInt(standing.size()));
                        told.unfollow(end[0], end[1], at);
                    }
                }
                case 3 -> told.account(other, random.nextBoolean(), at);
                case 4 -> told.identity(actor, Names.handle("moved"), at);
                default -> told.activity(actor, at);
            }
        }
        return told.list();
    }

    private int id(String did) {
        return Integer.parseInt(tables.rows("SELECT id FROM account WHERE native_id = '" + did + "'")
                .getFirst()
                .getFirst());
    }

    private static long timeOf(String event) {
        java.util.regex.Matcher time =
                java.util.regex.Pattern.compile("\"time_us\":([0-9]+)").matcher(event);
        assertThat(time.find()).isTrue();
        return Long.parseLong(time.group(1));
    }

    private static String second(String event) {
        return String.valueOf(timeOf(event) / 1_000_000);
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }
}
