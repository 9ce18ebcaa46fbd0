package org.fairfollow.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Follows and unfollows an account made, by day; kept for five years. */
@ApplicationScoped
public class Tallies {
    /**
     * @param day UTC epoch day
     */
    public record Day(int day, int followed, int unfollowed) {}

    /** Days with follows or unfollows, oldest first. */
    public List<Day> of(Connection connection, int account) throws SQLException {
        List<Day> days = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT day, followed, unfollowed FROM tally WHERE account_id = "
                                + account + " ORDER BY day")) {
            while (rows.next()) {
                days.add(new Day(rows.getInt(1), rows.getInt(2), rows.getInt(3)));
            }
        }
        return days;
    }
}
