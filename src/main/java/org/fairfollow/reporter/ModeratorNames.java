package org.fairfollow.reporter;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What colleagues know moderators by; works in the caller's transaction. */
@ApplicationScoped
public class ModeratorNames {
    /** By number, closed accounts too; numbers nobody has are left out. */
    public Map<Integer, String> of(Connection connection, Collection<Integer> numbers) throws SQLException {
        Map<Integer, String> names = new HashMap<>();
        if (numbers.isEmpty()) {
            return names;
        }
        String list = numbers.stream().map(Integer::toUnsignedString).collect(Collectors.joining(","));
        try (var statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT number, name FROM moderator WHERE number IN (" + list + ")")) {
            while (row.next()) {
                names.put(row.getInt(1), row.getString(2));
            }
        }
        return names;
    }
}
