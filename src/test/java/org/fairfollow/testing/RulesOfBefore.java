package org.fairfollow.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.HexFormat;
import org.fairfollow.detection.Practice;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Rulebook;
import org.fairfollow.verdict.Rules;

/** The version before, as far as this one sees of it: its rules are in force, and its instances say that they are there. */
@ApplicationScoped
public class RulesOfBefore {
    private final Store store;
    private final Rules rules;
    private final TestClock clock;

    RulesOfBefore(Store store, Rules rules, TestClock clock) {
        this.store = store;
        this.rules = rules;
        this.clock = clock;
    }

    /** The rulebook of this build, with another version of one detector. */
    public static byte[] differingIn(Practice practice) {
        ObjectMapper json = new ObjectMapper();
        try {
            ObjectNode rulebook = (ObjectNode) json.readTree(Rulebook.bytes());
            rulebook.withArray("detectors").forEach(rule -> {
                if (rule.path("practice").asText().equals(practice.id())) {
                    ((ObjectNode) rule).put("detector", practice.id() + "/0");
                }
            });
            return json.writeValueAsBytes(rulebook);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** They are in force, and somebody is there who has them. */
    public void putInForce(byte[] rulebook) {
        write(
                "REPLACE INTO rules_in_force (id, sha256, since) VALUES (1, ?, "
                        + clock.instant().getEpochSecond() + ")",
                rulebook);
        areThere(rulebook);
        sayThere();
    }

    public void areThere(byte[] rulebook) {
        store.inTransaction(connection -> {
            try (PreparedStatement replace =
                    connection.prepareStatement("REPLACE INTO rulebook (sha256, content, seen_at) VALUES (?, ?, ?)")) {
                replace.setBytes(1, hash(rulebook));
                replace.setBytes(2, rulebook);
                replace.setLong(3, clock.instant().getEpochSecond());
                replace.executeUpdate();
            }
            return null;
        });
    }

    /** They were stopped more than a minute ago; this one goes on to say that it is there. */
    public void goAway() {
        clock.advance(Duration.ofSeconds(61));
        sayThere();
    }

    private void sayThere() {
        store.inTransaction(connection -> {
            rules.sayThere(connection);
            return null;
        });
    }

    private void write(String sql, byte[] rulebook) {
        store.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setBytes(1, hash(rulebook));
                return statement.executeUpdate();
            }
        });
    }

    private static byte[] hash(byte[] rulebook) {
        return HexFormat.of().parseHex(Rulebook.sha256(rulebook));
    }
}
