package org.fairfollow.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.fairfollow.cli.evaluation.DataSets;
import org.fairfollow.cli.evaluation.DataSetsMarkdown;
import org.fairfollow.cli.evaluation.DataSetsReport;
import org.fairfollow.cli.simulation.Evaluation;
import org.fairfollow.cli.simulation.practices.SimulationReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./run evaluate}: how often the shipped detector is right, and wrong, where the truth is known. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the detectors that ship, and prints what it found as Markdown: on labelled data of yours (DIR), or on"
                    + " freshly drawn populations (--simulate), by agent and seed, which takes a few minutes at the default"
                    + " size.",
            "",
            "DIR holds a folder for each data set, with any of these files in it:",
            "  accounts.csv          id, network, label, followers, following, posts,",
            "                        age_days, has_avatar, bio_length",
            "  following_series.csv  id, network, label, reading, following",
            "  follower_series.csv   id, network, label, time_utc, followers, following",
            "  posts.csv             id, network, label, time_utc, text",
            "Columns are found by name; other columns and files are left alone.",
            "",
            "Ends with 1 when a file could not be read to its end, and with 2 when there is nothing to do.",
            ""
        })
public final class EvaluateCommand implements Callable<Integer> {
    /** Goes up when a field changes its meaning or goes away; new fields do not count. */
    private static final String JSON_SCHEMA = "fairfollow-evaluation/1";

    private static final int FRESH_SEEDS = 3;
    private static final int MOST_ACCOUNTS = 1_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--simulate", description = "on simulated accounts, where no labelled data exists")
    private boolean simulate;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "a folder with a folder for each data set")
    private @Nullable Path folder;

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
        require(simulate || folder != null, "Missing required option: --simulate, or a folder DIR with labelled data");
        require(!simulate || folder == null, "DIR and --simulate exclude each other");
        require(!Files.isDirectory(json), json + " is a directory; name a file to write");
        try {
            return folder == null ? simulate() : measure(folder);
        } catch (IOException e) {
            say(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private int simulate() throws IOException {
        require(
                accounts >= Evaluation.FEWEST_ACCOUNTS && accounts <= MOST_ACCOUNTS,
                "--accounts must lie between " + Evaluation.FEWEST_ACCOUNTS + " and " + MOST_ACCOUNTS);
        require(seeds.stream().distinct().count() == seeds.size(), "--seeds names a seed twice");
        SimulationReport report = SimulationReport.of(accounts, seeds.isEmpty() ? freshSeeds() : seeds, this::say);
        print(report.markdown());
        write("simulation", report);
        return 0;
    }

    private int measure(Path labelled) throws IOException {
        for (String option : List.of("--accounts", "--seeds")) {
            require(!spec.commandLine().getParseResult().hasMatchedOption(option), option + " goes with --simulate");
        }
        require(Files.exists(labelled), "there is no folder " + labelled);
        require(Files.isDirectory(labelled), labelled + " is not a folder; name the folder that holds the data sets");
        DataSetsReport report = measured(labelled);
        require(
                report.dataSets().stream().anyMatch(set -> set.nothing() == null),
                "there is no data set in " + labelled + "; a data set is a folder with accounts.csv,"
                        + " following_series.csv, follower_series.csv or posts.csv in it");
        print(DataSetsMarkdown.of(report));
        write("data-sets", report);
        if (!report.complete()) {
            say("not everything could be read or judged; what could not stands in bold above");
        }
        return report.complete() ? 0 : 1;
    }

    private DataSetsReport measured(Path labelled) throws IOException {
        try {
            return new DataSets().measure(labelled, this::say);
        } catch (IOException e) {
            throw new IOException("cannot read " + labelled + ": " + e.getMessage(), e);
        }
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("evaluate: " + line);
        err.flush();
    }

    private void print(String markdown) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(markdown);
        out.flush();
    }

    /** One file whatever was evaluated: {@code mode} tells which of the two reports follows. */
    private void write(String mode, Object report) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode().put("schema", JSON_SCHEMA).put("mode", mode);
        root.setAll(mapper.<ObjectNode>valueToTree(report));
        try {
            Path directory = json.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            mapper.writeValue(json.toFile(), root);
        } catch (IOException e) {
            throw new IOException("cannot write " + json + ": " + e.getMessage(), e);
        }
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
