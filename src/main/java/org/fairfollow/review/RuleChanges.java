package org.fairfollow.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fairfollow.account.Account;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Practice;
import org.fairfollow.http.Problem;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.reporter.AuditLog;
import org.fairfollow.reporter.Moderator;
import org.fairfollow.reporter.Printable;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Difference;
import org.fairfollow.verdict.Rules;
import org.fairfollow.verdict.Standing;
import org.jspecify.annotations.Nullable;

/** What rules on trial would change, account by account, and the word that puts them in force. */
@ApplicationScoped
public class RuleChanges {
    public static final int SHORTEST_REASON = 20;
    public static final int LONGEST_REASON = 1_000;
    private static final int MOST = 500;

    private final Store store;
    private final Rules rules;
    private final Directory directory;
    private final AuditLog log;

    RuleChanges(Store store, Rules rules, Directory directory, AuditLog log) {
        this.store = store;
        this.rules = rules;
        this.directory = directory;
        this.log = log;
    }

    /** @param statement empty where nothing is held */
    public record Said(Standing standing, String statement) {}

    public record Entry(AccountJson account, Practice practice, Difference difference, Said stands, Said would) {}

    /** @param next where the next page begins; null on the last */
    public record Listing(
            Rules.State state,
            List<Entry> changes,
            @JsonProperty @Nullable String next) {}

    /** @param after account within that kind of difference and practice */
    private record Cursor(Difference difference, Practice practice, int after) {
        static Cursor of(String text) {
            String[] parts = text.split("\\.", -1);
            Optional<Difference> difference = Difference.of(parts[0]);
            Optional<Practice> practice = parts.length == 3 ? Practice.of(parts[1]) : Optional.empty();
            if (difference.isEmpty() || practice.isEmpty() || !parts[2].matches("[0-9]{1,9}|[1-3][0-9]{9}")) {
                throw Problem.INVALID_CURSOR.with("Take `after` from `next` of the page before, or leave it out.");
            }
            return new Cursor(difference.get(), practice.get(), Integer.parseUnsignedInt(parts[2]));
        }

        @Override
        public String toString() {
            return difference.id() + '.' + practice.id() + '.' + Integer.toUnsignedString(after);
        }
    }

    private record Group(Difference difference, Practice practice) {
        static final Comparator<Group> ORDER =
                Comparator.comparing(Group::difference).thenComparing(Group::practice);
    }

    /** One page of them; null and empty: not given. Throws a {@link org.fairfollow.http.Problem}. */
    public Listing list(String limit, @Nullable String after, @Nullable String practice, @Nullable String difference) {
        int number = limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : 0;
        if (number < 1 || number > MOST) {
            throw Problem.INVALID_LIMIT.with("Ask for 1 to " + MOST + " changes.");
        }
        Practice ofPractice = practice != null && !practice.isEmpty()
                ? Practice.of(practice)
                        .orElseThrow(() -> Problem.INVALID_FILTER.with("The practice is one of "
                                + Arrays.stream(Practice.values())
                                        .map(Practice::id)
                                        .collect(Collectors.joining(", "))
                                + "."))
                : null;
        Difference ofKind = difference != null && !difference.isEmpty()
                ? Difference.of(difference)
                        .orElseThrow(() -> Problem.INVALID_FILTER.with("The difference is one of "
                                + Arrays.stream(Difference.values())
                                        .map(Difference::id)
                                        .collect(Collectors.joining(", "))
                                + "."))
                : null;
        Cursor cursor = after != null && !after.isEmpty() ? Cursor.of(after) : null;
        return store.readPromptly(connection -> list(connection, number, cursor, ofPractice, ofKind));
    }

    private Listing list(
            Connection connection,
            int limit,
            @Nullable Cursor cursor,
            @Nullable Practice practice,
            @Nullable Difference difference)
            throws SQLException {
        Rules.State state = rules.state(connection);
        Rules.OnTrial trial = state.trial();
        List<Group> groups = trial == null
                ? List.of()
                : trial.differences().stream()
                        .filter(count -> practice == null || count.practice() == practice)
                        .filter(count -> difference == null || count.difference() == difference)
                        .map(count -> new Group(count.difference(), count.practice()))
                        .sorted(Group.ORDER)
                        .toList();
        Group first = cursor == null ? null : new Group(cursor.difference(), cursor.practice());
        List<Rules.Change> changes = new ArrayList<>();
        for (Group group : groups) {
            int place = first == null ? 1 : Group.ORDER.compare(group, first);
            if (place >= 0 && changes.size() <= limit) {
                int from = place == 0 ? Objects.requireNonNull(cursor).after() : 0;
                changes.addAll(rules.changes(
                        connection, group.difference(), group.practice(), from, limit + 1 - changes.size()));
            }
        }
        boolean more = changes.size() > limit;
        List<Rules.Change> shown = more ? changes.subList(0, limit) : changes;
        Rules.Change last = more ? shown.getLast() : null;
        return new Listing(
                state,
                entries(connection, shown),
                last == null ? null : new Cursor(last.difference(), last.practice(), last.accountId()).toString());
    }

    private List<Entry> entries(Connection connection, List<Rules.Change> changes) throws SQLException {
        Map<Integer, Account> accounts = directory.load(
                connection, changes.stream().map(Rules.Change::accountId).collect(Collectors.toSet()));
        return changes.stream()
                // Whoever was erased since is not there any more.
                .filter(change -> accounts.containsKey(change.accountId()))
                .map(change -> new Entry(
                        AccountJson.of(Objects.requireNonNull(accounts.get(change.accountId()))),
                        change.practice(),
                        change.difference(),
                        new Said(change.stands(), change.statement()),
                        new Said(change.would(), change.wouldState())))
                .toList();
    }

    /**
     * Puts the rules on trial in force. Throws a {@link org.fairfollow.http.Problem}.
     *
     * @param hash of the rules that were looked at
     * @param moderator null for the operator token
     */
    public void adopt(@Nullable Moderator moderator, @Nullable String hash, @Nullable String reason) {
        String why = reason == null ? "" : reason.strip();
        int length = why.codePointCount(0, why.length());
        if (length < SHORTEST_REASON || length > LONGEST_REASON || !Printable.is(why)) {
            throw Problem.INVALID_REASON.with(
                    "Say why in one line of " + SHORTEST_REASON + " to " + LONGEST_REASON + " printable characters.");
        }
        String named = hash != null && hash.matches("[0-9a-f]{64}") ? hash : "";
        Rules.Adoption adoption = named.isEmpty()
                ? Rules.Adoption.UNKNOWN
                : store.inTransaction(connection -> {
                    Rules.Adoption result = rules.adopt(connection, named);
                    if (result == Rules.Adoption.ADOPTED) {
                        log.write(connection, moderator, "rules-adopted", named, why);
                    }
                    return result;
                });
        switch (adoption) {
            case ADOPTED -> {}
            case UNKNOWN ->
                throw Problem.NOT_ADOPTABLE.with(
                        "No rules of this hash are on trial; take it from GET /v1/moderation/rules.");
            case OTHERS_ABOUT ->
                throw Problem.NOT_ADOPTABLE.with(
                        "Instances are there that judge by the rules in force; wait until the last was stopped a minute ago.");
            case UNFINISHED ->
                throw Problem.NOT_ADOPTABLE.with("Not every account was judged by them yet; wait until all are.");
        }
    }
}
