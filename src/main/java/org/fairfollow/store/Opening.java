package org.fairfollow.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * What is done to the database before anything else uses it: its tables are brought up to date, and it is told, or tells,
 * what kind of store it is. Several instances may do it at once, at several nodes of a cluster, and any of them may be killed
 * while it does: one at a time migrates ({@link MigrationTurn}), and the others find it done.
 */
@ApplicationScoped
class Opening {
    private final Flyway flyway;
    private final AgroalDataSource dataSource;
    private final StoreIdentity identity;

    Opening(Flyway flyway, AgroalDataSource dataSource, StoreIdentity identity) {
        this.flyway = flyway;
        this.dataSource = dataSource;
        this.identity = identity;
    }

    /** @throws SQLTransientConnectionException while another instance migrates: it is to be tried again */
    void run() throws SQLException {
        if (flyway.info().pending().length == 0) {
            // Of another version's changes since, this one need not know: they only add (docs/adr/0024-upgrades.md).
            flyway.validate();
        } else {
            migrateInTurn();
        }
        try (Connection connection = dataSource.getConnection()) {
            identity.claim(connection);
        }
    }

    private void migrateInTurn() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            MigrationTurn.prepare(connection);
            if (!MigrationTurn.take(connection)) {
                throw new SQLTransientConnectionException("another instance brings its tables up to date");
            }
            try {
                migrate(connection);
            } finally {
                MigrationTurn.giveBack(connection);
            }
        }
    }

    /** @param connection on which the turn is kept meanwhile; Flyway has its own */
    private void migrate(Connection connection) throws SQLException {
        FluentConfiguration configuration = Flyway.configure(getClass().getClassLoader())
                .configuration(flyway.getConfiguration())
                .callbacks(Stream.concat(
                                Arrays.stream(flyway.getConfiguration().getCallbacks()), Stream.of(keeping(connection)))
                        .toArray(Callback[]::new));
        if (MigrationTurn.isAlone(connection)) {
            // Flyway makes nothing in a database where there is something it does not know; this it may.
            configuration.baselineOnMigrate(true).baselineVersion("0");
        }
        configuration.load().migrate();
    }

    /** Whoever lost the turn, for a statement took so long that it could not be kept, leaves the rest to the next. */
    private Callback keeping(Connection connection) {
        return new BaseCallback() {
            @Override
            public boolean supports(Event event, Context context) {
                return event == Event.BEFORE_EACH_MIGRATE;
            }

            @Override
            public void handle(Event event, Context context) {
                try {
                    if (!MigrationTurn.take(connection)) {
                        throw new FlywayException("Another instance goes on with the migration");
                    }
                } catch (SQLException e) {
                    throw new FlywayException("The turn to migrate cannot be kept", e);
                }
                Log.debugf("Migrating to %s", context.getMigrationInfo().getVersion());
            }
        };
    }
}
