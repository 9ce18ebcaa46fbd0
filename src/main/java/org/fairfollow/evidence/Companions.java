package org.fairfollow.evidence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fairfollow.evidence.ArrivalTally.Burst;
import org.fairfollow.evidence.Arrivals.Companion;
import org.fairfollow.evidence.Evidence.Relation;

/** Finds the accounts at which the followers of a burst arrived in the same hours. */
final class Companions {
    /** Followers of a burst that are looked at, the first of it. */
    static final int FOLLOWERS = 2_000;
    /** Bursts looked at by one statement. */
    private static final int BURSTS = 5;

    private static final long WITHIN_SECONDS = 3_600;

    private record Arrival(int account, int follower, long at) {}

    private Companions() {}

    /** By account, most shared first; none later than {@code asOf}. */
    static Map<Integer, List<Companion>> load(Connection connection, Map<Integer, Burst> bursts, long asOf)
            throws SQLException {
        Map<Integer, List<Companion>> companions = new HashMap<>();
        for (List<Integer> part : EvidenceBatch.parts(new TreeMap<>(bursts).keySet(), BURSTS)) {
            StringJoiner arrivals = new StringJoiner(" UNION ALL ");
            for (int account : part) {
                Burst burst = bursts.getOrDefault(account, new Burst(0, 0));
                arrivals.add("(SELECT target_id, actor_id, created_at FROM edge WHERE target_id = " + account
                        + " AND kind = " + Relation.FOLLOW.code + " AND created_at >= " + burst.from()
                        + " AND created_at < " + Math.min(burst.to(), asOf + 1)
                        + " ORDER BY created_at, actor_id, record_key LIMIT " + FOLLOWERS + ")");
            }
            List<Arrival> followers = new ArrayList<>();
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(arrivals.toString())) {
                while (rows.next()) {
                    followers.add(new Arrival(rows.getInt(1), rows.getInt(2), rows.getLong(3)));
                }
            }
            addCompanions(connection, followers, asOf, companions);
        }
        companions.replaceAll((account, all) -> all.stream()
                .sorted(Comparator.comparingInt(Companion::shared).reversed().thenComparingInt(Companion::account))
                .limit(Arrivals.COMPANIONS_KEPT)
                .toList());
        return companions;
    }

    private static void addCompanions(
            Connection connection, List<Arrival> followers, long asOf, Map<Integer, List<Companion>> companions)
            throws SQLException {
        if (followers.isEmpty()) {
            return;
        }
        StringJoiner values = new StringJoiner(",");
        followers.forEach(
                arrival -> values.add("(" + arrival.account + "," + arrival.follower + "," + arrival.at + ")"));
        // An edge lies in the partition of a day its key may claim, or in the one without days.
        String days = followers.stream()
                .flatMap(arrival -> EdgePartitions.daysOfEventsBetween(
                                arrival.at - WITHIN_SECONDS, arrival.at + WITHIN_SECONDS)
                        .boxed())
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        String sql = "WITH arrival (account, follower, at) AS (VALUES " + values
                + ") SELECT account, e.target_id, COUNT(DISTINCT follower) AS shared FROM arrival STRAIGHT_JOIN edge e"
                + " ON e.actor_id = follower WHERE e.day IN (" + days + ") AND e.kind = " + Relation.FOLLOW.code
                + " AND e.target_id <> account AND e.created_at BETWEEN at - " + WITHIN_SECONDS + " AND LEAST(at + "
                + WITHIN_SECONDS + ", " + asOf + ") GROUP BY account, e.target_id HAVING shared >= "
                + Arrivals.SHARED_FOLLOWERS;
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                companions
                        .computeIfAbsent(rows.getInt(1), account -> new ArrayList<>())
                        .add(new Companion(rows.getInt(2), rows.getInt(3)));
            }
        }
    }
}
