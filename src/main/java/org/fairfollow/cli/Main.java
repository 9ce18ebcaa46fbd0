package org.fairfollow.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands behind {@code ./run}. */
@QuarkusMain
public final class Main {
    @Command(
            name = "./run",
            mixinStandardHelpOptions = true,
            version = "Fairfollow 0.1.0",
            description = "Judges, from evidence anyone can check, how an account treats its followers.",
            subcommands = {
                ServeCommand.class,
                ImportCommand.class,
                KeyCommand.class,
                ModeratorCommand.class,
                SimulateCommand.class,
                EvaluateCommand.class,
                RecomputeCommand.class,
                TrainCommand.class
            },
            footer = {
                "",
                "Without a command: serve. ./run browser opens a Chromium with the extension on the demo's pages,",
                "./run extension-packages makes the zips the browsers' stores take.",
                "",
                "Environment: FAIRFOLLOW_DATA, FAIRFOLLOW_OPERATOR_TOKEN, FAIRFOLLOW_PUBLIC_URL, FAIRFOLLOW_JETSTREAM_URL,",
                "QUARKUS_HTTP_PORT, QUARKUS_DATASOURCE_JDBC_URL, _USERNAME and _PASSWORD; the README says what each is for."
            })
    static final class Root {}

    private Main() {}

    public static void main(String... arguments) {
        String[] withCommand = arguments.length == 0 ? new String[] {"serve"} : arguments;
        int code = new CommandLine(new Root()).execute(withCommand);
        // Not System.exit: on SIGTERM it would wait for itself, and the signal would decide the exit code.
        System.out.flush();
        Runtime.getRuntime().halt(code);
    }
}
