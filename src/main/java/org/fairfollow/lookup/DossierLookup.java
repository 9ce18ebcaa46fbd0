package org.fairfollow.lookup;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Practice;
import org.fairfollow.http.Problem;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.publication.Payload;
import org.fairfollow.publication.VerdictJson;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Exported;
import org.fairfollow.verdict.Exported.Withheld;
import org.fairfollow.verdict.KeptDossier;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Rulebook;

/** The evidence on which something is held against an account, for anybody to judge it again. */
@ApplicationScoped
public class DossierLookup {
    /** Of all dossiers of an account together, as JSON: some 75,000 follows. */
    private static final long MAX_BYTES = 16 << 20;
    /** The largest take some 100 MB while they are judged again; so few at a time bound that, whoever asks. */
    private static final int AT_ONCE = 2;

    private static final long PATIENCE_MILLIS = 1_500;

    private final AccountLookup lookup;
    private final Store store;
    private final Directory directory;
    private final Ledger ledger;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    DossierLookup(AccountLookup lookup, Store store, Directory directory, Ledger ledger) {
        this.lookup = lookup;
        this.store = store;
        this.directory = directory;
        this.ledger = ledger;
    }

    /**
     * @param format what kind of file this is once it is one
     * @param rules {@link Rulebook#sha256()} of the service that answers
     */
    private record Export(String format, AccountJson account, String rules, Map<Practice, Exported> practices) {}

    /** Throws {@link Store.DatabaseAwayException} while there is no database. */
    Payload of(AccountName name) {
        // Before anything is read: whoever must wait holds nothing.
        if (!turn()) {
            throw Problem.BUSY.with("Ask again in a few seconds; few dossiers are put together at a time.");
        }
        try {
            return Payload.json(export(name));
        } finally {
            turns.release();
        }
    }

    private boolean turn() {
        try {
            return turns.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Export export(AccountName name) {
        List<KeptDossier> kept = store.readPromptly(connection -> kept(connection, name));
        AccountLookup.Answer shown = lookup.answer(name);
        Map<Practice, Exported> practices = new LinkedHashMap<>();
        long bytes = 0;
        for (KeptDossier one : kept) {
            if (shown.verdicts().stream().noneMatch(verdict -> isSame(verdict, one))) {
                continue; // Held and not published, or not published any more: then it is not told here either.
            }
            bytes += one.size();
            practices.put(one.practice(), bytes > MAX_BYTES ? one.without(Withheld.TOO_LARGE) : one.export());
        }
        if (practices.isEmpty()) {
            throw Problem.NO_DOSSIER.with(
                    "Only verdicts of signs and above have one; /v1/accounts/… tells what is held.");
        }
        return new Export("fairfollow-dossier/1", shown.account(), Rulebook.sha256(), practices);
    }

    private List<KeptDossier> kept(Connection connection, AccountName name) throws SQLException {
        Optional<Account> account = directory.find(connection, name);
        return account.isEmpty()
                ? List.of()
                : ledger.kept(connection, account.get().id());
    }

    private static boolean isSame(VerdictJson shown, KeptDossier kept) {
        // Its file says what the rules make of it; while that is not published, for its owner contests it, neither is
        // the file.
        boolean published = shown.standing().isListed() || !kept.standing().isListed();
        return shown.practice() == kept.practice() && shown.standing() == kept.heldAs() && published;
    }
}
