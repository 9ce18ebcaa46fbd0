package org.fairfollow.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Reach;
import org.fairfollow.http.Problem;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.publication.PublishedAccount;
import org.fairfollow.publication.PublishedAccount.Told;
import org.fairfollow.publication.Publisher;
import org.fairfollow.publication.VerdictJson;
import org.fairfollow.reporter.AuditLog;
import org.fairfollow.reporter.ModeratorNames;
import org.fairfollow.reporter.Reports;
import org.fairfollow.reporter.Reports.Complaint;
import org.fairfollow.review.ProposalRepository.Proposal;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Decision;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.Decisions.RulingMade;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Ledger.Changed;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/** Puts together what those who rule see. */
@ApplicationScoped
public class Cases {
    /** Of the newest changes and log entries; older ones stay where they are. */
    static final int MOST_LINES = 200;

    private final Store store;
    private final Ledger ledger;
    private final Decisions decisions;
    private final Reports reports;
    private final AuditLog log;
    private final ModeratorNames names;
    private final Reach reach;
    private final Directory directory;
    private final Publisher publisher;
    private final Clock clock;

    Cases(
            Store store,
            Ledger ledger,
            Decisions decisions,
            Reports reports,
            AuditLog log,
            ModeratorNames names,
            Reach reach,
            Directory directory,
            Publisher publisher,
            Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.decisions = decisions;
        this.reports = reports;
        this.log = log;
        this.names = names;
        this.reach = reach;
        this.directory = directory;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** What the log calls a case: by nothing that tells whose it is, for the log outlives what is held of an account. */
    static String subject(String caseId) {
        return "case " + caseId;
    }

    static RuntimeException noSuchCase() {
        return Problem.NOT_FOUND.with("Take the ids of cases from GET /v1/moderation/queue.");
    }

    /** Throws {@link Problem#NOT_FOUND} for whatever is no case's id. */
    public CaseJson read(String id) {
        return store.readPromptly(connection -> {
            CaseRepository.Case one = CaseRepository.byId(connection, id).orElseThrow(Cases::noSuchCase);
            Account account = Optional.ofNullable(
                            directory.load(connection, List.of(one.accountId())).get(one.accountId()))
                    .orElseThrow(Cases::noSuchCase);
            return read(connection, one, account);
        });
    }

    private CaseJson read(Connection connection, CaseRepository.Case one, Account account) throws SQLException {
        long now = clock.instant().getEpochSecond();
        int accountId = account.id();
        List<Verdict> verdicts = ledger.of(connection, accountId);
        Map<Practice, Decision> decided = decisions.of(connection, accountId);
        List<RulingMade> rulings = decisions.rulings(connection, accountId);
        List<Complaint> complaints = reports.of(connection, accountId);
        List<Changed> history = ledger.history(connection, accountId, MOST_LINES);
        List<Proposal> proposals = ProposalRepository.of(connection, accountId, now);
        Long followers = reach.followers(connection, List.of(accountId), now).get(accountId);
        Place place = Place.of(
                verdicts,
                decided,
                reports.against(connection, List.of(accountId)).getOrDefault(accountId, List.of()),
                followers,
                one.waitingSince());
        Map<Integer, String> people = names.of(connection, numbers(rulings, proposals));
        Optional<PublishedAccount> published = published(account);
        List<CaseJson.OfPractice> practices = new ArrayList<>();
        for (Practice practice : practices(verdicts, decided, rulings, complaints)) {
            Verdict verdict = verdicts.stream()
                    .filter(held -> held.finding().practice() == practice)
                    .findFirst()
                    .orElse(null);
            List<Changed> changes = history.stream()
                    .filter(change -> change.practice() == practice)
                    .toList();
            Matter matter = new Matter(
                    practice,
                    verdict,
                    decided.getOrDefault(practice, Decision.NONE),
                    ledger.lastChange(connection, accountId, practice));
            Optional<Told> told = published.stream()
                    .flatMap(all -> all.verdicts().stream())
                    .filter(shown -> shown.practice() == practice)
                    .findFirst();
            practices.add(new CaseJson.OfPractice(
                    practice,
                    matter.basedOn(),
                    verdict == null ? null : verdict.standing(),
                    verdict == null ? null : found(verdict),
                    matter.isConfirmable(),
                    matter.needingSecond(now),
                    told.map(Told::read).orElse(unlisted(verdict)),
                    told.map(Told::listed).orElse(false),
                    CaseJson.Decided.of(matter.decision()),
                    proposals.stream()
                            .filter(proposal -> proposal.practice() == practice)
                            .findFirst()
                            .map(proposal -> CaseJson.Proposed.of(proposal, people))
                            .orElse(null),
                    rulings.stream()
                            .filter(ruling -> ruling.practice() == practice)
                            .map(ruling -> CaseJson.Made.of(ruling, people))
                            .toList(),
                    complaints.stream()
                            .filter(complaint -> complaint.practice().equals(practice.id()))
                            .map(CaseJson.Claimed::of)
                            .toList(),
                    changes.stream().map(CaseJson.Change::of).toList()));
        }
        return new CaseJson(
                one.id(),
                AccountJson.of(account),
                place == null ? null : place.state().id(),
                one.waitingSince() == 0 ? null : Instant.ofEpochSecond(one.waitingSince()),
                followers,
                practices,
                log.about(connection, subject(one.id()), MOST_LINES).stream()
                        .map(CaseJson.Logged::of)
                        .toList());
    }

    /** As it is now; under the latch of the ledger nobody changes it until the transaction ends. */
    Matter matter(Connection connection, int accountId, Practice practice) throws SQLException {
        Verdict verdict = ledger.of(connection, accountId).stream()
                .filter(held -> held.finding().practice() == practice)
                .findFirst()
                .orElse(null);
        long lastChange = ledger.lastChange(connection, accountId, practice);
        return new Matter(practice, verdict, decisions.of(connection, accountId, practice), lastChange);
    }

    private static Set<Practice> practices(
            List<Verdict> verdicts,
            Map<Practice, Decision> decided,
            List<RulingMade> rulings,
            List<Complaint> complaints) {
        Set<Practice> practices = EnumSet.noneOf(Practice.class);
        verdicts.forEach(verdict -> practices.add(verdict.finding().practice()));
        practices.addAll(decided.keySet());
        rulings.forEach(ruling -> practices.add(ruling.practice()));
        complaints.forEach(complaint -> Practice.of(complaint.practice()).ifPresent(practices::add));
        return practices;
    }

    private static Set<Integer> numbers(List<RulingMade> rulings, List<Proposal> proposals) {
        Set<Integer> numbers = new HashSet<>();
        for (RulingMade ruling : rulings) {
            if (ruling.moderator() != null) {
                numbers.add(ruling.moderator());
            }
            if (ruling.second() != null) {
                numbers.add(ruling.second());
            }
        }
        proposals.forEach(proposal -> numbers.add(proposal.moderator()));
        return numbers;
    }

    private Optional<PublishedAccount> published(Account account) {
        String nativeId = account.nativeId();
        String handle = account.handle();
        AccountName name = nativeId != null
                ? new AccountName(account.network(), AccountName.Kind.NATIVE_ID, nativeId)
                : handle != null ? new AccountName(account.network(), AccountName.Kind.HANDLE, handle) : null;
        return name == null ? Optional.empty() : publisher.current().flatMap(snapshot -> snapshot.find(name));
    }

    private static @Nullable VerdictJson unlisted(@Nullable Verdict verdict) {
        return verdict == null ? null : VerdictJson.of(PublishedAccount.unlisted(verdict));
    }

    private static CaseJson.Found found(Verdict verdict) {
        Finding finding = verdict.finding();
        return new CaseJson.Found(
                verdict.found(),
                finding.statement(),
                finding.reasons(),
                finding.alibis(),
                finding.missing(),
                finding.caveats(),
                finding.sources(),
                finding.tables(),
                finding.detector(),
                finding.weight(),
                Instant.ofEpochSecond(verdict.asOf()));
    }
}
