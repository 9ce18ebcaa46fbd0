package org.fairfollow.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.publication.VerdictJson;
import org.fairfollow.reporter.AuditLog;
import org.fairfollow.reporter.Reports.Adjudication;
import org.fairfollow.reporter.Reports.Complaint;
import org.fairfollow.reporter.Reports.Message;
import org.fairfollow.verdict.Decision;
import org.fairfollow.verdict.Decisions.RulingMade;
import org.fairfollow.verdict.Ledger.Changed;
import org.fairfollow.verdict.Ruling;
import org.fairfollow.verdict.Standing;
import org.jspecify.annotations.Nullable;

/**
 * All that those who rule on an account see of it.
 *
 * @param state what waits most pressingly; null when nothing waits
 * @param followers null when not known
 * @param log what moderators did here, the newest first
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CaseJson(
        String id,
        AccountJson account,
        @Nullable String state,
        @Nullable Instant waitingSince,
        @Nullable Long followers,
        List<OfPractice> practices,
        List<Logged> log) {

    /**
     * One practice of the case.
     *
     * @param basedOn stands for all of this: who rules sends it back, and is refused if it has changed meanwhile
     * @param held what holds now, after people and audits had their say; null when nothing was ever judged
     * @param rules what the rules alone make of the evidence
     * @param confirmable whether a ruling can confirm it
     * @param secondNeeded which outcomes need a second person
     * @param shown what anybody is shown of it, and whether that is published; null when nothing is held
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record OfPractice(
            Practice practice,
            String basedOn,
            @Nullable Standing held,
            @Nullable Found rules,
            boolean confirmable,
            List<Ruling> secondNeeded,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            VerdictJson shown,

            boolean published,
            Decided decision,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Proposed proposal,

            List<Made> rulings,
            List<Claimed> complaints,
            List<Change> history) {}

    /** @param standing without people and audits */
    public record Found(
            Standing standing,
            String statement,
            List<Finding.Reason> reasons,
            List<Finding.Alibi> alibis,
            List<Finding.Missing> missing,
            List<String> caveats,
            Finding.Sources sources,
            List<Finding.Table> tables,
            String detector,
            double weight,
            Instant asOf) {}

    /** What holds of all that people decided and said. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Decided(
            @Nullable Ruling outcome,
            @Nullable Instant ruledAt,
            @Nullable String rebuttal,
            @Nullable Instant withheldUntil,
            @Nullable Instant objectedAt) {
        static Decided of(Decision decision) {
            return new Decided(
                    decision.outcome(),
                    instant(decision.ruledAt()),
                    decision.rebuttal(),
                    instant(decision.withheldUntil()),
                    instant(decision.objectedAt()));
        }

        private static @Nullable Instant instant(long second) {
            return second == 0 ? null : Instant.ofEpochSecond(second);
        }
    }

    /** @param moderator name of whose it is */
    public record Proposed(
            String id, Ruling outcome, String reasons, String moderator, Instant madeAt, Instant endsAt) {
        static Proposed of(ProposalRepository.Proposal proposal, Map<Integer, String> names) {
            return new Proposed(
                    proposal.id(),
                    proposal.outcome(),
                    proposal.reasons(),
                    Objects.requireNonNullElse(names.get(proposal.moderator()), "?"),
                    Instant.ofEpochSecond(proposal.madeAt()),
                    Instant.ofEpochSecond(proposal.endsAt()));
        }
    }

    /** @param moderator null where a deadline ruled */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Made(
            Ruling outcome,
            String reasons,
            @Nullable String moderator,
            @Nullable String second,
            Standing onStanding,
            Instant ruledAt) {
        static Made of(RulingMade ruling, Map<Integer, String> names) {
            return new Made(
                    ruling.outcome(),
                    ruling.reasons(),
                    ruling.moderator() == null ? null : names.get(ruling.moderator()),
                    ruling.second() == null ? null : names.get(ruling.second()),
                    ruling.onStanding(),
                    ruling.ruledAt());
        }
    }

    /**
     * What somebody reported.
     *
     * @param reporter by its public id: who the person is, nobody knows
     * @param trust what the reporter's word is worth
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Claimed(
            String reporter,
            double trust,
            @Nullable String note,
            LocalDate day,
            int cluster,
            double weight,
            @Nullable Integer keptFor,
            @Nullable Message message,
            @Nullable Adjudication ruled) {
        static Claimed of(Complaint complaint) {
            return new Claimed(
                    complaint.reporter(),
                    Math.round(100 * complaint.trust()) / 100.0,
                    complaint.note(),
                    LocalDate.ofEpochDay(complaint.day()),
                    complaint.cluster(),
                    complaint.weight(),
                    complaint.keptFor(),
                    complaint.message(),
                    complaint.ruled());
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Change(
            Instant at, Standing standing, @Nullable Standing former, String cause, String statement) {
        static Change of(Changed change) {
            return new Change(change.at(), change.standing(), change.former(), change.cause(), change.statement());
        }
    }

    /** @param moderator null for the operator token and for commands */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Logged(long number, Instant at, @Nullable String moderator, String action, String detail) {
        static Logged of(AuditLog.Entry entry) {
            return new Logged(entry.number(), entry.at(), entry.moderator(), entry.action(), entry.detail());
        }
    }
}
