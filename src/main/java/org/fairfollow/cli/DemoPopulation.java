package org.fairfollow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.fairfollow.cli.simulation.Simulation;

/**
 * The demo's invented population: {@code population.jsonl} in the demo's folder, the truth beside it, and a mark once it is
 * imported.
 */
final class DemoPopulation {
    private static final long SEED = 20;
    /** Handles are listed for seven days after they were last seen, so an older population is made anew. */
    private static final Duration FRESH = Duration.ofDays(4);

    private final Path events;
    private final Path imported;

    DemoPopulation(Path folder) {
        events = folder.resolve("population.jsonl");
        imported = folder.resolve("population.imported");
    }

    /** Whether there is one, and its handles would soon be too old to be listed. */
    boolean isStale() throws IOException {
        return Files.exists(events)
                && Files.getLastModifiedTime(events)
                        .toInstant()
                        .isBefore(Instant.now().minus(FRESH));
    }

    boolean isImported() throws IOException {
        return Files.exists(imported) && !isStale();
    }

    /** The file of events, written if there is none or it is stale. */
    Path events(Consumer<String> progress) throws IOException {
        if (!Files.exists(events) || isStale()) {
            Files.deleteIfExists(imported);
            Simulation.demo(Instant.now().truncatedTo(ChronoUnit.MINUTES), SEED).write(events, progress);
        }
        return events;
    }

    void markImported() throws IOException {
        if (!Files.exists(imported)) {
            Files.createFile(imported);
        }
    }
}
