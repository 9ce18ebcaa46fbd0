package org.fairfollow.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.evidence.Evidence.EdgeCreated;
import org.fairfollow.evidence.Evidence.EdgeDeleted;
import org.fairfollow.evidence.Evidence.HandleVerified;
import org.fairfollow.evidence.Evidence.IdentitySeen;
import org.fairfollow.evidence.Evidence.Observed;
import org.fairfollow.evidence.Evidence.OwnActivity;
import org.fairfollow.evidence.Evidence.RelationSeen;
import org.fairfollow.evidence.Evidence.StatusSeen;
import org.jspecify.annotations.Nullable;

/** One append: folds facts into what is stored and writes what changed, in the caller's transaction. */
final class EvidenceBatch {
    private static final int IDENTITY = 0;
    private static final int STATUS = 1;

    private final Connection connection;
    private final Directory directory;
    private final AccountIds accountIds;
    private final long now;

    private final Map<AccountName, Integer> ids = new HashMap<>();
    /** Apart from those with a native id, which are remembered: a handle may be another's tomorrow. */
    private final Map<AccountName, Integer> holders = new HashMap<>();

    private final Set<Integer> due = new TreeSet<>();

    EvidenceBatch(Connection connection, Directory directory, AccountIds accountIds, long now) {
        this.connection = connection;
        this.directory = directory;
        this.accountIds = accountIds;
        this.now = now;
    }

    /**
     * @param outcomes what became of each fact, in order
     * @param accounts accounts found or made; to be remembered once the transaction has committed
     */
    record Result(List<Appended> outcomes, Map<AccountName, Integer> accounts) {}

    Result append(List<Evidence> facts) throws SQLException {
        ids.putAll(accountIds.resolve(connection, nativeIds(facts), now));
        StreamCoverage.note(connection, facts);
        Appended[] outcomes = new Appended[facts.size()];
        appendEdges(facts, outcomes);
        appendActivity(facts, outcomes);
        appendAccountEvents(facts, outcomes);
        appendObservations(facts, outcomes);
        DueQueue.mark(connection, due, now);
        return new Result(Arrays.asList(outcomes), ids);
    }

    private static Set<AccountName> nativeIds(List<Evidence> facts) {
        Set<AccountName> names = new LinkedHashSet<>();
        for (Evidence fact : facts) {
            switch (fact) {
                case EdgeCreated edge -> {
                    names.add(edge.actor());
                    names.add(edge.target());
                }
                case EdgeDeleted edge -> names.add(edge.actor());
                case OwnActivity activity -> names.add(activity.account());
                case IdentitySeen identity -> names.add(identity.account());
                case HandleVerified verified -> names.add(verified.account());
                case StatusSeen status -> names.add(status.account());
                case Observed _, RelationSeen _ ->
                    observed(fact).stream().filter(name -> !name.isHandle()).forEach(names::add);
            }
        }
        return names;
    }

    /** All accounts a fact names. */
    static Collection<AccountName> named(Evidence fact) {
        List<AccountName> observed = observed(fact);
        return observed.isEmpty() ? nativeIds(List.of(fact)) : observed;
    }

    private int id(AccountName name) {
        Integer id = (name.isHandle() ? holders : ids).get(name);
        if (id == null) {
            throw new IllegalStateException("an account was not resolved");
        }
        return id;
    }

    private void appendEdges(List<Evidence> facts, Appended[] outcomes) throws SQLException {
        EdgeFold fold = new EdgeFold(connection, now);
        for (Evidence fact : facts) {
            switch (fact) {
                case EdgeCreated edge -> fold.want(id(edge.actor()), edge.key(), edge.relation(), id(edge.target()));
                case EdgeDeleted edge -> fold.want(id(edge.actor()), edge.key(), edge.relation());
                default -> {}
            }
        }
        fold.load();
        for (int i = 0; i < outcomes.length; i++) {
            switch (facts.get(i)) {
                case EdgeCreated edge ->
                    outcomes[i] = fold.created(
                            id(edge.actor()), edge.key(), edge.relation(), id(edge.target()), edge.seenAt());
                case EdgeDeleted edge ->
                    outcomes[i] = fold.deleted(id(edge.actor()), edge.key(), edge.relation(), edge.seenAt());
                default -> {}
            }
        }
        fold.write();
        due.addAll(fold.actors());
        due.addAll(DueQueue.watched(connection, fold.targets()));
    }

    private void appendActivity(List<Evidence> facts, Appended[] outcomes) throws SQLException {
        Map<Long, Long> days = new TreeMap<>();
        for (int i = 0; i < outcomes.length; i++) {
            if (facts.get(i) instanceof OwnActivity activity) {
                int day = EdgePartitions.day(activity.seenAt());
                long row = (long) id(activity.account()) << 32 | day / 64;
                days.merge(row, 1L << day % 64, (a, b) -> a | b);
                outcomes[i] = Appended.ACTIVITY;
            }
        }
        if (days.isEmpty()) {
            return;
        }
        StringBuilder sql = new StringBuilder("INSERT INTO activity (account_id, period, days) VALUES ");
        days.forEach((row, bits) -> sql.append('(')
                .append(row >>> 32)
                .append(',')
                .append(row & 0xffff_ffffL)
                .append(',')
                .append(Long.toUnsignedString(bits))
                .append("),"));
        sql.setLength(sql.length() - 1);
        sql.append(" ON DUPLICATE KEY UPDATE days = days | VALUES(days)");
        execute(sql.toString());
    }

