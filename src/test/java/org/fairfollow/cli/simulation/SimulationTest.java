package org.fairfollow.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {
    private static final Instant END = Instant.parse("2026-07-01T00:00:00Z");
    private static final Simulation SMALL = new Simulation(30, 14, 7, END);

    @TempDir
    Path directory;

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        byte[] first = bytes(SMALL, "a.jsonl");
        assertThat(bytes(SMALL, "b.jsonl")).isEqualTo(first);
        assertThat(bytes(new Simulation(30, 14, 8, END), "c.jsonl")).isNotEqualTo(first);
    }

    @Test
    void compressesByTheNameOfTheFile() throws IOException {
        byte[] plain = bytes(SMALL, "a.jsonl");
        bytes(SMALL, "a.jsonl.gz");
        bytes(SMALL, "a.jsonl.zst");
        try (var gzip = new GZIPInputStream(Files.newInputStream(directory.resolve("a.jsonl.gz")));
                var zstd = new ZstdInputStream(Files.newInputStream(directory.resolve("a.jsonl.zst")))) {
            assertThat(gzip.readAllBytes()).isEqualTo(plain);
            assertThat(zstd.readAllBytes()).isEqualTo(plain);
        }
    }

    @Test
    void theTruthNamesEveryJudgedAccountByItsLastHandle() throws IOException {
        Path file = directory.resolve("events.jsonl");
        Simulation.Summary summary = Simulation.demo(END, 3).write(file, line -> {});
        List<String> truth = Files.readAllLines(Simulation.truthOf(file), StandardCharsets.UTF_8);
        assertThat(truth.getFirst()).isEqualTo("did,handle,agent");
        List<String[]> rows = truth.stream().skip(1).map(row -> row.split(",")).toList();
        assertThat(rows).hasSize(300);

        Map<String, Long> agents = rows.stream().collect(Collectors.groupingBy(row -> row[2], Collectors.counting()));
        assertThat(agents).isEqualTo(summary.accountsByAgent());
        assertThat(agents.keySet())
                .isEqualTo(Arrays.stream(Agent.values()).map(Agent::id).collect(Collectors.toSet()));
        assertThat(agents.values()).allMatch(count -> count >= 3);

        Map<String, String> lastHandles;
        Set<String> followers = new HashSet<>();
        try (Stream<String> lines = Files.lines(file)) {
            lastHandles = lines.map(WrittenStream::parse)
                    .peek(event -> {
                        if (event.at("/commit/collection").asText().equals("app.bsky.graph.follow")) {
                            followers.add(event.get("did").asText());
                        }
                    })
                    .filter(event -> event.has("identity"))
                    .collect(Collectors.toMap(
                            event -> event.get("did").asText(),
                            event -> event.at("/identity/handle").asText(),
                            (earlier, later) -> later));
        }
        for (String[] row : rows) {
            assertThat(lastHandles).containsEntry(row[0], row[1]);
        }
        assertThat(summary.events()).isBetween(60_000L, 250_000L);
        assertThat(summary.others()).isEqualTo(lastHandles.size() - 300);
    }

    @Test
    void aRunThatFailsLeavesNothing() throws IOException {
        assertThatThrownBy(() -> SMALL.write(directory.resolve("events.jsonl"), line -> {
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    private byte[] bytes(Simulation simulation, String name) throws IOException {
        Path file = directory.resolve(name);
        simulation.write(file, line -> {});
        return Files.readAllBytes(file);
    }
}
