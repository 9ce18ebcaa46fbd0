package org.fairfollow.lookup;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Completeness;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.Rounded;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossiers;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Tallies;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Verdict;

/** The aggregated, public evidence on an account: counts by day and the tables its verdicts were reached on. */
@ApplicationScoped
public class EvidenceLookup {
    private static final long DAY = 86_400;

    private final Store store;
    private final Directory directory;
    private final Ledger ledger;
    private final Tallies tallies;
    private final Dossiers dossiers;
    private final Clock clock;

    EvidenceLookup(Store store, Directory directory, Ledger ledger, Tallies tallies, Dossiers dossiers, Clock clock) {
        this.store = store;
        this.directory = directory;
        this.ledger = ledger;
        this.tallies = tallies;
        this.dossiers = dossiers;
        this.clock = clock;
    }

    public record Evidence(
            AccountJson account, Instant asOf, List<Watched> coverage, Map<String, PracticeEvidence> practices) {}

    /**
     * Time in which a source was watched without a gap, and since which all of the account's follows are kept.
     *
     * @param share of the follows in it that were seen, as far as unfollows tell
     */
    public record Watched(String source, Instant from, Instant to, double share) {}

    public record PracticeEvidence(List<Series> series, List<Finding.Table> tables) {}

    public record Series(String id, String unit, Instant from, String step, List<Integer> values, long n) {}

    /** Throws {@link Store.DatabaseAwayException} while there is no database. */
    public Evidence of(AccountName name) {
        return store.readPromptly(connection -> {
            Optional<Account> account = directory.find(connection, name);
            List<Verdict> verdicts =
                    account.isPresent() ? ledger.of(connection, account.get().id()) : List.of();
            Instant asOf = Instant.ofEpochSecond(verdicts.stream()
                    .mapToLong(Verdict::asOf)
                    .max()
                    .orElse(clock.instant().getEpochSecond()));
            Map<String, PracticeEvidence> practices = new LinkedHashMap<>();
            for (Verdict verdict : verdicts) {
                Finding shown = verdict.shown();
                practices.put(
                        shown.practice().id(),
                        new PracticeEvidence(
                                shown.practice() == Practice.FOLLOW_CHURN && shown == verdict.finding()
                                        ? byDay(connection, verdict.accountId())
                                        : List.of(),
                                tables(connection, verdict, shown)));
            }
            return new Evidence(
                    account.map(AccountJson::of).orElseGet(() -> AccountJson.of(name)),
                    asOf,
                    account.isPresent() ? coverage(connection, account.get().id()) : List.of(),
                    practices);
        });
    }

    /** Those of the finding, and what is to be seen in its evidence beside them. */
    private List<Finding.Table> tables(Connection connection, Verdict verdict, Finding shown) throws SQLException {
        if (!CreationDates.areIn(shown)) {
            return shown.tables();
        }
        List<Finding.Table> tables = new ArrayList<>(shown.tables());
        CreationDates.of(shown, dossiers.observations(connection, verdict.accountId(), verdict.asOf()))
                .ifPresent(tables::add);
        return List.copyOf(tables);
    }

    private List<Watched> coverage(Connection connection, int account) throws SQLException {
        Coverage seen = dossiers.coverage(connection, account, clock.instant().getEpochSecond());
        double share = Rounded.down(Completeness.followsSeen(seen), 4);
        List<Watched> coverage = new ArrayList<>();
        for (Span span : seen.spans()) {
            coverage.add(
                    new Watched("stream", Instant.ofEpochSecond(span.from()), Instant.ofEpochSecond(span.to()), share));
        }
        return coverage;
    }

    private List<Series> byDay(Connection connection, int account) throws SQLException {
        List<Tallies.Day> days = tallies.of(connection, account);
        if (days.isEmpty()) {
            return List.of();
        }
        int first = days.getFirst().day();
        int length = days.getLast().day() - first + 1;
        int[] followed = new int[length];
        int[] unfollowed = new int[length];
        for (Tallies.Day day : days) {
            followed[day.day() - first] = day.followed();
            unfollowed[day.day() - first] = day.unfollowed();
        }
        return List.of(
                series("followed", "follows", first, followed), series("unfollowed", "unfollows", first, unfollowed));
    }

    private static Series series(String id, String unit, int firstDay, int[] values) {
        List<Integer> boxed = Arrays.stream(values).boxed().toList();
        long n = Arrays.stream(values).asLongStream().sum();
        return new Series(id, unit, Instant.ofEpochSecond(firstDay * DAY), "P1D", boxed, n);
    }
}
