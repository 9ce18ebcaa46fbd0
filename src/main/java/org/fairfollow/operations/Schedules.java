package org.fairfollow.operations;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Detectors;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.evidence.Measurements;
import org.fairfollow.evidence.Retention;
import org.fairfollow.evidence.RollUp;
import org.fairfollow.intake.bluesky.BlueskyStream;
import org.fairfollow.lookup.PracticeAudits;
import org.fairfollow.publication.Publisher;
import org.fairfollow.reporter.FirstAnswers;
import org.fairfollow.reporter.Hearsay;
import org.fairfollow.reporter.Quotas;
import org.fairfollow.reporter.Reporters;
import org.fairfollow.reporter.Reports;
import org.fairfollow.reporter.Sessions;
import org.fairfollow.reporter.SharedQuotas;
import org.fairfollow.review.Queue;
import org.fairfollow.review.Rulings;
import org.fairfollow.review.disputes.Disputes;
import org.fairfollow.store.Deletion;
import org.fairfollow.store.JobSource;
import org.fairfollow.store.Jobs;
import org.fairfollow.store.Store;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.fairfollow.verdict.Assessor;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Rejudgement;
import org.fairfollow.verdict.Rules;
import org.fairfollow.verdict.audit.Audits;

/**
 * What the service does by itself. What is cheap, or about an instance's own memory, every instance does; what costs the same however
 * many do it is a durable job, done by one of them at a time. Every job may run on several instances at once (docs/replicas.md).
 */
