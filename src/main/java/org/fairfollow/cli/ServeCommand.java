package org.fairfollow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fairfollow.store.EmbeddedMariaDb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./run serve}: the service. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves the API and the demo until it is stopped (Ctrl-C). Ready is GET /q/health/ready.")
final class ServeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--demo",
            description = "serve an invented population, in a store of its own (data/demo), and the pages at /demo")
    private boolean demo;

    @Option(
            names = "--bluesky",
            description = "follow Bluesky's public stream (FAIRFOLLOW_JETSTREAM_URL); of several instances one does")
    private boolean bluesky;

    @Option(names = "--port", paramLabel = "PORT", description = "port to listen on (default: 8080)")
    private @Nullable Integer port;

    @Override
    public Integer call() {
        if (port != null) {
            System.setProperty("quarkus.http.port", String.valueOf(port));
        }
        System.setProperty("fairfollow.demo", String.valueOf(demo));
        if (bluesky) {
            System.setProperty("fairfollow.bluesky", "true");
        }
        Path folder =
                demo && !Service.isDataFolderConfigured() ? Service.dataFolder().resolve("demo") : Service.dataFolder();
        // The last good release is kept beside the database, to be served when that cannot be had.
        System.setProperty(
                "fairfollow.publication.folder", folder.resolve("snapshot").toString());
        try {
            DemoPopulation population = new DemoPopulation(folder);
            EmbeddedMariaDb database = null;
            if (!Service.isDatabaseConfigured()) {
                database = EmbeddedMariaDb.start(folder, demo && population.isStale());
                Service.use(database.connection());
            }
            return Service.run(ServeApplication.class, database, demo ? folder.toString() : "");
        } catch (IOException e) {
            spec.commandLine().getErr().println("serve: " + e.getMessage());
            return 1;
        }
    }
}
