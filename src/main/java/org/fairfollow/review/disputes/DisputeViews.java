package org.fairfollow.review.disputes;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.account.Directory;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.fairfollow.http.Problem;
import org.fairfollow.lookup.PathName;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.reporter.Reports;
import org.fairfollow.review.disputes.DisputeJson.Disputed;
import org.fairfollow.review.disputes.DisputeJson.Named;
import org.fairfollow.review.disputes.DisputeJson.Ruled;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.Decisions.RulingMade;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Ruling;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/** What owners are told of their dispute, and of how the verdicts on their account came to be. */
@ApplicationScoped
class DisputeViews {
    /** Changes of verdicts that are told: years of weekly looks at every practice. */
    private static final int ENTRIES = 2_000;

    private final Store store;
    private final Ledger ledger;
    private final Decisions decisions;
    private final Reports reports;
    private final Directory directory;
    private final Clock clock;
    private final String publicUrl;

    DisputeViews(
            Store store,
            Ledger ledger,
            Decisions decisions,
            Reports reports,
            Directory directory,
            Clock clock,
            @ConfigProperty(name = "fairfollow.public-url") String publicUrl) {
        this.store = store;
        this.ledger = ledger;
        this.decisions = decisions;
        this.reports = reports;
        this.directory = directory;
        this.clock = clock;
        this.publicUrl = publicUrl.replaceFirst("(?<!/)/+$", "");
    }

    DisputeJson of(Dispute dispute) {
        return of(dispute, null);
    }

    DisputeJson of(Dispute dispute, @Nullable String secretToken) {
        Integer account = dispute.accountId();
        Held held = account == null || dispute.stored() != DisputeState.PROVEN
                ? Held.NOTHING
                : store.readPromptly(connection -> held(connection, account));
        DisputeState state = dispute.state(clock.instant().getEpochSecond());
        List<Disputed> practices = dispute.practices().stream()
                .map(practice -> disputed(practice, dispute, held))
                .toList();
        boolean ruled = state == DisputeState.PROVEN
                && practices.stream().anyMatch(one -> one.ruling() != null)
                && practices.stream().allMatch(one -> one.ruling() != null || isNotHeld(one));
        long reviewBy = dispute.practices().stream()
                .map(held.verdicts::get)
                .filter(Objects::nonNull)
                .mapToLong(verdict -> verdict.decision().withheldUntil())
                .filter(until -> until > 0)
                .min()
                .orElse(0);
        boolean unproven = state.isUnproven();
        return new DisputeJson(
                dispute.id(),
                secretToken,
                named(dispute),
                dispute.kind(),
                ruled ? DisputeState.RULED : state,
                unproven ? dispute.code() : null,
                state == DisputeState.OPEN ? how(dispute.account().network()) : null,
                Instant.ofEpochSecond(dispute.openedAt()),
                unproven ? Instant.ofEpochSecond(dispute.expiresAt()) : null,
                dispute.provenAt() == 0 ? null : Instant.ofEpochSecond(dispute.provenAt()),
                reviewBy == 0 ? null : Instant.ofEpochSecond(reviewBy),
                dispute.rebuttal(),
                dispute.kind() == DisputeKind.CONTEST
                        && !dispute.rewritten()
                        && (unproven || state == DisputeState.PROVEN),
                practices,
                publicUrl + "/disputes/" + dispute.id());
    }

    /** How people know the account: by its handle where one is known. */
    String name(Dispute dispute) {
        Integer account = dispute.accountId();
        String given = dispute.account().value();
        if (account == null) {
            return given;
        }
        return store.readPromptly(connection -> directory.load(connection, List.of(account)).values().stream()
                .map(AccountJson::of)
                .map(AccountJson::handle)
                .filter(Objects::nonNull)
                .findAny()
                .orElse(given));
    }

    private static Named named(Dispute dispute) {
        return new Named(dispute.account().network().id(), dispute.account().value());
    }

    private static boolean isNotHeld(Disputed one) {
        return one.standing() == null || (!one.standing().isAdverse() && !Boolean.TRUE.equals(one.disputed()));
    }

    /** What is held of an account, with the newest ruling on each practice. */
    private record Held(Map<Practice, Verdict> verdicts, Map<Practice, RulingMade> rulings) {
        static final Held NOTHING = new Held(Map.of(), Map.of());
    }

