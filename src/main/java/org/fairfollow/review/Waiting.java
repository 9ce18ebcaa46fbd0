package org.fairfollow.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairfollow.account.Account;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Practice;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.reporter.ModeratorNames;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Ruling;
import org.jspecify.annotations.Nullable;

/** What waits at a glance, for those who sit at the desk: how much of each kind, what needs a second person, and what is next. */
@ApplicationScoped
public class Waiting {
    /** More are seldom open, and each is in the case it is about. */
    private static final int MOST_PROPOSALS = 50;

    private final Store store;
    private final Directory directory;
    private final ModeratorNames names;
    private final Clock clock;

    Waiting(Store store, Directory directory, ModeratorNames names, Clock clock) {
        this.store = store;
        this.directory = directory;
        this.names = names;
        this.clock = clock;
    }

    /** How many cases wait in a state, and how many of them longer than their owner was told. */
    public record Kind(String state, long waiting, long overdue) {}

    /** A proposal that waits for a second person. */
    public record Proposed(
            String caseId, AccountJson account, Practice practice, Ruling outcome, String moderator, Instant endsAt) {}

    /** A case that waits. */
    public record Next(String caseId, AccountJson account) {}

    /** What waits by kind, the most pressing first; kinds of which nothing waits are told of, too. */
    public List<Kind> kinds() {
        long now = clock.instant().getEpochSecond();
        Map<Place.State, CaseRepository.Counted> counts =
                store.readPromptly(connection -> CaseRepository.counts(connection, now));
        return Arrays.stream(Place.State.values())
                .map(state -> {
                    CaseRepository.Counted counted = counts.getOrDefault(state, new CaseRepository.Counted(0, 0));
                    return new Kind(state.id(), counted.waiting(), counted.overdue());
                })
                .toList();
    }

    /** The proposals that end first: whoever did not make one may agree to it. */
    public List<Proposed> proposals() {
        long now = clock.instant().getEpochSecond();
        return store.readPromptly(connection -> {
            List<ProposalRepository.Open> open = ProposalRepository.open(connection, now, MOST_PROPOSALS);
            Map<Integer, Account> accounts = directory.load(
                    connection,
                    open.stream().map(ProposalRepository.Open::accountId).toList());
            Map<Integer, String> people = names.of(
                    connection,
                    open.stream().map(ProposalRepository.Open::moderator).toList());
            List<Proposed> proposals = new ArrayList<>();
            for (ProposalRepository.Open one : open) {
                Account account = accounts.get(one.accountId());
                if (account != null) {
                    proposals.add(new Proposed(
                            one.caseId(),
                            AccountJson.of(account),
                            one.practice(),
                            one.outcome(),
                            people.getOrDefault(one.moderator(), "?"),
                            Instant.ofEpochSecond(one.madeAt()).plus(ProposalRepository.OPEN_FOR)));
                }
            }
            return proposals;
        });
    }

    /**
     * What to look at after a case.
     *
     * @param before what was next before something was done with it, and is still if it waits; null or nonsense: ask the queue
     */
    public Optional<Next> next(String caseId, @Nullable String before) {
        return store.readPromptly(connection -> {
            Integer account = CaseRepository.byId(connection, before == null ? "" : before)
                    .filter(one -> one.waitingSince() != 0 && !one.id().equals(caseId))
                    .map(CaseRepository.Case::accountId)
                    .orElse(null);
            String id = before;
            if (account == null) {
                CaseRepository.Line line = CaseRepository.after(connection, caseId);
                if (line == null) {
                    return Optional.<Next>empty();
                }
                account = line.accountId();
                id = line.id();
            }
            Account found = directory.load(connection, List.of(account)).get(account);
            return found == null || id == null
                    ? Optional.<Next>empty()
                    : Optional.of(new Next(id, AccountJson.of(found)));
        });
    }
}
