package org.fairfollow.architecture.canary.lookup;

import java.sql.Connection;
import java.sql.SQLException;

final class AsksTheDatabase {
    boolean ask(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT 1")) {
            return statement.execute();
        }
    }
}