@ApplicationScoped
class Schedules implements JobSource {
    private static final Duration DRAW_EVERY = Duration.ofMinutes(5);
    private static final Duration REFRESH_EVERY = Duration.ofMinutes(1);
    private static final Duration JUDGE_AGAIN_EVERY = Duration.ofMinutes(1);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);

    /** Accounts put back on the queue in one go. */
    private static final int AGAIN_AT_ONCE = 1_000;
    /** Dossiers deleted in one transaction: some take a hundred kilobytes. */
    private static final int DOSSIERS_AT_ONCE = 200;
    /** How long a stop waits for jobs. */
    private static final int STOP_SECONDS = 20;

    private final Assessor assessor;
    private final Publisher publisher;
    private final Ledger ledger;
    private final Directory directory;
    private final Decisions decisions;
    private final Audits audits;
    private final PracticeAudits practiceAudits;
    private final DueQueue dueQueue;
    private final Retention retention;
    private final RollUp rollUp;
    private final Hearsay hearsay;
    private final Reporters reporters;
    private final Quotas quotas;
    private final SharedQuotas sharedQuotas;
    private final Sessions sessions;
    private final Reports reports;
    private final FirstAnswers firstAnswers;
    private final Measurements measurements;
    private final Disputes disputes;
    private final Queue queue;
    private final Rulings rulings;
    private final BlueskyStream bluesky;
    private final Rules rules;
    private final Rejudgement rejudgement;
    private final Jobs jobs;
    private final Store store;
    private final Clock clock;
    private final Duration settle;
    /** Jobs share it; a stop takes it alone and never gives it back, so that no job loses its container midway. */
    private final ReadWriteLock running = new ReentrantReadWriteLock();

    private volatile boolean stopping;

    Schedules(
            Assessor assessor,
            Publisher publisher,
            Ledger ledger,
            Directory directory,
            Decisions decisions,
            Audits audits,
            PracticeAudits practiceAudits,
            DueQueue dueQueue,
            Retention retention,
            RollUp rollUp,
            Hearsay hearsay,
            Reporters reporters,
            Quotas quotas,
            SharedQuotas sharedQuotas,
            Sessions sessions,
            Reports reports,
            FirstAnswers firstAnswers,
            Measurements measurements,
            Disputes disputes,
            Queue queue,
            Rulings rulings,
            BlueskyStream bluesky,
            Rules rules,
            Rejudgement rejudgement,
            Jobs jobs,
            Store store,
            Clock clock,
            @ConfigProperty(name = "fairfollow.assessment.settle") Duration settle) {
        this.assessor = assessor;
        this.publisher = publisher;
        this.ledger = ledger;
        this.directory = directory;
        this.decisions = decisions;
        this.audits = audits;
        this.practiceAudits = practiceAudits;
        this.dueQueue = dueQueue;
        this.retention = retention;
        this.rollUp = rollUp;
        this.hearsay = hearsay;
        this.reporters = reporters;
        this.quotas = quotas;
        this.sharedQuotas = sharedQuotas;
        this.sessions = sessions;
        this.reports = reports;
        this.firstAnswers = firstAnswers;
        this.measurements = measurements;
        this.disputes = disputes;
        this.queue = queue;
        this.rulings = rulings;
        this.bluesky = bluesky;
        this.rules = rules;
        this.rejudgement = rejudgement;
        this.jobs = jobs;
        this.store = store;
        this.clock = clock;
        this.settle = settle;
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void judge() {
        whileThereIsADatabase(() -> {
            while (!stopping && assessor.judgeDue(settle) > 0) {
                publisher.publishNowAndThen();
            }
            publisher.publishNowAndThen();
        });
    }

    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sayWhichRules() {
        whileThereIsADatabase(() -> store.inTransaction(connection -> {
            rules.sayThere(connection);
            return null;
        }));
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void judgeByOtherRules() {
        whileThereIsADatabase(rejudgement::judgeAside);
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void followAdoptedRules() {
        whileThereIsADatabase(rejudgement::makeAdoptedDue);
    }

    @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void obeyStops() {
        whileThereIsADatabase(() -> {
            boolean more = true;
            while (more && !stopping) {
                more = store.inTransaction(connection ->
                        ledger.obeyStops(connection, clock.instant().getEpochSecond()));
            }
        });
    }

    @Override
    public List<Task<?>> tasks() {
        return List.of(
                Tasks.recurring("draw-audits", FixedDelay.of(DRAW_EVERY)).execute((job, context) -> drawAudits()),
                Tasks.recurring("refresh-queue", FixedDelay.of(REFRESH_EVERY))
                        .execute((job, context) -> refreshQueue()),
                Tasks.recurring("judge-again", FixedDelay.of(JUDGE_AGAIN_EVERY))
                        .execute((job, context) -> judgeAgain()),
                Tasks.recurring("forget", FixedDelay.of(FORGET_EVERY)).execute((job, context) -> forget()));
    }

    @Scheduled(every = "10m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void keepJobs() {
        whileThereIsADatabase(() -> {
            jobs.keep("draw-audits", DRAW_EVERY);
            jobs.keep("refresh-queue", REFRESH_EVERY);
            jobs.keep("judge-again", JUDGE_AGAIN_EVERY);
            jobs.keep("forget", FORGET_EVERY);
        });
    }

    /** Reads all that rules hold, where a look lacks verdicts. */
    void drawAudits() {
        whileThereIsADatabase(audits::draw);
    }

    @Scheduled(every = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void lookAtAudits() {
        whileThereIsADatabase(audits::look);
    }

    @Scheduled(every = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tellAudits() {
        whileThereIsADatabase(practiceAudits::renew);
    }

    @Scheduled(every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void withdrawUnreviewed() {
        whileThereIsADatabase(() -> store.inTransaction(connection -> {
            decisions.withdrawUnreviewed(connection);
            return null;
        }));
    }

    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void queueForReview() {
        whileThereIsADatabase(() -> {
            boolean more = true;
            while (more && !stopping) {
                more = queue.follow();
            }
        });
    }

    void refreshQueue() {
        whileThereIsADatabase(queue::refresh);
    }

    void judgeAgain() {
        whileThereIsADatabase(() -> store.inTransaction(connection -> {
            long now = clock.instant().getEpochSecond();
            List<Integer> again = ledger.dueAgain(connection, now, AGAIN_AT_ONCE);
            dueQueue.mark(connection, again);
            measureAgain(connection, ledger.lapsing(connection, again, now));
            return null;
        }));
    }

    /** What is held of them would lapse for want of newer evidence. */
    private void measureAgain(Connection connection, List<Integer> accounts) throws SQLException {
        for (Account account : directory.load(connection, accounts).values()) {
            AccountName name = account.name();
            if (name != null) {
                measurements.ask(connection, name, account);
            }
        }
    }

    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void weighReports() {
        whileThereIsADatabase(() -> {
            while (!stopping && reports.weigh() > 0) {
                // Until none waits.
            }
        });
    }

    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void keepStream() {
        whileThereIsADatabase(bluesky::keep);
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void shareQuotas() {
        whileThereIsADatabase(sharedQuotas::exchange);
    }

    void forget() {
        whileThereIsADatabase(() -> {
            retention.forget();
            hearsay.forget();
            reporters.forget();
            rulings.forget();
            sessions.forget();
            reports.recognise();
            reports.forget();
            firstAnswers.forget();
            measurements.forget();
            disputes.forget();
            forgetTrials();
            Deletion.of(store, Ledger.pastDossiers(clock.instant().getEpochSecond()), DOSSIERS_AT_ONCE);
        });
    }

    private void forgetTrials() {
        boolean more = true;
        while (more && !stopping) {
            more = store.inTransaction(rules::forget);
        }
    }

    @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forgetCallers() {
        quotas.forget();
    }

    @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void rollUp() {
        whileThereIsADatabase(() -> {
            while (!stopping && rollUp.rollUp(Detectors.floors())) {
                // Day by day, until none is old enough.
            }
        });
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        boolean ended = running.writeLock().tryLock(STOP_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            Log.warn("A job did not end in time; what it was doing is done again at the next start");
        }
    }

    /** A job that finds no database is left for its next turn. */
    private void whileThereIsADatabase(Runnable job) {
        if (!running.readLock().tryLock()) {
            return;
        }
        try {
            job.run();
        } catch (DatabaseAwayException e) {
            Log.debug("A job waits for the database", e);
        } finally {
            running.readLock().unlock();
        }
    }
}
