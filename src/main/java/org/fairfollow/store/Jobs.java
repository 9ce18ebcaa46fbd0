package org.fairfollow.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.MariaDBJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Durable jobs that all instances share: each is done by one of them at a time, and by another one when that is gone
 * (db-scheduler on the service's database). While the database is away they wait for it.
 */
@ApplicationScoped
public class Jobs {
    /** The stream's consumer keeps one for good, what is done every hour may keep another for long; the rest do what comes and goes. */
    private static final int AT_ONCE = 6;
    /** An instance that was not heard of for eight beats is gone: with the look for such ones, 11 s at most until another takes over. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    private static final int MISSED_BEATS = 8;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** A row's update takes milliseconds; a connection that is lost alone must not cost the beats. */
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(3);
    /** How long a stop waits for jobs before it interrupts them. */
    private static final Duration TO_END = Duration.ofSeconds(10);
    /** Jobs an instance does not know are another's: they are never swept away. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private static final JdbcCustomization DIALECT = new MariaDBJdbcCustomization(true);

    private final AgroalDataSource dataSource;
    private final Store store;
    private final Heartbeat heartbeat;
    private final Instance<JobSource> sources;
    private final Clock clock;
    private final boolean enabled;
    private final SchedulerClient client;

    private @Nullable Scheduler scheduler;
    private boolean stopped;

    Jobs(
            AgroalDataSource dataSource,
            Store store,
            Heartbeat heartbeat,
            @Any Instance<JobSource> sources,
            Clock clock,
            @ConfigProperty(name = "quarkus.scheduler.enabled", defaultValue = "true") boolean enabled) {
        this.dataSource = dataSource;
        this.store = store;
        this.heartbeat = heartbeat;
        this.sources = sources;
        this.clock = clock;
        this.enabled = enabled;
        client = SchedulerClient.Builder.create(dataSource)
                .jdbcCustomization(DIALECT)
                .build();
    }

    /**
     * For whoever has something to be done. Within {@link Store#inTransaction} it takes part in that transaction: the job is there if
     * and only if what it is about is.
     */
    public SchedulerClient client() {
        return client;
    }

    /**
     * Sees to it that a job that is done again and again is not put off for longer than its {@code period}, as by a clock that was
     * set back since. While it is done by somebody it is left alone.
     *
     * @throws Store.DatabaseAwayException when there is no database to be had
     */
    public void keep(String name, Duration period) {
        TaskInstanceId job = TaskInstanceId.of(name, RecurringTask.INSTANCE);
        store.inTransaction(connection -> {
            Instant latest = clock.instant().plus(period);
            boolean isLate = client.getScheduledExecution(job)
                    .filter(next -> !next.isPicked() && next.getExecutionTime().isAfter(latest))
                    .isPresent();
            return isLate && makeDue(job);
        });
    }

    private boolean makeDue(TaskInstanceId job) {
        try {
            return client.reschedule(job, clock.instant());
        } catch (TaskInstanceCurrentlyExecutingException e) {
            // Somebody else did the same, and it is being done.
            return false;
        }
    }

    /** Where nothing is done by itself (tests, commands beside a running service) no jobs are done either. */
    void start(@Observes StartupEvent event) {
        List<Task<?>> tasks = new ArrayList<>();
        if (enabled) {
            sources.forEach(source -> tasks.addAll(source.tasks()));
        }
        if (!tasks.isEmpty()) {
            Thread.ofVirtual().name("jobs").start(() -> startOnDatabase(tasks));
        }
    }

    private void startOnDatabase(List<Task<?>> tasks) {
        try {
            heartbeat.awaitDatabase();
        } catch (InterruptedException e) {
            return;
        } catch (RuntimeException e) {
            Log.debug("The database cannot be used: the start says why", e);
            return;
        }
        synchronized (this) {
            if (!stopped) {
                scheduler = scheduler(tasks);
                scheduler.start();
            }
        }
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        stopped = true;
        if (scheduler != null) {
            scheduler.stop();
        }
    }

    /** One that does these jobs beside all others on this database, not yet started. */
    Scheduler scheduler(List<Task<?>> tasks) {
        return Scheduler.create(
                        patientDataSource(),
                        tasks.stream()
                                .filter(task -> !(task instanceof RecurringTask))
                                .toList())
                .startTasks(tasks.stream()
                        .filter(RecurringTask.class::isInstance)
                        .<RecurringTask<?>>map(RecurringTask.class::cast)
                        .toList())
                .jdbcCustomization(DIALECT)
                .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
                .clock(clock::instant)
                .threads(AT_ONCE)
                .executorService(Executors.newFixedThreadPool(
                        AT_ONCE, Thread.ofVirtual().name("job-", 0).factory()))
                .pollingInterval(LOOK_EVERY)
                .heartbeatInterval(BEAT)
                .missedHeartbeatsLimit(MISSED_BEATS)
                .deleteUnresolvedAfter(NEVER)
                .shutdownMaxWait(TO_END)
                .failureLogging(LogLevel.ERROR, true)
                .build();
    }

    /** Waits while the database is away, so that an outage is one pause and not an error a second; no statement takes long. */
    private DataSource patientDataSource() {
        return proxy(
                DataSource.class,
                (method, arguments) -> method.getName().equals("getConnection")
                        ? connection()
                        : invoke(dataSource, method, arguments));
    }

    private Connection connection() throws SQLException {
        try {
            while (store.isAway()) {
                Thread.sleep(200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while the database was away", e);
        }
        Connection connection = dataSource.getConnection();
        int asEver = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, (int) LONGEST_STATEMENT.toMillis());
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("close") && !connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, asEver);
            }
            return invoke(connection, method, arguments);
        });
    }

    private interface Call {
        @Nullable
        Object run(Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                Jobs.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.run(method, arguments)));
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
