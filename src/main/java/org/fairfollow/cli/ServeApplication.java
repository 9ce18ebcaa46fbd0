package org.fairfollow.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.intake.Importer;
import org.fairfollow.operations.Readiness;
import org.fairfollow.publication.Publisher;
import org.fairfollow.reporter.OperatorToken;
import org.fairfollow.verdict.Assessor;

/** The running service: says where it is, loads the demo if asked to, and waits until it is stopped. */
public final class ServeApplication implements QuarkusApplication {
    private final OperatorToken operatorToken;
    private final Importer importer;
    private final Assessor assessor;
    private final Publisher publisher;
    private final Readiness readiness;
    private final int port;

    ServeApplication(
            OperatorToken operatorToken,
            Importer importer,
            Assessor assessor,
            Publisher publisher,
            Readiness readiness,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.operatorToken = operatorToken;
        this.importer = importer;
        this.assessor = assessor;
        this.publisher = publisher;
        this.readiness = readiness;
        this.port = port;
    }

    @Override
    public int run(String... arguments) throws IOException {
        String demoFolder = arguments.length > 0 ? arguments[0] : "";
        operatorToken.made().ifPresent(token -> System.out.println("Operator token, shown only this once: " + token));
        if (!demoFolder.isEmpty()) {
            loadDemo(new DemoPopulation(Path.of(demoFolder)));
        }
        publisher.publish();
        readiness.open();
        String address = "http://localhost:" + port;
        System.out.println("Fairfollow is ready: " + address + (demoFolder.isEmpty() ? "" : "/demo"));
        System.out.flush();
        Quarkus.waitForExit();
        return 0;
    }

    private void loadDemo(DemoPopulation population) throws IOException {
        if (!population.isImported()) {
            System.out.println("Making the demo's invented population; this takes some seconds");
            Path events = population.events(line -> {});
            try (InputStream in = Files.newInputStream(events)) {
                importer.run(in, progress -> {});
            }
            population.markImported();
        }
        while (assessor.judgeDue(Duration.ZERO) > 0) {
            publisher.publish();
        }
    }
}
