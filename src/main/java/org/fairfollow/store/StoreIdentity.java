package org.fairfollow.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.jspecify.annotations.Nullable;

/** What this store is: live or demo, fixed when it was made, and the epoch clients tell it by. */
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

    private final Clock clock;
    private final Kind kind;
    private volatile @Nullable String epoch;

    /** Thrown when the service is started as one kind on a store of the other. */
    public static final class WrongKindException extends RuntimeException {
        WrongKindException(String stored, Kind wanted) {
            super("this store is a " + stored + " one and stays so; it does not open as " + wanted.stored()
                    + ". Use another FAIRFOLLOW_DATA, or "
                    + (wanted == Kind.DEMO ? "start without --demo" : "start with --demo")
                    + ".");
        }
    }

    StoreIdentity(Clock clock, @ConfigProperty(name = "fairfollow.demo", defaultValue = "false") boolean demo) {
        this.clock = clock;
        kind = demo ? Kind.DEMO : Kind.LIVE;
    }

    /** Makes a new store one of this kind; of one that is of another kind nothing is used. */
    void claim(Connection connection) throws SQLException {
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
            epoch = row.getString(2);
        }
    }

    public boolean isDemo() {
        return kind == Kind.DEMO;
    }

    /**
     * 16 hex digits, drawn when the store was made.
     *
     * @throws DatabaseAwayException when the store was never seen since the start
     */
    public String epoch() {
        String known = epoch;
        if (known == null) {
            throw new DatabaseAwayException(null);
        }
        return known;
    }

    private static String randomEpoch() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
