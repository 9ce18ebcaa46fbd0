package org.fairfollow.store;

import com.github.kagkarlsson.scheduler.task.Task;
import java.util.List;

/** A bean that has durable jobs to be done; {@link Jobs} finds all of them. */
public interface JobSource {
    /**
     * What this instance takes on; asked once, at the start. Jobs of a kind that is not told here are left to other instances.
     *
     * @throws RuntimeException when the service must not start so: its message says why
     */
    List<Task<?>> tasks();
}
