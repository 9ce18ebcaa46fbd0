package org.fairfollow.intake.bluesky;

import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.evidence.EvidenceLog;
import org.fairfollow.evidence.StreamCursor;
import org.fairfollow.http.Wordless;
import org.fairfollow.network.MessageStream;
import org.fairfollow.store.JobSource;
import org.fairfollow.store.Jobs;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.fairfollow.store.StoreIdentity;

/**
 * Bluesky's public stream, followed by one of all instances that are told to: a job without an end, which another instance takes
 * over when the one that had it is gone.
 */
@ApplicationScoped
public class BlueskyStream implements JobSource {
    private static final String JOB = "bluesky-stream";
    /** There is one stream. */
    private static final TaskInstance<Void> LEASE = new TaskInstance<>(JOB, "jetstream");

    private final boolean enabled;
    private final URI address;
    private final String sender;
    private final StoreIdentity identity;
    private final Jobs jobs;
    private final EvidenceLog log;
    private final StreamCursor cursor;
    private final StreamFigures figures;
    private final Clock clock;

    BlueskyStream(
            @ConfigProperty(name = "fairfollow.bluesky") boolean enabled,
            @ConfigProperty(name = "fairfollow.jetstream-url") URI address,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "fairfollow.public-url") String publicUrl,
            StoreIdentity identity,
            Jobs jobs,
            EvidenceLog log,
            StreamCursor cursor,
            StreamFigures figures,
            Clock clock) {
        this.enabled = enabled;
        this.address = address;
        this.sender = "Fairfollow/" + version + " (+" + publicUrl + ")";
        this.identity = identity;
        this.jobs = jobs;
        this.log = log;
        this.cursor = cursor;
        this.figures = figures;
        this.clock = clock;
    }

    /** Whether this instance is to follow the stream, if no other one does. */
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public List<Task<?>> tasks() {
        if (!enabled) {
            return List.of();
        }
        if (identity.isDemo()) {
            throw new IllegalStateException("the demo's population is invented, and stays apart from Bluesky's:"
                    + " start without --demo, or without --bluesky");
        }
        if (!MessageStream.isAllowed(address)) {
            throw new IllegalStateException(
                    "FAIRFOLLOW_JETSTREAM_URL must begin with wss://, or with ws:// on this machine");
        }
        return List.of(job());
    }

    Task<Void> job() {
        return Tasks.custom(JOB, Void.class)
                .onFailure((complete, operations) -> operations.reschedule(complete, soon()))
                .execute(this::follow);
    }

    /** While the job is done by somebody it is left alone; else it is due now, whatever clock it was put off by. */
    public void keep() {
        if (!enabled) {
            return;
        }
        try {
            jobs.client().schedule(LEASE, clock.instant(), ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
        } catch (TaskInstanceCurrentlyExecutingException e) {
            // As it should be.
        }
    }

    /** What it will connect to, and from when on; empty when it is not to. */
    public Optional<String> announcement() {
        if (!enabled) {
            return Optional.empty();
        }
        OptionalLong time = cursor.time();
        return Optional.of("Following Bluesky's public stream: " + address.getScheme() + "://" + address.getHost()
                + ", follows, blocks, posts, reposts, likes and profiles, handles and states of accounts; "
                + (time.isPresent()
                        ? "from " + Instant.ofEpochSecond(time.getAsLong() / 1_000_000) + " on, where it was left"
                        : "from now on"));
    }

    private CompletionHandler<Void> follow(TaskInstance<Void> instance, ExecutionContext context) {
        JetstreamConsumer consumer = new JetstreamConsumer(
                address,
                sender,
                log,
                cursor,
                figures,
                clock,
                new Backoff(new Random()),
                JetstreamConsumer.Pause.REAL,
                JetstreamConsumer.Patience.USUAL);
        try {
            consumer.run(() -> !context.getSchedulerState().isShuttingDown());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DatabaseAwayException e) {
            Log.debug("Bluesky's stream waits for the database", e);
        } catch (RuntimeException e) {
            Log.warn("Following Bluesky's stream failed; it begins again", Wordless.of(e));
        }
        // Whoever is there takes it at once.
        return (complete, operations) -> operations.reschedule(complete, soon());
    }

    private Instant soon() {
        return clock.instant().plusSeconds(1);
    }
}
