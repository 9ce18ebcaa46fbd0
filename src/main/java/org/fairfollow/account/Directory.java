package org.fairfollow.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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

    /** An account seen under a handle at a time (Unix epoch seconds). */
    public record Sighting(int accountId, AccountName handle, long seenAt) {}

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
        Optional<Integer> owner = ownerOf(connection, handle);
        int id = owner.isPresent() ? owner.get() : makeProvisional(connection, handle.network(), seenAt);
        sight(connection, List.of(new Sighting(id, handle, seenAt)));
        return id;
    }

    /**
     * Learns that the holder of {@code handle} is the account {@code nativeId}: a provisional account that was seen under
     * it lately becomes that account, or is merged into it.
     *
     * @return the account
     */
    public int learn(Connection connection, AccountName handle, AccountName nativeId, long seenAt) throws SQLException {
        Optional<Account> provisional = find(connection, handle)
                .filter(account -> account.nativeId() == null)
                .filter(account -> Math.abs(seenAt - account.handleVerifiedAt()) <= SAME_OWNER_SECONDS);
        int known = resolve(connection, List.of(nativeId), seenAt)
                .values()
                .iterator()
                .next();
        if (provisional.isPresent()) {
            update(
                    connection,
                    "UPDATE account SET merged_into = ? WHERE id = ?",
                    known,
                    provisional.get().id());
        }
        sight(connection, List.of(new Sighting(known, handle, seenAt)));
        return known;
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
        Map<AccountName, Integer> ids = new LinkedHashMap<>();
        ids.putAll(findByNativeId(
                connection, names.stream().filter(name -> !name.isHandle()).toList()));
        List<AccountName> handles = names.stream().filter(AccountName::isHandle).toList();
        ids.putAll(owners(connection, handles));
        Map<Integer, Account> accounts = load(connection, Set.copyOf(ids.values()));
        Map<AccountName, Account> found = new LinkedHashMap<>();
        ids.forEach((name, id) -> {
            Account account = accounts.get(id);
            if (account != null && (!name.isHandle() || name.value().equals(account.handle()))) {
                found.put(name, account);
            }
        });
        return found;
    }

    /** What is known of these accounts; unknown ids are left out. */
    public Map<Integer, Account> load(Connection connection, Collection<Integer> ids) throws SQLException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<Integer, Held> held = currentHandles(connection, ids);
        Map<AccountName, Integer> owners =
                owners(connection, held.values().stream().map(h -> h.handle).collect(Collectors.toSet()));
        Map<Integer, Account> accounts = new HashMap<>();
        String sql = "SELECT id, network, native_id, handle_doubted_at FROM account WHERE id IN (" + list(ids) + ")";
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                int id = rows.getInt(1);
                Held newest = held.get(id);
                Held holds = newest != null
                                && Integer.valueOf(id).equals(owners.get(newest.handle))
                                && newest.lastSeen >= rows.getLong(4)
                        ? newest
                        : null;
                accounts.put(
                        id,
                        new Account(
                                id,
                                Network.ofCode(rows.getInt(2)),
                                rows.getString(3),
                                holds == null ? null : holds.handle.value(),
                                holds == null ? 0 : holds.lastSeen));
            }
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

    private record Held(AccountName handle, long lastSeen) {}

    private record Holding(AccountName handle, int accountId, long lastSeen) {}

    /** The handle each account was last seen under; none for one seen under two in the same second. */
    private Map<Integer, Held> currentHandles(Connection connection, Collection<Integer> ids) throws SQLException {
        Map<Integer, Held> newest = new HashMap<>();
        Set<Integer> undecided = new HashSet<>();
        String sql = "SELECT s.account_id, a.network, s.handle, s.last_seen FROM handle_sighting s"
                + " JOIN account a ON a.id = s.account_id WHERE s.account_id IN (" + list(ids) + ")";
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                int account = rows.getInt(1);
                long lastSeen = rows.getLong(4);
                Held former = newest.get(account);
                if (former == null || lastSeen > former.lastSeen) {
                    newest.put(account, new Held(Network.ofCode(rows.getInt(2)).handle(rows.getString(3)), lastSeen));
                    undecided.remove(account);
                } else if (lastSeen == former.lastSeen) {
                    undecided.add(account);
                }
            }
        }
        newest.keySet().removeAll(undecided);
        return newest;
    }

    private Optional<Integer> ownerOf(Connection connection, AccountName handle) throws SQLException {
        return Optional.ofNullable(owners(connection, List.of(handle)).get(handle));
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

    private int makeProvisional(Connection connection, Network network, long seenAt) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO account (network, first_seen) VALUES (?, ?)", PreparedStatement.RETURN_GENERATED_KEYS)) {
            insert.setInt(1, network.code());
            insert.setLong(2, seenAt);
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return keys.getInt(1);
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
