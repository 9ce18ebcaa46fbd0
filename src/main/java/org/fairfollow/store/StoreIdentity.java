package org.fairfollow.store;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What this store is: live or demo, fixed when it was made, and the epoch clients tell it by. */
@Startup
@ApplicationScoped
public class StoreIdentity {
    /** What is kept in a store. */
    public enum Kind {
        LIVE,
        /** Everything in it is invented. */
        DEMO;

        String stored() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;
    private final String epoch;

    /** Thrown when the service is started as one kind on a store of the other. */
    public static final class WrongKindException extends RuntimeException {
        WrongKindException(String stored, Kind wanted) {
            super("this store is a " + stored + " one and stays so; it does not open as " + wanted.stored()
                    + ". Use another FAIRFOLLOW_DATA, or "
                    + (wanted == Kind.DEMO ? "start without --demo" : "start with --demo")
                    + ".");
        }
    }

    StoreIdentity(
            Store store, Clock clock, @ConfigProperty(name = "fairfollow.demo", defaultValue = "false") boolean demo) {
        kind = demo ? Kind.DEMO : Kind.LIVE;
        epoch = store.inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT IGNORE INTO store (id, kind, epoch, created_at) VALUES (1, ?, ?, ?)")) {
                insert.setString(1, kind.stored());
                insert.setString(2, randomEpoch());
                insert.setLong(3, clock.instant().getEpochSecond());
                insert.executeUpdate();
            }
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT kind, epoch FROM store WHERE id = 1")) {
                row.next();
                if (!row.getString(1).equals(kind.stored())) {
                    throw new WrongKindException(row.getString(1), kind);
                }
                return row.getString(2);
            }
        });
    }

    public boolean isDemo() {
        return kind == Kind.DEMO;
    }

    /** 16 hex digits, drawn when the store was made. */
    public String epoch() {
        return epoch;
    }

    private static String randomEpoch() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
