package org.fairfollow.reporter;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountHash;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.account.ErasedAccounts;
import org.fairfollow.evidence.Measurements;
import org.fairfollow.http.Problem;
import org.fairfollow.reporter.ReportsRepository.Told;
import org.fairfollow.reporter.ReportsRepository.Weighed;
import org.fairfollow.reporter.Trust.Rulings;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What people claim of accounts, each once. It orders what moderators look at and wishes the accounts were measured; it
 * convicts nobody, for nothing that judges reads it.
 */
@ApplicationScoped
public class Reports {
    /** What can be reported: the ids of the practices that are judged. */
    public static final Set<String> PRACTICES = Set.of(
            "follow-churn",
            "buys-followers",
            "auto-dm",
            "auto-follow-back",
            "unfollow-shaming",
            "automated-promotion",
            "never-replies");

    /** Reports in one page. */
    public static final int MOST_LISTED = 500;

    /** As long as what is told of a kind of behaviour, twice over: nobody looked, and it says little by now. */
    private static final int OPEN_DAYS = 180;

    private static final int CONTENT_DAYS = 30;
    private static final int RULED_DAYS = 180;
    /** Of one reporter, so that no token fills the table. */
    private static final int MOST_OF_ONE = 1_000;
    /** A handle seen longer ago or later may have changed hands unseen. */
    private static final Duration SAME_OWNER = Duration.ofDays(7);

