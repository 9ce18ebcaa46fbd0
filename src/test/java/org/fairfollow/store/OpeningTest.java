package org.fairfollow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fairfollow.testing.Project;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.Driver;

/** An empty database is brought up to date: by two at once, after one that was killed, and never by one whose turn it is not. */
class OpeningTest {
    private EmbeddedMariaDb database;
    private Connection connection;

    @BeforeEach
    void start() throws IOException, SQLException {
        database = EmbeddedMariaDb.start(Project.folder().resolve("target/opening-database"), true);
        connection = connect();
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void twoAtOnceMigrateOnce() throws Exception {
        try (ExecutorService instances = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> instance = () -> {
                try (AgroalDataSource dataSource = pool()) {
                    untilDone(opening(dataSource));
                }
                return null;
            };
            for (Future<Void> done : instances.invokeAll(List.of(instance, instance))) {
                done.get();
            }
        }
        assertThat(number("SELECT COUNT(*) FROM flyway_schema_history WHERE success = 0 OR version IS NULL"))
                .isZero();
        assertThat(number("SELECT COUNT(*) - COUNT(DISTINCT version) FROM flyway_schema_history"))
                .isZero();
        assertThat(number("SELECT ends_at FROM migration_turn"))
                .as("whoever was done gave it back")
                .isZero();
        assertThat(number("SELECT COUNT(*) FROM verdict")).isZero();
    }

    @Test
    void whoseTurnItIsNotLeavesTheTablesAlone() throws SQLException {
        try (AgroalDataSource dataSource = pool()) {
            MigrationTurn.prepare(connection);
            assertThat(MigrationTurn.take(connection)).isTrue();

            Opening opening = opening(dataSource);
            assertThatExceptionOfType(SQLTransientConnectionException.class)
                    .isThrownBy(opening::run)
                    .matches(Failure::isOutage, "it is tried again");
            assertThat(MigrationTurn.isAlone(connection)).isTrue();

            MigrationTurn.giveBack(connection);
            opening.run();
            assertThat(MigrationTurn.isAlone(connection)).isFalse();
        }
    }

    @Test
    void whoWasKilledWithTheTurnLosesItAtOnceAtTheSameNode() throws SQLException {
        MigrationTurn.prepare(connection);
        try (Connection killed = connect()) {
            assertThat(MigrationTurn.take(killed)).isTrue();
            assertThat(MigrationTurn.take(connection)).isFalse();
            assertThat(MigrationTurn.take(killed)).as("it is kept").isTrue();
            long id = number("SELECT connection FROM migration_turn");
            execute("KILL " + id);
            // The server ends it when it next looks.
            while (number("SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + id) > 0) {
                Thread.onSpinWait();
            }
        }
        assertThat(MigrationTurn.take(connection)).isTrue();
    }

    @Test
    void whoWasKilledAtAnotherNodeLosesItInTime() throws SQLException {
        MigrationTurn.prepare(connection);
        assertThat(MigrationTurn.take(connection)).isTrue();
        execute("UPDATE migration_turn SET node = 'another:3306'");
        assertThat(MigrationTurn.take(connection)).isFalse();
        execute("UPDATE migration_turn SET ends_at = UNIX_TIMESTAMP()");
        assertThat(MigrationTurn.take(connection)).isTrue();
    }

    @Test
    void aVersionBeforeOpensWhatALaterOneMigrated() throws SQLException {
        try (AgroalDataSource dataSource = pool()) {
            opening(dataSource).run();
            execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                    + " installed_by, execution_time, success) VALUES (9999, '20991231.0000', 'of later', 'SQL',"
                    + " 'V20991231.0000__of_later.sql', 1, 'somebody', 1, 1)");
            opening(dataSource).run();
        }
    }

    private void untilDone(Opening opening) throws SQLException {
        for (boolean done = false; !done; ) {
            try {
                opening.run();
                done = true;
            } catch (SQLTransientConnectionException notItsTurn) {
                Thread.onSpinWait();
            }
        }
    }

    private static Opening opening(AgroalDataSource dataSource) {
        Flyway flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .load();
        return new Opening(flyway, dataSource, new StoreIdentity(Clock.systemUTC(), false));
    }

    private AgroalDataSource pool() throws SQLException {
        EmbeddedMariaDb.Connection to = database.connection();
        return AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> pool.maxSize(4)
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(to.jdbcUrl())
                                .principal(new NamePrincipal(to.username()))
                                .credential(new SimplePassword(to.password())))));
    }

    private Connection connect() throws SQLException {
        EmbeddedMariaDb.Connection to = database.connection();
        Properties properties = new Properties();
        properties.setProperty("user", to.username());
        properties.setProperty("password", to.password());
        return new Driver().connect(to.jdbcUrl(), properties);
    }

    private long number(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
