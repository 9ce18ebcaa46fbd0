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
    /** A year, so that what comes once a year is seen to come again, and some weeks to spare. */
    private static final int OBSERVATION_DAYS = 400;
    /** Rows in one transaction: other writers wait for no more than that. */
    private static final int ROWS_AT_ONCE = 5_000;

    private final Store store;
    private final EdgePartitions partitions;
    private final Clock clock;

    Retention(Store store, EdgePartitions partitions, Clock clock) {
        this.store = store;
        this.partitions = partitions;
        this.clock = clock;
    }

    /** The first second of which observations are still kept and looked at. */
    static long firstObserved(long asOf) {
        return asOf - OBSERVATION_DAYS * 86_400L;
    }

    /**
     * Drops edges, activity, coverage and pairing of days past keeping, observations past 400 days, and tallies past five
     * years.
     */
    public void forget() {
        long now = clock.instant().getEpochSecond();
        int firstKept = EdgePartitions.day(now) - EdgePartitions.KEPT_DAYS;
        partitions.dropOlderThan(now);
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("DELETE FROM activity WHERE period < " + firstKept / 64);
                statement.executeUpdate("DELETE FROM stream_hour WHERE hour < " + firstKept * 24L);
                statement.executeUpdate("DELETE FROM stream_day WHERE day < " + firstKept);
                statement.executeUpdate("DELETE FROM stream_gap WHERE to_at < " + firstKept * 86_400L);
                statement.executeUpdate("DELETE FROM tally WHERE day < " + (EdgePartitions.day(now) - TALLY_DAYS)
                        + " OR (day < " + firstKept + " AND followed + unfollowed < " + WORTH_KEEPING + ")");
            }
            return null;
        });
        forgetObservations(firstObserved(now));
    }

    private void forgetObservations(long before) {
        int deleted;
        do {
            deleted = store.inTransaction(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.executeUpdate("DELETE FROM observation WHERE seen_at < " + before
                            + " ORDER BY seen_at LIMIT " + ROWS_AT_ONCE);
                }
            });
        } while (deleted == ROWS_AT_ONCE);
    }
}
