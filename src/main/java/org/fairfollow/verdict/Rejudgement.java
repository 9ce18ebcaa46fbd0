package org.fairfollow.verdict;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.account.Account;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Dossiers;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Stance.Duty;
import org.fairfollow.verdict.Trials.Trial;
import org.jspecify.annotations.Nullable;

/**
 * Judges everybody by rules that are not in force, aside, and has everybody judged of whom it said otherwise once they are. Instances
 * share it, one at a time, in parts of a second's work; one that is killed with a part is followed by another one that does it again.
 */
@ApplicationScoped
public class Rejudgement {
    /** Whoever has a part of it and is not done by then was killed or froze. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private static final int LARGEST_PART = 1_000;

    private final Store store;
    private final Rules rules;
    private final Ledger ledger;
    private final Dossiers dossiers;
    private final Directory directory;
    private final DueQueue dueQueue;
    private final Clock clock;
    private final int perSecond;

    Rejudgement(
            Store store,
            Rules rules,
            Ledger ledger,
            Dossiers dossiers,
            Directory directory,
            DueQueue dueQueue,
            Clock clock,
            @ConfigProperty(name = "fairfollow.rejudgement.per-second") int perSecond) {
        this.store = store;
        this.rules = rules;
        this.ledger = ledger;
        this.dossiers = dossiers;
        this.directory = directory;
        this.dueQueue = dueQueue;
        this.clock = clock;
        if (perSecond < 1 || perSecond > LARGEST_PART) {
            throw new IllegalArgumentException(
                    "fairfollow.rejudgement.per-second is 1 to " + LARGEST_PART + ", not " + perSecond);
        }
        this.perSecond = perSecond;
    }

    private record Part(Trial trial, Set<Practice> untried, List<Integer> accounts, long began) {}

    /**
     * Judges the next accounts aside where this instance's rules are on trial, as many as a second allows.
     *
     * @return how many; 0 when it is not its turn, or nobody is left
     */
    public int judgeAside() {
        Part part = store.<@Nullable Part>inTransaction(this::claim);
        if (part == null) {
            return 0;
        }
        long asOf = clock.instant().getEpochSecond();
        List<Judged> judged = new ArrayList<>();
        for (Set<Integer> slice : store.read(connection -> dossiers.slices(connection, part.accounts()))) {
            Map<Integer, Dossier> loaded = store.read(connection -> dossiers.load(connection, slice, asOf));
            loaded.forEach((account, dossier) -> {
                for (Detector detector : Detectors.all()) {
                    if (part.untried().contains(detector.practice())) {
                        judged.add(Judged.by(detector, account, dossier));
                    }
                }
            });
        }
        return store.inTransaction(connection -> file(connection, part, judged))
                ? part.accounts().size()
                : 0;
    }

    private @Nullable Part claim(Connection connection) throws SQLException {
        Stance stance = rules.stance(connection);
        Trial trial = stance.tries() ? Trials.locked(connection, stance.trial()) : null;
        long now = clock.millis();
        if (trial == null || trial.judgedAt() != 0 || trial.busyUntil() > now) {
            return null;
        }
        if (trial.accounts() == 0) {
            Trials.count(connection, trial);
        }
        List<Integer> accounts = Trials.accounts(connection, trial.nextAccount(), perSecond);
        if (accounts.isEmpty()) {
            Trials.judged(connection, trial.number(), now / 1_000);
            return null;
        }
        Trials.keepBusy(connection, trial.number(), now + CLAIM.toMillis());
        return new Part(trial, stance.untried(), accounts, now);
    }

    /** Whether nobody else has done it meanwhile. */
    private boolean file(Connection connection, Part part, List<Judged> judged) throws SQLException {
        // As many again when as long has gone by as the set rate gives them.
        long again = part.began() + part.accounts().size() * 1_000L / perSecond;
        long next = Integer.toUnsignedLong(part.accounts().getLast());
        if (!Trials.advance(connection, part.trial(), next, part.accounts().size(), again)) {
            return false;
        }
        Map<Integer, Account> accounts = directory.load(connection, part.accounts());
        Trials.write(
                connection, part.trial().number(), part.accounts(), ledger.differences(connection, judged, accounts));
        return true;
    }

    /**
     * Makes the next accounts due whose verdicts an operator adopted, as many as a second allows: they are judged once more, by the
     * rules that are in force now and on the evidence there is now.
     *
     * @return how many; 0 when it is not its turn, or nobody is left
     */
    public int makeAdoptedDue() {
        return store.inTransaction(connection -> {
            Stance stance = rules.stance(connection);
            Trial trial = stance.duty() == Duty.JUDGE && stance.trial() != 0
                    ? Trials.locked(connection, stance.trial())
                    : null;
            long now = clock.millis();
            if (trial == null || trial.busyUntil() > now) {
                return 0;
            }
            List<Integer> accounts = Trials.unwritten(connection, trial.number(), perSecond);
            if (accounts.isEmpty()) {
                if (Trials.isEmpty(connection, trial.number())) {
                    Trials.written(connection, trial.number(), now / 1_000);
                }
                return 0;
            }
            dueQueue.mark(connection, accounts);
            Trials.keepBusy(connection, trial.number(), now + accounts.size() * 1_000L / perSecond);
            return accounts.size();
        });
    }
}
