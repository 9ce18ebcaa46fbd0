package org.fairfollow.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.fairfollow.store.Store;

/** Deletes evidence that bears on no verdict any more. Running it twice, or on two instances, changes nothing. */
@ApplicationScoped
public class Retention {
    private static final int TALLY_DAYS = 5 * 365;
    /** Once edges are gone a day is kept only if it could matter to a person judged: a week's floor of follows in a day. */
    private static final int WORTH_KEEPING = 20;

    private final Store store;
    private final EdgePartitions partitions;
    private final Clock clock;

    Retention(Store store, EdgePartitions partitions, Clock clock) {
        this.store = store;
        this.partitions = partitions;
        this.clock = clock;
    }

    /** Drops edges, activity, coverage and pairing of days past keeping, and tallies past five years. */
    public void forget() {
        long now = clock.instant().getEpochSecond();
        int firstKept = EdgePartitions.day(now) - EdgePartitions.KEPT_DAYS;
        partitions.dropOlderThan(now);
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("DELETE FROM activity WHERE period < " + firstKept / 64);
                statement.executeUpdate("DELETE FROM stream_hour WHERE hour < " + firstKept * 24L);
                statement.executeUpdate("DELETE FROM stream_day WHERE day < " + firstKept);
                statement.executeUpdate("DELETE FROM tally WHERE day < " + (EdgePartitions.day(now) - TALLY_DAYS)
                        + " OR (day < " + firstKept + " AND followed + unfollowed < " + WORTH_KEEPING + ")");
            }
            return null;
        });
    }
}
