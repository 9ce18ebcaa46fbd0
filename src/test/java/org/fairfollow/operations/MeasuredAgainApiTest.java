package org.fairfollow.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.fairfollow.store.Store;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.Test;

/** What is held lapses for want of newer evidence, so that is looked for in time. */
@QuarkusTest
class MeasuredAgainApiTest {
    @Inject
    TestStore tables;

    @Inject
    Pipeline pipeline;

    @Inject
    Schedules schedules;

    @Inject
    Store store;

    @Test
    void whatIsHeldIsMeasuredAgainBeforeItLapses() {
        tables.empty();
        ListedAccount listed = new ListedAccount();
        pipeline.send(listed.lines);
        pipeline.judgeAndPublish();
        lookAgain(30);
        assertThat(tables.count("SELECT COUNT(*) FROM measurement")).isZero();
        settle();
        lookAgain(6);
        assertThat(tables.rows("SELECT account, state FROM measurement"))
                .containsExactly(List.of("bluesky:" + listed.did, "queued"));
        assertThat(tables.count("SELECT COUNT(*) FROM scheduled_tasks")).isOne();
        settle();
        lookAgain(-1);
        assertThat(tables.count("SELECT COUNT(*) FROM scheduled_tasks"))
                .as("it waits already")
                .isOne();
        tables.empty();
    }

    /** It is time to look at all verdicts again, which lapse in so many days. */
    private void lookAgain(int days) {
        execute("UPDATE verdict SET judge_again_at = 1, review_at = UNIX_TIMESTAMP() + " + days + " * 86400"
                + " WHERE review_at IS NOT NULL");
        schedules.judgeAgain();
        assertThat(tables.count("SELECT COUNT(*) FROM due")).isPositive();
    }

    private void settle() {
        execute("DELETE FROM due");
    }

    private void execute(String sql) {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }
}