    private void appendAccountEvents(List<Evidence> facts, Appended[] outcomes) throws SQLException {
        Set<AccountEvent> known = knownAccountEvents(facts);
        List<AccountEvent> fresh = new ArrayList<>();
        List<Directory.Sighting> sightings = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            if (facts.get(i) instanceof HandleVerified verified) {
                outcomes[i] = Appended.ACCEPTED;
                due.add(id(verified.account()));
                seeHandle(verified.account(), verified.handle(), verified.seenAt(), sightings);
                continue;
            }
            AccountEvent event = accountEvent(facts.get(i));
            if (event == null) {
                continue;
            }
            if (!known.add(event)) {
                outcomes[i] = Appended.DUPLICATE;
                continue;
            }
            outcomes[i] = Appended.ACCEPTED;
            fresh.add(event);
            due.add(event.account);
            if (facts.get(i) instanceof IdentitySeen identity) {
                seeHandle(identity.account(), identity.handle(), identity.seenAt(), sightings);
            }
        }
        due.addAll(directory.mergeProvisional(connection, sightings));
        due.addAll(directory.sight(connection, sightings));
        if (fresh.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO account_event (account_id, kind, seq, seen_at, active) VALUES (?,?,?,?,?)")) {
            for (AccountEvent event : fresh) {
                insert.setInt(1, event.account);
                insert.setInt(2, event.kind);
                insert.setLong(3, event.seq);
                insert.setLong(4, event.seenAt);
                insert.setObject(5, event.active);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void seeHandle(
            AccountName account, @Nullable AccountName handle, long seenAt, List<Directory.Sighting> sightings)
            throws SQLException {
        if (handle == null) {
            directory.doubtHandle(connection, id(account), seenAt);
        } else {
            sightings.add(new Directory.Sighting(id(account), handle, seenAt));
        }
    }

    /** Equal when the natural key is. */
    private static final class AccountEvent {
        final int account;
        final int kind;
        final long seq;
        final long seenAt;
        final @Nullable Boolean active;

        AccountEvent(int account, int kind, long seq, long seenAt, @Nullable Boolean active) {
            this.account = account;
            this.kind = kind;
            this.seq = seq;
            this.seenAt = seenAt;
            this.active = active;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof AccountEvent event
                    && event.account == account
                    && event.kind == kind
                    && event.seq == seq;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(seq) * 31 + account;
        }
    }

    private @Nullable AccountEvent accountEvent(Evidence fact) {
        return switch (fact) {
            case IdentitySeen identity ->
                new AccountEvent(id(identity.account()), IDENTITY, identity.seq(), identity.seenAt(), null);
            case StatusSeen status ->
                new AccountEvent(id(status.account()), STATUS, status.seq(), status.seenAt(), status.active());
            default -> null;
        };
    }

    private Set<AccountEvent> knownAccountEvents(List<Evidence> facts) throws SQLException {
        Set<Integer> accounts = new HashSet<>();
        for (Evidence fact : facts) {
            AccountEvent event = accountEvent(fact);
            if (event != null) {
                accounts.add(event.account);
            }
        }
        Set<AccountEvent> known = new HashSet<>();
        if (accounts.isEmpty()) {
            return known;
        }
        try (var statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT account_id, kind, seq FROM account_event WHERE account_id IN ("
                                + list(accounts) + ")")) {
            while (rows.next()) {
                known.add(new AccountEvent(rows.getInt(1), rows.getInt(2), rows.getLong(3), 0, null));
            }
        }
        return known;
    }

    private void appendObservations(List<Evidence> facts, Appended[] outcomes) throws SQLException {
        holders.putAll(directory.resolveHandles(connection, handles(facts)));
        ObservationBatch observations = new ObservationBatch(connection, directory, this::id);
        observations.append(facts, outcomes);
        due.addAll(observations.changed());
    }

    private static List<Directory.HandleSeen> handles(List<Evidence> facts) {
        List<Directory.HandleSeen> handles = new ArrayList<>();
        for (Evidence fact : facts) {
            for (AccountName name : observed(fact)) {
                if (name.isHandle()) {
                    handles.add(new Directory.HandleSeen(name, fact.seenAt()));
                }
            }
        }
        return handles;
    }

    /** The accounts an observation names; none for facts of a stream. */
    private static List<AccountName> observed(Evidence fact) {
        return switch (fact) {
            case Observed observed -> List.of(observed.account());
            case RelationSeen seen -> List.of(seen.actor(), seen.target());
            default -> List.of();
        };
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** The same in parts of at most {@code size}. */
    static <T> List<List<T>> parts(Collection<T> all, int size) {
        List<T> ordered = List.copyOf(all);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < ordered.size(); from += size) {
            parts.add(ordered.subList(from, Math.min(ordered.size(), from + size)));
        }
        return parts;
    }

    static String list(Collection<Integer> numbers) {
        StringBuilder list = new StringBuilder();
        for (int number : numbers) {
            list.append(list.isEmpty() ? "" : ",").append(number);
        }
        return list.toString();
    }
}
