package org.fairfollow.cli.simulation.practices;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.fairfollow.cli.simulation.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCastTest {
    private static final Instant END = Instant.parse("2026-11-23T07:00:00Z");
    private static final Simulation WORLD = Simulation.demo(END, 20);

    @TempDir
    Path directory;

    @Test
    void theSameWorldGivesTheSameBytes() throws IOException {
        assertThat(Files.readAllBytes(written("a.jsonl"))).isEqualTo(Files.readAllBytes(written("b.jsonl")));
    }

    @Test
    void theCastAreTheSamePeopleInEveryDemoAndNobodyOfThePopulation() throws IOException {
        List<DemoCast.Member> members = DemoCast.members(WORLD);
        assertThat(DemoCast.members(Simulation.demo(Instant.EPOCH, 20))).isEqualTo(members);

        Path population = directory.resolve("population.jsonl");
        new Simulation(300, 14, 20, END).write(population, line -> {});
        String others = Files.readString(population);
        assertThat(members).allSatisfy(member -> assertThat(others).doesNotContain(member.did()));
    }

    @Test
    void whatIsToldIsOverAndOfInventedPeopleAlone() throws IOException {
        Set<String> dids =
                DemoCast.members(WORLD).stream().map(DemoCast.Member::did).collect(Collectors.toSet());
        Set<String> named = Files.readAllLines(written("cast.jsonl")).stream()
                .map(DemoCastTest::parse)
                .peek(line -> assertThat(at(line)).isBefore(END))
                .filter(line -> line.has("identity"))
                .peek(line -> assertThat(line.at("/identity/handle").asText()).endsWith(".demo.example"))
                .map(line -> line.get("did").asText())
                .collect(Collectors.toSet());
        assertThat(named).isEqualTo(dids);
    }

    private Path written(String name) throws IOException {
        Path file = directory.resolve(name);
        DemoCast.write(WORLD, file);
        return file;
    }

    private static Instant at(JsonNode line) {
        return line.has("time")
                ? Instant.parse(line.get("time").asText())
                : Instant.ofEpochMilli(line.get("time_us").asLong() / 1_000);
    }

    private static JsonNode parse(String line) {
        try {
            return new JsonMapper().readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
