package org.fairfollow.verdict;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.fairfollow.account.Account;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Dossiers;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Stance.Duty;
import org.fairfollow.verdict.Trials.Aside;

/**
 * Judges the accounts that are due: takes a part of the queue, puts their dossiers together, asks every detector and
 * writes what changed. State is recomputed whole, never patched, so judging twice changes nothing.
 */
@ApplicationScoped
public class Assessor {
    /** Accounts judged in one go: enough to make statements large, few enough to finish well within a claim. */
    private static final int ACCOUNTS_AT_ONCE = 250;

    private static final int PARTS_AT_ONCE = 2;

    private final Store store;
    private final DueQueue dueQueue;
    private final Dossiers dossiers;
    private final Directory directory;
    private final Ledger ledger;
    private final Rules rules;
    private final Clock clock;
    private final LongAdder judged = new LongAdder();

    Assessor(
            Store store,
            DueQueue dueQueue,
            Dossiers dossiers,
            Directory directory,
            Ledger ledger,
            Rules rules,
            Clock clock) {
        this.store = store;
        this.dueQueue = dueQueue;
        this.dossiers = dossiers;
        this.directory = directory;
        this.ledger = ledger;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Judges some of the accounts that are due.
     *
     * @param settle how long an account must have been due; more evidence usually follows at once
     * @return how many accounts were judged; 0 when none is due, or others judge by rules that are in force ({@link Rules})
     */
    public int judgeDue(Duration settle) {
        // While one part waits for the database, another is judged.
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> parts = IntStream.range(0, PARTS_AT_ONCE)
                    .mapToObj(part -> workers.submit(() -> judgePart(settle)))
                    .toList();
            int judged = 0;
            for (Future<Integer> part : parts) {
                judged += part.get();
            }
            return judged;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while judging", e);
        }
    }

    /** Accounts judged since the start, by this instance. */
    public long judged() {
        return judged.sum();
    }

    private int judgePart(Duration settle) {
        if (store.inTransaction(rules::stance).duty() == Duty.LEAVE) {
            return 0;
        }
        DueQueue.Claim claim = dueQueue.claim(ACCOUNTS_AT_ONCE, settle);
        if (claim.accounts().isEmpty()) {
            return 0;
        }
        for (Set<Integer> slice : store.read(connection -> dossiers.slices(connection, claim.accounts()))) {
            judgeSlice(claim.of(slice));
        }
        return claim.accounts().size();
    }

    private void judgeSlice(DueQueue.Claim claim) {
        long asOf = clock.instant().getEpochSecond();
        Map<Integer, Dossier> loaded = store.read(connection -> dossiers.load(connection, claim.accounts(), asOf));
        List<Judged> judged = new ArrayList<>();
        loaded.forEach((account, dossier) -> {
            for (Detector detector : Detectors.all()) {
                judged.add(Judged.by(detector, account, dossier));
            }
        });
        store.inTransaction(connection -> {
            ledger.lockShared(connection);
            Stance stance = rules.stance(connection);
            if (stance.duty() == Duty.LEAVE) {
                return null; // Whoever judges now takes them when this claim has lapsed.
            }
            Map<Integer, Account> accounts = directory.load(connection, claim.accounts());
            List<Aside> aside = ledger.write(connection, judged, accounts, stance);
            if (stance.trial() != 0) {
                Trials.write(connection, stance.trial(), claim.accounts(), aside);
            }
            dueQueue.settle(connection, claim);
            return null;
        });
        this.judged.add(claim.accounts().size());
    }
}
