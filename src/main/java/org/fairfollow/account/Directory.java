package org.fairfollow.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is who: native ids against handles over time. An account is its native id; a handle belongs to whoever was last
 * seen under it, and only while that account was not seen under another one since.
 *
 * <p>Sightings commute: told in any order, and twice, they lead to the same answer. All methods work on the caller's
 * connection and in its transaction.
 */
@ApplicationScoped
public class Directory {
    /** A handle seen longer ago may have changed hands unseen before the id was learned. */
    private static final long SAME_OWNER_SECONDS = 7 * 86_400L;

    /** Names in one statement. */
    private static final int HANDLES_AT_ONCE = 2_000;

    private static final int ACCOUNTS_AT_ONCE = 5_000;

    /** An account seen under a handle at a time (Unix epoch seconds). */
    public record Sighting(int accountId, AccountName handle, long seenAt) {}

    /** A handle seen at a time (Unix epoch seconds), whoever holds it. */
    public record HandleSeen(AccountName handle, long seenAt) {}

    /** The accounts of these native ids, made where they are new; every name gets one. */
    public Map<AccountName, Integer> resolve(Connection connection, Collection<AccountName> nativeIds, long seenAt)
            throws SQLException {
        Map<AccountName, Integer> found = findByNativeId(connection, nativeIds);
        List<AccountName> missing = nativeIds.stream()
                .distinct()
                .filter(name -> !found.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            // IGNORE: another instance may make the same account at this moment.
            String sql = "INSERT IGNORE INTO account (network, native_id, native_hash, first_seen) VALUES "
                    + placeholders("(?,?,?,?)", missing.size());
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                int i = 0;
                for (AccountName name : missing) {
                    insert.setInt(++i, name.network().code());
                    insert.setString(++i, name.value());
                    insert.setBytes(++i, name.hash().bytes());
                    insert.setLong(++i, seenAt);
                }
                insert.executeUpdate();
            }
            found.putAll(findByNativeId(connection, missing));
        }
        return found;
    }

    /** The account that holds {@code handle} at {@code seenAt}, made provisional where nobody is known to. */
    public int resolveHandle(Connection connection, AccountName handle, long seenAt) throws SQLException {
        return Objects.requireNonNull(resolveHandles(connection, List.of(new HandleSeen(handle, seenAt)))
                .get(handle));
    }

    /** The accounts that hold these handles, made provisional where nobody is known to; every handle gets one. */
    public Map<AccountName, Integer> resolveHandles(Connection connection, Collection<HandleSeen> seen)
            throws SQLException {
        Map<AccountName, LongSummaryStatistics> times = new LinkedHashMap<>();
        seen.forEach(one -> times.computeIfAbsent(one.handle, handle -> new LongSummaryStatistics())
                .accept(one.seenAt));
        Map<AccountName, Integer> ids = new HashMap<>();
        List<AccountName> handles = List.copyOf(times.keySet());
        for (int from = 0; from < handles.size(); from += HANDLES_AT_ONCE) {
            List<AccountName> part = handles.subList(from, Math.min(handles.size(), from + HANDLES_AT_ONCE));
            ids.putAll(owners(connection, part));
            makeProvisional(
                    connection,
                    part.stream().filter(handle -> !ids.containsKey(handle)).toList(),
                    times,
                    ids);
            List<Sighting> sightings = new ArrayList<>();
            for (AccountName handle : part) {
                LongSummaryStatistics at = Objects.requireNonNull(times.get(handle));
                int id = Objects.requireNonNull(ids.get(handle));
                sightings.add(new Sighting(id, handle, at.getMin()));
                if (at.getMax() > at.getMin()) {
                    sightings.add(new Sighting(id, handle, at.getMax()));
                }
            }
            sight(connection, sightings);
        }
        return ids;
    }

    /**
     * Learns that the holder of {@code handle} is the account {@code nativeId}: a provisional account that was seen under
     * it lately is merged into that account.
     *
     * @return the account
     */
    public int learn(Connection connection, AccountName handle, AccountName nativeId, long seenAt) throws SQLException {
        int known = resolve(connection, List.of(nativeId), seenAt)
                .values()
                .iterator()
                .next();
        List<Sighting> sighting = List.of(new Sighting(known, handle, seenAt));
        mergeProvisional(connection, sighting);
        sight(connection, sighting);
        return known;
    }

    /**
     * Merges provisional accounts into those with a native id that were seen under the same handle within seven days.
     *
     * @param sightings of accounts with a native id
     * @return provisional accounts that were merged now: what was known of them is of another account
     */
    public Set<Integer> mergeProvisional(Connection connection, Collection<Sighting> sightings) throws SQLException {
        Set<Integer> merged = new HashSet<>();
        if (sightings.isEmpty()) {
            return merged;
        }
        Map<AccountHash, List<Sighting>> byHash = sightings.stream()
                .collect(Collectors.groupingBy(sighting -> sighting.handle().hash()));
        Map<Integer, Integer> into = new HashMap<>();
        String sql = "SELECT s.account_id, s.handle_hash, s.handle, s.last_seen FROM handle_sighting s"
                + " JOIN account a ON a.id = s.account_id WHERE a.native_id IS NULL AND a.merged_into IS NULL"
                + " AND s.handle_hash IN (" + hashes(byHash.keySet()) + ")";
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String handle = rows.getString(3);
                long lastSeen = rows.getLong(4);
                Optional<Sighting> nearest = byHash.getOrDefault(AccountHash.of(rows.getBytes(2)), List.of()).stream()
                        .filter(sighting -> sighting.handle().value().equals(handle))
                        .filter(sighting -> Math.abs(sighting.seenAt - lastSeen) <= SAME_OWNER_SECONDS)
                        .min(Comparator.comparingLong((Sighting sighting) -> Math.abs(sighting.seenAt - lastSeen))
                                .thenComparingInt(Sighting::accountId));
                if (nearest.isPresent()) {
                    into.put(rows.getInt(1), nearest.get().accountId());
                }
            }
        }
        for (var one : into.entrySet()) {
            update(connection, "UPDATE account SET merged_into = ? WHERE id = ?", one.getValue(), one.getKey());
        }
        merged.addAll(into.keySet());
        return merged;
    }

    /** Of these accounts, those that were merged into another, and which. */
    public Map<Integer, Integer> mergedInto(Connection connection, Collection<Integer> ids) throws SQLException {
        return mergers(connection, "id", ids);
    }

    /** The accounts that were merged into one of these, and into which. */
    public Map<Integer, Integer> mergedFrom(Connection connection, Collection<Integer> ids) throws SQLException {
        return mergers(connection, "merged_into", ids);
    }

    private static Map<Integer, Integer> mergers(Connection connection, String column, Collection<Integer> ids)
            throws SQLException {
        Map<Integer, Integer> mergers = new HashMap<>();
        if (ids.isEmpty()) {
            return mergers;
        }
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, merged_into FROM account WHERE " + column + " IN ("
                        + list(ids) + ") AND merged_into IS NOT NULL")) {
            while (rows.next()) {
                mergers.put(rows.getInt(1), rows.getInt(2));
            }
        }
        return mergers;
    }

    /**
     * Records sightings.
     *
     * @return accounts seen under one of these handles before: whoever held it may have lost it
     */
    public Set<Integer> sight(Connection connection, Collection<Sighting> sightings) throws SQLException {
        if (sightings.isEmpty()) {
            return Set.of();
        }
        String sql = "INSERT INTO handle_sighting (account_id, handle_hash, handle, first_seen, last_seen) VALUES "
                + placeholders("(?,?,?,?,?)", sightings.size())
                + " ON DUPLICATE KEY UPDATE first_seen = LEAST(first_seen, VALUES(first_seen)),"
                + " last_seen = GREATEST(last_seen, VALUES(last_seen))";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            int i = 0;
            for (Sighting sighting : sightings) {
                insert.setInt(++i, sighting.accountId());
                insert.setBytes(++i, sighting.handle().hash().bytes());
                insert.setString(++i, sighting.handle().value());
                insert.setLong(++i, sighting.seenAt());
                insert.setLong(++i, sighting.seenAt());
            }
            insert.executeUpdate();
        }
        Set<AccountName> handles = sightings.stream().map(Sighting::handle).collect(Collectors.toSet());
        Set<Integer> others = new HashSet<>();
        for (Holding holding : holdings(connection, handles)) {
            others.add(holding.accountId);
        }
        sightings.forEach(sighting -> others.remove(sighting.accountId()));
        return others;
    }

    /** Something about the account's identity changed: its handle holds no longer until it is seen again. */
    public void doubtHandle(Connection connection, int accountId, long seenAt) throws SQLException {
        update(
                connection,
                "UPDATE account SET handle_doubted_at = GREATEST(handle_doubted_at, ?) WHERE id = ?",
                seenAt,
                accountId);
    }

    /** The account called {@code name} now; empty when nobody is known to be. */
    public Optional<Account> find(Connection connection, AccountName name) throws SQLException {
        return Optional.ofNullable(find(connection, List.of(name)).get(name));
    }

    /** The accounts called by these names now; names nobody is known by are left out. */
    public Map<AccountName, Account> find(Connection connection, Collection<AccountName> names) throws SQLException {
        List<AccountName> nativeIds =
                names.stream().filter(name -> !name.isHandle()).toList();
        List<AccountName> handles = names.stream().filter(AccountName::isHandle).toList();
        Map<AccountName, Integer> owners = new HashMap<>();
        Map<Integer, Known> known = new HashMap<>();
        if (!nativeIds.isEmpty()) {
            Set<AccountHash> hashes = nativeIds.stream().map(AccountName::hash).collect(Collectors.toSet());
            known.putAll(known(connection, "a.native_hash IN (" + hashes(hashes) + ")"));
            owners.putAll(owners(connection, currentHandles(known.values())));
        }
        if (!handles.isEmpty()) {
            Map<AccountName, Integer> holders = owners(connection, handles);
            if (!holders.isEmpty()) {
                known.putAll(known(connection, "a.id IN (" + list(Set.copyOf(holders.values())) + ")"));
            }
            owners.putAll(holders);
        }
        Map<AccountName, Account> byName = new HashMap<>();
        for (Known one : known.values()) {
            Account account = one.toAccount(owners);
            if (account.nativeId() != null) {
                byName.put(account.network().id(account.nativeId()), account);
            }
            if (account.handle() != null) {
                byName.put(account.network().handle(account.handle()), account);
            }
        }
        Map<AccountName, Account> found = new LinkedHashMap<>();
        for (AccountName name : names) {
            Account account = byName.get(name);
            if (account != null) {
                found.put(name, account);
            }
        }
        return found;
    }

    /** The numbers an account goes by: its own, the one it was merged into, and those that were merged into that. */
    public Set<Integer> allNumbers(Connection connection, int account) throws SQLException {
        int main = mergedInto(connection, List.of(account)).getOrDefault(account, account);
        Set<Integer> numbers =
                new TreeSet<>(mergedFrom(connection, List.of(main)).keySet());
        numbers.add(main);
        return numbers;
    }

    /** What these accounts are called by now: native ids, handles they hold, and those a provisional one was seen under. */
    public Set<AccountName> names(Connection connection, Collection<Integer> ids) throws SQLException {
        Set<AccountName> names = new HashSet<>();
        for (Account account : load(connection, ids).values()) {
            if (account.nativeId() != null) {
                names.add(account.network().id(account.nativeId()));
            }
            if (account.handle() != null) {
                names.add(account.network().handle(account.handle()));
            }
        }
        return names;
    }

    /** Forgets that there were such accounts. Numbers are never given again. */
    public void erase(Connection connection, Collection<Integer> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM handle_sighting WHERE account_id IN (" + list(ids) + ")");
            statement.executeUpdate("DELETE FROM account WHERE id IN (" + list(ids) + ")");
        }
    }

    /** The highest number given to an account; 0 before the first. */
    public int lastNumber(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(id), 0) FROM account")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** When each of these accounts was first heard of, Unix epoch seconds; those of other networks are left out. */
    public Map<Integer, Long> firstSeen(Connection connection, Network network, Collection<Integer> ids)
            throws SQLException {
        Map<Integer, Long> seen = new HashMap<>();
        List<Integer> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += ACCOUNTS_AT_ONCE) {
            List<Integer> part = all.subList(from, Math.min(all.size(), from + ACCOUNTS_AT_ONCE));
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT id, first_seen FROM account WHERE network = "
                            + network.code() + " AND id IN (" + list(part) + ")")) {
                while (rows.next()) {
                    seen.put(rows.getInt(1), rows.getLong(2));
                }
            }
        }
        return seen;
    }

    /** What is known of these accounts; unknown ids are left out. */
    public Map<Integer, Account> load(Connection connection, Collection<Integer> ids) throws SQLException {
        Map<Integer, Account> accounts = new HashMap<>();
        List<Integer> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += ACCOUNTS_AT_ONCE) {
            List<Integer> part = all.subList(from, Math.min(all.size(), from + ACCOUNTS_AT_ONCE));
            Map<Integer, Known> known = known(connection, "a.id IN (" + list(part) + ")");
            Map<AccountName, Integer> owners = owners(connection, currentHandles(known.values()));
            known.forEach((id, one) -> accounts.put(id, one.toAccount(owners)));
        }
        return accounts;
    }

    /** Accounts in the order they became known: at most {@code limit}, after the one numbered {@code after}. */
    public List<Account> list(Connection connection, Network network, int after, int limit) throws SQLException {
        List<Integer> ids = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id FROM account WHERE id > ? AND network = ? AND merged_into IS NULL ORDER BY id LIMIT ?")) {
            select.setInt(1, after);
            select.setInt(2, network.code());
            select.setInt(3, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getInt(1));
                }
            }
        }
        Map<Integer, Account> accounts = load(connection, ids);
        return ids.stream().map(accounts::get).filter(Objects::nonNull).toList();
    }

    private record Holding(AccountName handle, int accountId, long lastSeen) {}

    /** An account, and the handle it was last seen under, if there is one: whose that is now is another question. */
    private static final class Known {
        private final int id;
        private final Network network;
        private final @Nullable String nativeId;
        private final long handleDoubtedAt;
        private @Nullable String newestHandle;
        private long lastSeen = -1;

        Known(int id, Network network, @Nullable String nativeId, long handleDoubtedAt) {
            this.id = id;
            this.network = network;
            this.nativeId = nativeId;
            this.handleDoubtedAt = handleDoubtedAt;
        }

        /** Of two handles in the same second neither is the newest. */
        void sighted(String handle, long seenAt) {
            if (seenAt > lastSeen) {
                newestHandle = handle;
                lastSeen = seenAt;
            } else if (seenAt == lastSeen) {
                newestHandle = null;
            }
        }

        @Nullable
        AccountName currentHandle() {
            return newestHandle == null || lastSeen < handleDoubtedAt ? null : network.handle(newestHandle);
        }

        Account toAccount(Map<AccountName, Integer> owners) {
            AccountName current = currentHandle();
            boolean holds = current != null && Integer.valueOf(id).equals(owners.get(current));
            return new Account(
                    id, network, nativeId, current != null && holds ? current.value() : null, holds ? lastSeen : 0);
        }
    }

    /** The accounts of which {@code condition} (on {@code account a}) is true. */
    private static Map<Integer, Known> known(Connection connection, String condition) throws SQLException {
        Map<Integer, Known> known = new HashMap<>();
        String sql = "SELECT a.id, a.network, a.native_id, a.handle_doubted_at, s.handle, s.last_seen FROM account a"
                + " LEFT JOIN handle_sighting s ON s.account_id = a.id WHERE " + condition;
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                int id = rows.getInt(1);
                Known one = known.get(id);
                if (one == null) {
                    one = new Known(id, Network.ofCode(rows.getInt(2)), rows.getString(3), rows.getLong(4));
                    known.put(id, one);
                }
                String handle = rows.getString(5);
                if (handle != null) {
                    one.sighted(handle, rows.getLong(6));
                }
            }
        }
        return known;
    }

    private static Set<AccountName> currentHandles(Collection<Known> known) {
        return known.stream().map(Known::currentHandle).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /** Who was last seen under each handle; nobody where two were seen in the same second. */
    private Map<AccountName, Integer> owners(Connection connection, Collection<AccountName> handles)
            throws SQLException {
        Map<AccountName, Long> newest = new HashMap<>();
        Map<AccountName, Integer> owners = new HashMap<>();
        for (Holding holding : holdings(connection, handles)) {
            long best = newest.getOrDefault(holding.handle, -1L);
            if (holding.lastSeen > best) {
                newest.put(holding.handle, holding.lastSeen);
                owners.put(holding.handle, holding.accountId);
            } else if (holding.lastSeen == best) {
                owners.remove(holding.handle);
            }
        }
        return owners;
    }

    /** All sightings of these handles, merged accounts under the account they became. */
    private List<Holding> holdings(Connection connection, Collection<AccountName> handles) throws SQLException {
        if (handles.isEmpty()) {
            return List.of();
        }
        Map<AccountHash, AccountName> byHash =
                handles.stream().distinct().collect(Collectors.toMap(AccountName::hash, Function.identity()));
        Map<String, Holding> newest = new HashMap<>();
        String sql = "SELECT s.handle_hash, COALESCE(a.merged_into, a.id), s.last_seen, s.handle"
                + " FROM handle_sighting s JOIN account a ON a.id = s.account_id WHERE s.handle_hash IN ("
                + hashes(byHash.keySet()) + ")";
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                AccountName handle = byHash.get(AccountHash.of(rows.getBytes(1)));
                if (handle != null && handle.value().equals(rows.getString(4))) {
                    Holding holding = new Holding(handle, rows.getInt(2), rows.getLong(3));
                    newest.merge(
                            handle.key() + ' ' + holding.accountId, holding, (a, b) -> b.lastSeen > a.lastSeen ? b : a);
                }
            }
        }
        return List.copyOf(newest.values());
    }

    private Map<AccountName, Integer> findByNativeId(Connection connection, Collection<AccountName> names)
            throws SQLException {
        Map<AccountName, Integer> found = new HashMap<>();
        if (names.isEmpty()) {
            return found;
        }
        Map<AccountHash, AccountName> byHash =
                names.stream().distinct().collect(Collectors.toMap(AccountName::hash, Function.identity()));
        String sql =
                "SELECT native_hash, id, native_id FROM account WHERE native_hash IN (" + hashes(byHash.keySet()) + ")";
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                AccountName name = byHash.get(AccountHash.of(rows.getBytes(1)));
                // A hash is 128 bits of an id anyone may choose: it finds the row, the id itself decides.
                if (name != null && name.value().equals(rows.getString(3))) {
                    found.put(name, rows.getInt(2));
                }
            }
        }
        return found;
    }

    private static void makeProvisional(
            Connection connection,
            List<AccountName> handles,
            Map<AccountName, LongSummaryStatistics> times,
            Map<AccountName, Integer> ids)
            throws SQLException {
        if (handles.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO account (network, first_seen) VALUES " + placeholders("(?,?)", handles.size())
                + " RETURNING id, network";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            int i = 0;
            for (AccountName handle : handles) {
                insert.setInt(++i, handle.network().code());
                insert.setLong(++i, Objects.requireNonNull(times.get(handle)).getMin());
            }
            Map<Integer, Deque<Integer>> made = new HashMap<>();
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    made.computeIfAbsent(rows.getInt(2), network -> new ArrayDeque<>())
                            .add(rows.getInt(1));
                }
            }
            for (AccountName handle : handles) {
                ids.put(
                        handle,
                        Objects.requireNonNull(made.get(handle.network().code()))
                                .remove());
            }
        }
    }

    private static void update(Connection connection, String sql, long first, long second) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, first);
            statement.setLong(2, second);
            statement.executeUpdate();
        }
    }

    private static String hashes(Collection<AccountHash> hashes) {
        return hashes.stream().map(hash -> "x'" + hash.hex() + "'").collect(Collectors.joining(","));
    }

    private static String list(Collection<Integer> ids) {
        return ids.stream().map(Integer::toUnsignedString).collect(Collectors.joining(","));
    }

    private static String placeholders(String group, int count) {
        return String.join(",", Collections.nCopies(count, group));
    }
}
