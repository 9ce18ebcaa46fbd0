package org.fairfollow.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fairfollow.detection.Practice;
import org.fairfollow.http.Problem;
import org.fairfollow.reporter.AuditLog;
import org.fairfollow.reporter.Moderator;
import org.fairfollow.reporter.ModeratorNames;
import org.fairfollow.reporter.Reports;
import org.fairfollow.reporter.Reports.Adjudication;
import org.fairfollow.review.ProposalRepository.Proposal;
import org.fairfollow.store.Deletion;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Ruling;
import org.fairfollow.verdict.Standing;
import org.jspecify.annotations.Nullable;

/**
 * Rulings as people make them, one at a time: each waits for the others and for those who judge, sees what they left, and is
 * written with its log entry and with what it says of the reports, or not at all.
 */
@ApplicationScoped
public class Rulings {
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int OK = 200;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Store store;
    private final Ledger ledger;
    private final Decisions decisions;
    private final Reports reports;
    private final AuditLog log;
    private final ModeratorNames names;
    private final Cases cases;
    private final Queue queue;
    private final Clock clock;

    Rulings(
            Store store,
            Ledger ledger,
            Decisions decisions,
            Reports reports,
            AuditLog log,
            ModeratorNames names,
            Cases cases,
            Queue queue,
            Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.decisions = decisions;
        this.reports = reports;
        this.log = log;
        this.names = names;
        this.cases = cases;
        this.queue = queue;
        this.clock = clock;
    }

    /** What a call is answered with. */
    public record Answer(int status, String json) {}

    /** What a moderator sends. */
    public record Asked(
            @Nullable String practice,
            @Nullable String outcome,
            @Nullable String reasons,
            @Nullable String basedOn) {}

    /** What a second person sends. */
    public record Agreed(@Nullable String basedOn) {}

    private record Ruled(Practice practice, CaseJson.Made ruling) {}

    private record Awaiting(Practice practice, CaseJson.Proposed proposal) {}

    private record Ended(String proposal, String rejectedBy) {}

    /** Whose ruling it is; who proposed it need no longer be a moderator when a second person agrees. */
    private record Author(int number, String name) {}

    /** What is done with a case once nobody else can change it. */
    @FunctionalInterface
    private interface Act {
        Answer on(Connection connection, CaseRepository.Case one, long now) throws SQLException;
    }

    /**
     * Rules, or proposes to where one person must not do it alone.
     *
     * @param retry which call it is, should it come twice; null if that is not said
     */
    public Answer rule(Moderator moderator, String caseId, Asked asked, @Nullable String retry) {
        Practice practice = Practice.of(Objects.requireNonNullElse(asked.practice, ""))
                .orElseThrow(() -> Problem.INVALID_RULING.with("Name one of the case's practices."));
        Ruling outcome = Ruling.of(Objects.requireNonNullElse(asked.outcome, ""))
                .orElseThrow(() ->
                        Problem.INVALID_RULING.with("The outcome is confirm, clear, expire or possibly-targeted."));
        String reasons = Reasons.of(asked.reasons);
        return act(moderator, caseId, call(retry, caseId, asked), (connection, one, now) -> {
            if (proposal(connection, one, practice, now) != null) {
                throw Problem.PROPOSAL_OPEN.with(
                        "Agree to the open proposal on this practice or reject it; then rule.");
            }
            Matter matter = unchanged(connection, one, practice, asked.basedOn);
            requireConfirmable(matter, outcome);
            if (matter.needsSecond(outcome, now)) {
                Proposal made = ProposalRepository.make(
                        connection, one.accountId(), practice, outcome, reasons, moderator.number(), now);
                log.write(connection, moderator, "proposed", Cases.subject(caseId), line(practice, outcome));
                Map<Integer, String> people = Map.of(moderator.number(), moderator.name());
                return answer(ACCEPTED, new Awaiting(practice, CaseJson.Proposed.of(made, people)));
            }
            Author author = new Author(moderator.number(), moderator.name());
            return write(connection, one, matter, outcome, reasons, author, moderator, null, now);
        });
    }

    /** A second person agrees: the proposal becomes a ruling of both. */
    public Answer agree(Moderator moderator, String caseId, String proposalId, Agreed agreed, @Nullable String retry) {
        return act(moderator, caseId, call(retry, caseId, proposalId, agreed), (connection, one, now) -> {
            Proposal proposal = proposal(connection, one, proposalId, now);
            if (proposal.moderator() == moderator.number()) {
                throw Problem.SECOND_PERSON_NEEDED.with(
                        "It is your own proposal; another moderator agrees or rejects.");
            }
            Matter matter = unchanged(connection, one, proposal.practice(), agreed.basedOn);
            requireConfirmable(matter, proposal.outcome());
            ProposalRepository.end(connection, one.accountId(), proposal.practice());
            String proposer =
                    names.of(connection, List.of(proposal.moderator())).get(proposal.moderator());
            Author author = new Author(proposal.moderator(), Objects.requireNonNullElse(proposer, "?"));
            return write(
                    connection, one, matter, proposal.outcome(), proposal.reasons(), author, moderator, moderator, now);
        });
    }

