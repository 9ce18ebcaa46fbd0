package org.fairfollow.review;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.fairfollow.detection.Practice;
import org.fairfollow.reporter.Reports.Reported;
import org.fairfollow.verdict.Decision;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Ruling;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Where an account stands in the queue (docs/moderation.md). Owners who wait for an answer come first, the earliest deadline
 * before the others. Among the rest a point of urgency is worth a week's wait, so the order of two accounts stays what it is
 * while they wait, and a row need not be touched because time passes.
 *
 * @param state the most pressing of what waits
 * @param practices those that wait
 * @param deadline when an owner has waited long enough, Unix epoch seconds; 0 where none waits
 * @param at lower is first
 */
record Place(State state, Set<Practice> practices, long deadline, long at) {
    private static final long WEEK = 7 * 86_400;
    /** Deadlines before all that has none. */
    private static final long BEFORE_ALL_OTHERS = -10_000_000_000L;
    /** What reports can move, whatever is reported: as much as the evidence on one practice. */
    private static final double MOST_OF_REPORTS = 3;

    /** What waits, the most pressing first. */
    enum State {
        /** An owner objected: it is hidden until somebody rules. */
        OBJECTED,
        /** An owner contested it: it is off the list until somebody rules, or withdrawn at the deadline. */
        CONTESTED,
        /** It is published, and no person has looked at it. */
        LISTED,
        SIGNS,
        /** Somebody reported it; the rules hold nothing. */
        REPORTED;

        String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * Null when nothing waits.
     *
     * @param followers null when not known
     * @param since when it began to wait, Unix epoch seconds
     */
    static @Nullable Place of(
            Collection<Verdict> verdicts,
            Map<Practice, Decision> decisions,
            Collection<Reported> reported,
            @Nullable Long followers,
            long since) {
        Waiting waiting = new Waiting();
        decisions.forEach((practice, decision) -> {
            if (decision.isHidden()) {
                waiting.add(State.OBJECTED, practice, decision.objectedAt() + Decisions.REVIEWED_WITHIN.toSeconds());
            } else if (decision.isWithheld()) {
                waiting.add(State.CONTESTED, practice, decision.withheldUntil());
            }
        });
        for (Verdict verdict : verdicts) {
            boolean upheld = verdict.decision().outcome() == Ruling.CONFIRM;
            if (!upheld && (verdict.standing() == Standing.LIKELY || verdict.standing() == Standing.SIGNS)) {
                State state = verdict.standing() == Standing.LIKELY ? State.LISTED : State.SIGNS;
                waiting.add(state, verdict.finding().practice(), 0);
            }
        }
        reported.forEach(
                one -> Practice.of(one.practice()).ifPresent(practice -> waiting.add(State.REPORTED, practice, 0)));
        State state = waiting.state;
        if (state == null) {
            return null;
        }
        double reports = Math.min(
                MOST_OF_REPORTS, reported.stream().mapToDouble(Reported::weight).sum());
        double reach = Math.log10(1.0 + (followers == null ? 0 : followers));
        long at = waiting.deadline == 0
                ? since - Math.round(WEEK * (Ledger.logOdds(verdicts) + reports + reach))
                : endingAt(waiting.deadline);
        return new Place(state, waiting.practices, waiting.deadline, at);
    }

    /** All that has a deadline before this moment (Unix epoch seconds) stands before this place, and nothing else does. */
    static long endingAt(long moment) {
        return BEFORE_ALL_OTHERS + moment;
    }

    private static final class Waiting {
        private @Nullable State state;
        private final Set<Practice> practices = EnumSet.noneOf(Practice.class);
        private long deadline;

        void add(State one, Practice practice, long until) {
            if (state == null || one.compareTo(state) < 0) {
                state = one;
            }
            practices.add(practice);
            if (until != 0 && (deadline == 0 || until < deadline)) {
                deadline = until;
            }
        }
    }
}
