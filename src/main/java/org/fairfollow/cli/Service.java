package org.fairfollow.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.fairfollow.store.EmbeddedMariaDb;
import org.jspecify.annotations.Nullable;

/** Runs the container with its database: a configured one, or the embedded MariaDB. */
final class Service {
    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
    /** The longest a stop may take before the process ends all the same. */
    private static final int STOP_SECONDS = 90;

    private Service() {}

    /** Where the embedded database lives unless it is configured: {@code data/} under the project. */
    static Path dataFolder() {
        return Path.of(Optional.ofNullable(System.getenv("FAIRFOLLOW_DATA"))
                .or(() -> Optional.ofNullable(System.getenv("FAIRFOLLOW_DATA_DEFAULT")))
                .orElse("data"));
    }

    static boolean isDataFolderConfigured() {
        return System.getenv("FAIRFOLLOW_DATA") != null;
    }

    static boolean isDatabaseConfigured() {
        return System.getenv("QUARKUS_DATASOURCE_JDBC_URL") != null || System.getProperty(JDBC_URL) != null;
    }

    /** Uses the embedded database for the container that is started next. */
    static void use(EmbeddedMariaDb.Connection connection) {
        System.setProperty(JDBC_URL, connection.jdbcUrl());
        System.setProperty("quarkus.datasource.username", connection.username());
        System.setProperty("quarkus.datasource.password", connection.password());
    }

    /**
     * Runs {@code application}, which serves nobody, on the store of a running service, or else of the data folder.
     *
     * @param demo on the demo's store
     * @return exit code
     * @throws IOException when the embedded database cannot be had
     */
    static int runAside(Class<? extends QuarkusApplication> application, boolean demo, String... arguments)
            throws IOException {
        System.setProperty("fairfollow.demo", String.valueOf(demo));
        // Nothing is served from here, and what a running service does by itself is left to it.
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.scheduler.enabled", "false");
        System.setProperty("quarkus.log.level", "WARN");
        EmbeddedMariaDb database = null;
        if (!isDatabaseConfigured()) {
            Path folder = demo && !isDataFolderConfigured() ? dataFolder().resolve("demo") : dataFolder();
            Optional<EmbeddedMariaDb> running = EmbeddedMariaDb.attach(folder);
            database = running.isPresent() ? running.get() : EmbeddedMariaDb.start(folder, false);
            use(database.connection());
        }
        return run(application, database, arguments);
    }

    /**
     * Runs {@code application} to its end, then stops {@code database}.
     *
     * @return exit code; 0 after SIGTERM or SIGINT
     */
    static int run(
            Class<? extends QuarkusApplication> application, @Nullable EmbeddedMariaDb database, String... arguments) {
        CountDownLatch ended = new CountDownLatch(1);
        // The virtual machine ends when its hooks have: this one keeps it until the database has stopped.
        Thread hook = new Thread(() -> {
            try {
                boolean inTime = ended.await(STOP_SECONDS, TimeUnit.SECONDS);
                if (!inTime) {
                    System.err.println("The service did not stop in " + STOP_SECONDS + " s");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        AtomicInteger code = new AtomicInteger();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try {
            Quarkus.run(
                    application,
                    (exitCode, cause) -> {
                        code.set(exitCode);
                        failure.set(cause);
                    },
                    arguments);
        } finally {
            if (database != null) {
                database.close();
            }
        }
        Throwable cause = failure.get();
        if (cause != null) {
            System.err.println("Fairfollow did not start: " + sentence(cause));
            code.compareAndSet(0, 1);
        }
        System.out.flush();
        if (isStopping()) {
            Runtime.getRuntime().halt(code.get());
        }
        ended.countDown();
        return code.get();
    }

    /** Whether the virtual machine is on its way down, because of a signal. */
    private static boolean isStopping() {
        try {
            Thread probe = new Thread(() -> {});
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** The innermost cause says what to mend; the rest is how it came up. */
    private static String sentence(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
