package org.fairfollow.intake.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fairfollow.evidence.EvidenceLog;
import org.fairfollow.evidence.StreamCursor;
import org.fairfollow.store.Jobs;
import org.fairfollow.store.OtherInstances;
import org.fairfollow.store.Store;
import org.fairfollow.store.StoreIdentity;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.JetstreamLines;
import org.fairfollow.testing.JetstreamStub;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of several instances one follows the stream, and another when that is gone. */
@QuarkusTest
class StreamLeaseApiTest {
    DatabaseLine line;

    @Inject
    OtherInstances instances;

    @Inject
    Following following;

    @Inject
    StoreIdentity identity;

    @Inject
    Jobs jobs;

    @Inject
    EvidenceLog log;

    @Inject
    StreamCursor cursor;

    @Inject
    Store store;

    @Inject
    TestStore tables;

    @Inject
    TestClock clock;

    private final JetstreamStub stub = JetstreamStub.start();
    private final List<Instance> running = new ArrayList<>();
    private Instant next = Instant.now().minus(Duration.ofHours(1));

    private record Instance(BlueskyStream stream, StreamFigures figures, Scheduler scheduler) {}

    @BeforeEach
    void startAfresh() {
        tables.empty();
    }

    @AfterEach
    void stopAll() {
        line.restore();
        running.forEach(instance -> instance.scheduler.stop());
        stub.close();
        tables.empty();
    }

    @Test
    void oneFollowsAndTheOtherTakesOverWhenItIsStopped() {
        Instance one = start();
        Instance other = start();
        one.stream.keep();
        other.stream.keep();
        assertThatTheStreamIsFollowed();
        assertThat(one.figures.isFollowing()).isNotEqualTo(other.figures.isFollowing());
        Instance first = one.figures.isFollowing() ? one : other;
        Instance second = first == one ? other : one;
        first.scheduler.stop();
        running.remove(first);
        Following.await("the other one", second.figures::isFollowing);
        assertThatTheStreamIsFollowed();
        assertThat(first.figures.isFollowing()).isFalse();
    }

    /** As a killed instance leaves it. */
    @Test
    void whoWasNotHeardOfIsReplaced() {
        scheduled("execution_time, picked, picked_by, last_heartbeat", "'2026-01-01', 1, 'gone', '2026-01-01'");
        Instance one = start();
        one.stream.keep();
        assertThatTheStreamIsFollowed();
    }

    @Test
    void aJobThatAWrongClockPutOffIsDoneNow() {
        scheduled("execution_time, picked", "'2099-01-01', 0");
        Instance one = start();
        one.stream.keep();
        assertThatTheStreamIsFollowed();
    }

    @Test
    void anOutageOfTheDatabaseIsAPauseForOneThatFollows() {
        Instance one = start();
        one.stream.keep();
        assertThatTheStreamIsFollowed();
        line.cut();
        Following.await("the outage", store::isAway);
        String event = event();
        stub.say(event);
        line.restore();
        following.awaitCursor(micros(next));
        assertThatTheStreamIsFollowed();
    }

    @Test
    void theDemoAndOtherWaysOutAreRefusedInASentence() {
        assertThat(stream(true, stub.url(), new StreamFigures(clock)).tasks()).hasSize(1);
        assertThat(stream(false, stub.url(), new StreamFigures(clock)).tasks()).isEmpty();
        assertThatThrownBy(() -> stream(true, URI.create("ws://jetstream.example/"), new StreamFigures(clock))
                        .tasks())
                .hasMessageContaining("wss://");
        BlueskyStream inDemo = new BlueskyStream(
                true,
                stub.url(),
                "test",
                "http://localhost",
                instances.demo(),
                jobs,
                log,
                cursor,
                new StreamFigures(clock),
                clock);
        assertThatThrownBy(inDemo::tasks).hasMessageContaining("--demo");
    }

    @Test
    void theStartSaysWhatIsAskedForAndFromWhenOn() {
        BlueskyStream stream = stream(true, URI.create("wss://jetstream.example/subscribe"), new StreamFigures(clock));
        assertThat(stream.announcement()).hasValueSatisfying(words -> assertThat(words)
                .contains("wss://jetstream.example", "follows", "likes", "from now on"));
        cursor.take();
        store.inTransaction(connection ->
                connection.createStatement().executeUpdate("UPDATE stream_cursor SET time_us = 1783175888085434"));
        assertThat(stream.announcement())
                .hasValueSatisfying(words -> assertThat(words).contains("from 2026-07-04T14:38:08Z"));
        assertThat(stream(false, stub.url(), new StreamFigures(clock)).announcement())
                .isEmpty();
    }

    private Instance start() {
        StreamFigures figures = new StreamFigures(clock);
        BlueskyStream stream = stream(true, stub.url(), figures);
        Instance instance = new Instance(stream, figures, instances.start(stream.job()));
        running.add(instance);
        return instance;
    }

    private BlueskyStream stream(boolean enabled, URI address, StreamFigures figures) {
        return new BlueskyStream(
                enabled, address, "test", "http://localhost", identity, jobs, log, cursor, figures, clock);
    }

    private void assertThatTheStreamIsFollowed() {
        stub.say(event());
        // Who connects for the first time is told only what comes then.
        Following.await("the event", () -> {
            if (following.cursor() < micros(next)) {
                stub.say(event());
            }
            return following.cursor() > 0 && running.stream().anyMatch(one -> one.figures.isFollowing());
        });
    }

    private String event() {
        next = next.plusSeconds(1);
        JetstreamLines lines = new JetstreamLines();
        lines.activity(Names.did(), next);
        return lines.list().getFirst();
    }

    private void scheduled(String columns, String values) {
        store.inTransaction(connection -> connection
                .createStatement()
                .executeUpdate("INSERT INTO scheduled_tasks (task_name, task_instance, version, " + columns
                        + ") VALUES ('bluesky-stream', 'jetstream', 1, " + values + ")"));
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }
}
