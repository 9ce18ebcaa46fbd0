package org.fairfollow.intake.measurement;

import com.github.kagkarlsson.scheduler.jdbc.MariaDBJdbcCustomization;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import org.fairfollow.testing.TestClock;

/** Does the jobs that are due, one after the other, as instances of the service do. */
@ApplicationScoped
class Turns {
    private final AgroalDataSource dataSource;
    private final MeasurementJobs jobs;
    private final TestClock clock;

    Turns(AgroalDataSource dataSource, MeasurementJobs jobs, TestClock clock) {
        this.dataSource = dataSource;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** All that is due now, and what that makes due. */
    void take() {
        ManualScheduler instance = instance();
        for (int i = 0; i < 3; i++) {
            instance.runAnyDueExecutions();
        }
    }

    /** The instance that had jobs in hand is gone; another one finds that out and does them. */
    void takeOver() {
        ManualScheduler instance = instance();
        instance.setTime(clock.instant().plusSeconds(3_600));
        instance.runDeadExecutionDetection();
        instance.runAnyDueExecutions();
        instance.runAnyDueExecutions();
    }

    private ManualScheduler instance() {
        SettableClock now = new SettableClock();
        now.set(clock.instant().plusSeconds(1));
        TestHelper.ManualSchedulerBuilder builder = TestHelper.createManualScheduler(dataSource, jobs.tasks());
        builder.jdbcCustomization(new MariaDBJdbcCustomization(true));
        return builder.clock(now).build();
    }
}
