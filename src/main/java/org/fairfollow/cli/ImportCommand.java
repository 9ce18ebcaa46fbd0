package org.fairfollow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./run import}: evidence from files. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Imports Jetstream events and observations, one JSON a line, from plain, .gz or .zst files, into the"
                        + " store of a running service, or else of FAIRFOLLOW_DATA, and judges the accounts concerned. Importing a"
                        + " file twice changes nothing, so after an interruption simply do it again.")
final class ImportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "files to import, in this order; - is standard input")
    @SuppressWarnings("NullAway.Init") // required
    private List<Path> files;

    @Option(names = "--demo", description = "into the demo's store")
    private boolean demo;

    @Override
    public Integer call() {
        for (Path file : files) {
            if (!file.toString().equals("-") && !Files.isReadable(file)) {
                throw new ParameterException(spec.commandLine(), file + " cannot be read");
            }
        }
        try {
            return Service.runAside(
                    ImportApplication.class,
                    demo,
                    files.stream().map(Path::toString).toArray(String[]::new));
        } catch (IOException e) {
            spec.commandLine().getErr().println("import: " + e.getMessage());
            return 1;
        }
    }
}
