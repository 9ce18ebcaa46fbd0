package org.fairfollow.verdict;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.fairfollow.detection.Practice;

/** What audits say of each practice, and whether an operator let a stopped one go on. Works in the caller's transaction. */
@ApplicationScoped
public class Gates {
    private static final String COLUMNS = "precision_found, precision_low, confirms, stopped_at";

    private final Ledger ledger;

    Gates(Ledger ledger) {
        this.ledger = ledger;
    }

    public Gate of(Connection connection, Practice practice) throws SQLException {
        return all(connection).getOrDefault(practice, Gate.OPEN);
    }

    /** From now on verdicts follow it; of a stopped practice they leave the list with {@link Ledger#obeyStops}. */
    public void set(Connection connection, Practice practice, Gate gate) throws SQLException {
        ledger.lockAlone(connection);
        try (PreparedStatement replace = connection.prepareStatement(
                "REPLACE INTO practice_gate (practice, " + COLUMNS + ") VALUES (?,?,?,?,?)")) {
            replace.setString(1, practice.id());
            replace.setObject(2, gate.precision());
            replace.setObject(3, gate.low());
            replace.setBoolean(4, gate.confirms());
            replace.setObject(5, gate.isStopped() ? gate.stoppedAt() : null);
            replace.executeUpdate();
        }
        ledger.judgeAgain(connection, practice);
    }

    /** Those that are not open as at the beginning. */
    static Map<Practice, Gate> all(Connection connection) throws SQLException {
        Map<Practice, Gate> gates = new EnumMap<>(Practice.class);
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT practice, " + COLUMNS + " FROM practice_gate")) {
            while (rows.next()) {
                Optional<Practice> practice = Practice.of(rows.getString(1));
                if (practice.isPresent()) {
                    gates.put(
                            practice.get(),
                            new Gate(
                                    rows.getObject(2, Double.class),
                                    rows.getObject(3, Double.class),
                                    rows.getBoolean(4),
                                    rows.getLong(5)));
                }
            }
        }
        return gates;
    }
}
