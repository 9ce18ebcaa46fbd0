package org.fairfollow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.fairfollow.cli.simulation.Simulation;
import org.fairfollow.cli.simulation.practices.DemoCast;

/**
 * The demo's invented population: {@code population.jsonl} in the demo's folder, the truth beside it, those who show what the other
 * practices look like in {@code cast.jsonl}, and a mark once all is imported.
 */
final class DemoPopulation {
    private static final long SEED = 20;
    /** Handles are listed for seven days after they were last seen, so an older population is made anew. */
    private static final Duration FRESH = Duration.ofDays(4);

    private final Path events;
    private final Path cast;
    private final Path imported;

    DemoPopulation(Path folder) {
        events = folder.resolve("population.jsonl");
        cast = folder.resolve("cast.jsonl");
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

    /** The files to import, in this order, written if they are not there or stale. */
    List<Path> files() throws IOException {
        if (!Files.exists(events) || isStale()) {
            Files.deleteIfExists(imported);
            Simulation world = world(Instant.now().truncatedTo(ChronoUnit.MINUTES));
            DemoCast.write(world, cast);
            // Last, for it is what says how fresh they are.
            world.write(events, line -> {});
        }
        return List.of(events, cast);
    }

    /** The DID of the first of the cast who is of this kind; alike in every demo. */
    static String cast(String kind) {
        return DemoCast.members(world(Instant.EPOCH)).stream()
                .filter(member -> member.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .did();
    }

    private static Simulation world(Instant end) {
        return Simulation.demo(end, SEED);
    }

    void markImported() throws IOException {
        if (!Files.exists(imported)) {
            Files.createFile(imported);
        }
    }
}
