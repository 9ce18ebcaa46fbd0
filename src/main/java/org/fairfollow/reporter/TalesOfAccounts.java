package org.fairfollow.reporter;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import org.fairfollow.account.AccountName;

/** Everything that was told of an account by whomever, to be deleted with it. */
@ApplicationScoped
public class TalesOfAccounts {
    /** Deletes hearsay and reports under these names and numbers, and answers that repeat them. */
    public void erase(Connection connection, Collection<AccountName> names, Collection<Integer> numbers)
            throws SQLException {
        for (AccountName name : names) {
            execute(connection, "DELETE FROM hearsay WHERE account = ?", name.key());
            byte[] hash = name.hash().bytes();
            execute(
                    connection,
                    "DELETE FROM hearsay_answer WHERE report IN (SELECT id FROM report WHERE account_hash = ?)",
                    hash);
            execute(connection, "DELETE FROM report WHERE account_hash = ?", hash);
        }
        for (int number : numbers) {
            execute(
                    connection,
                    "DELETE FROM hearsay_answer WHERE report IN (SELECT id FROM report WHERE account_id = ?)",
                    number);
            for (String table : new String[] {"report", "reported", "reported_due"}) {
                execute(connection, "DELETE FROM " + table + " WHERE account_id = ?", number);
            }
        }
    }

    private static void execute(Connection connection, String sql, Object value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, value);
            statement.executeUpdate();
        }
    }
}
