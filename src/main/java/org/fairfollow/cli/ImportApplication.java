package org.fairfollow.cli;

import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.intake.ImportResult;
import org.fairfollow.intake.Importer;
import org.fairfollow.publication.Publisher;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.fairfollow.verdict.Assessor;

/** Imports files and judges whom they concern, with progress on standard error. */
public final class ImportApplication implements QuarkusApplication {
    private static final long PROGRESS_NANOS = 1_000_000_000L;
    private static final int REJECTED_SHOWN = 20;

    private final Importer importer;
    private final Assessor assessor;
    private final Publisher publisher;
    private final DueQueue dueQueue;

    private long lastProgress = System.nanoTime();

    ImportApplication(Importer importer, Assessor assessor, Publisher publisher, DueQueue dueQueue) {
        this.importer = importer;
        this.assessor = assessor;
        this.publisher = publisher;
        this.dueQueue = dueQueue;
    }

    @Override
    public int run(String... files) throws IOException {
        boolean complete = true;
        try {
            for (String file : files) {
                complete &= importFile(file);
            }
            judge();
            return complete ? 0 : 1;
        } catch (DatabaseAwayException e) {
            System.err.println("import: the database went away; what was imported until then is kept. Do it again.");
            return 1;
        }
    }

    private boolean importFile(String file) throws IOException {
        long start = System.nanoTime();
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            ImportResult result = importer.run(in, batch -> progress(file + ": " + lines(batch.lines())));
            double seconds = (System.nanoTime() - start) / 1e9;
            print(file, result, seconds);
            return result.complete();
        }
    }

    private static void print(String file, ImportResult result, double seconds) {
        System.out.printf(
                "%s: %s in %.1f s (%,.0f a second)%n", file, lines(result.lines()), seconds, result.lines() / seconds);
        System.out.printf("  accepted    %,12d%n", result.accepted());
        if (result.coverageLoss() > 0) {
            System.out.printf("    of which unfollows of follows that were never seen %,d%n", result.coverageLoss());
        }
        System.out.printf("  duplicates  %,12d%n", result.duplicates());
        System.out.printf("  activity    %,12d%n", result.activity());
        result.ignored().forEach((reason, count) -> System.out.printf("  ignored     %,12d  %s%n", count, reason));
        System.out.printf("  rejected    %,12d%n", result.rejectedTotal());
        result.rejected().stream()
                .limit(REJECTED_SHOWN)
                .forEach(line -> System.out.println("    line " + line.line() + ": " + line.code()));
        if (result.rejectedTotal() > REJECTED_SHOWN) {
            System.out.printf("    and %,d more%n", result.rejectedTotal() - REJECTED_SHOWN);
        }
        if (!result.complete()) {
            System.out.println("  The file is torn: it was read up to where it breaks.");
        }
    }

    private void judge() {
        long start = System.nanoTime();
        long judged = 0;
        for (int some = assessor.judgeDue(Duration.ZERO); some > 0; some = assessor.judgeDue(Duration.ZERO)) {
            judged += some;
            long done = judged;
            progress(String.format("judged %,d accounts, %,d to go", done, dueQueue.size()));
        }
        publisher.publish();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("judged %,d accounts in %.1f s (%,.0f a second)%n", judged, seconds, judged / seconds);
        publisher
                .current()
                .ifPresent(snapshot -> System.out.printf(
                        "published version %d of the list, %,d entries%n",
                        snapshot.manifest().version(), snapshot.manifest().entries()));
    }

    private static String lines(long lines) {
        return String.format("%,d lines", lines);
    }

    private void progress(String line) {
        if (System.nanoTime() - lastProgress > PROGRESS_NANOS) {
            lastProgress = System.nanoTime();
            System.err.println("import: " + line);
        }
    }
}