    /** Anybody who rules can reject a proposal; whoever made it takes it back so. */
    public Answer reject(Moderator moderator, String caseId, String proposalId, @Nullable String retry) {
        return act(moderator, caseId, call(retry, caseId, proposalId, "rejection"), (connection, one, now) -> {
            Proposal proposal = proposal(connection, one, proposalId, now);
            ProposalRepository.end(connection, one.accountId(), proposal.practice());
            log.write(
                    connection,
                    moderator,
                    "rejected-proposal",
                    Cases.subject(caseId),
                    line(proposal.practice(), proposal.outcome()));
            return answer(OK, new Ended(proposalId, moderator.name()));
        });
    }

    /** Deletes proposals that ended and answers nobody asks for again. */
    public void forget() {
        long now = clock.instant().getEpochSecond();
        Deletion.of(store, ProposalRepository.past(now));
        Deletion.of(store, AnswerRepository.past(now));
    }

    /** Deletes the account's case, what was proposed on it and what those who ruled were answered, in the caller's transaction. */
    public void erase(Connection connection, int accountId) throws SQLException {
        CaseRepository.erase(connection, accountId);
        ProposalRepository.erase(connection, accountId);
        AnswerRepository.erase(connection, accountId);
    }

    private Answer act(Moderator moderator, String caseId, byte @Nullable [] call, Act act) {
        return store.inTransaction(connection -> {
            // Before anything is read: from here on nobody judges, rules or publishes but this transaction.
            ledger.head(connection);
            Answer first = call == null ? null : AnswerRepository.first(connection, moderator.number(), call);
            if (first != null) {
                return first;
            }
            CaseRepository.Case one = CaseRepository.byId(connection, caseId).orElseThrow(Cases::noSuchCase);
            long now = clock.instant().getEpochSecond();
            Answer answer = act.on(connection, one, now);
            if (call != null) {
                AnswerRepository.keep(connection, moderator.number(), call, one.accountId(), answer, now);
            }
            return answer;
        });
    }

    private static byte @Nullable [] call(@Nullable String retry, Object... parts) {
        return retry == null ? null : AnswerRepository.sameCall(retry, parts);
    }

    private Matter unchanged(
            Connection connection, CaseRepository.Case one, Practice practice, @Nullable String basedOn)
            throws SQLException {
        Matter matter = cases.matter(connection, one.accountId(), practice);
        if (!matter.basedOn().equals(basedOn)) {
            throw Problem.CASE_CHANGED.with(
                    "Read the case again, and send the \"basedOn\" of this practice with what you decide now.");
        }
        return matter;
    }

    private static void requireConfirmable(Matter matter, Ruling outcome) {
        if (outcome == Ruling.CONFIRM && !matter.isConfirmable()) {
            throw Problem.NOTHING_TO_CONFIRM.with(
                    "Only what the rules see at least signs of in measured evidence can be"
                            + " confirmed; what people report convicts nobody.");
        }
    }

    private @Nullable Proposal proposal(Connection connection, CaseRepository.Case one, Practice practice, long now)
            throws SQLException {
        return ProposalRepository.of(connection, one.accountId(), now).stream()
                .filter(proposal -> proposal.practice() == practice)
                .findFirst()
                .orElse(null);
    }

    private static Proposal proposal(Connection connection, CaseRepository.Case one, String id, long now)
            throws SQLException {
        return ProposalRepository.of(connection, one.accountId(), now).stream()
                .filter(proposal -> proposal.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.with(
                        "There is no such proposal open; they end when somebody decides, or after "
                                + ProposalRepository.OPEN_FOR.toDays() + " days."));
    }

    private Answer write(
            Connection connection,
            CaseRepository.Case one,
            Matter matter,
            Ruling outcome,
            String reasons,
            Author author,
            Moderator by,
            @Nullable Moderator second,
            long now)
            throws SQLException {
        int account = one.accountId();
        Practice practice = matter.practice();
        Integer secondNumber = second == null ? null : second.number();
        decisions.rule(connection, account, practice, outcome, reasons, author.number(), secondNumber);
        reports.ruled(connection, account, practice.id(), adjudication(outcome));
        queue.place(connection, List.of(account));
        Standing before =
                matter.verdict() == null ? Standing.UNKNOWN : matter.verdict().standing();
        log.write(
                connection,
                by,
                second == null ? "ruled" : "agreed",
                Cases.subject(one.id()),
                line(practice, outcome) + " on " + before.id()
                        + (second == null ? "" : ", proposed by " + author.name()));
        return answer(
                CREATED,
                new Ruled(
                        practice,
                        new CaseJson.Made(
                                outcome,
                                reasons,
                                author.name(),
                                second == null ? null : second.name(),
                                before,
                                Instant.ofEpochSecond(now))));
    }

    private static Adjudication adjudication(Ruling outcome) {
        return switch (outcome) {
            case CONFIRM -> Adjudication.RIGHT;
            case CLEAR -> Adjudication.WRONG;
            case EXPIRE, POSSIBLY_TARGETED -> Adjudication.SET_ASIDE;
        };
    }

    /** For the log: codes alone, for it outlives what is held of an account. */
    private static String line(Practice practice, Ruling outcome) {
        return practice.id() + ": " + outcome.id();
    }

    private static Answer answer(int status, Object body) {
        try {
            return new Answer(status, JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
