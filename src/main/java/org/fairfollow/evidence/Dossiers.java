package org.fairfollow.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairfollow.account.Directory;
import org.fairfollow.evidence.Evidence.Relation;

/** Puts dossiers together from the log. */
@ApplicationScoped
public class Dossiers {
    /** Samples in memory at once: of a thousand followers or posts each, about .3 MB. */
    static final int SAMPLES_A_SLICE = 100;

    /** Accounts named in one statement. */
    static final int ACCOUNTS_A_STATEMENT = 2_000;

    /** What was gathered of one account before it is put in order. */
    private static final class Gathered {
        final StreamCoverage coverage;
        final long wholeFrom;
        final List<FollowEpisode> follows = new ArrayList<>();
        final Map<Integer, Relations> relations = new HashMap<>();
        final ArrivalTally arrivals = new ArrivalTally();
        long ownPaired;
        long ownOrphaned;

        Gathered(StreamCoverage coverage, long wholeFrom) {
            this.coverage = coverage.from(wholeFrom);
            this.wholeFrom = wholeFrom;
        }

        Relations relations(int target) {
            return relations.computeIfAbsent(target, t -> new Relations());
        }
    }

    private static final class Relations {
        final List<Span> followedBack = new ArrayList<>();
        final List<Span> blocked = new ArrayList<>();
    }

    private final Directory directory;

    Dossiers(Directory directory) {
        this.directory = directory;
    }

    /**
     * The accounts in parts whose dossiers fit into memory together: a sample is a thousand times as large as most of what
     * is known of an account.
     */
    public List<Set<Integer>> slices(Connection connection, Collection<Integer> accounts) throws SQLException {
        Map<Integer, Integer> samples = ObservationLoad.samples(connection, accounts);
        List<Set<Integer>> slices = new ArrayList<>();
        Set<Integer> slice = new LinkedHashSet<>();
        int held = 0;
        for (int account : accounts) {
            int more = samples.getOrDefault(account, 0);
            if (!slice.isEmpty() && held + more > SAMPLES_A_SLICE) {
                slices.add(slice);
                slice = new LinkedHashSet<>();
                held = 0;
            }
            slice.add(account);
            held += more;
        }
        if (!slice.isEmpty()) {
            slices.add(slice);
        }
        return slices;
    }

    /** The evidence on each of these accounts as of {@code asOf}, Unix epoch seconds; later facts are left out. */
    public Map<Integer, Dossier> load(Connection connection, Collection<Integer> accounts, long asOf)
            throws SQLException {
        if (accounts.isEmpty()) {
            return Map.of();
        }
        Wholeness wholeness = Wholeness.load(connection, directory, accounts);
        while (true) {
            Map<Integer, Dossier> dossiers = load(connection, accounts, wholeness, asOf);
            Wholeness after = Wholeness.load(connection, directory, accounts);
            if (after.equals(wholeness)) {
                return dossiers;
            }
            // A day was rolled up meanwhile: what was read of it may lack edges that were thought to be there.
            wholeness = after;
        }
    }

