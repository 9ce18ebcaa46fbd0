package org.fairfollow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.fairfollow.cli.simulation.Simulation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ./run simulate}: invented people's follow events, to try the service on. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes the events of an invented population, in Jetstream's format and in the order of time, and"
                + " the truth about it beside them (FILE.truth.csv: did,handle,agent). The same seed and arguments give"
                + " the same bytes. All handles lie under demo.example, which nobody can own.")
public final class SimulateCommand implements Callable<Integer> {
    // Renames, absences and the second look at every handle need a few days.
    private static final int FEWEST_DAYS = 7;
    private static final int MOST_DAYS = 730;
    private static final int MOST_ACCOUNTS = 1_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "1000",
            description = "judged accounts (default: ${DEFAULT-VALUE}); those they follow come on top. From 100 on, at"
                    + " least three of each kind.")
    private int accounts;

    @Option(
            names = "--days",
            paramLabel = "D",
            defaultValue = "90",
            description = "simulated days (default: ${DEFAULT-VALUE})")
    private int days;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "any whole number (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--end",
            paramLabel = "DATE",
            converter = EndConverter.class,
            description = "end of the simulated time: a date, at 00:00 UTC, or an instant such as 2026-07-01T12:00:00Z"
                    + " (default: now, to the minute)")
    private @Nullable Instant end;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "where to write; compressed if it ends in .gz or .zst")
    @SuppressWarnings("NullAway.Init") // required
    private Path file;

    @Override
    public Integer call() {
        require(accounts >= 1 && accounts <= MOST_ACCOUNTS, "--accounts must lie between 1 and " + MOST_ACCOUNTS);
        require(
                days >= FEWEST_DAYS && days <= MOST_DAYS,
                "--days must lie between " + FEWEST_DAYS + " and " + MOST_DAYS);
        require(!Files.isDirectory(file), file + " is a directory; name a file to write");
        Path directory = file.toAbsolutePath().getParent();
        require(directory != null && Files.isDirectory(directory), "the directory of " + file + " does not exist");
        Simulation simulation =
                new Simulation(accounts, days, seed, end == null ? Instant.now().truncatedTo(ChronoUnit.MINUTES) : end);
        PrintWriter err = spec.commandLine().getErr();
        try {
            Simulation.Summary summary = simulation.write(file, line -> {
                err.println("simulate: " + line);
                err.flush();
            });
            print(simulation, summary, spec.commandLine().getOut());
            return 0;
        } catch (IOException e) {
            err.println("simulate: cannot write " + file + ": " + e.getMessage());
            return 1;
        }
    }

    private void print(Simulation simulation, Simulation.Summary summary, PrintWriter out) {
        out.printf(
                "%,d events of %,d accounts and %,d others, %s to %s, seed %d%n",
                summary.events(),
                accounts,
                summary.others(),
                simulation.end().minus(days, ChronoUnit.DAYS),
                simulation.end(),
                seed);
        summary.accountsByAgent().forEach((agent, n) -> out.printf("  %-20s %,9d%n", agent, n));
        out.println("events: " + file);
        out.println("truth:  " + Simulation.truthOf(file));
        out.flush();
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    static final class EndConverter implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.contains("T")
                        ? Instant.parse(text).truncatedTo(ChronoUnit.SECONDS)
                        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "'" + text + "' is neither a date (2026-07-01) nor an instant (2026-07-01T12:00:00Z)");
            }
        }
    }
}
