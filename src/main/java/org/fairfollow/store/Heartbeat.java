package org.fairfollow.store;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Driver;

/**
 * Finds out whether the database is there, by asking it all the time on a connection of its own: neither a full pool nor a
 * statement that takes long is an outage. The first time it is there it is {@linkplain Opening opened}.
 */
@ApplicationScoped
public class Heartbeat {
    private static final Duration PERIOD = Duration.ofMillis(200);
    /**
     * How long it may keep silent. It is asked twice before it counts as away, so that one lost connection is no outage;
     * period and both answers together leave a writer two seconds to be told.
     */
    private static final Duration PATIENCE = Duration.ofMillis(700);

    private final Store store;
    private final Opening opening;
    private final String url;
    private final Properties properties = new Properties();

    private @Nullable Connection connection;
    private boolean opened;
    private boolean silent;
    private long silentSince;

    private volatile @Nullable RuntimeException unfit;
    private volatile boolean stopped;
    private @Nullable Thread thread;

    Heartbeat(
            Store store,
            Opening opening,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> username,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.store = store;
        this.opening = opening;
        this.url = url;
        username.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(secret -> properties.setProperty("password", secret));
        properties.setProperty("connectTimeout", String.valueOf(PATIENCE.toMillis()));
        properties.setProperty("socketTimeout", String.valueOf(PATIENCE.toMillis()));
    }

    /**
     * The first beat is waited for, before anything else of the service runs: a database that is there is open then, one
     * that cannot be used ends the start, and one that is away is waited for in the background.
     */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event) {
        beat();
        failIfUnfit();
        thread = Thread.ofVirtual().name("heartbeat").start(this::goOn);
    }

    @PreDestroy
    void stop() throws InterruptedException {
        stopped = true;
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
        hangUp();
    }

    /**
     * Waits until the database is there for the first time.
     *
     * @throws RuntimeException when it is there and cannot be used: its message says why
     */
    public void awaitDatabase() throws InterruptedException {
        while (store.isAway() && unfit == null) {
            Thread.sleep(PERIOD);
        }
        failIfUnfit();
    }

    private void failIfUnfit() {
        if (unfit != null) {
            throw unfit;
        }
    }

    private void goOn() {
        while (!stopped && unfit == null) {
            try {
                Thread.sleep(PERIOD);
            } catch (InterruptedException e) {
                return;
            }
            beat();
        }
    }

    private void beat() {
        try {
            if (!answers()) {
                // What broke this connection may have broken those of the pool.
                store.forgetConnections();
                connect();
            }
            if (!opened) {
                opening.run();
                opened = true;
            }
            store.comeBack();
            if (silent) {
                silent = false;
                Log.infof(
                        "The database answers again, after %d s",
                        Duration.ofNanos(System.nanoTime() - silentSince).toSeconds());
            }
        } catch (SQLException | RuntimeException e) {
            hangUp();
            if (!opened && !Failure.isOutage(e) && !Failure.isRefusal(e)) {
                unfit = e instanceof RuntimeException unchecked
                        ? unchecked
                        : new IllegalStateException(e.getMessage(), e);
                return;
            }
            if (!store.isAway()) {
                store.goAway();
            }
            if (!silent) {
                silent = true;
                silentSince = System.nanoTime();
                // The driver's message names the database and what it said, nothing of any caller.
                Log.warnf("No answer from the database: %s", e.getMessage());
            }
        }
    }

    private boolean answers() {
        if (connection == null) {
            return false;
        }
        try (var statement = connection.createStatement()) {
            statement.execute("DO 1");
            return true;
        } catch (SQLException e) {
            hangUp();
            return false;
        }
    }

    private void connect() throws SQLException {
        hangUp();
        connection = new Driver().connect(url, properties);
        try (var statement = connection.createStatement()) {
            statement.execute("DO 1");
        }
    }

    private void hangUp() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // It is gone, which is what was wanted.
        } finally {
            connection = null;
        }
    }
}
