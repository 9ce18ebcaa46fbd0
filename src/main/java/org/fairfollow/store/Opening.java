package org.fairfollow.store;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/**
 * What is done to the database before anything else uses it: its tables are brought up to date, and it is told, or tells,
 * what kind of store it is. Several instances may do it at once, and any of them may be killed while it does.
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

    void run() throws SQLException {
        flyway.migrate();
        try (Connection connection = dataSource.getConnection()) {
            identity.claim(connection);
        }
    }
}