    private Held held(Connection connection, int provenFor) throws SQLException {
        int account = now(connection, provenFor);
        Map<Practice, Verdict> verdicts = ledger.of(connection, account).stream()
                .collect(Collectors.toMap(verdict -> verdict.finding().practice(), Function.identity()));
        Map<Practice, RulingMade> rulings = new HashMap<>();
        decisions.rulings(connection, account).forEach(ruling -> rulings.putIfAbsent(ruling.practice(), ruling));
        return new Held(verdicts, rulings);
    }

    /** An account that was known by its handle alone may have become another since. */
    private int now(Connection connection, int account) throws SQLException {
        return directory.mergedInto(connection, List.of(account)).getOrDefault(account, account);
    }

    private static Disputed disputed(Practice practice, Dispute dispute, Held held) {
        if (dispute.stored() != DisputeState.PROVEN) {
            return new Disputed(practice, null, null, null, null);
        }
        Verdict verdict = held.verdicts.get(practice);
        RulingMade ruling = held.rulings.get(practice);
        Ruled ruled = ruling == null || ruling.id() <= dispute.priorRuling()
                ? null
                : new Ruled(ruling.outcome(), ruling.reasons(), ruling.ruledAt());
        boolean shown = verdict != null && Disputes.isAnswerable(verdict);
        return new Disputed(
                practice,
                verdict == null ? Standing.UNKNOWN : verdict.standing(),
                verdict != null
                        && (verdict.decision().isWithheld()
                                || verdict.decision().isHidden()
                                || verdict.decision().rebuttal() != null),
                // What is hidden from others its owner may see: it is what the objection is about.
                verdict == null
                        ? null
                        : shown
                                ? verdict.finding().statement()
                                : verdict.shown().statement(),
                ruled);
    }

    static String how(Network network) {
        if (network == Network.BLUESKY) {
            return "Put the code anywhere into the description of your Bluesky profile, save, and check. Once it is proven"
                    + " take it out again.";
        }
        if (network == Network.MASTODON) {
            return "Put the code into the bio or a field of your Mastodon profile, save, and check. Once it is proven take it"
                    + " out again.";
        }
        return "Put the code into the bio of your X profile, save, and check. X lets no program read it, so a moderator"
                + " looks for it; leave it there until this says that it is proven.";
    }

    /** All there is to know of the account for its owner. */
    record History(List<Change> verdicts, List<Decided> rulings, List<Weekly> reports) {}

    /** @param cause why it changed, as a code */
    record Change(Practice practice, Standing standing, String cause, String statement, Instant at) {}

    record Decided(Practice practice, Ruling outcome, String reasons, Standing onStanding, Instant at) {}

    /** @param week its Monday: the day would tell more of who it was than an owner needs to know */
    record Weekly(String practice, LocalDate week, long reports) {}

    /** Throws a {@link Problem} unless control is proven. */
    History history(Dispute dispute) {
        Integer account = dispute.accountId();
        if (dispute.stored() != DisputeState.PROVEN) {
            throw Problem.NOT_PROVEN.with("The history is for the owner: prove first that the account is yours.");
        }
        if (account == null) {
            return new History(List.of(), List.of(), List.of());
        }
        return store.readPromptly(connection -> history(connection, now(connection, account)));
    }

    private History history(Connection connection, int account) throws SQLException {
        List<Change> changes = ledger.history(connection, account, ENTRIES).stream()
                .map(entry ->
                        new Change(entry.practice(), entry.standing(), entry.cause(), entry.statement(), entry.at()))
                .toList();
        List<Decided> rulings = decisions.rulings(connection, account).stream()
                .map(ruling -> new Decided(
                        ruling.practice(), ruling.outcome(), ruling.reasons(), ruling.onStanding(), ruling.ruledAt()))
                .toList();
        return new History(changes, rulings, weekly(reports.of(connection, account)));
    }

    private static List<Weekly> weekly(List<Reports.Complaint> complaints) {
        Map<String, Map<LocalDate, Long>> counts = new TreeMap<>();
        for (Reports.Complaint one : complaints) {
            LocalDate week = LocalDate.ofEpochDay(one.day()).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            counts.computeIfAbsent(one.practice(), practice -> new TreeMap<>(Comparator.reverseOrder()))
                    .merge(week, 1L, Long::sum);
        }
        List<Weekly> weekly = new ArrayList<>();
        counts.forEach(
                (practice, weeks) -> weeks.forEach((week, reports) -> weekly.add(new Weekly(practice, week, reports))));
        return weekly;
    }

    /** Where the account's own page is. */
    static String accountPath(Dispute dispute) {
        return "/accounts/" + dispute.account().network().id() + "/"
                + PathName.of(dispute.account().value());
    }
}
