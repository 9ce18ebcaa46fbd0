package org.fairfollow.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/** What does jobs on other instances of the service, on the same database. */
@ApplicationScoped
public class OtherInstances {
    private final Jobs jobs;
    private final Clock clock;

    OtherInstances(Jobs jobs, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /** As the demo has it. */
    public StoreIdentity demo() {
        return new StoreIdentity(clock, true);
    }

    /** One that is running; whoever starts it stops it. */
    public Scheduler start(Task<?>... tasks) {
        Scheduler scheduler = jobs.scheduler(List.of(tasks));
        scheduler.start();
        return scheduler;
    }
}