    private Map<Integer, Dossier> load(
            Connection connection, Collection<Integer> accounts, Wholeness wholeness, long asOf) throws SQLException {
        StreamCoverage coverage = StreamCoverage.load(connection, asOf);
        long[] pairing = pairing(connection, coverage, asOf);
        Map<Integer, Gathered> gathered = new HashMap<>();
        accounts.forEach(account -> gathered.put(account, new Gathered(coverage, wholeness.from(account, asOf))));
        Map<Integer, List<Span>> absent = gone(connection, gathered.keySet(), asOf);
        readOwnEdges(connection, gathered, absent, asOf);
        readEdgesOnThem(connection, gathered, asOf);
        Set<Integer> targets = new HashSet<>();
        Set<Integer> newcomers = new HashSet<>();
        Map<Integer, ArrivalTally.Burst> bursts = new HashMap<>();
        gathered.forEach((account, facts) -> {
            targets.addAll(facts.relations.keySet());
            newcomers.addAll(facts.arrivals.newcomers());
            facts.arrivals.burst().ifPresent(burst -> bursts.put(account, burst));
        });
        Map<Integer, Counters> counters = NewestCounters.load(connection, directory, newcomers, asOf);
        Map<Integer, List<Arrivals.Companion>> companions = Companions.load(connection, bursts, asOf);
        newcomers.addAll(targets);
        Map<Integer, List<Integer>> active = activeDays(connection, newcomers, asOf);
        Map<Integer, Observations> observations = ObservationLoad.load(connection, directory, gathered.keySet(), asOf);
        Map<Integer, List<Span>> gone = gone(connection, targets, asOf);
        Map<Integer, Dossier> dossiers = new HashMap<>();
        gathered.forEach((account, facts) -> {
            facts.follows.sort(Comparator.comparingLong(
                            (FollowEpisode follow) -> follow.span().from())
                    .thenComparingInt(FollowEpisode::target)
                    .thenComparingLong(follow -> follow.span().to()));
            Map<Integer, Target> known = new HashMap<>();
            facts.relations.forEach((target, relations) -> known.put(
                    target,
                    new Target(
                            inOrder(relations.followedBack),
                            active.getOrDefault(target, List.of()),
                            gone.getOrDefault(target, List.of()),
                            inOrder(relations.blocked))));
            dossiers.put(
                    account,
                    new Dossier(
                            asOf,
                            facts.follows,
                            known,
                            new Coverage(
                                    Span.without(facts.coverage.spans(), absent.getOrDefault(account, List.of())),
                                    pairing[0],
                                    pairing[1],
                                    facts.ownPaired,
                                    facts.ownOrphaned,
                                    facts.wholeFrom == 0 ? null : Long.valueOf(facts.wholeFrom)),
                            facts.arrivals.arrivals(counters, active, companions.getOrDefault(account, List.of())),
                            observations.getOrDefault(account, Observations.NONE)));
        });
        return dossiers;
    }

    /** How much was seen of the account: as in its dossier, but for the unfollows of its own. */
    public Coverage coverage(Connection connection, int account, long asOf) throws SQLException {
        StreamCoverage coverage = StreamCoverage.load(connection, asOf);
        long[] pairing = pairing(connection, coverage, asOf);
        long wholeFrom = Wholeness.load(connection, directory, List.of(account)).from(account, asOf);
        return new Coverage(
                Span.without(
                        coverage.from(wholeFrom).spans(),
                        gone(connection, Set.of(account), asOf).getOrDefault(account, List.of())),
                pairing[0],
                pairing[1],
                0,
                0,
                wholeFrom == 0 ? null : Long.valueOf(wholeFrom));
    }

    /** What observers told of the account: as in its dossier. */
    public Observations observations(Connection connection, int account, long asOf) throws SQLException {
        return ObservationLoad.load(connection, directory, Set.of(account), asOf)
                .getOrDefault(account, Observations.NONE);
    }

