package org.fairfollow.evidence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.fairfollow.account.Directory;
import org.fairfollow.evidence.Observation.ProfileCounters;

/** What profiles showed when last seen. */
final class NewestCounters {
    /** Of an account and one that was merged into it. */
    private static final Comparator<ProfileCounters> OLDEST_FIRST = Comparator.comparingLong(ProfileCounters::at)
            .thenComparing(ProfileCounters::observer)
            .thenComparing(ObservationKind::canonical);

    private NewestCounters() {}

    /** By {@code asOf}; accounts whose profile was never seen are left out. */
    static Map<Integer, Counters> load(
            Connection connection, Directory directory, Collection<Integer> accounts, long asOf) throws SQLException {
        Map<Integer, ProfileCounters> newest = new HashMap<>();
        for (List<Integer> part : EvidenceBatch.parts(accounts, Dossiers.ACCOUNTS_A_STATEMENT)) {
            Map<Integer, Integer> mergedFrom = directory.mergedFrom(connection, part);
            StringJoiner members = new StringJoiner(",");
            part.forEach(account -> members.add("(" + account + ")"));
            mergedFrom.keySet().forEach(account -> members.add("(" + account + ")"));
            // One look from the newest end for each; a join would read all that was ever told of them.
            String sql = "WITH wanted (a) AS (VALUES " + members + ") SELECT a, (SELECT body FROM observation WHERE"
                    + " account_id = a AND kind = " + ObservationKind.PROFILE_COUNTERS.code + " AND seen_at BETWEEN "
                    + Retention.firstObserved(asOf) + " AND " + asOf
                    + " AND measured ORDER BY seen_at DESC, natural_key DESC LIMIT 1) AS newest FROM wanted HAVING newest IS NOT NULL";
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    int member = rows.getInt(1);
                    if (ObservationKind.PROFILE_COUNTERS.read(rows.getBytes(2)) instanceof ProfileCounters profile) {
                        newest.merge(
                                mergedFrom.getOrDefault(member, member),
                                profile,
                                (one, other) -> OLDEST_FIRST.compare(one, other) >= 0 ? one : other);
                    }
                }
            }
        }
        Map<Integer, Counters> counters = new HashMap<>();
        newest.forEach((account, profile) -> counters.put(account, profile.counters()));
        return counters;
    }
}
