package org.fairfollow.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fairfollow.account.Account;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Reach;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.reporter.Reports;
import org.fairfollow.reporter.Reports.Reported;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Decision;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the queue: it follows the ledger change by change, so that a page of it is read from one index however much is held.
 * What is wrong in it is only ever the order in which people look.
 */
@ApplicationScoped
public class Queue {
    /** Changes followed in one transaction. */
    private static final int STEP = 500;
    /** Those looked at next, and those reported most, are placed anew without a change of the ledger. */
    private static final int NEXT = 300;

    private final Store store;
    private final Ledger ledger;
    private final Decisions decisions;
    private final Reports reports;
    private final Reach reach;
    private final Directory directory;
    private final Clock clock;

    Queue(
            Store store,
            Ledger ledger,
            Decisions decisions,
            Reports reports,
            Reach reach,
            Directory directory,
            Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.decisions = decisions;
        this.reports = reports;
        this.reach = reach;
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * Follows some changes of the ledger; several instances may.
     *
     * @return whether there may be more
     */
    public boolean follow() {
        // In a transaction of its own: who writes verdicts waits for the head alone.
        Ledger.Head head = store.inTransaction(ledger::head);
        return store.inTransaction(connection -> {
            long from = CaseRepository.lockPosition(connection);
            if (from >= head.entry() || !ledger.isSeen(connection, head)) {
                return false;
            }
            long to = ledger.stepAfter(connection, from, STEP, head.entry());
            place(connection, ledger.changedAccounts(connection, from, to));
            CaseRepository.setPosition(connection, to);
            return to < head.entry();
        });
    }

    /** Follows what is no change of the ledger: reports that come and go, and how many follow an account. */
    public void refresh() {
        store.inTransaction(connection -> {
            Set<Integer> accounts = new TreeSet<>(reports.mostReported(connection, NEXT));
            accounts.addAll(CaseRepository.first(connection, NEXT));
            place(connection, accounts);
            return null;
        });
    }

    /** What is read of the accounts is as it is now; their order is that of a moment ago. */
    public QueueJson page(QueueQuery query) {
        return store.readPromptly(connection -> {
            List<CaseRepository.Line> lines =
                    CaseRepository.waiting(connection, query.filter(), query.after(), query.limit() + 1);
            boolean more = lines.size() > query.limit();
            List<CaseRepository.Line> shown = more ? lines.subList(0, query.limit()) : lines;
            Set<Integer> ids =
                    shown.stream().map(CaseRepository.Line::accountId).collect(Collectors.toSet());
            Known known = known(connection, ids);
            List<QueueJson.Entry> entries = new ArrayList<>();
            for (CaseRepository.Line line : shown) {
                Account account = known.accounts.get(line.accountId());
                Place place = known.place(line.accountId(), line.waitingSince());
                if (account != null && place != null) {
                    entries.add(entry(line, account, place, known));
                }
            }
            String next =
                    more ? new QueueCursor(shown.getLast().at(), shown.getLast().id()).text() : null;
            return new QueueJson(entries, next);
        });
    }

    private static QueueJson.Entry entry(CaseRepository.Line line, Account account, Place place, Known known) {
        List<Verdict> verdicts = known.verdicts.getOrDefault(account.id(), List.of());
        return new QueueJson.Entry(
                line.id(),
                AccountJson.of(account),
                place.state().id(),
                Instant.ofEpochSecond(line.waitingSince()),
                place.deadline() == 0 ? null : Instant.ofEpochSecond(place.deadline()),
                known.followers.get(account.id()),
                Ledger.logOdds(verdicts),
                verdicts.stream()
                        .map(verdict -> new QueueJson.Held(
                                verdict.finding().practice(),
                                verdict.standing(),
                                verdict.finding().weight(),
                                verdict.finding().statement()))
                        .toList(),
                known.reported.getOrDefault(account.id(), List.of()).stream()
                        .map(one -> new QueueJson.Claims(one.practice(), one.reports(), one.clusters(), one.weight()))
                        .toList());
    }

    /** Gives these accounts their place, in the caller's transaction. */
    void place(Connection connection, Collection<Integer> ids) throws SQLException {
        long now = clock.instant().getEpochSecond();
        Known known = known(connection, ids);
        Map<Integer, CaseRepository.Case> cases = CaseRepository.byAccount(connection, known.accounts.keySet());
        // In the order of their numbers, so that two who do this wait for each other and no more.
        for (Account account : known.accounts.values()) {
            CaseRepository.Case before = cases.get(account.id());
            long since = before == null || before.waitingSince() == 0 ? now : before.waitingSince();
            Place place = known.place(account.id(), since);
            if (place != null || before != null) {
                CaseRepository.write(connection, account.id(), account.network(), place, since);
            }
        }
        for (int id : new TreeSet<>(ids)) {
            if (!known.accounts.containsKey(id)) {
                // Erased, perhaps while its place was written: the change of the ledger that tells of it leads here.
                CaseRepository.erase(connection, id);
            }
        }
    }

    /** What the order is made from. */
    private record Known(
            SortedMap<Integer, Account> accounts,
            Map<Integer, List<Verdict>> verdicts,
            Map<Integer, Map<Practice, Decision>> decisions,
            Map<Integer, List<Reported>> reported,
            Map<Integer, Long> followers) {
        @Nullable
        Place place(int id, long since) {
            return Place.of(
                    verdicts.getOrDefault(id, List.of()),
                    decisions.getOrDefault(id, Map.of()),
                    reported.getOrDefault(id, List.of()),
                    followers.get(id),
                    since);
        }
    }

    private Known known(Connection connection, Collection<Integer> ids) throws SQLException {
        SortedMap<Integer, Account> accounts = new TreeMap<>(directory.load(connection, ids));
        Set<Integer> known = accounts.keySet();
        return new Known(
                accounts,
                ledger.of(connection, known),
                decisions.of(connection, known),
                reports.against(connection, known),
                reach.followers(connection, known, clock.instant().getEpochSecond()));
    }
}
