package org.fairfollow.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.fairfollow.store.Deletion;
import org.fairfollow.store.Store;

/** Deletes evidence that bears on no verdict any more. Running it twice, or on two instances, changes nothing. */
@ApplicationScoped
public class Retention {
    private static final int TALLY_DAYS = 5 * 365;
    /** Once edges are gone a day is kept only if it could matter to a person judged: a week's floor of follows in a day. */
    private static final int WORTH_KEEPING = 20;
    /** A year, so that what comes once a year is seen to come again, and some weeks to spare. */
    private static final int OBSERVATION_DAYS = 400;

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
        Deletion.walking(store, "activity", "account_id", "period < " + firstKept / 64);
        Deletion.of(store, "stream_hour WHERE hour < " + firstKept * 24L);
        Deletion.of(store, "stream_day WHERE day < " + firstKept);
        Deletion.of(store, "stream_gap WHERE to_at < " + firstKept * 86_400L);
        Deletion.walking(
                store,
                "tally",
                "account_id",
                "day < " + (EdgePartitions.day(now) - TALLY_DAYS) + " OR (day < " + firstKept
                        + " AND followed + unfollowed < " + WORTH_KEEPING + ")");
        Deletion.of(store, "observation WHERE seen_at < " + firstObserved(now) + " ORDER BY seen_at");
    }
}
