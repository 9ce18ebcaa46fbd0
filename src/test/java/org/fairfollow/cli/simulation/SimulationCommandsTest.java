package org.fairfollow.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.fairfollow.cli.EvaluateCommand;
import org.fairfollow.cli.SimulateCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulationCommandsTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void simulatesUntilTheGivenDate() throws IOException {
        Path file = directory.resolve("x.jsonl");
        int code = run(
                new SimulateCommand(),
                "--accounts",
                "20",
                "--days",
                "10",
                "--seed",
                "4",
                "--end",
                "2026-07-01",
                "-o",
                file.toString());
        assertThat(code).isZero();
        assertThat(out.toString()).contains("events of 20 accounts", "2026-06-21T00:00:00Z to 2026-07-01T00:00:00Z");
        assertThat(err.toString()).contains("simulate: ");
        assertThat(Files.readAllLines(directory.resolve("x.jsonl.truth.csv"))).hasSize(21);
        try (Stream<String> lines = Files.lines(file)) {
            assertThat(lines.map(WrittenStream::parse))
                    .allMatch(event -> event.get("time_us").asLong()
                            < Instant.parse("2026-07-01T00:00:00Z").toEpochMilli() * 1_000);
        }
    }

    @Test
    void nothingLiesInTheFutureByDefault() throws IOException {
        Path file = directory.resolve("x.jsonl");
        assertThat(run(new SimulateCommand(), "--accounts", "5", "--days", "7", "-o", file.toString()))
                .isZero();
        long now = Instant.now().toEpochMilli() * 1_000;
        try (Stream<String> lines = Files.lines(file)) {
            assertThat(lines.map(WrittenStream::parse))
                    .allMatch(event -> event.get("time_us").asLong() < now);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--accounts 0 -o x | --accounts must lie between",
                "--accounts many -o x | 'many' is not an int",
                "--days 3 -o x | --days must lie between",
                "--end yesterday -o x | neither a date",
                "--end 2026-02-30 -o x | neither a date",
                "--seed 1 | Missing required option",
                "-o /no/such/directory/x | does not exist",
                "-o / | is a directory",
            })
    void refusesWithASentence(String arguments, String sentence) {
        assertThat(run(new SimulateCommand(), arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(sentence);
    }

    @Test
    void evaluatesAndWritesTheSameFiguresAsJson() throws IOException {
        Path file = directory.resolve("new").resolve("evaluation.json");
        assertThat(run(
                        new EvaluateCommand(),
                        "--simulate",
                        "--accounts",
                        "30",
                        "--seed",
                        "9",
                        "--json",
                        file.toString()))
                .isZero();
        assertThat(out.toString()).contains("seeds 9.", "| churner | 1 |");
        JsonNode report = new ObjectMapper().readTree(file.toFile());
        assertThat(report.get("seeds")).hasSize(1);
        assertThat(report.get("agents")).hasSize(11);
        assertThat(report.get("byPractice").get("practices")).hasSize(7);
        assertThat(out.toString()).contains("### buys-followers", "### Brigades against ordinary accounts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--accounts 200 | Missing required option",
                "--simulate --accounts 5 | --accounts must lie between",
                "--simulate --seeds 1,1 | names a seed twice",
                "--simulate --seeds one | 'one' is not a long",
            })
    void evaluationRefusesWithASentence(String arguments, String sentence) {
        assertThat(run(new EvaluateCommand(), arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(sentence);
    }

    @Test
    void bothExplainThemselves() {
        assertThat(run(new SimulateCommand(), "--help")).isZero();
        assertThat(run(new EvaluateCommand(), "--help")).isZero();
        assertThat(out.toString()).contains("Usage: simulate", "Usage: evaluate", "demo.example");
    }
}
