package org.fairfollow.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Accounts whose owners had them erased, by the hashes of what they were called: what is told of them later is told of nobody.
 * They are never forgotten and never many, so all of them are held in memory.
 */
@ApplicationScoped
public class ErasedAccounts {
    private static final long DAY = 86_400;

    private final Set<AccountHash> hashes = ConcurrentHashMap.newKeySet();
    private volatile long newest;

    /**
     * Which names are of erased accounts, by now. In the transaction that files what is told; for evidence, which is kept for
     * long, after the latch that {@link #remember} is called under.
     */
    public Predicate<AccountName> known(Connection connection) throws SQLException {
        long seen = newest;
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT number, hash FROM erased WHERE number > " + seen + " ORDER BY number")) {
            while (rows.next()) {
                hashes.add(AccountHash.of(rows.getBytes(2)));
                newest = Math.max(newest, rows.getLong(1));
            }
        }
        return hashes.isEmpty() ? name -> false : name -> hashes.contains(name.hash());
    }

    /** @param newest number of the last of them */
    public record Some(List<AccountHash> hashes, long newest) {}

    /** Those after number {@code after} that were erased by the change {@code entry} of the ledger; none after one that was not. */
    public Some since(Connection connection, long after, long entry) throws SQLException {
        List<AccountHash> some = new ArrayList<>();
        long last = after;
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT number, hash, entry FROM erased WHERE number > " + after + " ORDER BY number")) {
            while (rows.next() && rows.getLong(3) <= entry) {
                last = rows.getLong(1);
                some.add(AccountHash.of(rows.getBytes(2)));
            }
        }
        return new Some(some, last);
    }

    /**
     * @param entry the newest change of the ledger then: once it is released nobody is told of them any more
     * @param now Unix epoch seconds
     */
    public void remember(Connection connection, Collection<AccountName> names, long entry, long now)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO erased (hash, erased_on, entry) VALUES (?,?,?)"
                        + " ON DUPLICATE KEY UPDATE entry = GREATEST(entry, VALUES(entry))")) {
            for (AccountName name : names) {
                insert.setBytes(1, name.hash().bytes());
                insert.setLong(2, now / DAY);
                insert.setLong(3, entry);
                insert.executeUpdate();
            }
        }
    }
}