    private static final int ROWS_AT_ONCE = 1_000;
    private static final int ID_BYTES = 12;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,10})-([0-9a-f]{24})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;
    private final Directory directory;
    private final ErasedAccounts erased;
    private final Measurements measurements;
    private final Clock clock;

    Reports(Store store, Directory directory, ErasedAccounts erased, Measurements measurements, Clock clock) {
        this.store = store;
        this.directory = directory;
        this.erased = erased;
        this.measurements = measurements;
        this.clock = clock;
    }

    /** What a ruling said of the reports of a case. Rows have its ordinal. */
    public enum Adjudication {
        RIGHT,
        WRONG,
        /** Neither: it counts for nobody and against nobody. */
        SET_ASIDE
    }

    /**
     * The reports of one practice of an account that nobody ruled on yet.
     *
     * @param practice its id
     * @param reports by different reporters
     * @param clusters of them that can be taken for independent of each other
     * @param weight from 0 to 3, now: what those clusters are worth
     * @param first when the first was sent, Unix epoch seconds
     * @param last when the last was sent
     * @param messages how many of them told of a message
     */
    public record Reported(
            String practice, int reports, int clusters, double weight, long first, long last, int messages) {}

    /**
     * What one reporter claims, for a case.
     *
     * @param reporter by its public id, which says nothing of the person
     * @param trust what its word is worth
     * @param note plain text
     * @param day when it was sent, days since 1970-01-01
     * @param cluster from 1; those who may be one have the same, practice by practice
     * @param weight of its reporter's word alone, now
     * @param keptFor days from being followed to being left, if the reporter's record says so
     * @param ruled what a ruling said of it; null: nothing yet
     */
    public record Complaint(
            String reporter,
            double trust,
            String practice,
            @Nullable String note,
            long day,
            int cluster,
            double weight,
            @Nullable Integer keptFor,
            @Nullable Message message,
            @Nullable Adjudication ruled) {}

    /**
     * A message somebody says the account sent, without its text.
     *
     * @param kind greeting, promotion, threat or other
     * @param delaySeconds from the follow to the message
     * @param reporters who told of the same text or one nearly so, this one included
     * @param clusters of these reporters
     */
    public record Message(String kind, @Nullable Long delaySeconds, boolean hasLink, int reporters, int clusters) {}

    /** @param next where the next page begins; null when this is the last */
    public record Page(List<Report> reports, @Nullable String next) {}

    /**
     * What a reporter has to their credit.
     *
     * @param open reports nobody ruled on
     * @param trust what the reporter's word is worth
     */
    public record Merits(String publicId, int open, int upheld, int notUpheld, int setAside, double trust) {
        /** The weight in words. */
        String explanation() {
            String weight = String.format(Locale.ROOT, "%.2f", trust);
            String why = upheld + notUpheld == 0
                    ? "No moderator has found a report of yours right or wrong yet. Until then your word weighs "
                            + weight + ", like everybody's."
                    : "Of your reports moderators found " + upheld + " right and " + notUpheld
                            + " wrong, so your word weighs " + weight + ".";
            return why + " The most a word can weigh is " + Trust.MOST
                    + "; only rulings of moderators change it. It decides"
                    + " which accounts are looked at first: however much they weigh, reports alone mark nobody.";
        }
    }

    // For reporters

    /**
     * Keeps a report, or takes it in place of what the reporter said of this practice of the account before, in one transaction.
     * Calls of one reporter wait for each other.
     *
     * @param retry {@link FirstAnswers#sameCall}; null if it is not said which call it is
     * @param answer what to say to the call, in ASCII; kept, and said again to the same call
     * @return the answer
     */
    public String send(Reporter reporter, byte @Nullable [] retry, Claim claim, Function<Report, String> answer) {
        byte[] fresh = new byte[ID_BYTES];
        RANDOM.nextBytes(fresh);
        return store.inTransaction(connection -> {
            Reporters.lock(connection, reporter);
            String first = retry == null ? null : FirstAnswers.find(connection, reporter, retry);
            if (first != null) {
                return first;
            }
            long now = clock.instant().getEpochSecond();
            byte[] id = write(connection, reporter, claim, fresh, now);
            String said = answer.apply(found(ReportsRepository.find(connection, reporter, id)));
            if (retry != null) {
                FirstAnswers.remember(connection, reporter, retry, said, id, now);
            }
            return said;
        });
    }

    private byte[] write(Connection connection, Reporter reporter, Claim claim, byte[] fresh, long now)
            throws SQLException {
        if (erased.known(connection).test(claim.account())) {
            throw Problem.ACCOUNT_ERASED.with(
                    "Its owner had it erased: nothing of it is held, and nothing can be reported.");
        }
        // Asked, never taught: a reporter's word makes nobody known.
        Account subject = directory.find(connection, claim.account()).orElse(null);
        Integer account = subject == null ? null : Integer.valueOf(subject.id());
        byte[] known = ReportsRepository.sameCase(connection, reporter, claim.account(), account, claim.practice());
        if (known != null) {
            ReportsRepository.update(connection, reporter, known, claim, account, now);
        } else if (ReportsRepository.count(connection, reporter) < MOST_OF_ONE) {
            ReportsRepository.insert(connection, reporter, fresh, claim, account, now);
        } else {
            throw Problem.QUOTA_EXCEEDED.with(
                    "Of one reporter " + MOST_OF_ONE + " reports are kept: withdraw some first.",
                    Duration.ofDays(1).toSeconds());
        }
        measurements.ask(connection, claim.account(), subject);
        if (account != null) {
            ReportsRepository.due(connection, List.of(account));
        }
        return known != null ? known : fresh;
    }

    /** One of the reporter's own; throws {@link Problem#NOT_FOUND} where there is none, whoever else's it may be. */
    public Report find(Reporter reporter, String id) {
        byte[] known = id(id);
        return found(store.<@Nullable Report>readPromptly(
                connection -> ReportsRepository.find(connection, reporter, known)));
    }

    /**
     * The reporter's own, the newest first.
     *
     * @param after {@link Page#next}; null to begin
     */
    public Page list(Reporter reporter, @Nullable String after, int limit) {
        Matcher cursor = CURSOR.matcher(after == null ? "9999999999-" + "f".repeat(2 * ID_BYTES) : after);
        if (!cursor.matches()) {
            throw Problem.INVALID_CURSOR.with("Take `after` from `next` of the page before.");
        }
        byte[] id = HexFormat.of().parseHex(cursor.group(2));
        List<Report> reports = store.readPromptly(connection ->
                ReportsRepository.list(connection, reporter, Long.parseLong(cursor.group(1)), id, limit + 1));
        if (reports.size() <= limit) {
            return new Page(reports, null);
        }
        Report last = reports.get(limit - 1);
        return new Page(reports.subList(0, limit), last.sentAt() + "-" + last.id());
    }

    /** Deletes one of the reporter's own with all that is in it; throws {@link Problem#NOT_FOUND} like {@link #find}. */
    public void withdraw(Reporter reporter, String id) {
        byte[] known = id(id);
        boolean deleted = store.inTransaction(connection -> {
            Reporters.lock(connection, reporter);
            FirstAnswers.forgetReport(connection, reporter, known);
            return ReportsRepository.delete(connection, reporter, known);
        });
        if (!deleted) {
            throw notFound();
        }
    }

    Merits merits(Reporter reporter) {
        return store.readPromptly(connection -> ReportsRepository.merits(connection, reporter));
    }

    private static byte[] id(String id) {
        if (!ID.matcher(id).matches()) {
            throw notFound();
        }
        return HexFormat.of().parseHex(id);
    }

    private static Report found(@Nullable Report report) {
        return Optional.ofNullable(report).orElseThrow(Reports::notFound);
    }

    private static RuntimeException notFound() {
        return Problem.NOT_FOUND.with("No report of yours has this id; GET /v1/reports lists them.");
    }

    // For those who look at cases

    /** What is reported of these accounts and not ruled on; accounts nothing is reported of are left out. */
    public Map<Integer, List<Reported>> against(Connection connection, Collection<Integer> accountIds)
            throws SQLException {
        Map<Integer, Integer> merged = directory.mergedFrom(connection, accountIds);
        Set<Integer> names = new TreeSet<>(accountIds);
        names.addAll(merged.keySet());
        // What was not weighed since it changed, or under another number, is weighed now.
        Set<Integer> changed = new HashSet<>(merged.values());
        for (int waiting : ReportsRepository.waiting(connection, names)) {
            changed.add(merged.getOrDefault(waiting, waiting));
        }
        Set<Integer> held = new TreeSet<>(accountIds);
        held.removeAll(changed);
        List<Weighed> weighed = new ArrayList<>(ReportsRepository.weighed(connection, held));
        weighed.addAll(weigh(connection, changed));
        long now = clock.instant().getEpochSecond();
        Map<Integer, List<Reported>> against = new HashMap<>();
        for (Weighed one : weighed) {
            against.computeIfAbsent(one.accountId(), account -> new ArrayList<>())
                    .add(new Reported(
                            one.practice(),
                            one.reports(),
                            one.clusters(),
                            Trust.now(one.weightThen(), now),
                            one.first(),
                            one.last(),
                            one.messages()));
        }
        return against;
    }

    /** All reports of an account that are kept, the newest first; of very many those with the most weight. */
    public List<Complaint> of(Connection connection, int accountId) throws SQLException {
        Set<Integer> names = names(connection, accountId);
        Map<String, List<Told>> byPractice = ReportsRepository.told(connection, names, false).stream()
                .collect(Collectors.groupingBy(Told::practice, TreeMap::new, Collectors.toList()));
        Map<Long, List<Integer>> subjects = subjects(connection, byPractice.values());
        Rulings rulings = ReportsRepository.rulings(connection);
        long now = clock.instant().getEpochSecond();
        return byPractice.values().stream()
                .flatMap(told -> Weighing.of(told, names, subjects, rulings).complaints(now).stream())
                .sorted(Comparator.comparingLong(Complaint::day).reversed())
                .toList();
    }

    /** The accounts whose open reports weigh most, the heaviest first. */
    public List<Integer> mostReported(Connection connection, int limit) throws SQLException {
        // No account has more cases than there are practices.
        List<Integer> accounts = ReportsRepository.heaviest(connection, limit * PRACTICES.size());
        Map<Integer, Integer> merged = directory.mergedInto(connection, accounts);
        return accounts.stream()
                .map(account -> merged.getOrDefault(account, account))
                .distinct()
                .limit(limit)
                .toList();
    }

    /** A case was ruled on: what was reported of it was right, wrong or neither. Called in the transaction of the ruling. */
    public void ruled(Connection connection, int accountId, String practiceId, Adjudication adjudication)
            throws SQLException {
        ReportsRepository.rule(
                connection,
                names(connection, accountId),
                practiceId,
                adjudication,
                clock.instant().getEpochSecond() / 86_400);
    }

    // By itself

    /**
     * Weighs accounts again of which something was reported, withdrawn or ruled, some at a time.
     *
     * @return how many changes were weighed; 0 when none waits, or another instance is at it
     */
    public int weigh() {
        return store.inTransaction(connection -> {
            if (!ReportsRepository.latch(connection)) {
                return 0;
            }
            Map<Long, Integer> waiting = ReportsRepository.waiting(connection, ROWS_AT_ONCE);
            Set<Integer> accounts = new TreeSet<>(waiting.values());
            Map<Integer, Integer> merged = directory.mergedInto(connection, accounts);
            Set<Integer> mains = new TreeSet<>();
            accounts.forEach(account -> mains.add(merged.getOrDefault(account, account)));
            List<Weighed> weighed = weigh(connection, mains);
            accounts.addAll(mains);
            ReportsRepository.replace(connection, accounts, weighed);
            ReportsRepository.settle(connection, waiting.keySet());
            return waiting.size();
        });
    }

    /**
     * Finds accounts that became known after they were reported. Whoever is called by a handle now need not be who was called so
     * then: it is taken for the same only within seven days.
     */
    public void recognise() {
        byte[] after = new byte[AccountHash.BYTES];
        while (true) {
            byte[] from = after;
            List<AccountName> names = store.inTransaction(connection -> {
                List<AccountName> unknown = ReportsRepository.unknown(connection, from, ROWS_AT_ONCE);
                for (var found : directory.find(connection, unknown).entrySet()) {
                    recognise(connection, found.getKey(), found.getValue());
                }
                return unknown;
            });
            if (names.size() < ROWS_AT_ONCE) {
                return;
            }
            after = names.getLast().hash().bytes();
        }
    }

    private static void recognise(Connection connection, AccountName name, Account account) throws SQLException {
        long from = name.isHandle() ? account.handleVerifiedAt() - SAME_OWNER.toSeconds() : 0;
        long to = name.isHandle() ? account.handleVerifiedAt() + SAME_OWNER.toSeconds() : Long.MAX_VALUE;
        if (ReportsRepository.recognise(connection, name, account.id(), from, to)) {
            ReportsRepository.due(connection, List.of(account.id()));
        }
    }

    /**
     * Deletes reports nobody looked at for 180 days, what those say that were ruled on, 30 days later, and these, 180 days
     * later. What rulings said of a reporter stays as numbers.
     */
    public void forget() {
        long now = clock.instant().getEpochSecond();
        long today = now / 86_400;
        repeat(connection -> ReportsRepository.deleteOpen(connection, now - OPEN_DAYS * 86_400L, ROWS_AT_ONCE));
        repeat(connection -> ReportsRepository.emptyRuled(connection, today - CONTENT_DAYS, ROWS_AT_ONCE));
        repeat(connection -> ReportsRepository.deleteRuled(connection, today - RULED_DAYS, ROWS_AT_ONCE));
    }

    private void repeat(Store.Work<Integer> some) {
        int done;
        do {
            done = store.inTransaction(some);
        } while (done == ROWS_AT_ONCE);
    }

    /** The numbers an account is known under, those merged into it included. */
    private Set<Integer> names(Connection connection, int accountId) throws SQLException {
        Set<Integer> names = new LinkedHashSet<>(List.of(accountId));
        names.addAll(directory.mergedFrom(connection, names).keySet());
        return names;
    }

    private List<Weighed> weigh(Connection connection, Set<Integer> accounts) throws SQLException {
        if (accounts.isEmpty()) {
            return List.of();
        }
        Map<Integer, Integer> merged = directory.mergedFrom(connection, accounts);
        Set<Integer> names = new TreeSet<>(accounts);
        names.addAll(merged.keySet());
        record Case(int account, String practice) {}
        Map<Case, List<Told>> cases = new LinkedHashMap<>();
        for (Told one : ReportsRepository.told(connection, names, true)) {
            int main = merged.getOrDefault(one.accountId(), one.accountId());
            cases.computeIfAbsent(new Case(main, one.practice()), which -> new ArrayList<>())
                    .add(one);
        }
        Map<Long, List<Integer>> subjects = subjects(connection, cases.values());
        Rulings rulings = ReportsRepository.rulings(connection);
        List<Weighed> weighed = new ArrayList<>();
        for (var one : cases.entrySet()) {
            int main = one.getKey().account();
            Set<Integer> same = new HashSet<>(Set.of(main));
            merged.forEach((from, into) -> {
                if (into == main) {
                    same.add(from);
                }
            });
            weighed.add(Weighing.of(one.getValue(), same, subjects, rulings).weighed(main, one.getValue()));
        }
        return weighed;
    }

    /** What else those reported who are not alone with a report. */
    private static Map<Long, List<Integer>> subjects(Connection connection, Collection<List<Told>> cases)
            throws SQLException {
        Set<Long> reporters = cases.stream()
                .filter(told -> told.size() > 1)
                .flatMap(List::stream)
                .map(Told::reporter)
                .collect(Collectors.toCollection(TreeSet::new));
        return ReportsRepository.subjects(connection, reporters);
    }
}
