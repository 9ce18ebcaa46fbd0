package org.fairfollow.intake.measurement;

import jakarta.enterprise.context.ApplicationScoped;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.account.ErasedAccounts;
import org.fairfollow.evidence.Measurements;
import org.fairfollow.http.Problem;
import org.fairfollow.network.AccountReaders;
import org.fairfollow.store.Store;

/** What people ask of measurements by themselves. */
@ApplicationScoped
class Requests {
    private final Store store;
    private final Directory directory;
    private final ErasedAccounts erased;
    private final Measurements measurements;
    private final Measuring measuring;
    private final AccountReaders readers;

    Requests(
            Store store,
            Directory directory,
            ErasedAccounts erased,
            Measurements measurements,
            Measuring measuring,
            AccountReaders readers) {
        this.store = store;
        this.directory = directory;
        this.erased = erased;
        this.measurements = measurements;
        this.measuring = measuring;
        this.readers = readers;
    }

    /**
     * Somebody wishes the account were measured. Asking again within a day changes nothing.
     *
     * @throws RuntimeException a {@link Problem} where it cannot be
     */
    Measurements.Status ask(AccountName account) {
        Asked asked = inTransaction(account);
        if (asked.status.state() == Measurements.State.QUEUED
                && readers.of(account.network()).isEmpty()) {
            // Nobody is to be asked, so it is over at once.
            measuring.measure(asked.as.hash());
            return inTransaction(account).status;
        }
        return asked.status;
    }

    /** @param as the name it is measured under */
    private record Asked(AccountName as, Measurements.Status status) {}

    private Asked inTransaction(AccountName account) {
        return store.inTransaction(connection -> {
            if (erased.known(connection).test(account)) {
                throw Problem.ACCOUNT_ERASED.with(
                        "Its owner had it erased: nothing of it is held, and it is not measured.");
            }
            // Asked, never taught: a wish makes nobody known.
            Account known = directory.find(connection, account).orElse(null);
            return measurements
                    .ask(connection, account, known)
                    .map(status -> new Asked(Measurements.nameOf(account, known), status))
                    .orElseThrow(() -> Problem.BUSY.with("Too many accounts wait to be measured; ask again later."));
        });
    }
}
