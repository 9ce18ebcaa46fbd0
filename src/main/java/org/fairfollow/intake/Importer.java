package org.fairfollow.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.fairfollow.evidence.Appended;
import org.fairfollow.evidence.Evidence;
import org.fairfollow.evidence.EvidenceLog;
import org.fairfollow.intake.bluesky.JetstreamEvents;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/** Reads evidence, one JSON a line, and appends it batch by batch, in constant memory. */
@ApplicationScoped
public class Importer {
    /** Lines in one transaction: enough to make statements large, few enough to commit several times a second. */
    private static final int BATCH = 4_000;
    /** A batch of long lines (samples of a thousand followers) ends sooner: what is held of an import stays bounded. */
    private static final long BATCH_BYTES = 8 << 20;

    private final EvidenceLog log;
    private final Store store;
    private final Clock clock;
    private final ImportCounts counts;

    Importer(EvidenceLog log, Store store, Clock clock, ImportCounts counts) {
        this.log = log;
        this.store = store;
        this.clock = clock;
        this.counts = counts;
    }

    /**
     * Imports {@code raw} to its end. Lines are appended as they come: if it fails in between, what was appended stays, and
     * sending everything again changes nothing of it.
     *
     * @param raw plain, gzip or zstd
     * @param progress told the counts after each batch
     * @throws org.fairfollow.store.Store.DatabaseAwayException when there is no database to be had
     */
    public ImportResult run(InputStream raw, Consumer<ImportResult> progress) {
        store.requireDatabase();
        ExecutorService appender = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Run run = new Run(progress, appender);
            try (InputStream in = Decompression.open(raw)) {
                Lines lines = new Lines(in);
                for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
                    run.take(line);
                }
                run.result.readToTheEnd();
            } catch (IOException e) {
                // Torn input, or a sender that went away: what was read until here counts.
                run.result.line();
                run.result.reject(run.result.lines(), "torn-input");
            }
            run.append();
            run.settle();
            return run.result;
        } finally {
            // A batch that is still being appended when reading failed would hold up the answer; the interrupt ends it.
            appender.shutdownNow();
        }
    }

    /** A batch and what becomes of it. */
    private record Pending(List<Long> numbers, Future<List<Appended>> outcomes) {}

    /** Reads a batch while the one before it is appended. */
    private final class Run {
        final ImportResult result = new ImportResult(counts);
        private final Consumer<ImportResult> progress;
        private final ExecutorService appender;
        private List<Evidence> facts = new ArrayList<>(BATCH);
        private List<Long> numbers = new ArrayList<>(BATCH);
        private long bytes;
        private @Nullable Pending pending;

        Run(Consumer<ImportResult> progress, ExecutorService appender) {
            this.progress = progress;
            this.appender = appender;
        }

        void take(Lines.Line line) {
            // Whoever sends for hours, or slowly, is told now and not when a batch is full.
            store.requireDatabase();
            result.line();
            if (line.isBlank()) {
                result.ignore("blank");
                return;
            }
            try {
                Evidence fact = parse(line);
                if (fact == null) {
                    result.ignore("not-used");
                } else {
                    facts.add(fact);
                    numbers.add(result.lines());
                    bytes += line.length();
                }
            } catch (Refused e) {
                result.reject(result.lines(), e.code());
            }
            if (facts.size() == BATCH || bytes >= BATCH_BYTES) {
                append();
            }
        }

        private @Nullable Evidence parse(Lines.Line line) throws Refused {
            if (line.tooLong()) {
                throw new Refused("line-too-long");
            }
            long now = clock.instant().getEpochSecond();
            JetstreamEvents.Event event = JetstreamEvents.read(line.bytes(), line.length());
            return event.isStreamEvent() ? event.toEvidence(now) : Observations.read(line.bytes(), line.length(), now);
        }

        void append() {
            settle();
            List<Evidence> batch = facts;
            pending = new Pending(numbers, appender.submit(() -> log.append(batch)));
            facts = new ArrayList<>(BATCH);
            numbers = new ArrayList<>(BATCH);
            bytes = 0;
        }

        /** Counts what became of the batch that is being appended. */
        void settle() {
            if (pending == null) {
                return;
            }
            List<Appended> outcomes = await(pending.outcomes);
            for (int i = 0; i < outcomes.size(); i++) {
                result.appended(pending.numbers.get(i), outcomes.get(i));
            }
            pending = null;
            progress.accept(result);
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while importing", e);
        }
    }
}
