package org.fairfollow.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.fairfollow.account.Directory;
import org.fairfollow.store.Store;

/** The log of dated facts. Appending them marks the accounts they bear on as due, in the same transaction. */
@ApplicationScoped
public class EvidenceLog {
    private final Store store;
    private final Directory directory;
    private final EdgePartitions partitions;
    private final AccountIds accountIds;
    private final Clock clock;

    EvidenceLog(Store store, Directory directory, EdgePartitions partitions, AccountIds accountIds, Clock clock) {
        this.store = store;
        this.directory = directory;
        this.partitions = partitions;
        this.accountIds = accountIds;
        this.clock = clock;
    }

    /**
     * Appends {@code facts} in one transaction: all of them or none.
     *
     * @return what became of each, in order
     * @throws Store.DatabaseAwayException when there is no database to be had; nothing was appended
     */
    public List<Appended> append(List<Evidence> facts) {
        if (facts.isEmpty()) {
            return List.of();
        }
        long now = clock.instant().getEpochSecond();
        for (int attempt = 1; ; attempt++) {
            // Adding a partition ends a transaction, so it comes before.
            partitions.prepare(facts, now);
            try {
                EvidenceBatch.Result result = store.inTransaction(connection -> append(connection, facts, now));
                accountIds.remember(result.accounts());
                return result.outcomes();
            } catch (RuntimeException e) {
                if (attempt == 2 || !EdgePartitions.isMissing(e)) {
                    throw e;
                }
                partitions.forget();
            }
        }
    }

    private EvidenceBatch.Result append(Connection connection, List<Evidence> facts, long now) throws SQLException {
        // Batches fold into what is stored, so one at a time, on however many instances.
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT name FROM latch WHERE name = 'evidence' FOR UPDATE");
        }
        return new EvidenceBatch(connection, directory, accountIds, now).append(facts);
    }
}
