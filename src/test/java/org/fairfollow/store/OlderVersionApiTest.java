package org.fairfollow.store;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The service as it is configured, on a database that a version after it has migrated. */
@QuarkusTest
class OlderVersionApiTest {
    @Inject
    Opening opening;

    @Inject
    Store store;

    @Test
    void aDatabaseThatALaterVersionMigratedIsOpened() {
        execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success) SELECT MAX(installed_rank) + 1, '29991231.0000', 'of later',"
                + " 'SQL', 'V29991231.0000__of_later.sql', 1, 'later', 1, 1 FROM flyway_schema_history");
        try {
            assertThatCode(opening::run).doesNotThrowAnyException();
        } finally {
            execute("DELETE FROM flyway_schema_history WHERE version = '29991231.0000'");
        }
    }

    private void execute(String sql) {
        store.inTransaction(connection -> run(connection, sql));
    }

    private static Void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
        return null;
    }
}
