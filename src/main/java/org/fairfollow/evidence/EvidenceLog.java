package org.fairfollow.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.account.ErasedAccounts;
import org.fairfollow.evidence.Evidence.OwnActivity;
import org.fairfollow.store.Latch;
import org.fairfollow.store.Store;

/** The log of dated facts. Appending them marks the accounts they bear on as due, in the same transaction. */
@ApplicationScoped
public class EvidenceLog {
    private final Store store;
    private final Directory directory;
    private final EdgePartitions partitions;
    private final AccountIds accountIds;
    private final ErasedAccounts erased;
    private final Measurements measurements;
    private final Clock clock;

    EvidenceLog(
            Store store,
            Directory directory,
            EdgePartitions partitions,
            AccountIds accountIds,
            ErasedAccounts erased,
            Measurements measurements,
            Clock clock) {
        this.store = store;
        this.directory = directory;
        this.erased = erased;
        this.measurements = measurements;
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
        return facts.isEmpty() ? List.of() : append(facts, connection -> {});
    }

    /** What else is to be written with facts; it must not change anything but the database. */
    @FunctionalInterface
    public interface Together {
        void write(Connection connection) throws SQLException;
    }

    /** The same, in one transaction with what says how far whoever measures has come; what that throws undoes both. */
    public List<Appended> append(List<Evidence> facts, Together together) {
        return appendAll(facts, (connection, now) -> {
            lock(connection);
            together.write(connection);
            return append(connection, facts, now);
        });
    }

    /**
     * Appends what a consumer of the stream was told, and how far that takes it, in one transaction: the cursor never stands behind
     * or before what is stored. Whoever is watched and shows something new of itself is to be measured again.
     *
     * @return what became of each fact, in order
     * @throws StreamCursor.SupersededException when another consumer has begun since; nothing was appended
     * @throws Store.DatabaseAwayException when there is no database to be had. If it went while it was committing, nobody knows
     *     whether it did: appending the same again changes nothing then
     */
    public List<Appended> append(List<Evidence> facts, StreamStep step) {
        return appendAll(
                facts,
                (connection, now) -> StreamCursor.briefly(connection, () -> {
                    lock(connection);
                    StreamCursor.advance(connection, step);
                    EvidenceBatch.Result result = append(connection, facts, now);
                    askForWatched(connection, facts, result.accounts());
                    return result;
                }));
    }

    /** What is done with facts, in a transaction. */
    @FunctionalInterface
    private interface Appending {
        EvidenceBatch.Result run(Connection connection, long now) throws SQLException;
    }

    private List<Appended> appendAll(List<Evidence> facts, Appending appending) {
        long now = clock.instant().getEpochSecond();
        for (int attempt = 1; ; attempt++) {
            // Adding a partition ends a transaction, so it comes before.
            partitions.prepare(facts, now);
            try {
                EvidenceBatch.Result result = store.inTransaction(connection -> appending.run(connection, now));
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
        lock(connection);
        Predicate<AccountName> isErased = erased.known(connection);
        List<Evidence> kept = new ArrayList<>();
        Set<AccountName> renamed = new HashSet<>();
        for (Evidence fact : facts) {
            if (EvidenceBatch.named(fact).stream().noneMatch(isErased)) {
                kept.add(fact);
            } else {
                handle(fact).ifPresent(renamed::add);
            }
        }
        // Else it could come back under its next handle.
        erased.remember(connection, renamed, 0, now);
        EvidenceBatch.Result result = new EvidenceBatch(connection, directory, accountIds, now).append(kept);
        return kept.size() == facts.size() ? result : withErased(facts, kept, result);
    }

    private void askForWatched(Connection connection, List<Evidence> facts, Map<AccountName, Integer> accounts)
            throws SQLException {
        Map<Integer, AccountName> showing = new HashMap<>();
        for (Evidence fact : facts) {
            // Of erased accounts there is no number.
            Integer id =
                    fact instanceof OwnActivity activity && activity.shows() ? accounts.get(activity.account()) : null;
            if (id != null) {
                showing.put(id, ((OwnActivity) fact).account());
            }
        }
        for (int id : DueQueue.watched(connection, showing.keySet())) {
            measurements.ask(connection, Objects.requireNonNull(showing.get(id)), id);
        }
    }

    /** The handle an account was seen under. */
    private static Optional<AccountName> handle(Evidence fact) {
        return switch (fact) {
            case Evidence.IdentitySeen identity -> Optional.ofNullable(identity.handle());
            case Evidence.HandleVerified verified -> Optional.ofNullable(verified.handle());
            default -> Optional.empty();
        };
    }

    /** The outcomes of all facts, in order. */
    private static EvidenceBatch.Result withErased(
            List<Evidence> facts, List<Evidence> kept, EvidenceBatch.Result result) {
        List<Appended> outcomes = new ArrayList<>();
        int next = 0;
        for (Evidence fact : facts) {
            boolean isKept = next < kept.size() && kept.get(next) == fact;
            outcomes.add(isKept ? result.outcomes().get(next++) : Appended.ERASED);
        }
        return new EvidenceBatch.Result(outcomes, result.accounts());
    }

    /** Nothing is appended until the transaction ends. */
    public void lock(Connection connection) throws SQLException {
        Latch.EVIDENCE.takeAlone(connection);
    }

    /**
     * Deletes what an account did and what was done to it, under {@link #lock}. A follow has two sides: left to one of them it
     * would tell of the other, and of those it followed without being told who followed back.
     */
    public void erase(Connection connection, int account) throws SQLException {
        RollUp.pause(connection);
        for (String of : new String[] {
            "edge WHERE actor_id",
            "edge WHERE target_id",
            // Else a day that is being rolled up would bring them back.
            "edge_aside WHERE actor_id",
            "edge_aside WHERE target_id",
            "tracked WHERE account_id",
            "observation WHERE account_id",
            "observation WHERE other_id",
            "tally WHERE account_id",
            "activity WHERE account_id",
            "account_event WHERE account_id",
            "due WHERE account_id",
            "watched WHERE account_id"
        }) {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + of + " = ?")) {
                delete.setInt(1, account);
                delete.executeUpdate();
            }
        }
    }
}
