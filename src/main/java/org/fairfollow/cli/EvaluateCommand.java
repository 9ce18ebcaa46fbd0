package org.fairfollow.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.fairfollow.cli.simulation.Evaluation;
import org.fairfollow.cli.simulation.EvaluationMarkdown;
import org.fairfollow.cli.simulation.EvaluationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./run evaluate}: how often the shipped detector is right, and wrong, where the truth is known. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Judges freshly drawn populations with the detector that ships, and prints what it found, by agent"
                        + " and seed, as Markdown. Takes a few minutes at the default size.")
public final class EvaluateCommand implements Callable<Integer> {
    private static final int FRESH_SEEDS = 3;
    private static final int MOST_ACCOUNTS = 1_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--simulate",
            required = true,
            description = "on simulated accounts, the only truth there is so far")
    @SuppressWarnings("UnusedVariable") // asked for, so that a later kind of evaluation needs no new habit
    private boolean simulate;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "4400",
            description = "accounts of each seed, nine of ten innocent (default: ${DEFAULT-VALUE})")
    private int accounts;

    @Option(
            names = {"--seeds", "--seed"},
            paramLabel = "S",
            split = ",",
            description = "one or more whole numbers, separated by commas; a population is drawn from each (default: "
                    + FRESH_SEEDS + " fresh ones)")
    private List<Long> seeds = List.of();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            defaultValue = "target/evaluation.json",
            description = "where the same figures go as JSON (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path json;

    @Override
    public Integer call() {
        require(
                accounts >= Evaluation.FEWEST_ACCOUNTS && accounts <= MOST_ACCOUNTS,
                "--accounts must lie between " + Evaluation.FEWEST_ACCOUNTS + " and " + MOST_ACCOUNTS);
        require(seeds.stream().distinct().count() == seeds.size(), "--seeds names a seed twice");
        require(!Files.isDirectory(json), json + " is a directory; name a file to write");
        PrintWriter err = spec.commandLine().getErr();
        EvaluationReport report = new Evaluation(accounts, seeds.isEmpty() ? freshSeeds() : seeds).run(line -> {
            err.println("evaluate: " + line);
            err.flush();
        });
        PrintWriter out = spec.commandLine().getOut();
        out.print(EvaluationMarkdown.of(report));
        out.flush();
        try {
            write(report);
            return 0;
        } catch (IOException e) {
            err.println("evaluate: cannot write " + json + ": " + e.getMessage());
            return 1;
        }
    }

    private void write(EvaluationReport report) throws IOException {
        Path directory = json.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), report);
    }

    /** Short enough to be typed again: what was found on them must be repeatable. */
    private static List<Long> freshSeeds() {
        return ThreadLocalRandom.current()
                .longs(FRESH_SEEDS, 1_000, 1_000_000)
                .boxed()
                .toList();
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
