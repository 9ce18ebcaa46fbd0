package org.fairfollow.intake.measurement;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.fairfollow.account.AccountHash;
import org.fairfollow.evidence.Measurements;
import org.fairfollow.store.JobSource;

/** Measuring as durable jobs, one an account, called by its hash. */
@ApplicationScoped
class MeasurementJobs implements JobSource {
    /** After the database went in the middle of one: jobs wait for it before they begin. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Measuring measuring;

    MeasurementJobs(Measuring measuring) {
        this.measuring = measuring;
    }

    @Override
    public List<Task<?>> tasks() {
        return List.of(Tasks.custom(Measurements.JOB, Void.class)
                .onFailure((complete, job) ->
                        job.reschedule(complete, complete.getTimeDone().plus(AGAIN)))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    var next = measuring.measure(account(instance));
                    return (complete, job) -> next.ifPresentOrElse(at -> job.reschedule(complete, at), job::remove);
                }));
    }

    private static AccountHash account(TaskInstance<Void> instance) {
        return AccountHash.of(HexFormat.of().parseHex(instance.getId()));
    }
}
