package org.fairfollow.cli.simulation;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.fairfollow.evidence.Span;

/**
 * An invented population's stream of events, to be written to a file with the truth beside it. The same values give the
 * same bytes.
 *
 * @param accounts judged accounts; the crowd they follow comes on top
 * @param days how much time is simulated, up to {@code end}
 */
public record Simulation(int accounts, int days, long seed, Instant end) {
    private static final int EVENTS_IN_MEMORY = 1_000_000;

    /** The small population of {@code serve --demo}: some of every kind, written in a few seconds. */
    public static Simulation demo(Instant end, long seed) {
        return new Simulation(300, 60, seed, end);
    }

    /** What was written. */
    public record Summary(long events, int others, Map<String, Long> accountsByAgent) {}

    /** The truth about a file of events: {@code did,handle,agent} of every judged account. */
    public static Path truthOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".truth.csv");
    }

    /**
     * Writes the events, compressed if the name ends in {@code .gz} or {@code .zst}, and the truth beside them. Both
     * appear only when they are complete.
     *
     * @param progress gets a line now and then
     */
    public Summary write(Path file, Consumer<String> progress) throws IOException {
        Population population = population();
        Names names = new Names(population.size(), seed);
        EventWriter writer = new EventWriter(population, names, EVENTS_IN_MEMORY, progress);
        Path truth = truthOf(file);
        Path unfinished = unfinished(file);
        Path unfinishedTruth = unfinished(truth);
        try {
            long events;
            try (Writer out = open(unfinished, file.getFileName().toString())) {
                events = writer.write(out);
            }
            try (Writer out = Files.newBufferedWriter(unfinishedTruth)) {
                writeTruth(population, names, out);
            }
            Files.move(unfinishedTruth, truth, StandardCopyOption.REPLACE_EXISTING);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            return new Summary(events, writer.others(), accountsByAgent(population));
        } finally {
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(unfinishedTruth);
        }
    }

    Population population() {
        Span period = new Span(end.minus(days, ChronoUnit.DAYS).getEpochSecond(), end.getEpochSecond());
        return Population.mixed(accounts, period, seed);
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    private static Writer open(Path file, String name) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        if (name.endsWith(".gz")) {
            out = new GZIPOutputStream(out, 1 << 16);
        } else if (name.endsWith(".zst")) {
            out = new ZstdOutputStream(out);
        }
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    }

    private static void writeTruth(Population population, Names names, Writer out) throws IOException {
        Chronicle chronicle = new Chronicle(population);
        out.append("did,handle,agent\n");
        for (int account = 0; account < population.judged(); account++) {
            out.append(names.did(account)).append(',');
            out.append(chronicle.handle(names, account)).append(',');
            out.append(population.agent(account).id()).append('\n');
        }
    }

    private static Map<String, Long> accountsByAgent(Population population) {
        return population.roster().stream()
                .collect(Collectors.groupingBy(Agent::id, TreeMap::new, Collectors.counting()));
    }
}
