package org.fairfollow.cli;

import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that works on the store beside a running service, by an application of its own. */
@Command
abstract class OnTheStore implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--demo", description = "in the demo's store")
    private boolean demo;

    private final Class<? extends QuarkusApplication> application;

    OnTheStore(Class<? extends QuarkusApplication> application) {
        this.application = application;
    }

    /** What the application is told. */
    abstract String[] arguments();

    @Override
    public Integer call() {
        try {
            return Service.runAside(application, demo, arguments());
        } catch (IOException e) {
            spec.commandLine().getErr().println(spec.parent().name() + ": " + e.getMessage());
            return 1;
        }
    }
}
