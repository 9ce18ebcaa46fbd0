package org.fairfollow.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done every hour is done once an hour, however many instances there are. */
@QuarkusTest
class RecurringJobApiTest {
    private static final String JOB = "recurring-test";
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    OtherInstances instances;

    @Inject
    Jobs jobs;

    @Inject
    Clock clock;

    @Inject
    TestStore tables;

    private final AtomicInteger runs = new AtomicInteger();

    @BeforeEach
    @AfterEach
    void noJobs() {
        tables.empty();
    }

    private Task<?> job() {
        return Tasks.recurring(JOB, FixedDelay.of(HOUR)).execute((job, context) -> runs.incrementAndGet());
    }

    private static Task<Void> mark(CountDownLatch done) {
        return Tasks.oneTime("mark-test", Void.class).execute((job, context) -> done.countDown());
    }

    /** Until this instance has looked for what is due, and done all of it. */
    private Scheduler started() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        jobs.client()
                .scheduleIfNotExists(mark(done).instance("1"), clock.instant().plusMillis(1));
        Scheduler scheduler = instances.start(job(), mark(done));
        done.await();
        while (!isWaiting()) {
            Thread.onSpinWait();
        }
        return scheduler;
    }

    private boolean isWaiting() {
        return jobs.client()
                .getScheduledExecution(TaskInstanceId.of(JOB, RecurringTask.INSTANCE))
                .filter(next -> !next.isPicked() && next.getExecutionTime().isAfter(clock.instant()))
                .isPresent();
    }

    @Test
    void oneOfAllInstancesDoesIt() throws InterruptedException {
        Scheduler one = started();
        try {
            assertThat(runs).hasValue(1);
            Scheduler other = started();
            other.stop();
            assertThat(runs).hasValue(1);
        } finally {
            one.stop();
        }
    }

    @Test
    void aClockThatWasSetBackPutsItOffForNoLongerThanItsPeriod() throws InterruptedException {
        started().stop();
        jobs.keep(JOB, HOUR);
        assertThat(isWaiting()).as("it is due within an hour").isTrue();
        jobs.client()
                .reschedule(
                        TaskInstanceId.of(JOB, RecurringTask.INSTANCE),
                        clock.instant().plus(Duration.ofDays(900)));
        jobs.keep(JOB, HOUR);
        assertThat(isWaiting()).as("it is due").isFalse();
        started().stop();
        assertThat(runs).hasValue(2);
    }
}