    /**
     * What is deleted while an account is suspended, deactivated or deleted is deleted with it, not left by it: such follows have no
     * end, and that time is none in which the account was watched.
     */
    private static void readOwnEdges(
            Connection connection, Map<Integer, Gathered> gathered, Map<Integer, List<Span>> absent, long asOf)
            throws SQLException {
        String sql =
                "SELECT actor_id, kind, target_id, created_at, deleted_at, record_key FROM edge WHERE actor_id IN ("
                        + EvidenceBatch.list(gathered.keySet()) + ")";
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                Gathered account = gathered.get(rows.getInt(1));
                boolean follow = rows.getInt(2) == Relation.FOLLOW.code;
                long created = rows.getLong(4);
                long end = rows.getLong(5);
                if (account == null || created > asOf) {
                    continue;
                }
                boolean wentAlong =
                        absent.getOrDefault(rows.getInt(1), List.of()).stream().anyMatch(away -> away.contains(end));
                if (wentAlong && created == 0) {
                    continue;
                }
                long deleted = wentAlong ? 0 : end;
                if (created == 0) {
                    long claimed = new RecordKey(rows.getLong(6)).claimedSecond();
                    account.ownOrphaned += follow && deleted <= asOf && account.coverage.contains(claimed) ? 1 : 0;
                    continue;
                }
                Span span = span(created, deleted, asOf);
                Relations relations = account.relations(rows.getInt(3));
                if (follow) {
                    account.follows.add(new FollowEpisode(rows.getInt(3), span));
                    account.ownPaired += span.to() == Span.OPEN || created < account.wholeFrom ? 0 : 1;
                } else {
                    relations.blocked.add(span);
                }
            }
        }
    }

    /** Who follows and blocks these accounts: arrivals of anybody, the rest only where they followed them. */
    private static void readEdgesOnThem(Connection connection, Map<Integer, Gathered> gathered, long asOf)
            throws SQLException {
        String sql = "SELECT target_id, actor_id, kind, created_at, deleted_at FROM edge WHERE target_id IN ("
                + EvidenceBatch.list(gathered.keySet()) + ")";
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(10_000);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    Gathered account = gathered.get(rows.getInt(1));
                    long created = rows.getLong(4);
                    if (account == null || created == 0 || created > asOf) {
                        continue;
                    }
                    int actor = rows.getInt(2);
                    boolean follow = rows.getInt(3) == Relation.FOLLOW.code;
                    Span span = span(created, rows.getLong(5), asOf);
                    if (follow && created >= account.wholeFrom) {
                        account.arrivals.take(actor, span);
                    }
                    Relations relations = account.relations.get(actor);
                    if (relations != null) {
                        (follow ? relations.followedBack : relations.blocked).add(span);
                    }
                }
            }
        }
    }

    private static Map<Integer, List<Integer>> activeDays(Connection connection, Set<Integer> accounts, long asOf)
            throws SQLException {
        Map<Integer, List<Integer>> active = new HashMap<>();
        int lastDay = EdgePartitions.day(asOf);
        for (String part : parts(accounts)) {
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT account_id, period, days FROM activity"
                            + " WHERE account_id IN (" + part + ") ORDER BY account_id, period")) {
                while (rows.next()) {
                    List<Integer> days = active.computeIfAbsent(rows.getInt(1), account -> new ArrayList<>());
                    int first = rows.getInt(2) * 64;
                    // Unsigned in the table: getLong would refuse the top bit.
                    for (long bits = rows.getBigDecimal(3).longValue(); bits != 0; bits &= bits - 1) {
                        int day = first + Long.numberOfTrailingZeros(bits);
                        if (day <= lastDay) {
                            days.add(day);
                        }
                    }
                }
            }
        }
        return active;
    }

    private static Map<Integer, List<Span>> gone(Connection connection, Set<Integer> accounts, long asOf)
            throws SQLException {
        Map<Integer, List<Span>> gone = new HashMap<>();
        Map<Integer, Long> since = new HashMap<>();
        for (String part : parts(accounts)) {
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT account_id, seen_at, active FROM account_event"
                            + " WHERE active IS NOT NULL AND seen_at <= " + asOf + " AND account_id IN (" + part
                            + ") ORDER BY account_id, seen_at, seq")) {
                while (rows.next()) {
                    int account = rows.getInt(1);
                    if (!rows.getBoolean(3)) {
                        since.putIfAbsent(account, rows.getLong(2));
                    } else if (since.containsKey(account)) {
                        gone.computeIfAbsent(account, a -> new ArrayList<>())
                                .add(new Span(since.remove(account), rows.getLong(2)));
                    }
                }
            }
        }
        since.forEach((account, from) ->
                gone.computeIfAbsent(account, a -> new ArrayList<>()).add(new Span(from, Span.OPEN)));
        return gone;
    }

    /** Unfollows whose follow was seen, and was not, over days whose follows should all have been seen. */
    private static long[] pairing(Connection connection, StreamCoverage coverage, long asOf) throws SQLException {
        long paired = 0;
        long orphaned = 0;
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT day, paired, orphaned FROM stream_day WHERE day >= "
                        + (EdgePartitions.day(asOf) - EdgePartitions.KEPT_DAYS))) {
            while (rows.next()) {
                if (coverage.containsDayOf(rows.getInt(1))) {
                    paired += rows.getLong(2);
                    orphaned += rows.getLong(3);
                }
            }
        }
        return new long[] {paired, orphaned};
    }

    private static Span span(long created, long deleted, long asOf) {
        return new Span(created, deleted == 0 || deleted > asOf ? Span.OPEN : deleted);
    }

    private static List<Span> inOrder(List<Span> spans) {
        return spans.stream()
                .sorted(Comparator.comparingLong(Span::from).thenComparingLong(Span::to))
                .toList();
    }

    private static List<String> parts(Set<Integer> accounts) {
        return EvidenceBatch.parts(accounts, ACCOUNTS_A_STATEMENT).stream()
                .map(EvidenceBatch::list)
                .toList();
    }
}
