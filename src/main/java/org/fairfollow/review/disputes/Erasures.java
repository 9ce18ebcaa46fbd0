package org.fairfollow.review.disputes;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Set;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.account.ErasedAccounts;
import org.fairfollow.evidence.EvidenceLog;
import org.fairfollow.evidence.Measurements;
import org.fairfollow.http.Problem;
import org.fairfollow.reporter.TalesOfAccounts;
import org.fairfollow.review.Rulings;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.audit.Audits;

/**
 * Deletes an account at its owner's wish, from all tables at once. What stays are hashes of what it is called by, so that nothing
 * that arrives later is filed under it.
 */
@ApplicationScoped
class Erasures {
    private final Store store;
    private final DisputeRepository disputes;
    private final Directory directory;
    private final ErasedAccounts erased;
    private final EvidenceLog evidence;
    private final Measurements measurements;
    private final TalesOfAccounts tales;
    private final Audits audits;
    private final Decisions decisions;
    private final Rulings rulings;
    private final Clock clock;

    Erasures(
            Store store,
            DisputeRepository disputes,
            Directory directory,
            ErasedAccounts erased,
            EvidenceLog evidence,
            Measurements measurements,
            TalesOfAccounts tales,
            Audits audits,
            Decisions decisions,
            Rulings rulings,
            Clock clock) {
        this.store = store;
        this.disputes = disputes;
        this.directory = directory;
        this.erased = erased;
        this.evidence = evidence;
        this.measurements = measurements;
        this.tales = tales;
        this.audits = audits;
        this.decisions = decisions;
        this.rulings = rulings;
        this.clock = clock;
    }

    /** Throws a {@link Problem} unless control is proven. Doing it again changes nothing. */
    void erase(String id, byte[] tokenHash) {
        store.inTransaction(connection -> {
            Dispute dispute = Disputes.mine(disputes.lock(connection, id), tokenHash);
            if (dispute.stored() == DisputeState.ERASED) {
                return null;
            }
            if (dispute.stored() != DisputeState.PROVEN) {
                throw Problem.NOT_PROVEN.with("Prove first that the account is yours.");
            }
            erase(connection, dispute);
            return null;
        });
    }

    private void erase(Connection connection, Dispute dispute) throws SQLException {
        long now = clock.instant().getEpochSecond();
        // First, for facts that are being appended must not outlive it.
        evidence.lock(connection);
        Integer account = dispute.accountId();
        Set<Integer> numbers = account == null ? Set.of() : directory.allNumbers(connection, account);
        Set<AccountName> names = directory.names(connection, numbers);
        names.add(dispute.account());
        long entry = 0;
        for (int number : numbers) {
            // Audits first, and the case under the ledger's latch: whoever looks or rules takes them in this order.
            audits.erase(connection, number);
            entry = Math.max(entry, decisions.erase(connection, number));
            rulings.erase(connection, number);
            evidence.erase(connection, number);
        }
        measurements.erase(connection, names);
        tales.erase(connection, names, numbers);
        directory.erase(connection, numbers);
        erased.remember(connection, names, entry, now);
        for (AccountName name : names) {
            disputes.eraseUnproven(connection, name);
        }
        disputes.erase(connection, dispute, numbers, now);
    }
}
