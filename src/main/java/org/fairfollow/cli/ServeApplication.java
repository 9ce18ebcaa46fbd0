package org.fairfollow.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.intake.Importer;
import org.fairfollow.intake.bluesky.BlueskyStream;
import org.fairfollow.operations.Readiness;
import org.fairfollow.publication.Publisher;
import org.fairfollow.reporter.OperatorToken;
import org.fairfollow.reporter.Tokens;
import org.fairfollow.store.Heartbeat;
import org.fairfollow.store.Store;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.fairfollow.verdict.Assessor;
import org.jspecify.annotations.Nullable;

/**
 * The running service: says where it is, loads the demo if asked to, and waits until it is stopped. Without a database it
 * serves what it has and goes on waiting for it.
 */
public final class ServeApplication implements QuarkusApplication {
    private final Store store;
    private final Heartbeat heartbeat;
    private final OperatorToken operatorToken;
    private final Tokens tokens;
    private final Importer importer;
    private final Assessor assessor;
    private final Publisher publisher;
    private final DemoDecisions decisions;
    private final Readiness readiness;
    private final BlueskyStream bluesky;
    private final int port;
    private volatile @Nullable RuntimeException failure;

    ServeApplication(
            Store store,
            Heartbeat heartbeat,
            OperatorToken operatorToken,
            Tokens tokens,
            Importer importer,
            Assessor assessor,
            Publisher publisher,
            DemoDecisions decisions,
            Readiness readiness,
            BlueskyStream bluesky,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.store = store;
        this.heartbeat = heartbeat;
        this.operatorToken = operatorToken;
        this.tokens = tokens;
        this.importer = importer;
        this.assessor = assessor;
        this.publisher = publisher;
        this.decisions = decisions;
        this.readiness = readiness;
        this.bluesky = bluesky;
        this.port = port;
    }

    @Override
    public int run(String... arguments) throws IOException {
        String demoFolder = arguments.length > 0 ? arguments[0] : "";
        String address = "http://localhost:" + port + (demoFolder.isEmpty() ? "" : "/demo");
        if (store.isAway()) {
            // What was published before is told meanwhile.
            readiness.open();
            say("The database is away; Fairfollow is waiting for it: " + address);
            Thread.startVirtualThread(() -> beginLater(demoFolder, address));
        } else {
            begin(demoFolder, address);
        }
        Quarkus.waitForExit();
        if (failure != null) {
            throw failure;
        }
        return 0;
    }

    /** Beside the main thread, which waits for the signal to stop. */
    private void beginLater(String demoFolder, String address) {
        while (true) {
            try {
                heartbeat.awaitDatabase();
                begin(demoFolder, address);
                return;
            } catch (DatabaseAwayException e) {
                // It went again; what was begun is begun again.
            } catch (IOException e) {
                fail(new UncheckedIOException(e));
                return;
            } catch (RuntimeException e) {
                fail(e);
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void fail(RuntimeException e) {
        failure = e;
        Quarkus.asyncExit(1);
    }

    private void begin(String demoFolder, String address) throws IOException {
        tokens.renew();
        operatorToken.made().ifPresent(token -> System.out.println("Operator token, shown only this once: " + token));
        if (!demoFolder.isEmpty()) {
            loadDemo(new DemoPopulation(Path.of(demoFolder)));
        }
        publisher.publish();
        readiness.open();
        bluesky.announcement().ifPresent(ServeApplication::say);
        say("Fairfollow is ready: " + address);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private void loadDemo(DemoPopulation population) throws IOException {
        if (!population.isImported()) {
            System.out.println("Making the demo's invented population; this takes some seconds");
            for (Path file : population.files()) {
                try (InputStream in = Files.newInputStream(file)) {
                    importer.run(in, progress -> {});
                }
            }
            judgeAndPublish();
            decisions.make();
            population.markImported();
        }
        judgeAndPublish();
    }

    private void judgeAndPublish() {
        while (assessor.judgeDue(Duration.ZERO) > 0) {
            publisher.publish();
        }
    }
}
